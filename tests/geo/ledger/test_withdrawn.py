"""What is withdrawn says so in its link, and is repeated nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo.__main__ import main
from geo.exports.rows import NOWHERE
from geo.exports.selection_files import events_csv, records_csv, records_geojson
from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.link.permalink import decode
from geo.link.selection import Filters
from geo.model.vocabulary import GROUNDS
from geo.paths import FRAME, PROJECT
from geo.screen.about import about
from geo.words.cards import record_card
from geo.words.preview_text import describe
from tests.ledger_files import DATA, TODAY, LedgerFiles
from tests.screens import screen_on

RECORD = "nl-rotterdam-1"
CLAIM = "nl-2022-10-25-claim"
PHRASE = "an unsayable phrase"
SINCE = "2026-03-03"


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "data")


def withhold(
    files: LedgerFiles, kind: str, name: str, field: str = "", ground: str = "legal"
) -> None:
    files.add("withheld", kind=kind, id=name, field=field, since=SINCE, ground=ground, note="")


def mark(files: LedgerFiles) -> None:
    """Write the phrase into a record, a claim about it alone, and a page of theirs alone."""
    files.add(
        "sources", "rtl-nieuws-2022-11", id="marked-page", url="https://example.org/marked",
        title=f"Page: {PHRASE}",
    )  # fmt: skip
    cited = next(r["source_ids"] for r in files.rows("investigations") if r["id"] == CLAIM)
    files.edit("stations", RECORD, summary=f"Record: {PHRASE}.")
    files.edit(
        "investigations", CLAIM, about=RECORD, summary=f"Event: {PHRASE}.",
        note=f"Note: {PHRASE}.", source_ids=f"{cited} marked-page",
    )  # fmt: skip


def load(files: LedgerFiles) -> Dataset:
    return Dataset.load(files.folder, TODAY)


def notices(data: Dataset, **link: str) -> list[str]:
    state, said = decode({name: [value] for name, value in link.items()}, data, TODAY)
    assert (state.record, state.event) == ("", "")
    return said


# what the link says


@pytest.mark.parametrize("ground", GROUNDS)
def test_the_link_of_a_withdrawn_record_says_when_if_it_may(
    files: LedgerFiles, ground: str
) -> None:
    withhold(files, "record", RECORD, ground=ground)
    said = "The record in this link was withdrawn on 3 March 2026."
    unknown = f"Ignored in this link: record=“{RECORD}” (the ledger has no such record today)."
    assert notices(load(files), record=RECORD) == [said if GROUNDS[ground] else unknown]


def test_the_link_of_a_withdrawn_event_says_when(files: LedgerFiles) -> None:
    withhold(files, "event", CLAIM)
    said = ["The entry in this link was withdrawn on 3 March 2026."]
    assert notices(load(files), event=CLAIM) == said


def test_the_most_secret_ground_counts(files: LedgerFiles) -> None:
    files.edit("investigations", CLAIM, about=RECORD)
    withhold(files, "record", RECORD)
    withhold(files, "field", RECORD, "host_country", ground="safety")
    assert load(files).withdrawn == {}


def test_a_day_that_is_none_is_not_told(files: LedgerFiles) -> None:
    files.add("withheld", kind="record", id=RECORD, since="soon", ground="legal", note="")
    data = load(files)
    assert data.withdrawn == {}
    assert RECORD not in data.records_by_id


def test_an_event_goes_with_its_record_and_a_record_with_its_claims(files: LedgerFiles) -> None:
    files.edit("investigations", CLAIM, about=RECORD)
    withhold(files, "record", RECORD)
    data = load(files)
    assert data.withdrawn[CLAIM] == data.withdrawn[RECORD] == SINCE
    assert set(data.withdrawn).isdisjoint(data.records_by_id)
    assert set(data.withdrawn).isdisjoint(data.events_by_id)


def test_a_record_whose_claims_are_withheld_was_withdrawn_with_them(files: LedgerFiles) -> None:
    for event in files.rows("investigations"):
        if event["event_type"] == "claim" and "ao-1" in event["about"].split():
            withhold(files, "event", event["id"])
    assert load(files).withdrawn["ao-1"] == SINCE


def test_what_nothing_of_can_be_shown_without_a_field_was_withdrawn(files: LedgerFiles) -> None:
    withhold(files, "field", CLAIM, "summary")
    withhold(files, "field", RECORD, "summary")
    # the record lacks one text; the event has nothing left to say
    assert set(load(files).withdrawn) == {CLAIM}


def test_a_withdrawn_row_may_be_gone_from_the_files(files: LedgerFiles) -> None:
    withhold(files, "record", "nl-utrecht-9")
    (said,) = notices(load(files), record="nl-utrecht-9")
    assert "withdrawn on 3 March 2026" in said
    assert "utrecht" not in said


def test_nothing_is_withdrawn_where_nothing_is_withheld() -> None:
    data = Dataset.load(DATA, TODAY)
    assert data.withdrawn == {}
    (said,) = notices(data, record="nl-utrecht-9")
    assert "has no such record" in said


# where the text might still stand


def _texts(files: LedgerFiles) -> Iterator[str]:
    """Everything that is made of the ledger without a browser."""
    data = load(files)
    snapshot = Snapshot(data, TODAY)
    selection = Filters().select(snapshot)
    yield repr(data)
    for write in (records_csv, events_csv, records_geojson):
        yield write(selection, NOWHERE)
    yield from (repr(record_card(r, snapshot, snapshot)) for r in snapshot.records)
    yield about(screen_on(snapshot, "about"))
    for link in ({}, {"record": [RECORD]}, {"event": [CLAIM]}, {"place": ["NL"]}):
        state, said = decode(link, data, TODAY)
        yield repr(describe("map", state, snapshot))
        yield from said


def _pages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Everything that the dashboard sends for a page, as the reader's browser gets it."""
    monkeypatch.setenv("ATLAS_DATA", str(folder))
    addresses: list[dict[str, Any]] = [{}, {"record": RECORD}, {"event": CLAIM}, {"place": "NL"}]
    for page in ("map", "timeline", "data", "about"):
        for address in addresses if page == "map" else addresses[:1]:
            app = AppTest.from_file(str(FRAME), default_timeout=60)
            app.run()
            for name, value in address.items():
                app.query_params[name] = value
            app.switch_page(str(PROJECT / "pages" / f"{page}.py"))
            app.run()
            assert not app.exception
            yield " ".join(json.dumps(str(e.proto), ensure_ascii=False) for e in app.main)


WAYS = {
    "the record": [("record", RECORD, "")],
    "its texts": [
        ("event", CLAIM, ""),
        ("field", RECORD, "summary"),
        ("field", "marked-page", "title"),
    ],
}


@pytest.mark.parametrize("way", WAYS)
def test_a_withheld_phrase_is_in_no_text(
    files: LedgerFiles, way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(files)
    # the phrase is there to be found, or the search would prove nothing
    assert sum(PHRASE in text for text in _texts(files)) >= 6
    before = LedgerFiles(tmp_path / "before")
    unmarked = LedgerFiles(tmp_path / "unmarked")
    mark(before)
    for kind, name, field in WAYS[way]:
        withhold(files, kind, name, field)
    assert [text for text in _texts(files) if PHRASE in text] == []
    for old, new in ((before, files), (unmarked, files)):
        assert main(["changes", str(old.folder), str(new.folder)]) == 0
        assert PHRASE not in capsys.readouterr().out


@pytest.mark.parametrize("way", WAYS)
def test_a_withheld_phrase_is_on_no_page(
    files: LedgerFiles, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(files)
    assert any(PHRASE in text for text in _pages(files.folder, monkeypatch))
    for kind, name, field in WAYS[way]:
        withhold(files, kind, name, field)
    pages = list(_pages(files.folder, monkeypatch))
    assert len(pages) == 7
    assert [text for text in pages if PHRASE in text] == []
    if way == "the record":
        assert "The record in this link was withdrawn on 3 March 2026" in pages[1]
