"""What a link carries, and which codes may stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.records.filters import Filters
from geo.records.names import country_codes
from geo.records.vocabulary import (
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

NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class View:
    """Where the map looks: centre as (lat, lon) in decimal degrees, and zoom level."""

    lat: float
    lon: float
    zoom: float


@dataclass(frozen=True, slots=True)
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
    """

    filters: Filters = NO_FILTERS
    as_of: date | None = None
    view: View | None = None
    record: str = ""
    event: str = ""
    place: str = ""
    lang: str = "en"
    version: str = ""


def city_code(record_id: str) -> str:
    """The part of a record's id that names its place: ``es-madrid`` of ``es-madrid-2``."""
    return record_id.rpartition("-")[0]
