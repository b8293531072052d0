"""Quotations in releases: corrected, withheld, and named where they change."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.ledger.reading import Reading
from geo.releases.listing import releases
from geo.releases.pinned import pinned
from geo.words.comparison import changed_records
from tests.geo.releases.test_making import SECOND, everything, make, register, withhold
from tests.ledger_files import TODAY, LedgerFiles

EVENT, PAGE = "nl-2022-12-20-closure-stated", "dutch-house-of-representatives-2022-12-20"
NAME = f"{EVENT}/{PAGE}"
RECORD = "nl-amsterdam-1"
NEW = "Het kabinet heeft stappen genomen."
REASON = "The page was read again"


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "ledger")


def old_words(files: LedgerFiles) -> str:
    return next(row["quote"] for row in files.rows("quotes") if row["event"] == EVENT)


def changes(files: LedgerFiles) -> list[tuple[str, str, str, str]]:
    """What has changed of the record's quotations since the first release."""
    shown = pinned(releases(files.folder)[0], Reading.load(files.folder, TODAY), TODAY)
    own = shown.changes.get(RECORD, ())
    return [(c.id, c.field, c.before, c.after) for c in own if c.table == "quotes"]


def test_a_corrected_quotation_is_entered_and_named(files: LedgerFiles) -> None:
    before = old_words(files)
    make(files)
    files.edit("quotes", EVENT, quote=NEW)
    assert changes(files) == [(NAME, "quote", before, NEW)]
    make(files, SECOND, {NAME: REASON})
    (entry,) = register(files)
    assert (entry["record"], entry["field"]) == (NAME, "quote")
    assert (entry["before"], entry["after"], entry["reason"]) == (before, NEW, REASON)


@pytest.mark.parametrize(
    ("kind", "name", "field"),
    [
        ("field", NAME, "quote"),
        ("field", NAME, "translation"),
        ("event", EVENT, ""),
        ("field", PAGE, "publisher"),
    ],
)
def test_a_withheld_quotation_is_left_nowhere(
    files: LedgerFiles, kind: str, name: str, field: str
) -> None:
    before = old_words(files)
    make(files)
    files.edit("quotes", EVENT, quote=NEW)
    make(files, SECOND, {NAME: REASON})
    withhold(files, kind, name, field)
    assert changes(files) == []
    files.edit("stations", "zm-1", summary="Another text.")
    make(files, TODAY, {"zm-1": REASON})
    for folder in (files.folder / "releases").iterdir():
        assert before not in everything(folder)
        assert NEW not in everything(folder)
    assert before not in files.bytes("corrections").decode()


def test_a_ledger_may_get_its_first_quotations_after_a_release(files: LedgerFiles) -> None:
    rows = files.rows("quotes")
    content = files.bytes("quotes")
    (files.folder / "quotes.csv").unlink()
    make(files)
    files.bytes("quotes", content)
    assert changes(files)
    newest = Reading.load(files.folder, TODAY)
    shown = pinned(releases(files.folder)[0], newest, TODAY)
    records = [r for r in newest.dataset.records if r.id == RECORD]
    (group,) = changed_records(shown, records, newest.dataset)
    assert (f"Quotation {NAME}", "row added", old_words(files)) in [
        (told.row, told.field, told.words) for told in group.lines
    ]
    make(files, SECOND)
    assert {entry["record"] for entry in register(files)} == {
        f"{row['event']}/{row['source']}" for row in rows
    }
