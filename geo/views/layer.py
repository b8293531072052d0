"""
The layer of a selection: what ``atlas-map.js`` draws at each zoom, as JSON.

Places are those of the server's picture, so the map that takes over draws the same. A unit is
a bare row, since there can be thousands of them; where it is drawn at the same place as at the
zoom before, a 0 says so.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from sys import getsizeof
from typing import Any

from geo.ledger.snapshot import Snapshot
from geo.link.rendered import RenderedCache
from geo.link.selection import Selection
from geo.link.state import LEAST_ZOOM, Viewport
from geo.views.fitted_view import fitted_view, shows_all
from geo.views.map_places import DrawnUnit, Level, level
from geo.views.map_view import CITY_ZOOM, ZOOMS
from geo.views.placement import Placed
from geo.views.unit_drawing import bars, drawn_name
from geo.views.unit_words import unit_sentence

LIMIT = 8 * 2**20  # bytes of the cached layers
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
Row = list[Any]

_layers: RenderedCache[str] = RenderedCache(LIMIT, getsizeof)


def layer_data(selection: Selection, newest: Snapshot) -> str:
    """
    Return the layer of a selection as `layer_text` writes it, from a cache.

    Parameters
    ----------
    selection : Selection
        What the map shows.
    newest : Snapshot
        The same ledger on its last day, by which everything is placed.

    Returns
    -------
    str
        The same text while filters, day and ledger are the same.
    """
    return _layers.get_or_make(
        selection.filters, lambda: layer_text(selection, newest), selection.snapshot
    )


def layer_token(data: str) -> str:
    """Return a name for a layer, the same for the same content: 16 hex digits of BLAKE2b."""
    return hashlib.blake2b(data.encode(), digest_size=8).hexdigest()


def layer_text(selection: Selection, newest: Snapshot) -> str:
    r"""
    Write the layer as JSON that is safe inside a script: no cell of it can end or leave it.

    Characters with a meaning in HTML or in a template literal are written as ``\uXXXX``, which
    JSON and JavaScript read alike.

    Parameters
    ----------
    selection, newest
        As `layer_data` takes them.

    Returns
    -------
    str
        A JSON object in ASCII.
    """
    records, snapshot = selection.records, selection.snapshot
    levels = {zoom: level(records, snapshot, newest, zoom) for zoom in ZOOMS}
    near = [levels[zoom] for zoom in ZOOMS if zoom >= CITY_ZOOM]
    text = json.dumps(
        {
            "total": len(records),
            "whole": whole_view(selection),
            "countries": _units([levels[LEAST_ZOOM]]),
            "cities": _units(near),
            "names": _names(near),
        },
        ensure_ascii=True,
        separators=(",", ":"),
    )
    for character in "<>&'`$":
        text = text.replace(character, f"\\u{ord(character):04x}")
    # folium compiles its input as a template again: no cell may open one
    return _STRING.sub(lambda m: m[0].replace("{", "\\u007b").replace("}", "\\u007d"), text)


def whole_view(selection: Selection) -> str:
    """Return the view that shows all of a selection, as a link has it; empty if none does."""
    if not selection.records:
        return ""
    view = fitted_view(selection.records, selection.snapshot)
    return view_text(view) if shows_all(view, selection.records, selection.snapshot) else ""


def view_text(view: Viewport) -> str:
    """Write a view as the value of its parameter."""
    return f"{view.lat:.2f}_{view.lon:.2f}_{view.zoom}"


def _number(value: float) -> float:
    tenth = round(value, 1) + 0.0
    return int(tenth) if tenth == int(tenth) else tenth


def _unchanged(places: Iterable[Row | None]) -> list[Any]:
    """Write 0 for a place that is the one before it."""
    written: list[Any] = []
    before: Any = ()
    for place in places:
        written.append(0 if place == before else place)
        before = place
    return written


def _units(levels: Sequence[Level]) -> list[Row]:
    return [_unit([one.units[i] for one in levels]) for i in range(len(levels[0].units))]


def _unit(drawn: Sequence[DrawnUnit]) -> Row:
    unit, block = drawn[0].placed.unit, drawn[0].placed.block
    return [
        unit.card,
        unit.code,
        unit.country,
        unit.lat,
        unit.lon,
        unit_sentence(unit),
        unit.records,
        unit.words,
        [[bar.look, _number(bar.x), _number(bar.width)] for bar in bars(block)],
        _unchanged(_place(one) for one in drawn),
    ]


def _place(one: DrawnUnit) -> Row:
    placed = one.placed
    return [
        _number(placed.x),
        _number(placed.y),
        _number(placed.block.width),
        _number(placed.block.height),
        [_number(length) for point in placed.line for length in point],
        [_number(edge) for edge in one.hit],
        *_name(placed),
    ]


def _name(placed: Placed) -> Row:
    name = drawn_name(placed)
    if name is None:
        return []
    return [_number(name.x), _number(name.y), name.anchor, name.note, *name.lines]


def _names(levels: Sequence[Level]) -> list[Row]:
    """Return each country that is only named: its place, and its name at each zoom or none."""
    by_code: dict[str, dict[int, Placed]] = {}
    for i, one in enumerate(levels):
        for placed in one.names:
            by_code.setdefault(placed.unit.code, {})[i] = placed
    rows = []
    for found in by_code.values():
        unit = next(iter(found.values())).unit
        names = [_name(found[i]) if i in found else [] for i in range(len(levels))]
        rows.append([unit.lat, unit.lon, _unchanged(names)])
    return rows
