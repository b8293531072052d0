"""Coverage: each country has exactly one state on a day, and the states add up."""

from __future__ import annotations

from datetime import date

import pytest

from geo.ledger.coverage import coverage, coverage_counts
from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from geo.model.names import country_codes
from geo.model.vocabulary import COVERAGE, HOST
from geo.words.country_rows import SORTS, country_table, sorted_rows
from tests.entities import days, event, ledger, on, record
from tests.ledger_files import TODAY

ALL = 249


@pytest.mark.parametrize("day", days(20))
def test_each_country_has_exactly_one_state_and_the_sums_are_equal(day: date) -> None:
    states = coverage(on(day))
    assert set(states) == set(country_codes())
    assert len(states) == ALL
    assert set(states.values()) <= set(COVERAGE)
    counts = coverage_counts(on(day))
    assert list(counts) == list(COVERAGE)
    assert sum(counts.values()) == ALL
    assert counts["named_state"] == 1


@pytest.mark.parametrize("day", days(20))
def test_a_state_says_what_the_ledger_of_the_day_holds(day: date) -> None:
    # read from the events once more, without the snapshot's own helpers
    events = [e for e in on(day).dataset.events if e.public_by(day)]
    claimed = {i[:2].upper() for e in events if e.event_type == "claim" for i in e.about_records}
    spoken = {e.country for e in events if e.actor_type == HOST and e.about != ("world",)}
    for code, state in coverage(on(day)).items():
        if code == "CN":
            assert state == "named_state"
            continue
        assert (state in ("listed_answered", "listed_no_answer")) == (code in claimed)
        assert (state in ("listed_answered", "not_listed_spoken")) == (code in spoken)


def test_the_states_of_today() -> None:
    states = coverage(on(TODAY))
    assert states["NL"] == "listed_answered"
    assert states["AO"] == "listed_no_answer"
    assert states["BE"] == "not_listed_spoken"
    assert states["IS"] == "not_listed"
    assert states["CN"] == "named_state"


def test_having_looked_and_found_none_is_not_the_same_as_no_record() -> None:
    host = {"event_type": "no_place_found", "actor_type": "host_authority", "country": "BE"}
    events = [
        event("nl-c"),
        event("be-1", "2022-10-01", about=("country",), **host),
        # about the whole world, or by somebody else: no word of the country's authority
        event("zz-1", about=("world",), actor_type="host_authority", country="FI"),
        event("no-1", about=("country",), actor_type="press", country="NO"),
    ]
    states = coverage(Snapshot(ledger(events, [record()]), TODAY))
    assert states["NL"] == "listed_no_answer"
    assert states["BE"] == "not_listed_spoken"
    assert states["FI"] == states["NO"] == "not_listed"
    assert "looked" not in COVERAGE["not_listed"].lower()
    before = coverage(Snapshot(ledger(events, [record()]), date(2022, 9, 30)))
    assert before["BE"] == "not_listed"


@pytest.mark.parametrize("day", days(20))
def test_the_table_holds_every_country_once_and_every_record(day: date) -> None:
    selection = Filters().select(on(day))
    short, whole = country_table(selection), country_table(selection, rest=True)
    assert len(whole.rows) == len({row.code for row in whole.rows}) == ALL
    assert len(short.rows) + short.rest == ALL
    assert not any(row.state == "not_listed" for row in short.rows)
    for table in (short, whole):
        assert sum(row.held for row in table.rows) == len(on(day).records)
        assert sum(row.selected for row in table.rows) == len(selection.records)
    for state, number in coverage_counts(on(day)).items():
        assert len(country_table(selection, only=state).rows) == number


def test_the_country_filter_marks_and_the_others_narrow() -> None:
    picked = country_table(Filters(country=("FR", "IS")).select(on(TODAY)))
    assert [row.code for row in picked.rows if row.picked] == ["FR", "IS"]
    assert picked.rest == country_table(Filters().select(on(TODAY))).rest - 1
    assert not picked.narrowed
    selection = Filters(status=("told_to_stop",), country=("FR",)).select(on(TODAY))
    narrow = country_table(selection)
    assert narrow.narrowed
    assert narrow.rest == 0
    told = Filters(status=("told_to_stop",)).select(on(TODAY))
    assert sum(row.selected for row in narrow.rows) == len(told.records)
    assert {row.code for row in narrow.rows} == set(told.countries)


@pytest.mark.parametrize("by", SORTS)
def test_sorting_loses_nothing_and_leaves_what_is_missing_last(by: str) -> None:
    rows = country_table(Filters().select(on(TODAY)), rest=True).rows
    up, down = sorted_rows(rows, by), sorted_rows(rows, by, descending=True)
    assert set(up) == set(down) == set(rows)
    if by in ("first", "newest"):
        said = "first_said" if by == "first" else "answer_said"
        missing = sum(getattr(row, said) is None for row in rows)
        assert 0 < missing < ALL
        for order in (up, down):
            assert all(getattr(row, said) is None for row in order[-missing:])
        days_up = [getattr(row, said).last for row in up[:-missing]]
        assert days_up == sorted(days_up)
        assert [getattr(row, said).last for row in down[:-missing]] == days_up[::-1]
