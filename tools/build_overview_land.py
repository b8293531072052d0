"""
Write the land of the overview's two maps as images, in both themes.

``python tools/build_overview_land.py`` (``make assets`` runs it) writes an image for each map
of `geo.views.overview_frames` beside the outline that they are made from, light by itself and
dark at ``#dark``. The same outline, palette and libraries give the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import Polygon, box, shape
from shapely.geometry.base import BaseGeometry

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from geo.commands.ending import status_of  # noqa: E402
from geo.files.writing import write_atomically  # noqa: E402
from geo.views.outline import FINE, FOLDER, Floats  # noqa: E402
from geo.views.overview_frames import EUROPE, WORLD, MapFrame  # noqa: E402
from geo.views.palette import DARK, LIGHT, Palette  # noqa: E402

#: at scale 1: the unit of the drawing, what simplifying may move, and the least island, in
#: square pixels
_GRID, _TOLERANCE, _LEAST = 0.25, 0.8, 1.8
#: no land south of it is drawn, and what is west of the other goes on in the east
_SOUTH, _SEAM = -60.0, -169.0


def _polygons(frame: MapFrame) -> list[Polygon]:
    """Return the land in pixels."""
    document = json.loads((FOLDER / FINE).read_text(encoding="utf-8"))
    whole = [part for row in document["features"] for part in _parts(shape(row["geometry"]))]
    northern = [part for part in whole if part.bounds[1] >= _SOUTH]
    return [
        part
        for one in northern
        for part in _parts(
            shapely.make_valid(shapely.transform(one, lambda ring: _placed(frame, ring)))
        )
    ]


def _placed(frame: MapFrame, ring: Floats) -> Floats:
    lon = ring[:, 0] + (360.0 if ring[:, 0].max() < _SEAM else 0.0)
    return frame.project(ring[:, 1], lon)


def _parts(geometry: BaseGeometry) -> Iterator[Polygon]:
    for part in getattr(geometry, "geoms", [geometry]):
        if isinstance(part, Polygon):
            yield part


def _path(ring: Floats, corner: Floats) -> str:
    """Write a closed path in whole units: an absolute point, then steps."""
    points = np.round((ring[:-1] - corner) / _GRID).astype(int)
    points = points[np.any(points != np.roll(points, 1, axis=0), axis=1)]
    if len(points) < 3:
        return ""
    steps = np.diff(points, axis=0).ravel().tolist()
    text = "".join(f" {step}" if step >= 0 else str(step) for step in steps)
    return f"M{points[0][0]} {points[0][1]}l{text.lstrip()}z"


def _colours(palette: Palette) -> str:
    return f"fill:{palette.land};stroke:{palette.border}"


def image(frame: MapFrame) -> str:
    """
    Return the image of a map's land.

    Parameters
    ----------
    frame : MapFrame
        The map.
    """
    width, height = frame.width + 2 * frame.around, frame.height + 2 * frame.around
    corner = np.array([-width / 2, -height / 2])
    # borders that two countries share stay shared
    simpler = shapely.coverage_simplify(_polygons(frame), _TOLERANCE)
    seen = box(*(corner - 2), *(-corner + 2))
    paths = [
        _path(np.array(ring.coords), corner)
        for land in simpler
        for part in _parts(shapely.intersection(shapely.make_valid(land), seen))
        if part.area >= _LEAST
        for ring in (part.exterior, *part.interiors)
    ]
    units = f"{width / _GRID:.0f} {height / _GRID:.0f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {units}"><style>'
        f"path{{{_colours(LIGHT)};stroke-width:.8;vector-effect:non-scaling-stroke;"
        "stroke-linejoin:round}"
        f"#dark:target path{{{_colours(DARK)}}}"
        f'</style><g id="dark"><path d="{"".join(paths)}"/></g></svg>\n'
    )


def main() -> None:
    """Write both images."""
    for frame in (WORLD, EUROPE):
        write_atomically(FOLDER / frame.land, image(frame))


if __name__ == "__main__":
    sys.exit(status_of("build_overview_land", main))
