"""The about page as a panel."""

from __future__ import annotations

from geo.link.selection import Filters
from geo.screen.about import about
from geo.ui.atlas import Atlas
from geo.ui.messages import receive
from geo.ui.panel import panel


def draw(atlas: Atlas) -> None:
    """Show the page; its numbers are of the day shown."""

    def address(country: str) -> str:
        filters = Filters(country=(country,))
        return atlas.href("map", filters=filters, view=None, record="", event="", place="")

    panel("about", about(atlas.snapshot, atlas.configuration, address), receive)
