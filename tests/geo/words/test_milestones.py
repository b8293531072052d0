"""The entries that the timeline names: computed for each selection, each once, in order."""

from __future__ import annotations

from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from geo.model.vocabulary import HOST
from geo.words.milestones import milestones
from tests.entities import event, ledger, on, record
from tests.ledger_files import TODAY


def _named(filters: Filters) -> dict[str, str]:
    return {m.label: m.event.said.text for m in milestones(filters.select(on(TODAY)))}


def test_the_frozen_ledger_has_all_five() -> None:
    assert _named(Filters()) == {
        "First report": "2022-09-12",
        "First told or asked to stop": "2022-10-25",
        "Second report": "2022-12-05",
        "First charge": "2023-04-17",
        "Latest entry": "2026-05",
    }


def test_a_selection_has_its_own() -> None:
    named = _named(Filters(country=("NL",)))
    assert "First charge" not in named
    assert named["First told or asked to stop"] == "2022-11-01"
    assert named["Latest entry"] == "2023-02"
    assert milestones(Filters(q="zzzz").select(on(TODAY))) == ()


def test_only_host_authorities_tell_anybody_to_stop_and_an_entry_is_named_once() -> None:
    made = ledger(
        [
            event("a"),
            event("b", "2022-10-01", event_type="told_to_stop", actor_type="parliament"),
            event("c", "2023-10-01", event_type="told_to_stop", actor_type=HOST),
        ],
        [record()],
    )
    found = milestones(Filters().select(Snapshot(made, TODAY)))
    assert [(m.event.id, m.label) for m in found] == [
        ("a", "First report"),
        ("c", "First told or asked to stop"),
    ]
    assert [(m.date, m.speaker) for m in found] == [
        ("12 September 2022", "the NGO"),
        ("1 October 2023", "the NGO"),
    ]
