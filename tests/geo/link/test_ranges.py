"""Ranges of dates: possibly in, certainly in, and what widening does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.link.permalink import State, decode, encode, parse_query
from geo.link.selection import Filters, Selection
from geo.model.dates import parse
from tests.entities import on, real
from tests.ledger_files import TODAY

DATA = real()
NOW = on(TODAY)

DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31))
PARTIAL = st.one_of(
    DAYS.map(date.isoformat),
    DAYS.map(lambda day: day.isoformat()[:7]),
    DAYS.map(lambda day: day.isoformat()[:4]),
)


@st.composite
def ranges(draw: st.DrawFn) -> tuple[str, str]:
    one, other = draw(PARTIAL), draw(PARTIAL)
    if parse(one).first >= parse(other).end:
        one, other = other, one
    if parse(one).first >= parse(other).end:
        other = one
    return draw(st.sampled_from([one, ""])), draw(st.sampled_from([other, ""]))


def _ids(since: str, until: str, certain: bool) -> tuple[list[str], list[str]]:
    selection: Selection = Filters(since=since, until=until, certain=certain).select(NOW)
    return [r.id for r in selection.records], [e.id for e in selection.events]


@given(ranges())
def test_what_is_certain_is_possible_and_stands_in_the_same_order(ends: tuple[str, str]) -> None:
    for certain, possible in zip(_ids(*ends, True), _ids(*ends, False), strict=True):
        inside = set(certain)
        assert [i for i in possible if i in inside] == certain


@given(ranges(), st.booleans())
def test_widening_never_removes(ends: tuple[str, str], certain: bool) -> None:
    since, until = ends
    wider = (since and str(int(since[:4]) - 1), until and str(int(until[:4]) + 1))
    for narrow, wide in zip(_ids(*ends, certain), _ids(*wider, certain), strict=True):
        assert set(narrow) <= set(wide)


@given(ranges())
def test_against_the_days_themselves(ends: tuple[str, str]) -> None:
    since, until = ends
    low = parse(since).first if since else date.min
    high = parse(until).last if until else date.max
    for record in NOW.records:
        said = NOW.claims(record)[0].said
        possible = said.last >= low and said.first <= high
        certain = said.first >= low and said.last <= high
        assert (record.id in _ids(since, until, False)[0]) == possible
        assert (record.id in _ids(since, until, True)[0]) == certain
        break  # one record is enough for each range; the next test looks at all of them


def test_every_record_is_in_the_range_of_its_own_first_report() -> None:
    for record in NOW.records:
        text = NOW.claims(record)[0].said.text
        assert record.id in _ids(text, text, True)[0]


def test_a_year_is_certain_only_in_a_range_that_covers_it() -> None:
    yearly = next(e for e in NOW.events if len(e.said.text) == 4)
    year = yearly.said.text
    assert yearly.id in _ids(year, year, True)[1]
    assert yearly.id not in _ids(f"{year}-02", year, True)[1]
    assert yearly.id in _ids(f"{year}-02", f"{year}-03", False)[1]
    assert yearly.id not in _ids(f"{year}-02", f"{year}-03", True)[1]


@given(ranges(), st.booleans())
def test_ranges_come_back_from_a_link(ends: tuple[str, str], certain: bool) -> None:
    filters = Filters(since=ends[0], until=ends[1], certain=certain and any(ends))
    state, notices = decode(parse_query(encode(State(filters=filters))), DATA, TODAY)
    assert (state.filters, notices) == (filters, [])


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2023&to=2022", "after"),
        ("from=soon", "not a date"),
        ("to=2022%2F2023", "not a date"),
        ("from=2022-02-30", "not a calendar date"),
        ("from=2022&certain=perhaps", "its only value is 1"),
    ],
)
def test_bad_ranges_are_ignored_and_said(query: str, said: str) -> None:
    state, notices = decode(parse_query(query), DATA, TODAY)
    assert not state.filters.certain
    assert len(notices) == 1
    assert said in notices[0]


def test_a_range_is_said_in_words_and_can_be_loosened() -> None:
    from geo.words.summary import filter_words

    filters = Filters(since="2022-12", until="2022-12-05", certain=True)
    assert filter_words(filters) == (
        "From: December 2022 (strict range); To: 5 December 2022 (strict range)"
    )
    assert filters.without("since").since == ""
