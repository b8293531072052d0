"""
The endpoints of the data API and the feeds, in one table.

Routes, OpenAPI description and documentation are made from it, so that all three list the
same endpoints.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geo.exports.json_documents import events_json, sources_json
from geo.exports.selection_files import events_csv, records_csv, records_geojson
from geo.link.opening import Opened
from geo.wording import N_

CSV = "text/csv; charset=utf-8"
GEOJSON = "application/geo+json; charset=utf-8"
JSON = "application/json; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"

#: from an address, the link to its view, and the imprint, to the content of the file
Build = Callable[[Opened, str, str], bytes]


@dataclass(frozen=True, slots=True)
class File:
    """
    One selection as a file.

    Attributes
    ----------
    ending, kind : str
        Of its name, as `geo.exports.file_names.file_name` takes them.
    page : str
        Path of the page that shows the selection, for the link inside.
    build : callable
        Writes it.
    """

    ending: str
    kind: str
    page: str
    build: Build


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """
    One endpoint, or one for each country if ``{country}`` is in its path.

    Attributes
    ----------
    path : str
        As Starlette and OpenAPI write it.
    title, words : str
        Its answer, in a line and in a paragraph.
    media_type : str
        Of the answer.
    example : str
        A query that shows its use.
    takes : str
        Which parameters count: ``all``, ``ledger`` (the day and the version), or none.
    file : File or None
        How its content is made; None unless it is a file of a selection.
    """

    path: str
    title: str
    words: str
    media_type: str
    example: str = ""
    takes: str = "all"
    file: File | None = None


# a byte-order mark: without it spreadsheets take UTF-8 for something else
def _records_csv(opened: Opened, link: str, imprint: str) -> bytes:
    return records_csv(opened.selection, link, imprint).encode("utf-8-sig")


def _events_csv(opened: Opened, link: str, imprint: str) -> bytes:
    return events_csv(opened.selection, link, imprint).encode("utf-8-sig")


def _geojson(opened: Opened, link: str, imprint: str) -> bytes:
    return records_geojson(opened.selection, link, imprint).encode()


def _events_json(opened: Opened, link: str, imprint: str) -> bytes:
    return events_json(opened, link, imprint).encode()


def _sources_json(opened: Opened, link: str, imprint: str) -> bytes:
    return sources_json(opened, link, imprint).encode()


DATA = (
    Endpoint(
        path="/api/records.csv",
        title=N_("The selected records as CSV"),
        words=N_(
            "One row per record (RFC 4180, UTF-8 with a byte-order mark), byte for byte the "
            "dashboard’s file of the selection. A cell that a spreadsheet would run as a "
            "formula gets a leading apostrophe."
        ),
        media_type=CSV,
        example="country=NL&asof=2022-12-05",
        file=File("csv", "", "/", _records_csv),
    ),
    Endpoint(
        path="/api/records.geojson",
        title=N_("The selected records as GeoJSON"),
        words=N_(
            "A FeatureCollection (RFC 7946), byte for byte the dashboard’s file. Points are "
            "city centres, never addresses; a record without a known city has no geometry."
        ),
        media_type=GEOJSON,
        example="status=told_to_stop",
        file=File("geojson", "", "/", _geojson),
    ),
    Endpoint(
        path="/api/events.json",
        title=N_("The selected events as JSON"),
        words=N_(
            "Who said what, when and about what. An event that restates another is listed "
            "and marked (repeat) but not counted. Dates are half-open intervals: from is "
            "included, before is the first day after. The atlas’s own line about an event is in "
            "line; quotation is its old name, deprecated, and will go with version 2.0.0. The "
            "words of the pages are in quotes, in the original with a translation."
        ),
        media_type=JSON,
        example="type=told_to_stop&from=2022-10",
        file=File("json", "events", "/timeline", _events_json),
    ),
    Endpoint(
        path="/api/events.csv",
        title=N_("The selected events as CSV"),
        words=N_(
            "One row per event, restatements included, byte for byte the dashboard’s file. The "
            "column quotation is the old name of line, deprecated; the words of the pages are in "
            "quotes."
        ),
        media_type=CSV,
        example="country=NL",
        file=File("csv", "events", "/timeline", _events_csv),
    ),
    Endpoint(
        path="/api/sources.json",
        title=N_("The sources behind a selection as JSON"),
        words=N_("The pages that the selected records and events cite, with publisher and class."),
        media_type=JSON,
        example="country=NL",
        file=File("json", "sources", "/", _sources_json),
    ),
)
VERSION = Endpoint(
    path="/api/version",
    title=N_("Which ledger is served"),
    words=N_(
        "Version, date, size and releases of the ledger; with v=, those of that "
        "release. It is small: check it first, and fetch the rest only when the version "
        "has changed."
    ),
    media_type=JSON,
    takes="ledger",
)
OPENAPI = Endpoint(
    path="/api/openapi.json",
    title=N_("This interface, described in OpenAPI 3.1"),
    words=N_("For generating clients."),
    media_type=JSON,
    takes="",
)
DOCUMENTATION = Endpoint(
    path="/api",
    title=N_("This interface, described for people"),
    words=N_("This page."),
    media_type=HTML,
    takes="",
)
HEALTH = Endpoint(
    path="/healthz",
    title=N_("Whether the ledger can be read"),
    words=N_(
        "For operators: 200 while the ledger can be served, with the rows set aside in each "
        "table, why newer files are refused and how many entries of withheld.csv have gone "
        "since the start; otherwise 503 with a sentence."
    ),
    media_type=JSON,
    takes="",
)
EVENTS_FEED = Endpoint(
    path="/feeds/events.atom",
    title=N_("The latest events of a selection as a feed"),
    words=N_(
        "Atom (RFC 4287): the newest 50 events by the date they were said. Add a view’s "
        "filters to the address to follow that view."
    ),
    media_type=ATOM,
    example="country=NL",
)
COUNTRY_EVENTS = Endpoint(
    path="/feeds/{country}/events.atom",
    title=N_("The latest events of one country as a feed"),
    words=N_("The same for one country, by its code; other filters may be added."),
    media_type=ATOM,
)
CORRECTIONS_FEED = Endpoint(
    path="/feeds/corrections.atom",
    title=N_("The register of corrections as a feed"),
    words=N_(
        "What changed between releases: row, field, before, after and reason. Withheld "
        "content is not repeated."
    ),
    media_type=ATOM,
    takes="ledger",
)
COUNTRY_CORRECTIONS = Endpoint(
    path="/feeds/{country}/corrections.atom",
    title=N_("The corrections that concern one country as a feed"),
    words=N_("The same for one country by its code."),
    media_type=ATOM,
    takes="ledger",
)
FEEDS = (EVENTS_FEED, COUNTRY_EVENTS, CORRECTIONS_FEED, COUNTRY_CORRECTIONS)
API = (*DATA, VERSION, OPENAPI, DOCUMENTATION)
ENDPOINTS = (*API, HEALTH, *FEEDS)
