"""The about page as a panel."""

from __future__ import annotations

from geo.screen.about import about
from geo.screen.context import Screen
from geo.ui.messages import receive
from geo.ui.panel import panel


def draw(screen: Screen) -> None:
    """Draw the page."""
    panel("about", about(screen), receive)
