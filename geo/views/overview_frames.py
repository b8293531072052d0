"""
The two maps of the overview: what each shows of the Earth, and the image of its land.

Lengths are pixels at scale 1, the size that was drawn first; a page shows a map larger or
smaller, and its marks and names at their own size. The origin is the middle of the map.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from geo.views.outline import Floats
from geo.views.projections import EqualEarth, LambertAzimuthal, Projection


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFrame:
    """
    One map.

    Attributes
    ----------
    projection : Projection
        How it shows the Earth.
    radius : float
        The length of the sphere's radius.
    middle : tuple of float
        Where the projection's origin is.
    width, height : float
        What is always in sight.
    around : float
        How far the image of its land goes on beyond that, on every side.
    scales : tuple of float
        The smallest and the greatest scale at which a page shows it.
    land : str
        File of that image.
    """

    projection: Projection
    radius: float
    middle: tuple[float, float]
    width: float
    height: float
    around: float
    scales: tuple[float, float]
    land: str

    def project(self, lat: Floats, lon: Floats) -> Floats:
        """
        Place points.

        Parameters
        ----------
        lat, lon : array
            In decimal degrees, of one length.

        Returns
        -------
        array
            Rows of (x, y) from the middle of the map, also for what is out of sight.
        """
        return self.projection.project(lat, lon) * self.radius + self.middle

    def placed(self, points: Iterable[tuple[float, float]]) -> Floats:
        """Place points that are given as (lat, lon)."""
        pairs = np.array(list(points), dtype=float).reshape(-1, 2)
        return self.project(pairs[:, 0], pairs[:, 1])

    def shows(self, lat: float, lon: float, margin: float = 0.0) -> bool:
        """
        Say whether a point is in sight.

        Parameters
        ----------
        lat, lon : float
            In decimal degrees.
        margin : float
            How far inside the map it has to be.

        Returns
        -------
        bool
            False beyond the edge, and nearer to it than the margin.
        """
        x, y = np.abs(self.placed([(lat, lon)])[0])
        return bool(x <= self.width / 2 - margin and y <= self.height / 2 - margin)


AROUND_EUROPE = LambertAzimuthal(50.5, 11.0)
#: around 14° E, cut at Alaska and Samoa and south of Cape Horn
WORLD = MapFrame(
    projection=EqualEarth(14.0),
    radius=101.0,
    middle=(-22.0, -3.0),
    width=444.0,
    height=276.0,
    around=0.0,
    scales=(0.9, 1.5),
    land="overview-world.svg",
)
EUROPE = MapFrame(
    projection=AROUND_EUROPE,
    radius=925.0,
    middle=(0.0, 4.0),
    width=560.0,
    height=500.0,
    around=150.0,
    scales=(0.72, 1.5),
    land="overview-europe.svg",
)
