"""The Data page: rows in their order, cells as text, files of the selection, what is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from markupsafe import Markup

from geo.ledger.snapshot import Snapshot
from geo.link.permalink import decode, parse_query
from geo.link.selection import Filters
from geo.link.state import State
from geo.model.dates import parse, spoken
from geo.model.text import fold
from geo.screen.context import Screen
from geo.screen.data import BESIDE_CARD, MOST, STEP, events_table, files_note, records_table, shown
from geo.screen.data_tables import EVENT_COLUMNS, RECORD_COLUMNS, ordered
from geo.words.sentences import latest_word, place
from tests.entities import days, event, ledger, on, real, record
from tests.geo.views.test_rendering import TEXTS, Page, _snapshot
from tests.ledger_files import TODAY
from tests.markup import straight
from tests.screens import screen_of, screen_on

RECORD = "nl-rotterdam-1"
EVENT = "nl-2022-11-01-told-to-stop"
TABLES: dict[str, Callable[[Screen], Markup]] = {"record": records_table, "event": events_table}


def _read(href: str) -> State:
    return decode(parse_query(urlsplit(href).query), real(), TODAY)[0]


def _screen(**state: Any) -> Screen:
    return screen_of(real(), State(**state), "data")


def _opened(page: Page, kind: str) -> list[str]:
    """The cards that the rows open, in the order of the rows."""
    hrefs = [a["href"] or "" for tag, a in page.tags if tag == "a" and "download" not in a]
    return [card for card in (getattr(_read(href), kind) for href in hrefs) if card]


@pytest.mark.parametrize("day", days(6))
def test_every_row_of_the_selection_is_there_in_the_order_of_the_ledger(day: date) -> None:
    screen = screen_on(on(day), "data", filters=Filters(country=("NL", "IT", "ES")))
    for kind, rows in (("record", screen.selection.records), ("event", screen.selection.events)):
        page = Page(TABLES[kind](screen))
        assert page.values("data-total") == [str(len(rows))]
        assert _opened(page, kind) == [row.id for row in rows]


def test_a_row_says_what_the_ledger_says() -> None:
    snapshot = on(TODAY)
    text = straight(Page(records_table(_screen())).text)
    for row in snapshot.records:
        for cell in (row.id, place(row), latest_word(row, snapshot), spoken(row.last_checked)):
            assert straight(cell) in text
    text = straight(Page(events_table(_screen())).text)
    for entry in snapshot.events[:STEP]:
        for cell in (
            entry.id,
            spoken(entry.said.text),
            entry.authority,
            entry.summary,
            entry.repeat_of,
        ):
            assert straight(cell) in text


def test_many_ids_are_folded_up_and_all_there() -> None:
    about = tuple(f"nl-a-{n}" for n in range(1, 9))
    events = [event("many", about=about), event("few", about=about[:6])]
    screen = screen_on(Snapshot(ledger(events, [record(i) for i in about]), TODAY), "data")
    page = Page(events_table(screen))
    assert [tag for tag, _a in page.tags].count("details") == 1
    assert "8 records" in page.text
    assert " ".join(about) in page.text
    assert "6 records" not in page.text


def test_the_open_card_s_row_is_marked() -> None:
    for kind, code in (("record", RECORD), ("event", EVENT)):
        page = Page(TABLES[kind](_screen(**{kind: code}, listed="400")))
        marked = [tag for tag, a in page.tags if a.get("aria-current") == "true"]
        assert marked == ["tr"]
        other = "event" if kind == "record" else "record"
        assert "aria-current" not in Page(TABLES[other](_screen(**{kind: code}))).attributes()


@pytest.mark.parametrize("kind", ["record", "event"])
def test_beside_a_card_a_table_shows_the_sheet_with_the_open_row(kind: str) -> None:
    whole = _opened(Page(TABLES[kind](_screen(sort="-place"))), kind)
    assert len(whole) > BESIDE_CARD
    sheets = {}
    for number in sorted({0, BESIDE_CARD - 1, BESIDE_CARD, len(whole) - 1}):
        table = str(TABLES[kind](_screen(sort="-place", **{kind: whole[number]})))
        # headings keep the card open
        page = Page(table.partition("</thead>")[2])
        rows = _opened(page, kind)
        first = number // BESIDE_CARD * BESIDE_CARD
        assert rows == whole[first : first + BESIDE_CARD]
        assert page.values("aria-current") == ["true"]
        assert f"Rows {first + 1} to {first + len(rows)} of {len(whole)}" in page.text
        sheets[first] = page.values("id")
        closing = [h for h in page.values("href") if h and h.endswith(f"#{kind}s")][-1]
        assert _read(closing) == State(sort="-place")
    # nodes of one sheet do not become those of another
    assert len({tuple(ids) for ids in sheets.values()}) == len(sheets)


def test_a_card_replaces_the_open_one_and_keeps_everything_else() -> None:
    state = State(filters=Filters(country=("NL",)), record=RECORD, sort="-latest")
    page = Page(events_table(screen_of(real(), state, "data")))
    hrefs = [href for href in page.values("href") if f"event={EVENT}" in href]
    assert [_read(href) for href in hrefs] == [replace(state, record="", event=EVENT)]


@pytest.mark.parametrize("kind", TABLES)
def test_each_heading_sorts_its_table_alone(kind: str) -> None:
    columns: Any = RECORD_COLUMNS if kind == "record" else EVENT_COLUMNS
    page = Page(TABLES[kind](_screen()))
    offered = [_read(href).sort for href in page.values("href")]
    assert [sort for sort in offered if sort] == [column.code for column in columns]
    assert not page.values("aria-sort")
    for column in columns:
        for sort, says in ((column.code, "ascending"), (f"-{column.code}", "descending")):
            assert Page(TABLES[kind](_screen(sort=sort))).values("aria-sort") == [says]


def test_no_column_of_one_table_is_in_the_other() -> None:
    codes = [*(c.code for c in RECORD_COLUMNS), *(c.code for c in EVENT_COLUMNS)]
    assert len(set(codes)) == len(codes)
    for code in codes:
        # what a heading writes, a link can carry
        assert decode({"sort": [f"-{code}"]}, real(), TODAY) == (State(sort=f"-{code}"), [])


@pytest.mark.parametrize("sort", ["", "event", "-who", "name", "-nothing_of_the_kind"])
def test_what_names_no_column_changes_nothing(sort: str) -> None:
    snapshot = on(TODAY)
    assert ordered(snapshot.records, RECORD_COLUMNS, sort, snapshot) == tuple(snapshot.records)


def _sorted_ids(sort: str, *dates: str) -> list[str]:
    claims = [
        event(f"claim-{n}", said, about=(f"nl-a-{n}",), position=n)
        for n, said in enumerate(dates, 1)
    ]
    records = [record(f"nl-a-{n}") for n in range(1, len(dates) + 1)]
    snapshot = Snapshot(ledger(claims, records), TODAY)
    return [r.id for r in ordered(snapshot.records, RECORD_COLUMNS, sort, snapshot)]


def test_dates_are_compared_as_the_days_that_they_can_mean() -> None:
    said = ("2023", "2022-12", "2022-12-05", "2022", "2023-01-01", "2022-12-05")
    ascending = ["nl-a-4", "nl-a-2", "nl-a-3", "nl-a-6", "nl-a-5", "nl-a-1"]
    first = [parse(said[int(code[-1]) - 1]) for code in ascending]
    assert first == sorted(first)
    assert _sorted_ids("claimed_on", *said) == ascending
    # the same date twice: the order of the file, in both directions
    descending = ["nl-a-1", "nl-a-5", "nl-a-3", "nl-a-6", "nl-a-2", "nl-a-4"]
    assert _sorted_ids("-claimed_on", *said) == descending


def test_the_tenth_record_of_a_place_follows_the_ninth() -> None:
    ids = [f"nl-a-{n}" for n in (10, 9, 2, 11, 1)]
    claims = [event(f"claim-{i}", about=(i,), position=n) for n, i in enumerate(ids, 1)]
    snapshot = Snapshot(ledger(claims, [record(i) for i in ids]), TODAY)
    found = ordered(snapshot.records, RECORD_COLUMNS, "record", snapshot)
    assert [r.id for r in found] == [f"nl-a-{n}" for n in (1, 2, 9, 10, 11)]


def test_text_is_compared_without_case_and_accents() -> None:
    said = ("zebra", "Élan", "apple", "eland", "Émile", "")
    events = [event(f"e{n}", authority=who, position=n) for n, who in enumerate(said, 1)]
    snapshot = Snapshot(ledger(events), TODAY)
    found = [e.authority for e in ordered(snapshot.events, EVENT_COLUMNS, "who", snapshot)]
    assert found == ["apple", "Élan", "eland", "Émile", "zebra", ""]
    found = [e.authority for e in ordered(snapshot.events, EVENT_COLUMNS, "-who", snapshot)]
    assert found == ["zebra", "Émile", "eland", "Élan", "apple", ""]


@pytest.mark.parametrize("direction", ["", "-"])
@pytest.mark.parametrize("code", [column.code for column in RECORD_COLUMNS])
def test_records_are_sorted_by_what_their_cells_say(code: str, direction: str) -> None:
    snapshot = on(TODAY)
    found = ordered(snapshot.records, RECORD_COLUMNS, direction + code, snapshot)
    assert sorted(r.id for r in found) == sorted(r.id for r in snapshot.records)
    if code in ("record", "claimed_on", "latest", "precision", "jurisdiction", "checked"):
        return  # by the value behind the cell, see above
    (column,) = [c for c in RECORD_COLUMNS if c.code == code]
    cells = [fold(column.cell(row, snapshot)) for row in found]
    assert cells == sorted(cells, reverse=bool(direction))


def test_latest_words_are_sorted_by_their_day() -> None:
    snapshot = on(TODAY)
    found = ordered(snapshot.records, RECORD_COLUMNS, "-latest", snapshot)
    said = [(snapshot.word(r) or snapshot.claims(r)[0]).said for r in found]
    assert said == sorted(said, reverse=True)
    assert len(set(said)) > 5


def test_an_unknown_jurisdiction_comes_last_in_both_directions() -> None:
    snapshot = on(TODAY)
    unknown = sum(not r.origin_city for r in snapshot.records)
    assert unknown
    for sort in ("jurisdiction", "-jurisdiction"):
        found = ordered(snapshot.records, RECORD_COLUMNS, sort, snapshot)
        assert not any(r.origin_city for r in found[-unknown:])


def test_a_long_table_shows_a_part_and_says_so() -> None:
    total = 10_000
    names = [f"e{n}" for n in range(total)]
    many = Snapshot(ledger([event(n, position=p) for p, n in enumerate(names, 2)]), TODAY)
    page = Page(events_table(screen_on(many, "data")))
    assert page.values("data-total") == [str(total)]
    assert len([tag for tag, _a in page.tags if tag == "tr"]) == 1 + STEP
    assert f"The first {STEP:,} of 10,000 are shown; all are in the files." in page.text
    assert f"Show {STEP:,} more" in page.text
    assert [h for h in page.values("href") if "listed=" in h] == [f"/data?listed={2 * STEP}#events"]
    page = Page(events_table(screen_on(many, "data", listed="99999")))
    assert len([tag for tag, _a in page.tags if tag == "tr"]) == 1 + MOST
    assert "The first 2,000 of 10,000 are shown" in page.text
    assert "more" not in page.text.lower().partition("are shown")[2]


def test_sorting_comes_before_leaving_out() -> None:
    events = [event(f"e{n:03}", position=n) for n in range(STEP + 50)]
    many = Snapshot(ledger(events), TODAY)
    page = Page(events_table(screen_on(many, "data", sort="-event")))
    rows = [a["aria-label"] for _tag, a in page.tags if "aria-label" in a]
    assert len(rows) == STEP
    assert f"e{STEP + 49}" in page.text
    assert "e000" not in page.text
    assert "Show 50 more" in page.text


@pytest.mark.parametrize(
    ("listed", "rows"), [("", 1000), ("1", 1000), ("100", 1000), ("1500", 1500), ("99999", 2000)]
)
def test_a_link_may_ask_for_more_rows_and_never_for_fewer(listed: str, rows: int) -> None:
    assert shown(listed) == rows


def test_a_short_table_offers_nothing_more() -> None:
    page = Page(records_table(_screen()))
    assert "are shown" not in page.text
    assert not [href for href in page.values("href") if "listed=" in href]


def test_an_empty_selection_is_a_sentence_without_files() -> None:
    for kind, made in TABLES.items():
        page = Page(made(_screen(filters=Filters(q="zzzz"))))
        rows = "records" if kind == "record" else "entries"
        assert f"No {rows} match. Remove a filter to see more." in page.text
        assert page.values("data-total") == ["0"]
        assert not {"table", "a"} & page.names()


def test_a_repeat_of_what_came_later_names_nothing() -> None:
    early = replace(event("echo", repeat_of="root"), position=3)
    made = ledger([early, event("root", "2023-01-01")])
    screen = screen_on(Snapshot(made, date(2022, 12, 1)), "data")
    assert "root" not in str(events_table(screen))
    assert "plus 1 that restates another entry" in Page(events_table(screen)).text


def test_a_table_has_a_caption_and_headings_of_its_columns_and_rows() -> None:
    for made, columns in ((records_table, RECORD_COLUMNS), (events_table, EVENT_COLUMNS)):
        page = Page(made(_screen()))
        assert [tag for tag, _a in page.tags].count("caption") == 1
        scopes = page.values("scope")
        assert scopes.count("col") == len(columns)
        assert scopes.count("row") == [tag for tag, _a in page.tags].count("tr") - 1
        # nothing scrolls in itself, and no row is drawn only when it is looked at
        assert "role" not in page.attributes()


def test_files_are_plain_links_to_the_api_for_the_same_selection() -> None:
    state = {"filters": Filters(country=("NL",)), "record": RECORD}
    pages = [Page(made(_screen(**state))) for made in TABLES.values()]
    files = [a["href"] or "" for p in pages for tag, a in p.tags if "download" in a]
    assert [urlsplit(f).path.rpartition("/")[2] for f in files] == [
        "records.csv", "records.geojson", "workbook.xlsx", "package.zip", "events.csv",
    ]  # fmt: skip
    for file in files:
        assert urlsplit(file).path.startswith("/api/")
        assert _read(file).filters == state["filters"]
        assert {"asof", "v"} <= parse_query(urlsplit(file).query).keys()


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_cells_are_shown_as_text(text: str) -> None:
    def made(cell: str) -> list[Page]:
        screen = screen_on(_snapshot(cell), "data")
        return [Page(table(screen)) for table in TABLES.values()]

    for page, plain in zip(made(text), made("plain"), strict=True):
        assert [tag for tag, _a in page.tags] == [tag for tag, _a in plain.tags]
        assert [set(a) for _t, a in page.tags] == [set(a) for _t, a in plain.tags]
        assert straight(page.text).count(text) == plain.text.count("plain") > 0


def test_the_files_are_described() -> None:
    assert "can be quoted on its own" in Page(files_note(screen_on(_snapshot("x"), "data"))).text
