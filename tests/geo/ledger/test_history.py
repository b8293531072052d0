"""Latest words over time agree with a snapshot of every single day."""

from __future__ import annotations

from collections import Counter

import pytest

from geo.ledger.history import history
from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from tests.entities import real
from tests.ledger_files import TODAY

DATA = real()


@pytest.mark.parametrize("filters", [Filters(), Filters(country=("CA", "NL")), Filters(q="rcmp")])
def test_counts_are_those_of_a_snapshot_of_each_day(filters: Filters) -> None:
    selection = filters.select(Snapshot(DATA, TODAY))
    steps = dict(history(selection.records, selection.snapshot))
    chosen = selection.record_ids
    assert steps
    current: dict[str, int] = {}
    for day in DATA.days:
        current = steps.get(day, current)
        there = Snapshot(DATA, day)
        assert current == Counter(there.statuses[r.id] for r in there.records if r.id in chosen)


def test_an_empty_selection_has_no_history() -> None:
    nothing = Filters(q="no such word anywhere").select(Snapshot(DATA, TODAY))
    assert history(nothing.records, nothing.snapshot) == []


def test_a_past_day_knows_nothing_of_later_ones() -> None:
    past = Filters().select(Snapshot(DATA, DATA.days[len(DATA.days) // 2]))
    assert history(past.records, past.snapshot)[-1][0] <= past.snapshot.day
