"""The closest view of the detail map in which all marks of some records are seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from geo.ledger.snapshot import Snapshot
from geo.link.state import LEAST_ZOOM, Viewport, rounded
from geo.model.entities import Record
from geo.views.map_view import CITY_ZOOM
from geo.views.mercator import placed, unproject
from geo.views.outline import Floats
from geo.views.units import Unit, city_units, country_units

#: the closest zoom of a view that the atlas chooses: the country around a city is still seen
CLOSEST = 6
#: width and height in pixels of the map on a phone; every larger box shows as much
USUAL = (360.0, 300.0)
#: pixels around anchors, which the blocks at the edges need
_EDGE = 45.0


def fitted_view(records: Iterable[Record], snapshot: Snapshot) -> Viewport:
    """
    Return the closest view that shows all marks of some records.

    Parameters
    ----------
    records : iterable of Record
        Those selected, or the one whose card is open.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    Viewport
        Where no view of the detail map shows them all, the one that shows most of them; the
        middle of the map without a record.
    """
    found = list(records)
    cities = city_units(found, snapshot)
    for zoom in range(CLOSEST, CITY_ZOOM - 1, -1):
        if (view := _whole(cities, zoom)) is not None:
            return view
    countries = country_units(found, snapshot)
    return _whole(countries, LEAST_ZOOM) or _most(countries)


def shows_all(view: Viewport, records: Iterable[Record], snapshot: Snapshot) -> bool:
    """
    Say whether a view that was fitted to some records shows all of them.

    Parameters
    ----------
    view : Viewport
        As `fitted_view` returns it.
    records, snapshot
        As `fitted_view` takes them.

    Returns
    -------
    bool
        False where they are too far apart for the detail map.
    """
    return view.zoom >= CITY_ZOOM or _whole(country_units(records, snapshot), LEAST_ZOOM) == view


def _points(units: Sequence[Unit], zoom: int) -> Floats:
    points: Floats = placed((unit.lat, unit.lon) for unit in units) * 2**zoom
    return points


def _room() -> Floats:
    return np.array(USUAL) - 2 * _EDGE


def _whole(units: Sequence[Unit], zoom: int) -> Viewport | None:
    """Return the view around all units; None if they do not fit at this zoom."""
    if not units:
        return None
    points = _points(units, zoom)
    low, high = points.min(axis=0), points.max(axis=0)
    if ((high - low) > _room()).any():
        return None
    return _view((low + high) / 2, zoom)


def _most(units: Sequence[Unit]) -> Viewport:
    """Return the view of the least zoom around as many marks as a box shows."""
    if not units:
        return rounded(25.0, 15.0, LEAST_ZOOM)
    points = _points(units, LEAST_ZOOM)
    marks = np.array([len(unit.records) for unit in units])
    near = np.asarray((np.abs(points[:, None, :] - points) <= _room() / 2).all(axis=2))
    best = near[int((near @ marks).argmax())]
    low, high = points[best].min(axis=0), points[best].max(axis=0)
    return _view((low + high) / 2, LEAST_ZOOM)


def _view(centre: Floats, zoom: int) -> Viewport:
    x, y = (centre / 2**zoom).tolist()
    return rounded(*unproject(x, y), zoom)
