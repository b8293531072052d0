"""The projections give the values that others have published."""

from __future__ import annotations

import numpy as np
import pytest

from geo.views.projections import EqualEarth, LambertAzimuthal

#: radius of the sphere whose area is that of WGS 84, in metres
AUTHALIC = 6371007.1809


def test_equal_earth_has_the_corners_of_proj() -> None:
    # PROJ, +proj=eqearth on WGS 84: there latitudes 0 and 90 are those of the sphere
    pole = EqualEarth(0.0).project(np.array([90.0]), np.array([-180.0]))[0] * AUTHALIC
    assert pole == pytest.approx((-10216474.79, -8392927.6), abs=0.5)


def test_equal_earth_keeps_areas() -> None:
    lat, lon = np.meshgrid(np.linspace(-89, 89, 90), np.array([0.0, 0.1]))
    points = EqualEarth(14.0).project(lat.ravel(), lon.ravel()).reshape(2, 90, 2)
    width = points[1, :, 0] - points[0, :, 0]
    height = -np.diff(points[0, :, 1])
    sine = np.diff(np.sin(np.radians(np.linspace(-89, 89, 90))))
    # trapezoids between two meridians, on the map and on the sphere
    on_map = (width[1:] + width[:-1]) / 2 * height
    assert on_map == pytest.approx(sine * np.radians(0.1), rel=2e-3)


def test_lambert_gives_the_example_of_snyder() -> None:
    # Snyder 1987, p. 332: a sphere of radius 3 around 40° N 100° W, the point 20° S 100° E
    point = LambertAzimuthal(40.0, -100.0).project(np.array([-20.0]), np.array([100.0]))[0] * 3
    assert point == pytest.approx((-4.2339303, -4.0257775), abs=1e-6)


def test_lambert_is_undone() -> None:
    projection = LambertAzimuthal(50.5, 11.0)
    lat, lon = np.array([35.0, 50.5, 71.0, 60.0]), np.array([-10.0, 11.0, 25.0, 60.0])
    points = projection.project(lat, lon)
    assert projection.unproject(points[:, 0], points[:, 1]) == pytest.approx(
        np.column_stack((lat, lon)), abs=1e-9
    )
