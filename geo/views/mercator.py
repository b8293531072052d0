"""
The map's projection and the choice of its first view, as Leaflet computes them.

Lengths are pixels of the world at zoom 0, which is 256 wide and high, with its origin in
the north-west; at zoom z each is 2**z as long.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from geo.views.outline import Floats

WORLD = 256.0
MAX_ZOOM = 9.0
#: of the first view: zoom of a single place, pixels around all symbols, and the steps of zoom
CLOSEST, PADDING, SNAP = 5.0, 18.0, 0.25
#: what the map shows without a symbol, as (lat, lon), and its zoom
START, START_ZOOM = (25.0, 15.0), 2.0
_MAX_LATITUDE = 85.0511287798


def project(lat: Floats, lon: Floats) -> Floats:
    """
    Project points to the square world of web maps.

    Parameters
    ----------
    lat, lon : array
        In decimal degrees, both of one length; what is nearer to a pole than 85.05° is moved
        to that latitude.

    Returns
    -------
    array
        Rows of (x, y).
    """
    phi = np.radians(np.clip(lat, -_MAX_LATITUDE, _MAX_LATITUDE))
    y = 0.5 - np.log(np.tan(np.pi / 4 + phi / 2)) / (2 * np.pi)
    return np.column_stack((np.asarray(lon) / 360 + 0.5, y)) * WORLD


def unproject(x: float, y: float) -> tuple[float, float]:
    """
    Return the place of a point.

    Parameters
    ----------
    x, y : float
        In pixels at zoom 0.

    Returns
    -------
    tuple of float
        (lat, lon) in decimal degrees.
    """
    lat = 2 * math.atan(math.exp((0.5 - y / WORLD) * 2 * math.pi)) - math.pi / 2
    return math.degrees(lat), (x / WORLD - 0.5) * 360


def placed(points: Iterable[tuple[float, float]]) -> Floats:
    """Project points that are given as (lat, lon)."""
    pairs = np.array(list(points), dtype=float).reshape(-1, 2)
    return project(pairs[:, 0], pairs[:, 1])


def snapped(zoom: float) -> float:
    """Return the zoom that Leaflet shows when it is asked for one: a multiple of `SNAP`."""
    return min(MAX_ZOOM, max(0.0, math.floor(zoom / SNAP + 0.5) * SNAP))


@dataclass(frozen=True, slots=True)
class Fit:
    """
    The first view around some points, which depends on the size of its box.

    Attributes
    ----------
    x, y : float
        Its centre.
    width, height : float
        Between the outermost points.
    """

    x: float
    y: float
    width: float
    height: float

    def zoom(self, width: float, height: float) -> float:
        """
        Return the zoom in a box.

        Parameters
        ----------
        width, height : float
            Of the box, in pixels.

        Returns
        -------
        float
            From 0 to `CLOSEST`, in steps of `SNAP`.
        """
        scale = min(
            _ratio(width - 2 * PADDING, self.width), _ratio(height - 2 * PADDING, self.height)
        )
        if scale <= 1:
            return 0.0
        if math.isinf(scale):
            return CLOSEST
        # Leaflet takes a step that is missed by a hundredth of it
        near = math.floor(math.log2(scale) / (SNAP / 100) + 0.5) * (SNAP / 100)
        return min(CLOSEST, math.floor(near / SNAP + 1e-9) * SNAP)

    def least_box(self, zoom: float) -> tuple[float, float]:
        """
        Return width and height, in pixels, from which a box has a zoom.

        Parameters
        ----------
        zoom : float
            A multiple of `SNAP`.

        Returns
        -------
        tuple of float
            Both are needed; each at least 0.
        """
        scale = 2 ** (zoom - SNAP / 200)
        return self.width * scale + 2 * PADDING, self.height * scale + 2 * PADDING


def _ratio(room: float, length: float) -> float:
    return room / length if length else math.inf


def fit(points: Floats) -> Fit:
    """
    Return the first view around some points.

    Parameters
    ----------
    points : array
        Rows of (x, y); at least one.

    Returns
    -------
    Fit
        Around the middle of the outermost.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    (x, y), (width, height) = (low + high) / 2, high - low
    return Fit(float(x), float(y), float(width), float(height))
