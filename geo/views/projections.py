"""
The two projections of the overview and of pictures, on the sphere of radius 1.

Equal Earth (Šavrič, Patterson and Jenny 2018) shows the world, Lambert's azimuthal equal-area
projection (Snyder 1987, p. 182) shows Europe. Both keep areas, so no country's land weighs
more than another's. x grows to the east and y to the south, as on screens.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.views.outline import Floats

#: coefficients of Equal Earth's polynomial
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_ROOT = np.sqrt(3.0)


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """
    Equal Earth around a meridian.

    Attributes
    ----------
    meridian : float
        The longitude in the middle, in degrees.
    """

    meridian: float

    def project(self, lat: Floats, lon: Floats) -> Floats:
        """
        Project points.

        Parameters
        ----------
        lat, lon : array
            In decimal degrees, of one length. Longitudes are not wrapped, so that a ring that
            goes on beyond the map's edge stays in one piece.

        Returns
        -------
        array
            Rows of (x, y), in radii of the sphere.
        """
        theta = np.arcsin(_ROOT / 2 * np.sin(np.radians(lat)))
        square = theta * theta
        sixth = square**3
        scale = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
        around = np.radians(np.asarray(lon) - self.meridian)
        x = 2 * _ROOT * around * np.cos(theta) / (3 * scale)
        y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
        return np.column_stack((x, -y))


@dataclass(frozen=True, slots=True)
class LambertAzimuthal:
    """
    Lambert's azimuthal equal-area projection around a point.

    Attributes
    ----------
    lat, lon : float
        The point, in decimal degrees.
    """

    lat: float
    lon: float

    def project(self, lat: Floats, lon: Floats) -> Floats:
        """
        Project points.

        Parameters
        ----------
        lat, lon : array
            In decimal degrees, of one length.

        Returns
        -------
        array
            Rows of (x, y), in radii of the sphere; the point opposite the centre, which has
            no place, is at the map's rim.
        """
        phi, around = np.radians(lat), np.radians(np.asarray(lon) - self.lon)
        middle = np.radians(self.lat)
        cosine = np.sin(middle) * np.sin(phi) + np.cos(middle) * np.cos(phi) * np.cos(around)
        scale = np.sqrt(2 / np.maximum(1 + cosine, 1e-9))
        x = scale * np.cos(phi) * np.sin(around)
        y = scale * (np.cos(middle) * np.sin(phi) - np.sin(middle) * np.cos(phi) * np.cos(around))
        return np.column_stack((x, -y))

    def unproject(self, x: Floats, y: Floats) -> Floats:
        """
        Find the points that are shown at some places.

        Parameters
        ----------
        x, y : array
            In radii of the sphere, of one length.

        Returns
        -------
        array
            Rows of (lat, lon), in decimal degrees.
        """
        rho = np.maximum(np.hypot(x, y), 1e-12)
        angle = 2 * np.arcsin(np.minimum(rho / 2, 1))
        middle = np.radians(self.lat)
        north = np.cos(angle) * np.sin(middle) - y * np.sin(angle) * np.cos(middle) / rho
        east = rho * np.cos(middle) * np.cos(angle) + y * np.sin(middle) * np.sin(angle)
        lon = self.lon + np.degrees(np.arctan2(x * np.sin(angle), east))
        return np.column_stack((np.degrees(np.arcsin(north)), lon))


Projection = EqualEarth | LambertAzimuthal
