"""What limits an answer, against events made by hand and over the frozen ledger."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geo.ledger.dataset import Dataset
from geo.ledger.marks import MARKS, marks
from geo.ledger.snapshot import Snapshot
from geo.model.entities import Event
from geo.model.vocabulary import ANSWERING, CLAIM
from tests.entities import days, event, ledger, on, record
from tests.ledger_files import TODAY, LedgerFiles

HOST: dict[str, Any] = {"event_type": "statement", "actor_type": "host_authority"}


def marked(*events: Event, shown: tuple[str, ...] = (), records: Any = None) -> tuple[str, ...]:
    """The marks of the first event."""
    return marks(events[0], Snapshot(ledger(events, records=records), TODAY), *shown)


@pytest.mark.parametrize(
    ("said", "claimed", "is_older"),
    [
        ("2022-09-11", "2022-09-12", True),
        ("2022-09-12", "2022-09-12", False),
        ("2022-09-13", "2022-09-12", False),
        ("2018-11", "2022-12-05", True),
        # the answer may be younger than the claim
        ("2022-09", "2022-09-12", False),
        ("2022", "2022-09-12", False),
        ("2022-08-20", "2022-08", False),
        ("2022-07-31", "2022-08", True),
        ("2022-08/2022-10", "2022-09-12", False),
    ],
)
@pytest.mark.parametrize("about", [("nl-a-1",), ("country",), ("world",)])
def test_an_answer_is_older_only_if_it_is_whatever_the_dates_mean(
    said: str, claimed: str, is_older: bool, about: tuple[str, ...]
) -> None:
    answer = event("nl-1", said, about=about, **HOST)
    expected = ("before_claim",) if is_older else ()
    assert marked(answer, event("nl-c", claimed)) == expected
    assert marked(answer, event("nl-c", claimed), shown=("nl-a-1",)) == expected


def test_the_claim_is_that_of_the_record_shown() -> None:
    records = [record("nl-a-1"), record("nl-a-2")]
    answer = event("nl-1", "2022-10-01", about=("country",), **HOST)
    claims = event("nl-c", "2022-09-12"), event("nl-d", "2022-12-05", about=("nl-a-2",))
    assert marked(answer, *claims, records=records) == ()
    assert marked(answer, *claims, records=records, shown=("nl-a-1",)) == ()
    assert marked(answer, *claims, records=records, shown=("nl-a-2",)) == ("before_claim",)
    # an earlier claim of the same record counts, whichever row has it
    repeated = event("nl-e", "2022-09-20", about=("nl-a-2",))
    assert marked(answer, *claims, repeated, records=records, shown=("nl-a-2",)) == ()


def test_a_country_without_a_record_has_no_claim_to_be_older_than() -> None:
    answer = event("be-1", "2018", country="BE", about=("country",), **HOST)
    assert marked(answer, event("nl-c")) == ()


def test_an_answer_about_another_place() -> None:
    records = [record("nl-a-1"), record("nl-b-1")]
    claim = event("nl-c", about=("nl-a-1", "nl-b-1"))
    elsewhere = event("nl-1", "2023", about=("country",), elsewhere=True, **HOST)
    other = event("nl-2", "2023", about=("nl-b-1",), **HOST)
    assert marked(elsewhere, claim, records=records) == ("other_place",)
    assert marked(elsewhere, claim, records=records, shown=("nl-a-1",)) == ("other_place",)
    assert marked(other, claim, records=records) == ()
    assert marked(other, claim, records=records, shown=("nl-b-1", "nl-a-1")) == ()
    assert marked(other, claim, records=records, shown=("nl-a-1",)) == ("other_place",)


def test_an_answer_that_only_repeats_a_public_one() -> None:
    first = event("nl-1", "2022-10-01", **HOST)
    again = event("nl-2", "2022-11-01", repeat_of="nl-1", **HOST)
    assert marked(again, first, event("nl-c")) == ("repeats",)
    assert marked(first, again, event("nl-c")) == ()
    assert marked(event("nl-3", "2023", repeat_of="nl-gone", **HOST), event("nl-c")) == ()


@pytest.mark.parametrize("actor", ["ngo", "press", "parliament", "anonymous"])
def test_only_answers_are_marked(actor: str) -> None:
    said = event("nl-1", "2018", event_type="statement", actor_type=actor, repeat_of="nl-c")
    assert marked(said, event("nl-c")) == ()
    assert marked(event("nl-d", "2018", actor_type="china"), event("nl-c")) == ()


def test_marks_against_a_plain_reference_on_every_card() -> None:
    for day in days(6):
        snapshot = on(day)
        for shown in snapshot.records:
            claims = [e for e in snapshot.events if e.event_type == CLAIM and shown.id in e.about]
            for said in (*snapshot.about(shown), *snapshot.of_country(shown.host_country)):
                found = marks(said, snapshot, shown.id)
                assert list(found) == [code for code in MARKS if code in found]
                answers = said.event_type != CLAIM and said.actor_type in ANSWERING
                older = answers and all(said.said.last < c.said.first for c in claims)
                assert ("before_claim" in found) == older, (shown.id, said.id)


def test_elsewhere_is_the_countrys_answer_in_every_other_way(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "ledger")
    countrys = next(
        row["id"]
        for row in files.rows("investigations")
        if row["about"] == "country" and row["actor_type"] == "host_authority"
    )
    before = Dataset.load(files.folder, TODAY)
    row = files.edit("investigations", countrys, about="elsewhere")
    assert files.new() == []
    after = Dataset.load(files.folder, TODAY)
    changed = after.events_by_id[countrys]
    assert changed.elsewhere
    assert changed == replace(before.events_by_id[countrys], elsewhere=True)
    assert after.records == before.records
    files.edit("investigations", countrys, about="elsewhere", sets="told_to_stop")
    assert files.new()[0].startswith(f"investigations.csv:{row} sets: ")
    files.edit("investigations", countrys, about="elsewhere country", sets="")
    assert "it must be the only one" in files.new()[0]


def test_a_withheld_page_takes_the_records_that_elsewhere_answers(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "ledger")
    files.edit("investigations", "kr-2022-12-25-statement", about="elsewhere")
    (page,) = [
        row["source_ids"]
        for row in files.rows("investigations")
        if row["id"] == "kr-2022-12-25-statement"
    ]
    files.add("withheld", kind="field", id=page, field="class", since="2026-11-01", ground="legal")
    after = Dataset.load(files.folder, TODAY)
    assert "KR" not in {shown.host_country for shown in after.records}
