"""A past day shows nothing that was written or said after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geo.ledger.past_day import public_corrections, public_counts, shows_undated_texts
from geo.ledger.snapshot import Snapshot
from geo.model.entities import Correction, Count
from tests.entities import event, ledger, record


def correction(name: str, day: str, row: str = "nl-a-1") -> Correction:
    return Correction(
        id=name,
        date=day,
        record=row,
        field="summary",
        before="a",
        after="b",
        reason="c",
        stood_days=1,
    )


def count(name: str, claimed_on: str) -> Count:
    return Count(
        id=name,
        country="NL",
        subject="sites in the Netherlands",
        value=2,
        unit="sites",
        period="",
        claimed_by="the NGO",
        actor_type="ngo",
        claimed_on=claimed_on,
        note="",
        sources=(),
    )


@pytest.mark.parametrize(
    ("day", "shown"), [("2026-11-20", False), ("2026-11-21", True), ("2026-11-22", True)]
)
def test_texts_without_a_date_are_shown_from_the_ledgers_date_on(day: str, shown: bool) -> None:
    data = ledger([event("nl-c")], [record(last_checked="2026-11-21")])
    assert shows_undated_texts(Snapshot(data, date.fromisoformat(day))) is shown


def test_corrections_are_public_from_their_day_on_the_newest_first() -> None:
    entries = [
        correction("1", "2026-11-20"),
        correction("2", "2026-11-21"),
        correction("3", "2026-11-21", "nl-b-1"),
        correction("4", "2026-11-22"),
    ]
    day = date(2026, 11, 21)
    assert [e.id for e in public_corrections(entries, day)] == ["3", "2", "1"]
    assert [e.id for e in public_corrections(entries, day, {"nl-a-1"})] == ["2", "1"]
    assert public_corrections(entries, date(2026, 11, 19)) == ()


def test_a_figure_counts_from_the_last_day_that_its_date_can_mean() -> None:
    figures = (count("day", "2022-09-12"), count("month", "2022-09"), count("undated", ""))
    data = replace(ledger([event("nl-c")]), counts=figures)
    for day, expected in ((11, []), (12, ["day"]), (29, ["day"]), (30, ["day", "month"])):
        found = public_counts(Snapshot(data, date(2022, 9, day)))
        assert [c.id for c in found] == expected


def test_an_event_is_known_by_its_id_once_it_is_public() -> None:
    later = event("nl-1", "2022-10-01", event_type="statement", actor_type="host_authority")
    data = ledger([event("nl-c"), later])
    assert Snapshot(data, date(2022, 9, 30)).public_event("nl-1") is None
    assert Snapshot(data, date(2022, 10, 1)).public_event("nl-1") is later
    assert Snapshot(data, date(2022, 10, 1)).public_event("") is None
