"""The about page as a panel."""

from __future__ import annotations

from geo.link.selection import Filters
from geo.screen.about import about
from geo.screen.context import Screen
from geo.ui.messages import receive
from geo.ui.panel import panel


def draw(screen: Screen) -> None:
    """Show the page; its numbers are of the day shown."""

    def address(country: str) -> str:
        filters = Filters(country=(country,))
        return screen.href("map", filters=filters, view=None, record="", event="", place="")

    panel("about", about(screen.snapshot, screen.configuration, address), receive)
