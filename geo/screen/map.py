"""The picture of the map (stand-in)."""

from __future__ import annotations

from markupsafe import Markup

from geo.screen.context import Screen


def map_picture(screen: Screen) -> Markup:
    """Write the picture."""
    return Markup("")
