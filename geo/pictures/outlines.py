"""
The outline of land for drawings without a browser: projected, cut to a window, as a path.

The world is drawn in the Equal Earth projection (Šavrič, Patterson and Jenny 2018), a
region in Lambert's azimuthal equal-area projection around the region's centre.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from geo.pictures.lines import Box
from geo.views.outline import COARSE, FINE, Floats, outline
from geo.views.projections import EqualEarth, LambertAzimuthal, Projection

#: more degrees than this from west to east, or from south to north, is the world
_REGION_WIDE, _REGION_HIGH = 100.0, 65.0
#: the corners of an inhabited world, as (lat, lon), for a map without any symbol
WORLD = ((-50.0, -120.0), (70.0, 150.0), (0.0, -150.0), (0.0, 178.0))
_ANTARCTICA = "AQ"
#: from this many units a degree on the finer outline shows
_FINE = 9.0
#: what a number below one can do without
_ZERO = re.compile(r"(?<![\d.])0(?=\.)")


@dataclass(frozen=True, slots=True)
class Window:
    """
    A part of the earth and the box that it is drawn into.

    Attributes
    ----------
    center : tuple of float or None
        Middle of a region as (lat, lon) in decimal degrees; None for the world.
    scale : float
        Units of the drawing a radian.
    x, y : float
        The projected point in the middle of the box.
    """

    box: Box
    center: tuple[float, float] | None
    scale: float
    x: float
    y: float

    @property
    def outline(self) -> str:
        """The file of the outline that is drawn, on which marks are placed too."""
        return FINE if self.per_degree > _FINE else COARSE

    @property
    def per_degree(self) -> float:
        """Units of the drawing a degree."""
        return self.scale * math.pi / 180

    def place(self, points: Iterable[tuple[float, float]]) -> Floats:
        """
        Return where points are drawn.

        Parameters
        ----------
        points : iterable of tuple of float
            (lat, lon) in decimal degrees.

        Returns
        -------
        array
            Rows of (x, y), in units of the drawing.
        """
        pairs = np.array(list(points), dtype=float).reshape(-1, 2)
        return self.project(pairs[:, 0], pairs[:, 1])

    def land_of(self, country: str) -> list[Floats]:
        """
        Return the outline of a country as it is drawn.

        Parameters
        ----------
        country : str
            Code of ISO 3166-1.

        Returns
        -------
        list of array
            Closed rings of (x, y), in units of the drawing; empty for a country too small to
            have an outline.
        """
        return [self.project(ring[:, 1], ring[:, 0]) for ring in _rings_of(self.outline, country)]

    def project(self, lat: Floats, lon: Floats) -> Floats:
        """
        Return where points are drawn.

        Parameters
        ----------
        lat, lon : array
            In decimal degrees, of one length.

        Returns
        -------
        array
            Rows of (x, y), in units of the drawing.
        """
        middle = (self.box.x + self.box.width / 2, self.box.y + self.box.height / 2)
        around = _projection(self.center).project(lat, lon) - (self.x, self.y)
        return np.asarray(around * self.scale + middle)


def _projection(center: tuple[float, float] | None) -> Projection:
    return LambertAzimuthal(*center) if center else EqualEarth(0.0)


def center(points: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """
    Return the middle of a region.

    Parameters
    ----------
    points : sequence of tuple of float
        (lat, lon) in decimal degrees; at least one.

    Returns
    -------
    tuple of float or None
        (lat, lon) in decimal degrees; None for points all over the world.
    """
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    if max(lons) - min(lons) > _REGION_WIDE or max(lats) - min(lats) > _REGION_HIGH:
        return None
    return (max(lats) + min(lats)) / 2, (max(lons) + min(lons)) / 2


def window(
    points: Sequence[tuple[float, float]], box: Box, margin: float, least: float = 12.0
) -> Window:
    """
    Choose the window that shows all points.

    Parameters
    ----------
    points : sequence of tuple of float
        (lat, lon) in decimal degrees; empty for the world.
    box : Box
        Where it is drawn.
    margin : float
        Units of the drawing between a point and the box's edge.
    least : float
        Least height of the box in degrees, so that a city has its surroundings.

    Returns
    -------
    Window
        Around the middle of the points.
    """
    targets = list(points) or list(WORLD)
    middle = center(targets)
    pairs = np.array(targets, dtype=float)
    flat = _projection(middle).project(pairs[:, 0], pairs[:, 1])
    low, high = flat.min(axis=0), flat.max(axis=0)
    wide, tall = np.maximum(high - low, 1e-9)
    room = max(box.width - 2 * margin, 1.0), max(box.height - 2 * margin, 1.0)
    scale = min(room[0] / wide, room[1] / tall, box.height / math.radians(least))
    x, y = (low + high) / 2
    return Window(box, middle, float(scale), float(x), float(y))


@cache
def _rings_of(file: str, country: str) -> tuple[Floats, ...]:
    whole = outline(file)
    return tuple(
        ring for code, ring in zip(whole.codes, whole.rings, strict=True) if code == country
    )


@cache
def _extents(file: str) -> Floats:
    """Return south, west, north and east of every ring."""
    rings = outline(file).rings
    corners = [(r[:, 1].min(), r[:, 0].min(), r[:, 1].max(), r[:, 0].max()) for r in rings]
    return np.array(corners)


def _near(file: str, shown: Window) -> Iterator[Floats]:
    """Yield the rings that may reach into a window; most of the world does not."""
    if shown.center is None:
        whole = outline(file)
        # nobody is at the pole, and its land would take a tenth of the height
        yield from (r for c, r in zip(whole.codes, whole.rings, strict=True) if c != _ANTARCTICA)
        return
    lat, lon = shown.center
    # Lambert's projection stretches nothing by more than this near its centre
    reach = 1.3 * math.hypot(shown.box.width, shown.box.height) / 2 / shown.per_degree
    wide = reach / max(math.cos(math.radians(min(abs(lat) + reach, 89.0))), 0.02)
    south, west, north, east = _extents(file).T
    there = (south < lat + reach) & (north > lat - reach)
    there &= (west < lon + wide) & (east > lon - wide)
    rings = outline(file).rings
    for index in np.flatnonzero(there):
        if not _torn(rings[index], shown.center):
            yield rings[index]


def _torn(ring: Floats, center: tuple[float, float]) -> bool:
    """Say whether a ring reaches the other side of the earth, where a region's map is torn."""
    lam, phi = np.radians(ring[:, 0] - center[1]), np.radians(ring[:, 1])
    phi0 = math.radians(center[0])
    cosine = np.sin(phi0) * np.sin(phi) + np.cos(phi0) * np.cos(phi) * np.cos(lam)
    return bool(cosine.min() < -0.75)


@lru_cache(maxsize=64)
def land(shown: Window, grid: float = 0.5) -> str:
    """
    Write the land in a window as the data of one SVG path.

    Parameters
    ----------
    shown : Window
        The part of the earth.
    grid : float
        Units of the drawing to which points are rounded; equal ones are drawn once.

    Returns
    -------
    str
        To be filled by the even-odd rule; empty without land.
    """
    box = shown.box
    parts = []
    for ring in _near(shown.outline, shown):
        drawn = shown.project(ring[:, 1], ring[:, 0])
        low, high = drawn.min(axis=0), drawn.max(axis=0)
        if high[0] < box.x or low[0] > box.right or high[1] < box.y or low[1] > box.bottom:
            continue
        points = np.round(drawn / grid) * grid
        moved = np.any(np.diff(points, axis=0) != 0, axis=1)
        points = points[np.concatenate(([True], moved))]
        if len(points) > 3:
            parts.append(_ring(points))
    return "".join(parts)


def _ring(points: Floats) -> str:
    """Write a closed ring in steps, which take half the room of places."""
    (x, y), steps = points[0].tolist(), np.diff(points, axis=0).tolist()
    written = " ".join(f"{across:g} {down:g}" for across, down in steps)
    return f"M{x:g} {y:g}l{_ZERO.sub('', written).replace(' -', '-')}z"
