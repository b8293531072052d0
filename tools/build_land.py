"""
Write the coarse outline as one image for the map's picture, in both themes.

``python tools/build_land.py`` (``make assets`` runs it) writes ``land.svg`` beside the
outline that it is made from: the square world of web maps, light by itself and dark at
``land.svg#dark``. The same outline and palette give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from geo.commands.ending import status_of  # noqa: E402
from geo.files.writing import write_atomically  # noqa: E402
from geo.views.mercator_land import land, whole  # noqa: E402
from geo.views.outline import COARSE, FOLDER  # noqa: E402
from geo.views.palette import DARK, LIGHT, Palette  # noqa: E402

TARGET = FOLDER / "land.svg"
#: a tenth of a pixel at zoom 2
_GRID, _ZOOM = 0.1, 2


def _colours(palette: Palette) -> str:
    return f"fill:{palette.land};stroke:{palette.border}"


def image() -> str:
    """Return the image."""
    part = whole(_GRID / 2**_ZOOM, _GRID / 2**_ZOOM)
    width, height = part.box
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><style>'
        f"path{{{_colours(LIGHT)};stroke-width:.7;vector-effect:non-scaling-stroke}}"
        f"#dark:target path{{{_colours(DARK)}}}"
        f'</style><g id="dark"><path d="{land(COARSE, part)}"/></g></svg>\n'
    )


def main() -> None:
    """Write the image."""
    write_atomically(TARGET, image())


if __name__ == "__main__":
    sys.exit(status_of("build_land", main))
