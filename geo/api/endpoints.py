"""
The endpoints of the data API, in one table; those of the feeds are in `geo.api.feed_endpoints`.

Routes, OpenAPI description and documentation are made from both, so that all three list the
same endpoints.
"""

from __future__ import annotations

from geo.api.endpoint import CSV, GEOJSON, HTML, JSON, Endpoint, File
from geo.api.feed_endpoints import FEEDS
from geo.exports.citations import FORMATS
from geo.exports.data_package import ZIP, data_package
from geo.exports.file_parameters import CsvForm
from geo.exports.json_documents import events_json, sources_json
from geo.exports.rows import Provenance
from geo.exports.selection_files import events_csv, records_csv, records_geojson
from geo.exports.workbook import XLSX, workbook
from geo.link.opening import Opened
from geo.model.codebook import EVENTS, RECORDS, SOURCES
from geo.wording import N_


def _records_csv(opened: Opened, provenance: Provenance, form: CsvForm) -> bytes:
    return form.encoded(records_csv(opened.selection, provenance, form.separator))


def _events_csv(opened: Opened, provenance: Provenance, form: CsvForm) -> bytes:
    return form.encoded(events_csv(opened.selection, provenance, form.separator))


def _geojson(opened: Opened, provenance: Provenance, form: CsvForm) -> bytes:
    return records_geojson(opened.selection, provenance).encode()


def _events_json(opened: Opened, provenance: Provenance, form: CsvForm) -> bytes:
    return events_json(opened, provenance).encode()


def _sources_json(opened: Opened, provenance: Provenance, form: CsvForm) -> bytes:
    return sources_json(opened, provenance).encode()


def _workbook(opened: Opened, provenance: Provenance, form: CsvForm) -> bytes:
    return workbook(opened, provenance)


def _package(opened: Opened, provenance: Provenance, form: CsvForm) -> bytes:
    return data_package(opened, provenance)


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
        file=File("csv", "", "/", _records_csv, RECORDS),
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
        file=File("geojson", "", "/", _geojson, RECORDS),
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
        file=File("csv", "events", "/timeline", _events_csv, EVENTS),
    ),
    Endpoint(
        path="/api/sources.json",
        title=N_("The sources behind a selection as JSON"),
        words=N_("The pages that the selected records and events cite, with publisher and class."),
        media_type=JSON,
        example="country=NL",
        file=File("json", "sources", "/", _sources_json, SOURCES),
    ),
    Endpoint(
        path="/api/workbook.xlsx",
        title=N_("The selection as a workbook"),
        words=N_(
            "A workbook (.xlsx) with the sheets About, Records, Entries, Sources, Quotations and "
            "Figures, and one that says what each column means. Records and Entries have the rows "
            "and the columns of the CSV files. Text is text in every program, days are days, and "
            "addresses are links."
        ),
        media_type=XLSX,
        example="country=NL",
        file=File("xlsx", "", "/", _workbook),
    ),
    Endpoint(
        path="/api/package.zip",
        title=N_("The selection as a data package"),
        words=N_(
            "The same tables as CSV, with a description of each column (datapackage.json, a "
            "Tabular Data Package of Frictionless Data), the licence, the citation and a README. "
            "The files have no byte-order mark."
        ),
        media_type=ZIP,
        example="country=NL",
        file=File("zip", "", "/", _package),
    ),
)
CITATIONS = tuple(
    Endpoint(
        path=f"/api/citation.{form.ending}",
        title=title,
        words=N_(
            "Author, title, version, day and address of the open record, entry or country, or "
            "else of the selection, for a reference manager."
        ),
        media_type=form.media_type,
        example="country=NL&asof=2022-12-05",
    )
    for form, title in zip(
        FORMATS,
        (
            N_("The citation of a view for BibTeX"),
            N_("The citation of a view as RIS"),
            N_("The citation of a view as CSL-JSON"),
            N_("The citation of a view as text"),
        ),
        strict=True,
    )
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
API = (*DATA, *CITATIONS, VERSION, OPENAPI, DOCUMENTATION)
ENDPOINTS = (*API, HEALTH, *FEEDS)
