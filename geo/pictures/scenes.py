"""
The maps of a picture: their windows, and the place of every mark and name.

A picture cannot be zoomed, so it is decided once whether it shows countries or cities. Marks
and names are placed by the rule that the page's maps have (`geo.views.placement`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.ledger.snapshot import Snapshot
from geo.model.entities import Record
from geo.pictures.lines import Box
from geo.pictures.outlines import WORLD, Window, center, window
from geo.views.anchors import anchors
from geo.views.map_names import Measures
from geo.views.outline import Floats
from geo.views.placement import Frame, Obstacle, Placed, place
from geo.views.text_width import width
from geo.views.units import Unit, city_units, country_units, name_unit
from geo.wording import ngettext

#: from this many units a degree on cities are far enough apart to be shown
_CITIES_FROM = 12.0
_MOST_CITIES = 60
#: the part of the world that gets a separate map, (south, west) to (north, east), and the
#: number of its countries from which it does
EUROPE = ((34.0, -25.0), (72.0, 45.0))
_CROWD = 8
_WORLD_MARGIN = 8.0  # what is nearer to an edge than its mark is wide moves inwards
#: named for orientation on a map of the world, where it has no record
_CHINA = "CN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """
    One map: its window, and what is drawn at which place.

    Attributes
    ----------
    placed : tuple of Placed
        Blocks and names, in units of the drawing from their anchors.
    anchors : array
        Rows of (x, y) in units of the drawing: where each of them belongs.
    outlined : Box or None
        The part that a second map shows enlarged; None without a second map.
    elsewhere : int
        Records that are on that second map.
    """

    window: Window
    placed: tuple[Placed, ...]
    anchors: Floats
    measures: Measures
    outlined: Box | None = None
    elsewhere: int = 0

    @property
    def words(self) -> list[str]:
        """The latest words of the records that it shows, one of each."""
        return [word for one in self.placed for word in one.unit.words]


def _nearest(
    records: Sequence[Record], snapshot: Snapshot, box: Box, margin: float
) -> tuple[Window, list[Unit]]:
    """Choose window and units: cities where they are far enough apart, else countries."""
    countries = country_units(records, snapshot)
    cities = city_units(records, snapshot)
    if any(unit.kind == "city" for unit in cities) and len(cities) <= _MOST_CITIES:
        shown = window([(u.lat, u.lon) for u in cities], box, margin)
        if shown.per_degree >= _CITIES_FROM or len(countries) == 1:
            return shown, cities
    return window([(u.lat, u.lon) for u in countries], box, margin), countries


def _scene(
    shown: Window,
    units: Sequence[Unit],
    measures: Measures,
    names: Sequence[Unit] = (),
    taken: Sequence[Box] = (),
) -> Scene:
    """Place units and names without records where they meet nothing of what is ``taken``."""
    drawn = [*units, *names]
    points = shown.place((u.lat, u.lon) for u in drawn)
    corner = np.array((shown.box.x, shown.box.y))
    placed = place(
        drawn,
        points - corner,
        Frame(shown.box.width, shown.box.height),
        measures=measures,
        obstacles=[
            Obstacle(box.x - shown.box.x, box.y - shown.box.y, box.width, box.height)
            for box in taken
        ],
        homes=[[ring - corner for ring in shown.land_of(u.country)] for u in drawn],
    )
    return Scene(window=shown, placed=placed, anchors=points, measures=measures)


def caption_box(box: Box, size: float) -> Box:
    """
    Return the corner of a map in which its name is written.

    Parameters
    ----------
    box : Box
        Of the map.
    size : float
        Of the letters, in units of the drawing.

    Returns
    -------
    Box
        As wide as a short name.
    """
    return Box(box.x + 10, box.y + 4, 5 * size, 1.3 * size)


def _in_europe(unit: Unit) -> bool:
    (south, west), (north, east) = EUROPE
    return south < unit.lat < north and west < unit.lon < east


def _named_around(shown: Window, units: Sequence[Unit], measures: Measures) -> list[Unit]:
    """List the countries whose names help to see where cities are, the largest first."""
    own = {unit.country for unit in units if unit.kind == "country"}
    codes = [code for code in sorted(anchors()) if code not in own]
    points = shown.place(anchors()[code] for code in codes)
    box = shown.box
    found = []
    for code, (x, y) in zip(codes, points.tolist(), strict=True):
        if box.x < x < box.right and box.y < y < box.bottom:
            broad = max((float(np.ptp(ring[:, 0])) for ring in shown.land_of(code)), default=0.0)
            unit = name_unit(code)
            # a name that is much wider than its country would seem to be its neighbour's
            if broad > 0.8 * width(unit.name, measures.name_size):
                found.append((-broad, code, unit))
    return [unit for _broad, _code, unit in sorted(found, key=lambda each: each[:2])]


def europe_is_crowded(records: Sequence[Record], snapshot: Snapshot) -> bool:
    """
    Say whether a picture shows the world and Europe on two maps.

    Parameters
    ----------
    records : sequence of Record
        The records drawn.
    snapshot : Snapshot
        Their day.

    Returns
    -------
    bool
        True if they are all over the world, and in many countries of Europe.
    """
    units = country_units(records, snapshot)
    inside = sum(map(_in_europe, units))
    return inside >= _CROWD and center([(u.lat, u.lon) for u in units]) is None


def one_map(records: Sequence[Record], snapshot: Snapshot, box: Box, measures: Measures) -> Scene:
    """
    Choose the one map of some records.

    Parameters
    ----------
    records : sequence of Record
        The records drawn, each by one mark.
    snapshot : Snapshot
        Their day.
    box : Box
        Where they are drawn.
    measures : Measures
        Sizes of marks and names, in units of the drawing.

    Returns
    -------
    Scene
        Of cities where they are far enough apart, else of countries.
    """
    shown, units = _nearest(records, snapshot, box, _margin(measures))
    if shown.center is None:
        return _scene(shown, units, measures, _china(units))
    near = any(unit.kind == "city" for unit in units)
    return _scene(shown, units, measures, _named_around(shown, units, measures) if near else ())


def two_maps(
    records: Sequence[Record], snapshot: Snapshot, boxes: tuple[Box, Box], measures: Measures
) -> tuple[Scene, Scene]:
    """
    Divide records between a map of the world and one of Europe, enlarged.

    Parameters
    ----------
    records : sequence of Record
        The records drawn, each by one mark on one of the maps.
    snapshot : Snapshot
        Their day.
    boxes : tuple of Box
        Where either map is drawn.
    measures : Measures
        Sizes of marks and names, in units of the drawing.

    Returns
    -------
    tuple of Scene
        The world, with an outline around what the other one shows; and Europe.
    """
    units = country_units(records, snapshot)
    inside = [unit for unit in units if _in_europe(unit)]
    rest = [unit for unit in units if not _in_europe(unit)]
    world = window([*WORLD, *((u.lat, u.lon) for u in rest)], boxes[0], _WORLD_MARGIN)
    inset = window([(u.lat, u.lon) for u in inside], boxes[1], _margin(measures))
    outlined = _outlined(world, inside)
    count = sum(len(unit.words) for unit in inside)
    words = words_beside(outlined, count, measures.name_size)
    first = _scene(world, rest, measures, _china(rest), [outlined, words])
    second = _scene(inset, inside, measures, taken=[caption_box(boxes[1], measures.name_size)])
    return replace(first, outlined=outlined, elsewhere=count), second


def _margin(measures: Measures) -> float:
    return 12 * measures.scale + 14


def _china(units: Sequence[Unit]) -> list[Unit]:
    return [] if any(u.country == _CHINA for u in units) else [name_unit(_CHINA)]


def words_beside(outlined: Box, count: int, size: float) -> Box:
    """
    Return where the number of records in the enlarged part is written.

    Parameters
    ----------
    outlined : Box
        That part on the map of the world.
    count : int
        Number of its records.
    size : float
        Of the letters, in units of the drawing.

    Returns
    -------
    Box
        To its right, as wide as the words.
    """
    return Box(outlined.right + 5, outlined.y, width(records_enlarged(count), size), 1.25 * size)


def records_enlarged(count: int) -> str:
    """Return the words next to the part that a second map shows enlarged."""
    return ngettext("{n} record", "{n} records", count)


def _outlined(world: Window, inside: Sequence[Unit]) -> Box:
    """Return the box around what the second map is about, not around what else it shows."""
    lats, lons = [u.lat for u in inside], [u.lon for u in inside]
    south, north = min(lats) - 3, max(lats) + 3
    west, east = min(lons) - 5, max(lons) + 5
    corners = world.place([(south, west), (north, west), (north, east), (south, east)])
    (x, y), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    return Box(x, y, right - x, bottom - y)
