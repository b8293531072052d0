"""Land on the square world of web maps: cut to a window, rounded, as data of SVG paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from geo.views.mercator import WORLD, project
from geo.views.outline import Floats, outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    A part of the world that is drawn.

    Attributes
    ----------
    left, top, width, height : float
        In pixels at zoom 0 (see `geo.views.mercator`).
    grid : float
        The unit of its drawing: points are rounded to multiples of it.
    tolerance : float
        In pixels at zoom 0: how far a line may be off, so that it needs fewer points.
    """

    left: float
    top: float
    width: float
    height: float
    grid: float
    tolerance: float

    @property
    def box(self) -> tuple[int, int]:
        """Width and height in units of the drawing."""
        return round(self.width / self.grid), round(self.height / self.grid)


def whole(grid: float, tolerance: float) -> Part:
    """
    Return the whole world.

    Parameters
    ----------
    grid, tolerance : float
        As `Part` has them.

    Returns
    -------
    Part
        All of the square.
    """
    return Part(left=0.0, top=0.0, width=WORLD, height=WORLD, grid=grid, tolerance=tolerance)


@cache
def _projected(file: str) -> tuple[tuple[Floats, ...], Floats]:
    """Return the rings of an outline, and least and greatest x and y of each."""
    rings = tuple(project(ring[:, 1], ring[:, 0]) for ring in outline(file).rings)
    return rings, np.array([(*ring.min(axis=0), *ring.max(axis=0)) for ring in rings])


@cache
def rings_by_code(file: str) -> dict[str, list[Floats]]:
    """Return the rings of each country of an outline: rows of (x, y) in pixels at zoom 0."""
    found: dict[str, list[Floats]] = {}
    for code, ring in zip(outline(file).codes, _projected(file)[0], strict=True):
        found.setdefault(code, []).append(ring)
    return found


@cache
def largest_areas(file: str) -> dict[str, float]:
    """Return the area of each country's largest polygon, in square pixels at zoom 0."""
    rings, _extents = _projected(file)
    areas: dict[str, float] = {}
    for code, ring in zip(outline(file).codes, rings, strict=True):
        x, y = ring.T
        area = float(abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2)
        areas[code] = max(area, areas.get(code, 0.0))
    return areas


def simplified(points: Floats, tolerance: float) -> Floats:
    """
    Leave out points that are hardly off the line (Douglas and Peucker).

    Parameters
    ----------
    points : array
        A closed ring: rows of (x, y).
    tolerance : float
        How far a line may be off, in the unit of the points.

    Returns
    -------
    array
        Some of the rows.
    """
    kept = np.zeros(len(points), dtype=bool)
    # a ring ends where it begins, so it is two lines: out to its farthest point, and back
    far = int(np.argmax(((points - points[0]) ** 2).sum(axis=1)))
    kept[[0, far, -1]] = True
    spans = [(0, far), (far, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        (x, y), (dx, dy) = points[first], points[last] - points[first]
        away = points[first + 1 : last] - (x, y)
        off = np.abs(away[:, 0] * dy - away[:, 1] * dx) / max(np.hypot(dx, dy), 1e-9)
        middle = int(np.argmax(off))
        if off[middle] > tolerance:
            kept[first + 1 + middle] = True
            spans += [(first, first + 1 + middle), (first + 1 + middle, last)]
    return points[kept]


@cache
def _line(file: str, index: int, tolerance: float) -> Floats:
    """Return a ring in the world, simplified; of each zoom once, since that takes longest."""
    return simplified(_projected(file)[0][index], tolerance)


def _cut(ring: Floats, axis: int, limit: float, beyond: Callable[..., Floats]) -> Floats:
    """Cut a ring at a line (Sutherland and Hodgman): what is beyond it moves onto it."""
    outside = beyond(ring[:, axis], limit).astype(bool)
    if not outside.any():
        return ring
    following = np.roll(ring, -1, axis=0)
    crossing = np.flatnonzero(outside != np.roll(outside, -1))
    step = following[crossing] - ring[crossing]
    share = (limit - ring[crossing, axis]) / step[:, axis]
    met = ring[crossing] + step * share[:, None]
    kept = np.flatnonzero(~outside)
    # a crossing comes after the point that its edge begins with
    order = np.argsort(np.concatenate((kept * 2, crossing * 2 + 1)))
    return np.concatenate((ring[kept], met))[order]


def _inside(ring: Floats, part: Part) -> Floats:
    for axis, low, high in (
        (0, part.left, part.left + part.width),
        (1, part.top, part.top + part.height),
    ):
        for limit, beyond in ((low, np.less), (high, np.greater)):
            if len(ring):
                ring = _cut(ring, axis, limit, beyond)
    return ring


def _written(points: Floats) -> str:
    """Write a closed path in whole numbers: an absolute point, then steps."""
    x, y = points[0].astype(int).tolist()
    steps = np.diff(points, axis=0).astype(int).ravel().tolist()
    text = "".join(f" {step}" if step >= 0 else str(step) for step in steps)
    return f"M{x} {y}l{text.lstrip()}z"


def _path(ring: Floats, part: Part) -> str:
    """Write one ring; empty where rounding leaves no area of it."""
    points = (_inside(ring, part) - (part.left, part.top)) / part.grid
    if len(points) < 3:
        return ""
    points = np.round(points)
    points = points[np.any(points != np.roll(points, 1, axis=0), axis=1)]
    return _written(points) if len(points) > 2 else ""


@lru_cache(maxsize=64)
def _paths(file: str, part: Part) -> tuple[tuple[str, str], ...]:
    """Return code and path of each ring that reaches into a part of the world."""
    _rings, extents = _projected(file)
    low_x, low_y, high_x, high_y = extents.T
    near = (low_x < part.left + part.width) & (high_x > part.left)
    near &= (low_y < part.top + part.height) & (high_y > part.top)
    codes = outline(file).codes
    found = [
        (codes[index], _path(_line(file, index, part.tolerance), part))
        for index in np.flatnonzero(near).tolist()
    ]
    return tuple((code, path) for code, path in found if path)


def land(file: str, part: Part) -> str:
    """
    Write the land as the data of one path.

    Parameters
    ----------
    file : str
        Of an outline, as `geo.views.outline.outline` takes it.
    part : Part
        What of the world is drawn.

    Returns
    -------
    str
        To be filled by the even-odd rule, in units of the part's grid from its north-west
        corner; empty without land.
    """
    return "".join(path for _code, path in _paths(file, part))


def land_by_group(file: str, part: Part, groups: Mapping[str, str]) -> dict[str, str]:
    """
    Write the land as a path for each group of countries.

    Parameters
    ----------
    file, part
        As `land` takes them.
    groups : mapping of str to str
        Code of ISO 3166-1 -> name of a group.

    Returns
    -------
    dict of str to str
        Name -> path, as `land` writes it; land that is in no group is under ``none``.
    """
    found: dict[str, list[str]] = {}
    for code, path in _paths(file, part):
        found.setdefault(groups.get(code, "none"), []).append(path)
    return {name: "".join(paths) for name, paths in sorted(found.items())}


def prepare(file: str, tolerance: float) -> None:
    """
    Simplify a whole outline, which the first part of each region would wait for.

    Parameters
    ----------
    file : str
        Of an outline.
    tolerance : float
        As in the parts that will be asked for.
    """
    for index in range(len(outline(file).rings)):
        _line(file, index, tolerance)
