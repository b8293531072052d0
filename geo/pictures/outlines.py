"""
The outline of land for drawings without a browser: projected, cut to a window, as a path.

The world is drawn in the Equal Earth projection (Šavrič, Patterson and Jenny 2018), a
region in Lambert's azimuthal equal-area projection around the region's centre.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from geo.pictures.drawing import Box
from geo.views.outline import COARSE, FINE, Floats, outline

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
#: more degrees than this from west to east, or from south to north, is the world
_REGION_WIDE, _REGION_HIGH = 100.0, 65.0
#: the corners of an inhabited world, as (lat, lon), for a map without any symbol
WORLD = ((-50.0, -120.0), (70.0, 150.0), (0.0, -150.0), (0.0, 178.0))
#: from this many units a degree on the finer outline shows
_FINE = 9.0


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
        return self._drawn(project(pairs[:, 1], pairs[:, 0], self.center))

    def _drawn(self, projected: Floats) -> Floats:
        middle = (self.box.x + self.box.width / 2, self.box.y + self.box.height / 2)
        around = (projected - (self.x, self.y)) * (self.scale, -self.scale)
        return np.asarray(around + middle)


def project(lon: Floats, lat: Floats, center: tuple[float, float] | None) -> Floats:
    """
    Project points to a plane.

    Parameters
    ----------
    lon, lat : array
        In decimal degrees, both of one length.
    center : tuple of float or None
        Middle of a region as (lat, lon) in decimal degrees; None for the world.

    Returns
    -------
    array
        Rows of (x, y) in radians, with north upwards.
    """
    lam, phi = np.radians(lon), np.radians(lat)
    if center is None:
        theta = np.arcsin(np.sqrt(3) / 2 * np.sin(phi))
        square = theta * theta
        sixth = square**3
        slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
        x = 2 * np.sqrt(3) * lam * np.cos(theta) / (3 * slope)
        y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
        return np.column_stack((x, y))
    phi0, lam0 = math.radians(center[0]), math.radians(center[1])
    cosine = np.sin(phi0) * np.sin(phi) + np.cos(phi0) * np.cos(phi) * np.cos(lam - lam0)
    # the antipode has no place; what is near it is never drawn
    k = np.sqrt(2 / np.maximum(1 + cosine, 1e-6))
    x = k * np.cos(phi) * np.sin(lam - lam0)
    y = k * (np.cos(phi0) * np.sin(phi) - np.sin(phi0) * np.cos(phi) * np.cos(lam - lam0))
    return np.column_stack((x, y))


def _center(points: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
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
    center = _center(targets)
    pairs = np.array(targets, dtype=float)
    flat = project(pairs[:, 1], pairs[:, 0], center)
    low, high = flat.min(axis=0), flat.max(axis=0)
    wide, tall = np.maximum(high - low, 1e-9)
    room = max(box.width - 2 * margin, 1.0), max(box.height - 2 * margin, 1.0)
    scale = min(room[0] / wide, room[1] / tall, box.height / math.radians(least))
    x, y = (low + high) / 2
    return Window(box, center, float(scale), float(x), float(y))


@cache
def _extents(file: str) -> Floats:
    """Return south, west, north and east of every ring."""
    rings = outline(file).rings
    corners = [(r[:, 1].min(), r[:, 0].min(), r[:, 1].max(), r[:, 0].max()) for r in rings]
    return np.array(corners)


def _near(file: str, shown: Window) -> Iterator[Floats]:
    """Yield the rings that may reach into a window; most of the world does not."""
    if shown.center is None:
        yield from outline(file).rings
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
    file = FINE if shown.per_degree > _FINE else COARSE
    for ring in _near(file, shown):
        drawn = shown._drawn(project(ring[:, 0], ring[:, 1], shown.center))
        low, high = drawn.min(axis=0), drawn.max(axis=0)
        if high[0] < box.x or low[0] > box.right or high[1] < box.y or low[1] > box.bottom:
            continue
        points = np.round(drawn / grid) * grid
        moved = np.any(np.diff(points, axis=0) != 0, axis=1)
        points = points[np.concatenate(([True], moved))]
        if len(points) > 3:
            parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points.tolist()) + "Z")
    return "".join(parts)
