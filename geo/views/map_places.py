"""
Where the detail map draws its units, for each of its whole zooms.

Places are those of all records of the ledger: a filter or a past day takes marks away and
moves nothing. They are computed once for each reading of the files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.ledger.snapshot import Snapshot
from geo.link.state import LEAST_ZOOM
from geo.model.entities import Record
from geo.views.anchors import anchors
from geo.views.hit_areas import LEAST, hit_areas
from geo.views.map_view import CITY_ZOOM, ZOOMS
from geo.views.mercator import WORLD, placed
from geo.views.mercator_land import largest_areas, rings_by_code
from geo.views.outline import COARSE, FINE, Floats
from geo.views.placement import Frame, Measures, Placed, filtered, place
from geo.views.units import Unit, city_units, country_units, name_unit

#: square pixels of land from which a country without a block is named
_ROOM = 900.0
_MEASURES = Measures(target=LEAST)
Area = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnUnit:
    """
    A unit where it is drawn, in pixels from its anchor.

    Attributes
    ----------
    placed : Placed
        Its block and its name.
    hit : tuple of float
        Left, top, right and bottom of the area that a pointer hits.
    """

    placed: Placed
    hit: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """
    What is drawn at one zoom.

    Attributes
    ----------
    units : tuple of DrawnUnit
        In the order of their names.
    names : tuple of Placed
        Countries that are only named, for orientation.
    """

    units: tuple[DrawnUnit, ...]
    names: tuple[Placed, ...]


def level_units(records: Sequence[Record], snapshot: Snapshot, zoom: int) -> list[Unit]:
    """
    Gather records as a zoom draws them.

    Parameters
    ----------
    records : sequence of Record
        Those selected.
    snapshot : Snapshot
        The day whose latest words are shown.
    zoom : int
        One of `ZOOMS`.

    Returns
    -------
    list of Unit
        Countries at the least zoom, cities from the next one on.
    """
    gather = country_units if zoom < CITY_ZOOM else city_units
    return gather(records, snapshot)


def level(records: Sequence[Record], snapshot: Snapshot, newest: Snapshot, zoom: int) -> Level:
    """
    Return what a selection draws at a zoom.

    Parameters
    ----------
    records : sequence of Record
        Those selected.
    snapshot : Snapshot
        The day shown.
    newest : Snapshot
        The same ledger on its last day, by which everything is placed.
    zoom : int
        One of `ZOOMS`.

    Returns
    -------
    Level
        Each record in exactly one unit.
    """
    whole = newest.derived(_PLACES[zoom])
    hits = {one.placed.unit.slot: one.hit for one in whole.units}
    units = level_units(records, snapshot, zoom)
    kept = filtered([one.placed for one in whole.units], units)
    drawn = tuple(DrawnUnit(placed=one, hit=hits[one.unit.slot]) for one in kept)
    return Level(units=drawn, names=whole.names)


def _quiet_names(units: Sequence[Unit], zoom: int) -> list[Unit]:
    """Return the countries whose name no unit has and that have room for it, without records."""
    if zoom == LEAST_ZOOM:
        return []
    named = {unit.country for unit in units if unit.kind == "country"}
    areas = largest_areas(FINE)
    return [
        name_unit(code)
        for code in sorted(anchors())
        if code not in named and areas.get(code, 0.0) * 4**zoom >= _ROOM
    ]


def _homes(units: Sequence[Unit], zoom: int) -> list[list[Floats]]:
    """Return the land of each unit with records, as the zoom draws it."""
    rings = rings_by_code(COARSE if zoom < CITY_ZOOM else FINE)
    return [
        [ring * 2**zoom for ring in rings.get(unit.country, ())] if unit.words else []
        for unit in units
    ]


def _places(zoom: int) -> Callable[[Snapshot], Level]:
    def places(newest: Snapshot) -> Level:
        units = level_units(newest.records, newest, zoom)
        everything = [*units, *_quiet_names(units, zoom)]
        points = placed((unit.lat, unit.lon) for unit in everything) * 2**zoom
        size = WORLD * 2**zoom
        frame = Frame(width=size, height=size, largest=1.0)
        found = place(everything, points, frame, measures=_MEASURES, homes=_homes(everything, zoom))
        marked, names = found[: len(units)], found[len(units) :]
        hits = hit_areas(marked, points[: len(units)])
        return Level(
            units=tuple(
                DrawnUnit(placed=one, hit=tuple(hit))
                for one, hit in zip(marked, hits.tolist(), strict=True)
            ),
            names=tuple(one for one in names if one.named),
        )

    return places


#: one function a zoom: `Snapshot.derived` finds what was computed by its function
_PLACES = {zoom: _places(zoom) for zoom in ZOOMS}
