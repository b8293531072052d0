"""
The map of a picture: its window, its symbols, and the place of each.

A picture cannot be zoomed, so it is decided once whether it shows countries or cities.
Symbols make room for each other as in ``atlas-map.js``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.ledger.snapshot import Snapshot
from geo.model.entities import Record
from geo.model.names import country_name
from geo.pictures.drawing import Box
from geo.pictures.outlines import WORLD, Window, window
from geo.views.outline import Floats
from geo.views.symbols import Symbol, symbols_of

#: from this many units a degree on cities are far enough apart to be shown
_CITIES_FROM = 12.0
_MOST_CITIES = 60
_ROUNDS = 120
_MOST_SPREAD = 400  # each is compared with each
#: symbols in Europe, (south, west) to (north, east), from which it gets a separate map
EUROPE = ((34.0, -25.0), (72.0, 45.0))
_CROWD = 8
_WORLD_PART, _BETWEEN = 0.53, 12.0
_WORLD_MARGIN = 8.0  # what is nearer to an edge than its symbol is wide moves inwards
_WIDE = 600.0  # a narrower box has no room for two maps


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """
    One map: its window, and each symbol with the place where it is drawn.

    Attributes
    ----------
    anchors, places : array
        Rows of (x, y) in units of the drawing: where each symbol belongs, and where it is
        drawn so that none covers another.
    countries : int
        How many of the symbols are those of countries; they come first.
    marked : array or None
        Corners of the part that a second map shows enlarged; None without a second map.
    """

    window: Window
    symbols: tuple[Symbol, ...]
    names: tuple[str, ...]
    rings: tuple[bool, ...]
    anchors: Floats
    places: Floats
    radius: float
    countries: int
    marked: Floats | None = None


def _spread(points: Floats, gap: float, box: Box, radius: float) -> Floats:
    """Push symbols apart that would cover each other, always the same way, inside the box."""
    moved = points.copy()
    low = np.array((box.x + radius + 2, box.y + radius + 2))
    high = np.maximum(low, np.array((box.right - radius - 2, box.bottom - radius - 2)))
    count = len(points)
    if count > _MOST_SPREAD:
        return np.clip(moved, low, high)
    # two at the very same point part in a direction of their own
    angle = np.add.outer(np.arange(count), np.arange(count)).astype(float)
    for round_ in range(_ROUNDS):
        apart = moved[None, :, :] - moved[:, None, :]
        distance = np.hypot(apart[..., 0], apart[..., 1])
        near = (distance < gap) & ~np.eye(count, dtype=bool)
        if not near.any():
            break
        same = near & (distance < 0.01)
        upper = np.triu(same) * 1.0 - np.tril(same) * 1.0
        apart[..., 0] = np.where(same, np.cos(angle) * upper, apart[..., 0])
        apart[..., 1] = np.where(same, np.sin(angle) * upper, apart[..., 1])
        unit = apart / np.maximum(np.where(same, 1.0, distance), 0.01)[..., None]
        push = np.where(near, (gap - distance) / 2, 0.0)
        moved -= (unit * push[..., None]).sum(axis=1) * 0.55
        if round_ < _ROUNDS * 0.6:
            moved += (points - moved) * 0.03
        moved = np.clip(moved, low, high)
    return moved


def _nearest(
    records: Sequence[Record], snapshot: Snapshot, box: Box, margin: float
) -> tuple[Window, list[Symbol], int]:
    """Choose window and symbols; return also how many of these are countries (they come first)."""
    countries, cities = symbols_of(records, snapshot)
    rest, _none = symbols_of([r for r in records if r.point is None], snapshot)
    if cities and len(cities) <= _MOST_CITIES:
        near = [*rest, *cities]
        shown = window([(s.lat, s.lon) for s in near], box, margin)
        if shown.per_degree >= _CITIES_FROM or len(countries) == 1:
            return shown, near, len(rest)
    shown = window([(s.lat, s.lon) for s in countries], box, margin)
    return shown, countries, len(countries)


def _scene(shown: Window, chosen: list[Symbol], countries: int, radius: float) -> Scene:
    anchors = shown.place((s.lat, s.lon) for s in chosen)
    rings = tuple(i < countries or s.count > 1 for i, s in enumerate(chosen))
    names = tuple(
        country_name(s.id) if i < countries else s.label.partition(", ")[0]
        for i, s in enumerate(chosen)
    )
    places = _spread(anchors, 2 * radius + 1.5, shown.box, radius)
    return Scene(
        window=shown,
        symbols=tuple(chosen),
        names=names,
        rings=rings,
        anchors=anchors,
        places=places,
        radius=radius,
        countries=countries,
    )


def _crowded(symbol: Symbol) -> bool:
    """Say whether a symbol is in the part of the world that has a separate map."""
    (south, west), (north, east) = EUROPE
    return south < symbol.lat < north and west < symbol.lon < east


def scenes(
    records: Sequence[Record], snapshot: Snapshot, box: Box, radius: float
) -> tuple[Scene, ...]:
    """
    Choose the maps of some records.

    Parameters
    ----------
    records : sequence of Record
        The records drawn; each is counted in one symbol.
    snapshot : Snapshot
        Their day.
    box : Box
        Where they are drawn.
    radius : float
        Of a symbol, in units of the drawing.

    Returns
    -------
    tuple of Scene
        One map; or the world without Europe's symbols and Europe next to it, where these
        would push each other off to other continents.
    """
    margin = radius + 10
    shown, chosen, countries = _nearest(records, snapshot, box, margin)
    near = [s for s in chosen if _crowded(s)]
    if shown.center is not None or len(near) < _CROWD or box.width < _WIDE:
        return (_scene(shown, chosen, countries, radius),)
    far = [s for s in chosen if not _crowded(s)]
    left = Box(box.x, box.y, box.width * _WORLD_PART, box.height)
    rest = box.width - left.width - _BETWEEN
    right = Box(left.right + _BETWEEN, box.y, rest, box.height)
    # an outline around what the second map is about, not around what else it shows
    lats, lons = [s.lat for s in near], [s.lon for s in near]
    south, north = min(lats) - 3, max(lats) + 3
    west, east = min(lons) - 5, max(lons) + 5
    world = window(_world_with(far), left, _WORLD_MARGIN)
    corners = [(south, west), (north, west), (north, east), (south, east)]
    first = _scene(world, far, len(far), radius)
    inset = window([(s.lat, s.lon) for s in near], right, margin)
    return (
        replace(first, marked=world.place(corners)),
        _scene(inset, near, len(near), radius),
    )


def _world_with(symbols: Sequence[Symbol]) -> list[tuple[float, float]]:
    return [*WORLD, *((s.lat, s.lon) for s in symbols)]
