"""What a link carries, which codes may stand in it, and how it is written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from geo.link.selection import FACETS, Filters
from geo.model.names import country_codes
from geo.model.vocabulary import (
    EUROPEAN_UNION,
    EVENT_TYPES,
    FLAGS,
    JURISDICTIONS,
    LATEST_WORDS,
    LISTS,
    PROVINCES,
    UNKNOWN,
    WORLDWIDE,
)

#: filter -> the codes that a link may carry, in the order in which they are written
CODES: dict[str, tuple[str, ...]] = {
    "country": (*sorted(country_codes()), EUROPEAN_UNION, WORLDWIDE),
    "province": (*PROVINCES, UNKNOWN),
    "jurisdiction": (*JURISDICTIONS, UNKNOWN),
    "status": tuple(LATEST_WORDS),
    "flag": tuple(FLAGS),
    "type": tuple(EVENT_TYPES),
    "list": tuple(LISTS),
}

#: parameters that open a card; a link opens the first that it can
CARDS = ("record", "event", "place")
#: what may be laid over the map; off where the link names none
LAYERS = ("coverage",)
#: parameters of the range of dates, and the fields of the filters that they fill
RANGE = (("from", "since"), ("to", "until"))
NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class View:
    """Where the map looks: centre as (lat, lon) in decimal degrees, and zoom level."""

    lat: float
    lon: float
    zoom: float


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
        The ledger that the link was made from, 8 hex digits; empty when it follows.
    layer : str
        One of `LAYERS`, laid over the map; empty for none.
    """

    filters: Filters = NO_FILTERS
    as_of: date | None = None
    view: View | None = None
    record: str = ""
    event: str = ""
    place: str = ""
    lang: str = "en"
    version: str = ""
    layer: str = ""


def city_code(record_id: str) -> str:
    """The part of a record's id that names its place: ``es-madrid`` of ``es-madrid-2``."""
    return record_id.rpartition("-")[0]


def _number(value: float, digits: int = 2) -> str:
    # adding zero turns -0.0 into 0.0
    return f"{round(value, digits) + 0.0:.{digits}f}"


def _quoted(text: str) -> str:
    # urllib leaves the tilde as it is; to many chat programs it means strike-through
    return quote(text, safe="").replace("~", "%7E")


def encode(state: State) -> str:
    """
    Write a link's query, without the question mark, in one fixed order.

    Only letters, digits and ``- _ . = &`` appear, since chat programs cut the rest; free
    text is the one exception and is percent-encoded UTF-8.
    """
    pairs: list[tuple[str, str]] = [
        (name, code) for name in FACETS for code in getattr(state.filters, name)
    ]
    if state.filters.q:
        pairs.append(("q", state.filters.q))
    pairs += [
        (name, getattr(state.filters, field))
        for name, field in RANGE
        if getattr(state.filters, field)
    ]
    if state.filters.certain:
        pairs.append(("certain", "1"))
    if state.as_of:
        pairs.append(("asof", state.as_of.isoformat()))
    if state.view:
        zoom = _number(state.view.zoom).rstrip("0").rstrip(".")
        pairs.append(("view", f"{_number(state.view.lat)}_{_number(state.view.lon)}_{zoom}"))
    for name in ("layer", *CARDS):
        if getattr(state, name):
            pairs.append((name, getattr(state, name)))
    if state.lang != "en":
        pairs.append(("lang", state.lang))
    if state.version:
        pairs.append(("v", state.version))
    return "&".join(f"{name}={_quoted(value)}" for name, value in pairs)


def rounded(lat: float, lon: float, zoom: float) -> View:
    """
    A view as a link can carry it: two decimals, longitude brought back to ±180.

    Leaflet lets a reader pan around the globe more than once.
    """
    around = (lon + 180) % 360 - 180
    if not all(math.isfinite(number) for number in (lat, around, zoom)):
        return View(0.0, 0.0, 1.0)
    return View(
        round(max(-90.0, min(90.0, lat)), 2), round(around, 2), round(max(0, min(9, zoom)), 2)
    )
