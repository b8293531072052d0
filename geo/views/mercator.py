"""
The projection of the detail map, as Leaflet computes it.

Lengths are pixels of the world at zoom 0, which is 256 wide and high, with its origin in
the north-west; at zoom z each is 2**z as long.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from geo.views.outline import Floats

WORLD = 256.0
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
