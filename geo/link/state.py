"""The state that a link carries, and how it is written."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote

from geo.link.kinds import Kind, Parameter
from geo.link.parameters import SETTINGS, parameters
from geo.link.selection import Filters

NO_FILTERS = Filters()
#: whole zooms of the detail map: at the least it draws countries, at the greatest cities
LEAST_ZOOM, MOST_ZOOM = 3, 9
#: latitudes between which it can be moved; beyond them nothing is drawn
SOUTH, NORTH = -60.0, 80.0


@dataclass(frozen=True, slots=True)
class Viewport:
    """What the detail map shows: centre as (lat, lon) in decimal degrees, and whole zoom."""

    lat: float
    lon: float
    zoom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """
    Everything that a link carries.

    Attributes
    ----------
    as_of : date or None
        None means today.
    record, event, place : str
        The open card; at most one of them is set. A place is a country's code or, with
        several records in one city, the city's part of their ids (``es-madrid``).
    version : str
        The ledger that the link was made from, 8 hex digits; empty for the latest.
    layer : str
        One of `parameters.LAYERS`, laid over the map; empty for none.
    side : str
        What the list at the side of the map shows; empty for the latest entries.
    rows, period, listed : str
        How the timeline is arranged: its rows, the period that it opens on, and the number of
        entries in its list; empty for what it does by itself.
    sort : str
        Column of a table, with ``-`` before it from the end; empty for the table's own order.
    coverage, rest : str
        Countries that the table of countries is limited to; ``1`` to show all of them.
    """

    filters: Filters = NO_FILTERS
    as_of: date | None = None
    view: Viewport | None = None
    record: str = ""
    event: str = ""
    place: str = ""
    lang: str = "en"
    version: str = ""
    layer: str = ""
    side: str = ""
    rows: str = ""
    period: str = ""
    listed: str = ""
    sort: str = ""
    coverage: str = ""
    rest: str = ""


def unarranged(state: State) -> State:
    """Return the same selection without what only arranges a page of the dashboard."""
    nothing: dict[str, Any] = dict.fromkeys(SETTINGS, "")
    return replace(state, view=None, **nothing)


def city_code(record_id: str) -> str:
    """Return the part of a record's id that names its place: ``es-madrid`` of ``es-madrid-2``."""
    return record_id.rpartition("-")[0]


def _number(value: float, digits: int = 2) -> str:
    # adding zero turns -0.0 into 0.0
    return f"{round(value, digits) + 0.0:.{digits}f}"


def quoted(text: str) -> str:
    """Percent-encode a value as a link writes it."""
    # urllib does not encode the tilde, which many chat programs read as strike-through
    return quote(text, safe="").replace("~", "%7E")


def written(row: Parameter, state: State) -> tuple[str, ...]:
    """
    Return the values of one parameter as a link carries them.

    Parameters
    ----------
    row : Parameter
        Of the table.
    state : State
        What the link carries.

    Returns
    -------
    tuple of str
        Before percent-encoding; empty where the parameter is not set.
    """
    value = getattr(state.filters if row.filters else state, row.field)
    if not value or (row.kind is Kind.LANGUAGE and value == row.codes[0]):
        return ()
    if row.kind is Kind.FACET:
        return tuple(value)
    if row.kind is Kind.SWITCH:
        return row.codes
    if row.kind is Kind.DAY:
        return (value.isoformat(),)
    if row.kind is Kind.VIEWPORT:
        return (f"{_number(value.lat)}_{_number(value.lon)}_{value.zoom}",)
    return (value,)


def encode(state: State) -> str:
    """
    Write a link's query, without the question mark, in one fixed order.

    Only letters, digits and ``- _ . = &`` appear, since chat programs cut the rest; free
    text is the one exception and is percent-encoded UTF-8.
    """
    pairs = [(row.name, value) for row in parameters() for value in written(row, state)]
    return "&".join(f"{name}={quoted(value)}" for name, value in pairs)


def rounded(lat: float, lon: float, zoom: float) -> Viewport:
    """
    Return the viewport nearest to a place that a link can carry and the map can show.

    Parameters
    ----------
    lat, lon : float
        Centre in decimal degrees; brought back between `SOUTH` and `NORTH`, and into one world.
    zoom : float
        Brought back to a whole number from `LEAST_ZOOM` to `MOST_ZOOM`.

    Returns
    -------
    Viewport
        With a centre of two decimals; (0, 0) at the least zoom if a number is not finite.
    """
    if not all(math.isfinite(number) for number in (lat, lon, zoom)):
        return Viewport(0.0, 0.0, LEAST_ZOOM)
    return Viewport(
        round(max(SOUTH, min(NORTH, lat)), 2) + 0.0,
        round(max(-180.0, min(180.0, lon)), 2) + 0.0,
        max(LEAST_ZOOM, min(MOST_ZOOM, math.floor(zoom + 0.5))),
    )
