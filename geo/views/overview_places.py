"""
Where the overview's maps draw the units of a day: which map, which place on it.

Places are made for all records of the ledger, so that a filter or a past day moves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from geo.ledger.snapshot import Snapshot
from geo.model.regions import region_of
from geo.views.anchors import anchors
from geo.views.blocks import block
from geo.views.hit_areas import LEAST, hit_areas
from geo.views.map_names import label_size
from geo.views.mercator_land import simplified
from geo.views.outline import FINE, Floats, outline
from geo.views.overview_frames import AROUND_EUROPE, EUROPE, WORLD, MapFrame
from geo.views.placement import Frame, Measures, Obstacle, Placed, filtered, place
from geo.views.units import Unit, country_units

#: named for orientation where it has no record; its claims are about all others
CHINA = "CN"
#: an anchor is at least this far from the edge of what is in sight, in pixels at scale 1
_EDGE = 7.0
#: title in a corner of each map, in pixels; side of the link to a closer view in another
_CAPTION, _NEARER = (168.0, 40.0), 34.0
#: share of a map at its smallest that units with their names may fill. Those with fewest records
#: that have no room are drawn at their places, where they may meet others
_FILLED = 0.6
_MEASURES = Measures(target=LEAST)
#: scales at which the areas that a pointer hits are parted
_LOOKED_AT = 7
#: pixels at scale 1 that an outline may be off where marks are placed on it
_TOLERANCE = 0.1
#: room for the name of China, in pixels
_NAME = (46.0, 15.0)


@dataclass(frozen=True, slots=True)
class Spot:
    """
    A unit on a map.

    Attributes
    ----------
    placed : Placed
        Its block and name, in pixels around the anchor.
    x, y : float
        The anchor, from the middle of the map in pixels at scale 1.
    hit : tuple of float
        Left, top, right and bottom of the area that a pointer hits, in pixels from the anchor.
    """

    placed: Placed
    x: float
    y: float
    hit: tuple[float, float, float, float]


def frame_of(code: str) -> MapFrame:
    """Return the map that shows a country: each country is on one of the two."""
    point = anchors().get(code)
    if point and region_of(code).code == "europe" and EUROPE.shows(*point, margin=_EDGE):
        return EUROPE
    return WORLD


def spots(units: Sequence[Unit], newest: Snapshot, frame: MapFrame) -> list[Spot]:
    """
    Place the units of a selection on a map.

    Parameters
    ----------
    units : sequence of Unit
        Countries, as `country_units` returns them.
    newest : Snapshot
        The ledger today, by which everything is placed.
    frame : MapFrame
        One of the two maps.

    Returns
    -------
    list of Spot
        In the order of the units that the map shows.
    """
    every = newest.derived(_europe if frame is EUROPE else _world)
    here = [unit for unit in units if frame_of(unit.country) is frame]
    found = filtered(every, here)
    points = _anchored(frame, [one.unit for one in found])
    # two areas may be cut in one direction at one end and in the other at the other end
    areas = [hit_areas(found, points * scale) for scale in np.linspace(*frame.scales, _LOOKED_AT)]
    low = np.max([area[:, :2] for area in areas], axis=0)
    high = np.min([area[:, 2:] for area in areas], axis=0)
    hits = np.column_stack((low, high))
    return [
        Spot(one, x, y, tuple(hit))
        for one, (x, y), hit in zip(found, points.tolist(), hits.tolist(), strict=True)
    ]


def _world(snapshot: Snapshot) -> tuple[Placed, ...]:
    units = country_units(snapshot.records, snapshot)
    shown = [unit for unit in units if frame_of(unit.country) is WORLD]
    width, height = (length * WORLD.scales[0] for length in (WORLD.width, WORLD.height))
    title = Obstacle(0.0, height - _CAPTION[1], *_CAPTION)
    nearer = Obstacle(width - _NEARER, height - _NEARER, _NEARER, _NEARER)
    return _place(shown, WORLD, (_enlarged(), _china(), title, nearer))


def _europe(snapshot: Snapshot) -> tuple[Placed, ...]:
    units = country_units(snapshot.records, snapshot)
    shown = [unit for unit in units if frame_of(unit.country) is EUROPE]
    nearer = Obstacle(EUROPE.width * EUROPE.scales[0] - _NEARER, 0.0, _NEARER, _NEARER)
    return _place(shown, EUROPE, (Obstacle(0.0, 0.0, *_CAPTION), nearer))


def _china() -> Obstacle:
    """Keep the name of China free, which is drawn at its place where it has no record."""
    x, y = _scaled(WORLD, *china())
    width, height = _NAME
    return Obstacle(x - width / 2, y - height / 2, width, height)


def _enlarged() -> Obstacle:
    """Keep units out of the outline of Europe, in which words say where that is."""
    edge = outline_of_europe()
    (left, top), (right, bottom) = edge.min(axis=0), edge.max(axis=0)
    x, y = _scaled(WORLD, left, top)
    least = WORLD.scales[0]
    return Obstacle(x, y, (right - left) * least, (bottom - top) * least)


def _place(
    units: Sequence[Unit], frame: MapFrame, obstacles: Sequence[Obstacle]
) -> tuple[Placed, ...]:
    least, most = frame.scales
    half = np.array((frame.width, frame.height)) / 2
    named, crowd = divided(units, frame)
    found = place(
        named,
        (_anchored(frame, named) + half) * least,
        Frame(frame.width * least, frame.height * least, most / least),
        measures=_MEASURES,
        obstacles=obstacles,
        homes=[[(ring + half) * least for ring in land(frame, u.country)] for u in named],
    )
    return (*found, *map(_at_its_anchor, crowd))


def divided(units: Sequence[Unit], frame: MapFrame) -> tuple[list[Unit], list[Unit]]:
    """
    Divide units into those that a map has room for with their names, and the others.

    Parameters
    ----------
    units : sequence of Unit
        All that the map shows.
    frame : MapFrame
        The map.

    Returns
    -------
    tuple of list of Unit
        Both in the order given; none among the others while there is room for all.
    """
    room = _FILLED * frame.width * frame.height * frame.scales[0] ** 2
    crowd = set()
    for unit in sorted(units, key=lambda unit: (-len(unit.records), unit.name)):
        shape, (across, _down) = block(unit.words), label_size(unit, 1, _MEASURES)
        room -= (shape.width + _MEASURES.gap + across) * max(shape.height, LEAST)
        if room < 0:
            crowd.add(unit.code)
    return (
        [unit for unit in units if unit.code not in crowd],
        [unit for unit in units if unit.code in crowd],
    )


def _at_its_anchor(unit: Unit) -> Placed:
    """Draw a unit where it belongs, without a name, on a map that has no room for all."""
    shape = block(unit.words)
    return Placed(
        unit=unit,
        block=shape,
        x=-shape.width / 2,
        y=-shape.height / 2,
        side="",
        lines=(),
        name_x=0.0,
        name_y=0.0,
        name_width=0.0,
        name_height=0.0,
    )


def _anchored(frame: MapFrame, units: Sequence[Unit]) -> Floats:
    """Return the anchors of units; one that is out of sight is at the edge nearest to it."""
    reach = np.array((frame.width, frame.height)) / 2 - _EDGE
    return np.clip(frame.placed((unit.lat, unit.lon) for unit in units), -reach, reach)


def _scaled(frame: MapFrame, x: float, y: float) -> tuple[float, float]:
    least = frame.scales[0]
    return (x + frame.width / 2) * least, (y + frame.height / 2) * least


def china() -> tuple[float, float]:
    """Return where the name of China is, from the middle of the world's map at scale 1."""
    x, y = WORLD.placed([anchors()[CHINA]])[0].tolist()
    return x, y


@cache
def land(frame: MapFrame, country: str) -> tuple[Floats, ...]:
    """
    Return the outline of a country on a map.

    Parameters
    ----------
    frame : MapFrame
        The map.
    country : str
        Code of ISO 3166-1.

    Returns
    -------
    tuple of array
        Rings of (x, y), from the middle of the map in pixels at scale 1; without islands that
        are points there.
    """
    whole = outline(FINE)
    rings = (r for code, r in zip(whole.codes, whole.rings, strict=True) if code == country)
    drawn = (simplified(frame.project(r[:, 1], r[:, 0]), _TOLERANCE) for r in rings)
    return tuple(ring for ring in drawn if len(ring) > 3)


@cache
def outline_of_europe() -> Floats:
    """Return the edge of the map of Europe as a line on the map of the world."""
    steps = np.linspace(-1.0, 1.0, 9)
    ends = np.ones_like(steps)
    x = np.concatenate((steps, ends, -steps, -ends)) * EUROPE.width / 2
    y = np.concatenate((-ends, steps, ends, -steps)) * EUROPE.height / 2
    on_sphere = (np.column_stack((x, y)) - EUROPE.middle) / EUROPE.radius
    points = AROUND_EUROPE.unproject(on_sphere[:, 0], on_sphere[:, 1])
    return WORLD.placed(map(tuple, points.tolist()))
