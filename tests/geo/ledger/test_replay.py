"""The replay against a plain reference, written from docs/DATA_MODEL.md alone."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.ledger.replay import replay
from geo.ledger.snapshot import Snapshot
from geo.model.entities import Event
from geo.model.vocabulary import LATEST_WORDS
from tests.entities import event, ledger, record
from tests.reference import CODES, ENTITLED, first_day, last_day
from tests.reference import latest_word as reference
from tests.sizes import size


def stands(events: list[Event], day: date) -> Event | None:
    """What the code says, through the whole snapshot and through `replay` alone."""
    # a record exists from its first claim on
    claim = event("nl-claim", "2001-01-01", position=0)
    word = Snapshot(ledger([claim, *events]), day).word(record())
    about = [e for e in events if "nl-a-1" in e.about]
    assert replay(about, day) is word
    assert replay(reversed(about), day) is word
    return word


def test_the_codes_are_those_of_the_vocabulary() -> None:
    assert {"claim_only", *CODES} == set(LATEST_WORDS)


KINDS = tuple(
    itertools.product(("", *CODES), ("host_authority", "china", "ngo"), (("nl-a-1",), ("country",)))
)


def _sequence(kinds: tuple[tuple[str, str, tuple[str, ...]], ...]) -> list[Event]:
    return [
        event(
            f"nl-{i}",
            f"2022-10-{i + 1:02}",
            event_type="statement",
            actor_type=actor,
            about=about,
            sets=sets,
            position=i + 3,
        )
        for i, (sets, actor, about) in enumerate(kinds)
    ]


@pytest.mark.parametrize("length", [0, 1, 2])
def test_every_short_sequence(length: int) -> None:
    for kinds in itertools.product(KINDS, repeat=length):
        events = _sequence(kinds)
        assert stands(events, date(2022, 12, 31)) is reference(events, "nl-a-1", date(2022, 12, 31))


def test_every_sequence_of_three() -> None:
    # on one day, so that nothing but the order in the file and the words decide
    day = date(2022, 12, 31)
    made = {
        (i, kind): event(
            f"nl-{i}",
            "2022-10-01",
            event_type="statement",
            actor_type=kind[1],
            about=kind[2],
            sets=kind[0],
            position=i,
        )
        for i in range(3)
        for kind in KINDS
    }
    outcomes = set()
    for kinds in itertools.product(KINDS, repeat=3):
        events = [made[i, kind] for i, kind in enumerate(kinds)]
        about = [e for e in events if e.about == ("nl-a-1",)]
        expected = reference(events, "nl-a-1", day)
        assert replay(about, day) is expected, kinds
        outcomes.add(expected.sets if expected else "")
    assert outcomes == {"", *CODES}


def part(day: date, length: int) -> str:
    return day.isoformat()[:length]


PART = st.builds(
    part, st.dates(date(2021, 11, 1), date(2023, 3, 1)), st.sampled_from((4, 7, 7, 10, 10, 10))
)


@st.composite
def intervals(draw: st.DrawFn) -> str:
    begin = draw(PART)
    if draw(st.integers(0, 5)):
        return begin
    finish = draw(PART)
    return f"{begin}/{finish}" if last_day(finish) >= first_day(begin) else begin


@st.composite
def events(draw: st.DrawFn) -> list[Event]:
    made = []
    for position in range(draw(st.integers(0, 12))):
        actor = draw(
            st.sampled_from(("host_authority", "host_authority", "china", "operator", "ngo"))
        )
        entitled = ENTITLED.get(actor, [])
        # mostly what the speaker may set, at times what only a broken file would say
        sets = draw(
            st.sampled_from(("", *(entitled or CODES), *(entitled or CODES), "told_to_stop"))
        )
        happened = draw(st.one_of(st.just(""), intervals()))
        made.append(
            event(
                f"nl-{position}",
                draw(intervals()),
                happened,
                event_type="statement",
                actor_type=actor,
                sets=sets,
                about=draw(
                    st.sampled_from((("nl-a-1",), ("nl-a-1", "nl-b-1"), ("nl-b-1",), ("country",)))
                ),
                position=position,
            )
        )
    return made


@pytest.mark.no_cover
@settings(max_examples=size(400, 10_000), deadline=None)
@given(events(), st.dates(date(2021, 10, 1), date(2024, 1, 2)))
def test_long_sequences_with_late_disclosures(found: list[Event], day: date) -> None:
    assert stands(found, day) is reference(found, "nl-a-1", day)


@settings(max_examples=size(50, 100), deadline=None)
@given(events(), st.dates(date(2021, 10, 1), date(2024, 1, 2)))
def test_the_order_of_the_rows_in_memory_does_not_matter(found: list[Event], day: date) -> None:
    assert replay(found, day) is replay(sorted(found, key=lambda e: e.id, reverse=True), day)


@settings(max_examples=size(50, 100), deadline=None)
@given(events(), st.dates(date(2021, 10, 1), date(2024, 1, 2)))
def test_what_is_said_later_changes_no_earlier_day(found: list[Event], day: date) -> None:
    known = [e for e in found if last_day(e.said.text) <= day]
    assert stands(found, day) is stands(known, day)


HOST = {"event_type": "statement", "actor_type": "host_authority"}


def test_an_inquiry_that_became_public_later_never_appears_on_an_earlier_day() -> None:
    late = event("nl-late", "2023-04-17", "2022-10", sets="authority_looking", **HOST)
    assert stands([late], date(2023, 4, 16)) is None
    assert stands([late], date(2023, 4, 17)) is late


def test_a_late_disclosure_never_overrides_what_was_said_since() -> None:
    closed = event("nl-closed", "2022-12-20", sets="authority_says_closed", position=2, **HOST)
    late = event("nl-late", "2023-04-17", "2022-10", sets="authority_looking", position=3, **HOST)
    assert stands([closed, late], date(2023, 5, 1)) is closed


def test_a_month_takes_effect_on_its_last_day_and_a_year_on_its_last() -> None:
    month = event("nl-month", "2022-11", sets="authority_looking", **HOST)
    assert stands([month], date(2022, 11, 29)) is None
    assert stands([month], date(2022, 11, 30)) is month
    year = event("nl-year", "2022", sets="authority_looking", **HOST)
    assert stands([year], date(2022, 12, 30)) is None
    assert stands([year], date(2022, 12, 31)) is year


def test_a_party_is_replaced_by_a_host_and_never_the_other_way() -> None:
    china = {"event_type": "closure_stated", "actor_type": "china", "sets": "party_says_closed"}
    first = event("nl-1", "2022-11-01", position=2, **china)
    host = event("nl-2", "2022-11-02", sets="told_to_stop", position=3, **HOST)
    second = event("nl-3", "2022-11-03", position=4, **china)
    operator = event("nl-4", "2022-11-04", position=5, **{**china, "actor_type": "operator"})
    day = date(2022, 12, 1)
    assert stands([first, second, operator], day) is operator
    assert stands([first, host, second, operator], day) is host
    assert stands([second, operator, first], date(2022, 11, 3)) is second
