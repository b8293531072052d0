"""What was left out is told unless it is about a row that may not be shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.ledger.dataset import Dataset
from tests.ledger_files import TODAY, LedgerFiles
from tests.marked_ledger import Marked, mend

#: rows of excluded.csv: country, what was left out, and why
ADDED = {
    "city": ("NL", "a second site in Rotterdam", "one blog"),
    "city-elsewhere": ("DE", "a company from Rotterdam", "no claim"),
    "city-in-a-word": ("NL", "the Rotterdammers", "no claim"),
    "id": ("ZZ", "a relay", "repeats nl-rotterdam-1"),
    "event": ("ZZ", "a further protest", "see nl-2023-02-protest"),
    "publisher": ("ZZ", "an interview with the SWR", "seen in part"),
    "country": ("NL", "the Netherlands", "no third site"),
    "ireland": ("IE", "Cork", "one blog"),
}


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    made = LedgerFiles(tmp_path / "data")
    made.write(
        "excluded",
        [
            {"country": country, "what": what, "why": why, "decided_on": "2026-11-21"}
            for country, what, why in ADDED.values()
        ],
    )
    return made


def told(files: LedgerFiles) -> set[str]:
    """Which of the rows readers see."""
    shown = {(row.country, row.what) for row in Dataset.load(files.folder, TODAY).excluded}
    return {name for name, (country, what, _why) in ADDED.items() if (country, what) in shown}


def withhold(files: LedgerFiles, kind: str, key: str, field: str = "") -> None:
    files.add(
        "withheld", kind=kind, id=key, field=field, since="2026-11-20", ground="privacy", note=""
    )


def test_all_are_told_while_nothing_is_withheld(files: LedgerFiles) -> None:
    assert told(files) == set(ADDED)


HIDING = {
    ("record", "nl-rotterdam-1", ""): {"city", "id"},
    ("field", "nl-rotterdam-1", "host_city"): {"city"},
    ("event", "nl-2023-02-protest", ""): {"event"},
    ("field", "swr-2022-11-29", "class"): {"publisher"},
    ("record", "ie-dublin-1", ""): {"ireland"},
}


@pytest.mark.parametrize("entry", HIDING, ids="/".join)
def test_what_is_only_about_a_withheld_row_goes_with_it(
    files: LedgerFiles, entry: tuple[str, str, str]
) -> None:
    withhold(files, *entry)
    assert told(files) == set(ADDED) - HIDING[entry]


@pytest.mark.parametrize("key", ["nl-rotterdam-1", "ie-dublin-1"])
def test_it_stays_hidden_after_the_record_was_deleted(files: LedgerFiles, key: str) -> None:
    withhold(files, "record", key)
    hidden = told(files)
    mend(Marked(files.folder), [("record", key, "", "stations")])
    assert key not in {row["id"] for row in files.rows("stations")}
    assert told(files) == hidden


def test_a_place_of_another_record_is_told(files: LedgerFiles) -> None:
    files.add("stations", like="nl-rotterdam-1", id="nl-rotterdam-2")
    for row in files.rows("investigations"):
        if row["event_type"] == "claim" and "nl-rotterdam-1" in row["about"].split():
            files.edit("investigations", row["id"], about=f"{row['about']} nl-rotterdam-2")
    withhold(files, "record", "nl-rotterdam-1")
    assert told(files) == set(ADDED) - {"id"}


def test_a_country_without_a_shown_record_is_not_told(files: LedgerFiles) -> None:
    withhold(files, "record", "nl-rotterdam-1")
    withhold(files, "record", "nl-amsterdam-1")
    assert told(files) == {"city-elsewhere", "event", "publisher", "ireland"}


def test_older_releases_do_not_tell_it_either(files: LedgerFiles) -> None:
    files.release()
    withhold(files, "record", "nl-rotterdam-1")
    files.edit("stations", "nl-amsterdam-1", summary="Another summary.")
    files.release(TODAY, {"nl-amsterdam-1": "A reason."})
    written = list((files.folder / "releases").glob("*/excluded.csv"))
    assert len(written) == 2
    for file in written:
        text = file.read_text(encoding="utf-8")
        assert "a second site in Rotterdam" not in text
        assert "a company from Rotterdam" in text
