"""The register as readers see it: on the About page, on cards, and without what is withheld."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.model.entities import Correction
from geo.screen.about import about
from geo.screen.cards import card
from geo.words.cards import STALE_DAYS, record_card, stale
from geo.words.corrections import correction_lines
from tests.entities import on, real, record
from tests.geo.releases.test_making import (
    CLAIM,
    PHRASE,
    RECORD,
    SECOND,
    THIRD,
    make,
    withhold,
)
from tests.geo.views.test_rendering import Page
from tests.ledger_files import FIRST, TODAY, LedgerFiles
from tests.screens import screen_on


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    made = LedgerFiles(tmp_path / "data")
    made.edit("stations", RECORD, summary=f"First: {PHRASE}.")
    make(made, FIRST)
    made.edit("stations", RECORD, summary=f"Second: {PHRASE}.")
    made.edit("investigations", CLAIM, note=f"A note: {PHRASE}.")
    make(made, SECOND, {RECORD: f"Why: {PHRASE}", CLAIM: "Unclear"})
    made.edit("stations", "ao-1", said_open_from="2018")
    made.add("counts", "ca-ngo-2022-09", id="ca-other-2022-09")
    make(made, THIRD, {"ao-1": "A date was found"})
    return made


def load(files: LedgerFiles) -> Dataset:
    return Dataset.load(files.folder, TODAY)


def page(data: Dataset, day: date = TODAY) -> str:
    return Page(about(screen_on(Snapshot(data, day), "about"))).text


def test_a_ledger_without_a_release_has_no_register() -> None:
    assert real().corrections == ()
    assert "No corrections yet: the ledger has not been released." in page(real())


def test_a_first_release_has_nothing_to_correct(tmp_path: Path) -> None:
    made = LedgerFiles(tmp_path / "first")
    make(made)
    text = page(load(made))
    assert "No corrections yet." in text
    assert "has not been released" not in text


def test_the_about_page_lists_the_register_the_newest_first(files: LedgerFiles) -> None:
    data = load(files)
    lines = correction_lines(data.corrections, TODAY)
    assert [(c.record, c.field) for c in lines] == [
        ("ca-other-2022-09", "row added"),
        ("ao-1", "said_open_from"),
        (CLAIM, "note"),
        (RECORD, "summary"),
    ]
    newest, changed = lines[:2]
    assert (newest.before, newest.after, newest.stood) == ("–", "–", "–")
    assert (changed.when, changed.before, changed.after) == ("22 November 2026", "–", "2018")
    assert (changed.reason, changed.stood) == ("A date was found", "82 days")
    text = page(data)
    for line in lines:
        assert line.reason in text
        assert line.record in text


def test_a_correction_is_not_told_on_a_day_before_it(files: LedgerFiles) -> None:
    data = load(files)
    assert correction_lines(data.corrections, SECOND - timedelta(days=1)) == ()
    assert len(correction_lines(data.corrections, SECOND)) == 2
    assert "Unclear" in page(data, SECOND)
    assert "A date was found" not in page(data, SECOND)


def test_a_card_shows_the_history_of_its_record_and_its_events(files: LedgerFiles) -> None:
    snapshot = Snapshot(load(files), TODAY)
    found = {
        name: [c.record for c in record_card(r, snapshot, snapshot).corrections]
        for name, r in snapshot.dataset.records_by_id.items()
    }
    assert found[RECORD] == [CLAIM, RECORD]
    assert found["nl-amsterdam-1"] == [CLAIM]
    assert found["ao-1"] == ["ao-1"]
    assert sum(map(bool, found.values())) == 3


def _card(name: str, snapshot: Snapshot) -> str:
    screen = screen_on(snapshot, record=name)
    opened = replace(screen.opened, today=snapshot.day)
    return Page(card(replace(screen, opened=opened))).text


def test_the_card_says_what_changed_and_why(files: LedgerFiles) -> None:
    text = _card("ao-1", Snapshot(load(files), TODAY))
    assert "Corrections" in text
    assert "Reason: A date was found. Earlier wording in place for: 82 days." in text
    assert "Corrections" not in _card("ao-1", on(TODAY))


# withholding


@pytest.mark.parametrize(
    ("kind", "name", "field", "left"),
    [
        ("record", RECORD, "", ["", CLAIM]),
        ("field", RECORD, "summary", ["", CLAIM]),
        ("event", CLAIM, "", [RECORD, ""]),
        ("field", CLAIM, "summary", [RECORD, ""]),
    ],
)
def test_the_register_obeys_withholding_at_once(
    files: LedgerFiles, kind: str, name: str, field: str, left: list[str]
) -> None:
    withhold(files, kind, name, field)
    data = load(files)
    assert [c.record for c in data.corrections][:2] == left
    (silent,) = [c for c in data.corrections if not c.record]
    assert (silent.field, silent.before, silent.after, silent.reason) == ("", *["withheld"] * 3)
    assert "withheld" in page(data)


def test_a_withheld_phrase_is_in_no_register(files: LedgerFiles) -> None:
    assert PHRASE in page(load(files))
    withhold(files, "record", RECORD)
    withhold(files, "field", CLAIM, "note")
    data = load(files)
    assert PHRASE not in repr(data)
    assert PHRASE not in page(data)
    assert RECORD not in repr(data.corrections)


def test_what_goes_on_hold_or_is_broken_leaves_the_register_too(files: LedgerFiles) -> None:
    files.edit("stations", RECORD, review="hold")
    files.edit("stations", "ao-1", claim_list="somewhere")
    assert [c.record for c in load(files).corrections] == ["", CLAIM, "", "ca-other-2022-09"]


def test_a_row_that_is_gone_is_named_only_if_its_removal_is_public(files: LedgerFiles) -> None:
    files.drop("counts", "ca-other-2022-09")
    assert load(files).corrections[-1].record == ""
    files.release(THIRD, {"ca-other-2022-09": "Counted twice."})
    assert load(files).corrections[-1].record == "ca-other-2022-09"
    withhold(files, "record", RECORD)
    # a release still has the row, which is about nothing hidden
    assert load(files).corrections[-1].record == "ca-other-2022-09"
    for table in files.folder.glob("releases/*/counts.csv"):
        lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("ca-other-2022-09,")]
        table.write_text("".join(kept), encoding="utf-8")
    # no version has it: it may have been about the record
    assert load(files).corrections[-1].record == ""


def test_a_register_that_cannot_be_read_takes_no_record_aside(files: LedgerFiles) -> None:
    files.bytes("corrections", b"\xff\xfe")
    data = load(files)
    assert data.corrections == ()
    assert data.set_aside == 0
    assert data.records


# the last check


@pytest.mark.parametrize(("days", "said"), [(0, False), (STALE_DAYS, False), (181, True)])
def test_an_old_check_is_said(days: int, said: bool) -> None:
    shown = record(last_checked="2026-05-01")
    text = stale(shown, date(2026, 5, 1) + timedelta(days=days))
    assert bool(text) is said
    if said:
        assert text == "That was more than 180 days ago: later statements may be missing."


def test_the_card_says_that_its_check_is_old() -> None:
    assert "180 days" not in _card("ao-1", on(TODAY))
    assert "more than 180 days ago" in _card("ao-1", on(TODAY + timedelta(days=400)))


def test_an_entry_of_nothing_is_in_words() -> None:
    removed = Correction(
        id="i",
        date="2026-10-01",
        record="ao-1",
        field="",
        before="(row)",
        after="",
        reason="Twice",
        stood_days=1,
    )
    (line,) = correction_lines([removed], TODAY)
    assert (line.field, line.before, line.after, line.stood) == ("row removed", "–", "–", "1 day")
