"""
The map of a picture: the outline, and the symbols as the dashboard draws them.

Shapes and the way in which symbols make room for each other are those of
``atlas-map.js``; a picture differs in that it cannot be zoomed, so it chooses once whether
it shows countries or cities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.records.model import Record
from geo.records.names import country_name
from geo.records.snapshot import Snapshot
from geo.records.vocabulary import CLAIM_ONLY
from geo.views.drawing import BLUE, BORDER, INK, LAND, MUTED, PAPER, SEA, Box, Drawing, Line
from geo.views.outlines import WORLD, Floats, Window, land, window
from geo.views.symbols import MIXED, Symbol, symbols_of
from geo.views.typesetting import BOLD, REGULAR, only_letters, width

#: from this many units a degree on cities are far enough apart to be shown
_CITIES_FROM = 12.0
_MOST_CITIES = 60
_NAMED = 14  # with more symbols than this their names would cover each other
_ROUNDS = 120
#: symbols in Europe, (south, west) to (north, east), from which it gets a map of its own
EUROPE = ((34.0, -25.0), (72.0, 45.0))
_CROWD = 8
_WORLD_PART, _BETWEEN = 0.53, 12.0


@dataclass(frozen=True, slots=True)
class Scene:
    """
    What a map shows: its window, and each symbol with the place where it is drawn.

    Attributes
    ----------
    anchors, places : array
        Where each symbol belongs, and where it is drawn so that none covers another.
    marked : array or None
        Corners of the part that a second map shows nearer.
    """

    window: Window
    symbols: tuple[Symbol, ...]
    names: tuple[str, ...]
    rings: tuple[bool, ...]
    anchors: Floats
    places: Floats
    radius: float
    marked: Floats | None = None


def shape(code: str, x: float, y: float, r: float, faded: bool = False) -> str:
    """One shape of a latest word around (x, y), as in ``atlas-map.js``."""
    if code == MIXED:
        return ""
    hue = INK if code in (CLAIM_ONLY, "party_says_closed") else BLUE
    line = f'fill="none" stroke="{hue}" stroke-width="{max(1.6, r * 0.22):.1f}"'

    def circle(radius: float, style: str) -> str:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {style}/>'

    def path(data: str, style: str) -> str:
        return f'<path d="{data}" {style}/>'

    if code == CLAIM_ONLY:
        drawn = circle(r * 0.8, f'fill="{hue}"')
    elif code == "authority_looking":
        a = r * 0.85
        half = f"M{x:.1f} {y - a:.1f}A{a:.1f} {a:.1f} 0 0 0 {x:.1f} {y + a:.1f}Z"
        drawn = circle(a, line) + path(half, f'fill="{hue}"')
    elif code == "told_to_stop":
        diamond = f"M{x:.1f} {y - r:.1f}L{x + r:.1f} {y:.1f}L{x:.1f} {y + r:.1f}L{x - r:.1f} {y:.1f}Z"
        drawn = path(diamond, line)
    elif code == "party_says_closed":
        drawn = circle(r * 0.8, line)
    elif code == "authority_says_closed":
        drawn = circle(r * 0.95, line) + circle(r * 0.42, line)
    else:
        b = r * 0.6
        bar = f"M{x - b:.1f} {y + b:.1f}L{x + b:.1f} {y - b:.1f}"
        drawn = circle(r * 0.9, line) + path(bar, line)
    return f'<g opacity="{0.5 if faded else 1}">{drawn}</g>'


def _spread(points: Floats, gap: float, box: Box, radius: float) -> Floats:
    """Push symbols apart that would cover each other, always the same way, inside the box."""
    moved = points.copy()
    low = np.array((box.x + radius + 2, box.y + radius + 2))
    high = np.maximum(low, np.array((box.right - radius - 2, box.bottom - radius - 2)))
    count = len(points)
    if count > 400:
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
    """The window, the symbols, and how many of these are countries (they come first)."""
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
    return Scene(shown, tuple(chosen), names, rings, anchors, places, radius)


def _crowded(symbol: Symbol) -> bool:
    """Whether a symbol stands in the part of the world that has a map of its own."""
    (south, west), (north, east) = EUROPE
    return south < symbol.lat < north and west < symbol.lon < east


def scenes(
    records: Sequence[Record], snapshot: Snapshot, box: Box, radius: float
) -> tuple[Scene, ...]:
    """
    Choose what the map of some records shows, and where.

    Parameters
    ----------
    records : sequence of Record
        The records drawn; each is counted in one symbol.
    snapshot : Snapshot
        Their day.
    box : Box
        Where they are drawn.
    radius : float
        Of a symbol.

    Returns
    -------
    tuple of Scene
        One map; or the world without Europe's symbols and Europe beside it, where these
        would push each other off to other continents.
    """
    margin = radius + 10
    shown, chosen, countries = _nearest(records, snapshot, box, margin)
    near = [s for s in chosen if _crowded(s)]
    if shown.center is not None or len(near) < _CROWD:
        return (_scene(shown, chosen, countries, radius),)
    far = [s for s in chosen if not _crowded(s)]
    left = Box(box.x, box.y, box.width * _WORLD_PART, box.height)
    rest = box.width - left.width - _BETWEEN
    right = Box(left.right + _BETWEEN, box.y, rest, box.height)
    # an outline around what the second map is about, not around what else it shows
    lats, lons = [s.lat for s in near], [s.lon for s in near]
    south, north = min(lats) - 3, max(lats) + 3
    west, east = min(lons) - 5, max(lons) + 5
    world = window([*_world_with(far)], left, margin)
    corners = [(south, west), (north, west), (north, east), (south, east)]
    first = _scene(world, far, len(far), radius)
    inset = window([(s.lat, s.lon) for s in near], right, margin)
    return (
        replace(first, marked=world.place(corners)),
        _scene(inset, near, len(near), radius),
    )


def _world_with(symbols: Sequence[Symbol]) -> list[tuple[float, float]]:
    return [*WORLD, *((s.lat, s.lon) for s in symbols)]


def draw_scene(drawing: Drawing, shown: Scene, name: str, grid: float = 0.5) -> None:
    """Draw a map; ``name`` tells its clip path from another's in the same drawing."""
    box = shown.window.box
    frame = f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
    weight = 0.7 if grid >= 0.5 else 0.5
    drawing.shapes += [
        f'<clipPath id="{name}"><rect {frame}/></clipPath><rect {frame} fill="{SEA}"/>',
        f'<g clip-path="url(#{name})"><path d="{land(shown.window, grid)}" fill="{LAND}" '
        f'fill-rule="evenodd" stroke="{BORDER}" stroke-width="{weight}"/></g>',
    ]
    for (x, y), (px, py) in zip(shown.anchors.tolist(), shown.places.tolist(), strict=True):
        if np.hypot(px - x, py - y) > 7:
            drawing.shapes.append(
                f'<path d="M{x:.1f} {y:.1f}L{px:.1f} {py:.1f}" stroke="{MUTED}" '
                f'stroke-opacity="0.7"/><circle cx="{x:.1f}" cy="{y:.1f}" r="1.6" fill="{MUTED}"/>'
            )
    if shown.marked is not None:
        corners = "L".join(f"{x:.1f} {y:.1f}" for x, y in shown.marked.tolist())
        drawing.shapes.append(f'<path d="M{corners}Z" fill="none" stroke="{INK}"/>')
    for symbol, ring, (x, y) in zip(
        shown.symbols, shown.rings, shown.places.tolist(), strict=True
    ):
        _symbol(drawing, symbol, ring, x, y, shown.radius)


def _symbol(
    drawing: Drawing, symbol: Symbol, ring: bool, x: float, y: float, radius: float
) -> None:
    """One symbol: in a ring with its count, or a shape alone."""
    if not ring:
        drawing.shapes.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius * 0.73:.1f}" fill="{PAPER}" '
            f'fill-opacity="0.82"/>' + shape(symbol.shape, x, y, radius * 0.55, symbol.faded)
        )
        return
    drawing.shapes.append(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius - 1:.1f}" fill="{PAPER}" stroke="{INK}" '
        f'stroke-width="1.4"/>'
        + shape(symbol.shape, x, y - radius * 0.42, radius * 0.31, symbol.faded)
    )
    size = radius * 0.9
    count = str(symbol.count)
    # alone in its ring, the number is centred
    low = 0.32 if symbol.shape == MIXED else 0.68
    wide = width(count, size, BOLD)
    around = Box(x - radius, y - radius, 2 * radius, 2 * radius)
    drawing.lines.append(
        Line(x - wide / 2, y + radius * low, size, ((count, BOLD),), INK, around)
    )


def draw_names(drawing: Drawing, shown: Scene, size: float) -> None:
    """Write the names of a few symbols beside them, where there is room."""
    if len(shown.symbols) > _NAMED:
        return
    box, r = shown.window.box, shown.radius
    held = [Box(x - r, y - r, 2 * r, 2 * r) for x, y in shown.places.tolist()]
    for name, ring, (x, y) in zip(shown.names, shown.rings, shown.places.tolist(), strict=True):
        text = only_letters(name)
        long = width(text, size)
        reach = (r if ring else r * 0.73) + 3
        for left, base in (
            (x + reach, y + size * 0.34),
            (x - reach - long, y + size * 0.34),
            (x - long / 2, y + reach + size * 0.76),
            (x - long / 2, y - reach - size * 0.24),
        ):
            line = Line(left, base, size, ((text, REGULAR),), INK, box, halo=True)
            inner = Box(box.x + 4, box.y + 4, box.width - 8, box.height - 8)
            if inner.holds(line.box) and not any(line.box.meets(other) for other in held):
                held.append(line.box)
                drawing.lines.append(line)
                break
