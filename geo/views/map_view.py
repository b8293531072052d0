"""
What the detail map shows in a box whose size the server does not know.

The centre of a view depends on the box: the map never shows what is beyond its bounds, and an
open record is kept in view. `MapView.centre` is the rule; the style sheet writes it in lengths
of the box, and ``atlas-map.js`` applies it in Leaflet.
"""

from __future__ import annotations

from dataclasses import dataclass

from geo.link.state import MOST_ZOOM, NORTH, SOUTH, Viewport
from geo.views.mercator import WORLD, placed

#: from this zoom on a unit is a city; at the least zoom it is a country
CITY_ZOOM = 4
ZOOMS = range(CITY_ZOOM - 1, MOST_ZOOM + 1)
#: width and height in pixels of the least and of the greatest box that is drawn for
LEAST, MOST = (260.0, 200.0), (1400.0, 1000.0)
#: pixels between an open record and the edges of the box
KEPT = (70.0, 50.0)

_CORNERS = placed([(NORTH, -180.0), (SOUTH, 180.0)])
#: left, top, right and bottom of what the map shows, in pixels at zoom 0
BOUNDS = (0.0, float(_CORNERS[0][1]), WORLD, float(_CORNERS[1][1]))


@dataclass(frozen=True, slots=True)
class MapView:
    """
    A view of the detail map.

    Attributes
    ----------
    x, y : float
        The centre that the address asks for, in pixels at zoom 0.
    zoom : int
        From 3 to 9.
    kept : tuple of float or None
        The place that is kept in view, (x, y) in pixels at zoom 0.
    """

    x: float
    y: float
    zoom: int
    kept: tuple[float, float] | None = None

    @property
    def scale(self) -> float:
        """Pixels of this zoom for one at zoom 0."""
        return float(2**self.zoom)

    def centre(self, width: float, height: float) -> tuple[float, float]:
        """
        Return the centre in a box.

        Parameters
        ----------
        width, height : float
            Of the box, in pixels.

        Returns
        -------
        tuple of float
            In pixels at zoom 0: the one asked for, moved as little as brings the kept place
            into view and the box within the bounds.
        """
        left, top, right, bottom = BOUNDS
        kept = self.kept or (None, None)
        return (
            self._along(self.x, kept[0], width / 2, KEPT[0], left, right),
            self._along(self.y, kept[1], height / 2, KEPT[1], top, bottom),
        )

    def _along(
        self, at: float, kept: float | None, half: float, edge: float, low: float, high: float
    ) -> float:
        half, room = half / self.scale, max(0.0, half - edge) / self.scale
        if kept is not None:
            at = min(max(at, kept - room), kept + room)
        middle = (low + high) / 2
        return min(max(at, min(low + half, middle)), max(high - half, middle))

    def extent(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of all that a box of any size shows, at zoom 0."""
        edges = []
        for width, height in (LEAST, MOST):
            x, y = self.centre(width, height)
            half_width, half_height = width / 2 / self.scale, height / 2 / self.scale
            edges.append((x - half_width, y - half_height, x + half_width, y + half_height))
        lefts, tops, rights, bottoms = zip(*edges, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)


def map_view(view: Viewport, kept: tuple[float, float] | None = None) -> MapView:
    """
    Return the view that an address asks for.

    Parameters
    ----------
    view : Viewport
        Of the address.
    kept : tuple of float, optional
        (lat, lon) of the place that is kept in view.

    Returns
    -------
    MapView
        With all lengths in pixels at zoom 0.
    """
    ((x, y),) = placed([(view.lat, view.lon)]).tolist()
    if kept is None:
        return MapView(x, y, view.zoom)
    ((kept_x, kept_y),) = placed([kept]).tolist()
    return MapView(x, y, view.zoom, (kept_x, kept_y))
