"""Each rule of quotations, broken once, and what becomes of a row that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.checks.check import examine
from geo.files.package import resources
from geo.ledger.dataset import Dataset
from geo.model.entities import Quotation
from geo.model.text import word_count
from tests.ledger_files import TODAY, LedgerFiles

DUTCH = "nl-2022-12-20-closure-stated"
ENGLISH = "us-2023-01-30-closure-stated"
UNKNOWN = "nl-2022-12-21-closure-stated"
FORTY = " ".join(["woord"] * 40)


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "ledger")


def load(files: LedgerFiles) -> Dataset:
    return Dataset.load(files.folder, TODAY)


def of(files: LedgerFiles, event: str) -> tuple[Quotation, ...]:
    return load(files).quotations_of.get(event, ())


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"event": UNKNOWN}, f'event: no row of investigations.csv has the id "{UNKNOWN}"'),
        ({"event": ""}, "event: is empty but required"),
        ({"source": "no-such-page"}, 'source: no row of sources.csv has the id "no-such-page"'),
        ({"source": "rtl-nieuws-undated"}, 'source: "rtl-nieuws-undated" is not in source_ids of'),
        ({"source": ""}, "source: is empty but required"),
        ({"quote": ""}, "quote: is empty but required"),
        ({"quote": "[…] …"}, "quote: has no word of the page"),
        ({"quote": FORTY + " te"}, "quote: has 41 words; at most 40 are quoted: replace"),
        ({"quote": "国" * 81}, "quote: has 41 words; at most 40 are quoted"),
        ({"quote": "x" * 401}, "quote: is 1 character too long (401; at most 400)"),
        ({"language": ""}, "language: is empty but required"),
        ({"language": "Dutch"}, 'language: "Dutch" is not a language code of BCP 47'),
        ({"language": "xx"}, 'language: "xx" is not a language code of BCP 47'),
        ({"language": "und"}, 'language: "und" is not a language code of BCP 47'),
        ({"translation": ""}, "translation: is empty, but the words are not English"),
        ({"speech": ""}, "speech: is empty but required"),
        ({"speech": "quoted"}, 'speech: "quoted" is not one of direct, indirect'),
    ],
)
def test_a_wrong_quotation_is_named_and_set_aside_alone(
    files: LedgerFiles, cells: dict[str, str], sentence: str
) -> None:
    before = load(files)
    row = files.edit("quotes", DUTCH, **cells)
    (line,) = files.new()
    assert line.startswith(f"quotes.csv:{row} {sentence}")
    after = load(files)
    assert after.rows_set_aside == {"quotes": 1}
    assert DUTCH in before.quotations_of
    assert DUTCH not in after.quotations_of
    assert (after.records, after.events) == (before.records, before.events)


def test_english_words_have_no_translation(files: LedgerFiles) -> None:
    row = files.edit("quotes", ENGLISH, translation="The same.")
    assert files.new() == [
        f"quotes.csv:{row} translation: is filled, but the words are English: leave it empty"
    ]


def test_words_in_another_language_than_the_page_are_asked_about(files: LedgerFiles) -> None:
    row = files.edit("quotes", DUTCH, language="af")
    assert files.new() == [
        f'warning: quotes.csv:{row} language: the words are in "af", but the page is in "nl": '
        "compare them"
    ]
    assert of(files, DUTCH)


def test_a_doubled_row_is_named(files: LedgerFiles) -> None:
    first = next(n for n, row in enumerate(files.rows("quotes"), 2) if row["event"] == DUTCH)
    row = files.add("quotes", DUTCH, quote="Andere woorden.")
    (line,) = files.new()
    assert line.startswith(f"quotes.csv:{row}: ")
    assert line.endswith(f"already appears in row {first}")
    assert len(of(files, DUTCH)) == 1


def test_a_withheld_event_is_asked_about_and_not_quoted(files: LedgerFiles) -> None:
    row = next(n for n, cells in enumerate(files.rows("quotes"), 2) if cells["event"] == DUTCH)
    files.add("withheld", kind="event", id=DUTCH, since="2026-11-01", ground="legal")
    assert files.new() == [
        f'warning: quotes.csv:{row} event: "{DUTCH}" is withheld: delete its quotations here too'
    ]
    assert of(files, DUTCH) == ()


def test_a_ledger_without_quotations_is_whole(files: LedgerFiles) -> None:
    before = load(files)
    (files.folder / "quotes.csv").unlink()
    assert files.new() == []
    after = load(files)
    assert after.quotations == ()
    assert (after.records, after.events) == (before.records, before.events)


def test_quotations_that_cannot_be_read_stop_nothing_else(files: LedgerFiles) -> None:
    before = load(files)
    files.bytes("quotes", b"")
    assert files.new() == ["quotes.csv: the file is empty: even the header is missing"]
    assert examine(files.folder, TODAY).lost == {"quotes"}
    assert load(files).events == before.events


@pytest.mark.parametrize(
    "column", [c.name for r in resources() if r.name == "quotes" for c in r.columns]
)
def test_withholding_a_cell_withholds_the_quotation(files: LedgerFiles, column: str) -> None:
    (row,) = [cells for cells in files.rows("quotes") if cells["event"] == DUTCH]
    name = f"{row['event']}/{row['source']}"
    files.add("withheld", kind="field", id=name, field=column, since="2026-11-01", ground="privacy")
    assert files.new() == []
    assert of(files, DUTCH) == ()
    assert DUTCH in load(files).events_by_id


def test_a_quotation_goes_with_its_page(files: LedgerFiles) -> None:
    (row,) = [cells for cells in files.rows("quotes") if cells["event"] == DUTCH]
    files.edit("investigations", DUTCH, source_ids=f"{row['source']} rtl-nieuws-undated")
    files.add(
        "withheld",
        kind="field",
        id=row["source"],
        field="publisher",
        since="2026-11-01",
        ground="legal",
    )
    assert of(files, DUTCH) == ()
    assert DUTCH in load(files).events_by_id


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("[…] — “”", 0),
        ("Het departement is gestart.", 4),
        ("COVID-19, d’activités et l'enquête: 1.500", 5),
        ("시험을 위한 문장입니다.", 3),
        ("قال المتحدث: «هذه جملة».", 4),
        ("这是一句", 2),
        ("これはテスト", 3),
        ("FBI说", 2),
        ("ทดสอบ", 3),
        ("one—two/three…four\u00a0five", 5),
    ],
)
def test_words_are_counted_in_each_script(text: str, count: int) -> None:
    assert word_count(text) == count
