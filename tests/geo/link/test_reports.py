"""Reports: what an entry restates, and the reports on which lists of records rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geo.ledger.snapshot import Snapshot
from geo.link.reports import by_host_authority, list_reports, original
from tests.entities import event, ledger, on, record
from tests.ledger_files import TODAY


@pytest.mark.parametrize(
    ("actor", "kind", "answers"),
    [
        ("host_authority", "statement", True),
        ("host_authority", "charge", True),
        ("host_authority", "claim", False),
        ("china", "statement", False),
        ("parliament", "statement", False),
    ],
)
def test_courts_are_host_authorities_and_claims_are_no_answers(
    actor: str, kind: str, answers: bool
) -> None:
    assert by_host_authority(event("a", actor_type=actor, event_type=kind)) == answers


def test_a_chain_of_repeats_leads_to_its_first_that_may_be_shown() -> None:
    first, second, third = (
        event("a"),
        event("b", repeat_of="a"),
        event("c", repeat_of="b"),
    )
    assert original(third, {"a": first, "b": second, "c": third}) is first
    assert original(third, {"b": second, "c": third}) is second
    assert original(third, {"c": third}) is third
    # a circle ends
    around = replace(first, repeat_of="c")
    assert original(third, {"a": around, "b": second, "c": third}) is around


def test_a_list_rests_on_the_claim_that_most_of_its_records_go_back_to() -> None:
    records = [record(), record("nl-b-1"), record("nl-c-1", claim_list="other")]
    events = [
        event("report", about=("world",), country="ZZ"),
        event("echo-a", repeat_of="report"),
        event("echo-b", about=("nl-b-1",), repeat_of="report"),
        event("earlier", "2022-09-03"),
        event("other", "2022-01-01", about=("nl-c-1",)),
    ]
    made = ledger(events, records)
    assert [e.id for e in list_reports(Snapshot(made, TODAY))] == ["report"]
    assert list_reports(Snapshot(made, date(2022, 1, 1))) == ()


def test_the_frozen_ledger_has_two_lists() -> None:
    found = [e.said.text for e in list_reports(on(TODAY))]
    assert found == ["2022-09-12", "2022-12-05"]
    assert [e.said.text for e in list_reports(on(date(2022, 12, 1)))] == ["2022-09-12"]
