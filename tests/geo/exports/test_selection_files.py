"""Files to take away: exactly the selection, safe to quote alone, and harmless to open."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.exports.rows import EVENT_COLUMNS, NOWHERE, RECORD_COLUMNS, Provenance, properties
from geo.exports.selection_files import (
    events_csv,
    harmless,
    records_csv,
    records_geojson,
)
from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters, Selection
from geo.model.dates import parse
from tests.entities import event, ledger, on, real, record, source
from tests.ledger_files import TODAY

LINK = "https://atlas.example/?asof=2026-11-22"
IMPRINT = "Preview: not published; do not cite."
PROVENANCE = Provenance(LINK, IMPRINT, lambda address: f"https://atlas.example{address}")
#: what may be empty: nobody has to have said it
OPTIONAL = {
    *(name for name in RECORD_COLUMNS if name.endswith("_quotes")),
    "claimed_function",
    "summary",
    "host_region",
    "host_city",
    "origin_province",
    "origin_jurisdiction",
}


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def _all(day: date = TODAY) -> Selection:
    return Filters().select(on(day))


def _made(**cells: str) -> Selection:
    made = ledger([event("a", **cells)])
    return Filters().select(Snapshot(made, TODAY))


def test_every_record_and_every_event_is_a_row() -> None:
    records = _rows(records_csv(_all(), PROVENANCE))
    assert [row["record"] for row in records] == [r.id for r in real().records]
    events = _rows(events_csv(_all(), PROVENANCE))
    assert [row["event"] for row in events] == [e.id for e in _all().events]


def test_a_row_of_a_record_is_safe_to_quote_alone() -> None:
    for row in _rows(records_csv(_all(), PROVENANCE)):
        assert tuple(row) == RECORD_COLUMNS
        assert {name for name, cell in row.items() if not cell} <= OPTIONAL
        assert row["latest_word_speaker"] in row["latest_word_sentence"]
        assert row["selection"] == LINK
        page = f"https://atlas.example/s/{row['record']}?asof={TODAY}&v={real().version}"
        assert row["link"] == page
        assert row["ledger_version"] == f"v{real().version}"
        assert IMPRINT in row["notice"]
        assert "does not mean that a “station” exists" in row["notice"]


def test_an_answer_says_what_it_is_about_or_that_none_was_found() -> None:
    names = ("answer_host_authorities", "answer_china", "answer_body_or_people_named")
    cells = [row[name] for row in _rows(records_csv(_all(), NOWHERE)) for name in names]
    missing = [cell for cell in cells if cell.startswith("None found in the sources consulted")]
    assert missing
    found = [cell for cell in cells if cell not in missing]
    assert any(cell.endswith("[worldwide]") for cell in found)
    assert any(cell.endswith("[about this record]") for cell in found)
    assert all(cell.endswith("]") for cell in found)


def test_an_event_is_dated_and_sourced() -> None:
    for row in _rows(events_csv(_all(), PROVENANCE)):
        assert tuple(row) == EVENT_COLUMNS
        for name in ("event", "said_on", "country", "authority", "summary", "about", "sources"):
            assert row[name], (row["event"], name)
        assert parse(row["said_on"]).text == row["said_on"]
        assert row["authority"].removesuffix(")") in row["line"]


def test_a_past_day_exports_nothing_of_what_came_later() -> None:
    selection = _all(date(2022, 12, 31))
    public = {e.id for e in selection.snapshot.events}
    assert {row["summary"] for row in _rows(records_csv(selection, NOWHERE))} == {""}
    assert any(e.note for e in selection.events)
    for row in _rows(events_csv(selection, NOWHERE)):
        assert not row["note"]
        assert set(row["repeat_of"].split()) | set(row["differs_from"].split()) <= public
    assert any(row["summary"] for row in _rows(records_csv(_all(), NOWHERE)))


def test_an_empty_selection_is_a_file_with_its_header() -> None:
    nothing = Filters(q="zzzz").select(on(TODAY))
    assert records_csv(nothing, NOWHERE).strip() == ",".join(RECORD_COLUMNS)
    assert events_csv(nothing, NOWHERE).strip() == ",".join(EVENT_COLUMNS)
    assert json.loads(records_geojson(nothing, NOWHERE))["features"] == []


def test_a_record_without_a_city_has_no_geometry() -> None:
    collection = json.loads(records_geojson(_all(), PROVENANCE))
    assert collection["type"] == "FeatureCollection"
    assert collection["link"] == LINK
    points = {r.id: r.point for r in real().records}
    for feature in collection["features"]:
        point = points[feature["id"]]
        if point is None:
            assert feature["geometry"] is None
            assert feature["properties"]["precision"] != "city"
        else:
            lat, lon = point
            assert feature["geometry"] == {"type": "Point", "coordinates": [lon, lat]}
    assert any(f["geometry"] is None for f in collection["features"])


def test_geojson_is_flat_and_says_nothing_that_the_standard_forbids() -> None:
    collection = json.loads(records_geojson(_all(), PROVENANCE))
    # RFC 7946, 7.1: members of other types may not be in a collection
    assert not {"geometry", "coordinates", "properties", "geometries"} & collection.keys()
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert tuple(feature["properties"]) == RECORD_COLUMNS
        assert {type(cell) for cell in feature["properties"].values()} == {str}
        if feature["geometry"] is not None:
            lon, lat = feature["geometry"]["coordinates"]
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90


@given(st.text(alphabet=st.sampled_from("=+-@＝＋－＠\t\r\n '\"ab,;1<"), max_size=12))
def test_no_cell_can_be_read_as_a_formula(cell: str) -> None:
    shown = harmless(cell)
    assert not shown.lstrip().startswith(tuple("=+-@＝＋－＠"))
    assert shown[:1] not in ("\t", "\r", "\n")
    assert shown.removeprefix("'") == cell.removeprefix("'")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_a_row_parses_back_whatever_a_cell_holds(text: str) -> None:
    selection = _made(summary=text, authority=text)
    (row,) = _rows(events_csv(selection, NOWHERE))
    assert row["summary"] == harmless(text)
    (place,) = _rows(records_csv(selection, NOWHERE))
    assert place["claim"] == harmless(text)
    (feature,) = json.loads(records_geojson(selection, NOWHERE))["features"]
    assert feature["properties"]["claim"] == text


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "＝1"])
def test_a_formula_becomes_text(cell: str) -> None:
    (row,) = _rows(events_csv(_made(summary=cell), NOWHERE))
    assert row["summary"] == f"'{cell}"


def test_only_links_that_a_browser_may_follow_are_exported() -> None:
    pages = [source("page", url="javascript:alert(1)"), source("other")]
    made = ledger([event("a", sources=("page", "other"))], sources=pages)
    (held,) = Snapshot(made, TODAY).records
    assert properties(held, Snapshot(made, TODAY), NOWHERE)["sources"] == (
        "https://example.org/other"
    )


def test_accounts_that_differ_stand_in_the_row() -> None:
    made = ledger(
        [
            event("a"),
            event("b", "2022-10-01", event_type="statement", summary="Said one thing."),
            event(
                "c", "2022-10-02", event_type="statement", differs_from=("b",), summary="Another."
            ),
        ],
        [record()],
    )
    (row,) = _rows(records_csv(Filters().select(Snapshot(made, TODAY)), NOWHERE))
    assert "Said one thing." in row["accounts_differ"]
    assert "Another." in row["accounts_differ"]
