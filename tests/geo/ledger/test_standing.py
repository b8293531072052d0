"""What a record is on a day: worked out once a snapshot, whoever asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime

import pytest

from geo.exports.entered_feeds import entered_feed
from geo.exports.json_documents import cited_sources
from geo.exports.rows import NOWHERE, properties
from geo.ledger import standing as module
from geo.ledger.snapshot import Snapshot
from geo.link.opening import Edition, Opened
from geo.link.state import State
from geo.model.entities import Event, Record
from geo.pictures.content import picture_of
from geo.words.cards import record_card
from geo.words.country_page import country_part
from geo.words.country_rows import country_table
from geo.words.jurisdictions import jurisdictions
from geo.words.place_card import place_card
from geo.words.preview_text import describe
from geo.words.sentences import latest_word
from tests.entities import days, event, ledger, on, real, record
from tests.ledger_files import TODAY
from tests.reference import Day

HOST = {"event_type": "statement", "actor_type": "host_authority"}
CHINA = {"event_type": "answer_by_china", "actor_type": "china"}
PARTY = {"event_type": "answer_by_named_party", "actor_type": "named_party"}


def opened(record: str = "") -> Opened:
    """The real ledger as it is opened for the first time: no snapshot of it is known yet."""
    data = replace(real(), released=False)
    edition = Edition(dataset=data, newest=data, modified=datetime(2026, 11, 22, tzinfo=UTC))
    return Opened(edition, State(record=record), (), TODAY)


@pytest.fixture
def sorted_claims(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the claims of each record have been put in order, by its id."""
    counted: Counter[str] = Counter()
    in_order = module.claims_in_order

    def counting(of: Record, events: Sequence[Event]) -> tuple[Event, ...]:
        counted[of.id] += 1
        return in_order(of, events)

    monkeypatch.setattr(module, "claims_in_order", counting)
    return counted


def test_the_claims_of_a_record_are_sorted_once_a_snapshot(sorted_claims: Counter[str]) -> None:
    view = opened()
    snapshot, selected = view.snapshot, view.selection.record_ids
    for shown in snapshot.records:
        record_card(shown, snapshot, view.newest)
        latest_word(shown, snapshot)
        properties(shown, snapshot, NOWHERE)
        describe("map", State(record=shown.id), snapshot)
    for code in snapshot.countries:
        inside = tuple(r for r in snapshot.records if r.host_country == code)
        place_card(code, inside, selected, snapshot)
        country_part(code, snapshot, selected)
    country_table(view.selection)
    jurisdictions(snapshot)
    cited_sources(view)
    picture_of(view, "")
    entered_feed(view, "")
    assert sorted_claims == {r.id: 1 for r in snapshot.records}


def test_one_card_works_out_one_record(sorted_claims: Counter[str]) -> None:
    shown = real().records[0]
    view = opened(record=shown.id)
    record_card(shown, view.snapshot, view.newest)
    picture_of(view, "")
    assert sorted_claims == {shown.id: 1}


def test_a_standing_is_made_once_and_never_changed() -> None:
    snapshot = Snapshot(ledger([event("nl-c")]), TODAY)
    standing = snapshot.standing(record())
    assert snapshot.standing(record()) is standing
    with pytest.raises(FrozenInstanceError):
        standing.word = None  # type: ignore[misc]


def test_before_the_first_claim_there_is_no_standing() -> None:
    answer = event("nl-1", "2022-09-01", **HOST)
    snapshot = Snapshot(ledger([answer, event("nl-c", "2022-09-12")]), date(2022, 9, 11))
    assert not snapshot.exists(record())
    with pytest.raises(KeyError):
        snapshot.standing(record())
    assert snapshot.claims(record()) == ()
    assert snapshot.word(record()) is None


def test_a_claim_about_a_country_as_a_whole_makes_no_record() -> None:
    data = ledger([event("nl-c", about=("country",)), event("zz-c", about=("world",))])
    assert Snapshot(data, TODAY).records == ()


def test_answers_about_the_country_count_where_none_is_about_the_record() -> None:
    events = [
        event("nl-c"),
        event("nl-own", "2022-10-01", **HOST),
        event("nl-country", "2022-11-01", about=("country",), **HOST),
        event("nl-china", "2022-11-02", about=("country",), **CHINA),
        event("zz-china", "2022-11-03", country="ZZ", about=("world",), **CHINA),
        event("nl-party", "2022-11-04", about=("country",), **PARTY),
    ]
    standing = Snapshot(ledger(events), TODAY).standing(record())
    assert standing.host_answer is events[1]
    assert standing.china_answer is events[3]
    assert standing.named_answer is None
    without = Snapshot(ledger([events[0], *events[2:]]), TODAY).standing(record())
    assert without.host_answer is events[2]
    assert without.own_flags == set()


def test_what_china_says_without_answering_is_no_answer() -> None:
    other = event("nl-1", "2022-10-01", event_type="claim", actor_type="china")
    assert Snapshot(ledger([event("nl-c"), other]), TODAY).standing(record()).china_answer is None


@pytest.mark.parametrize("day", days(4), ids=str)
def test_code_and_flags_are_those_of_the_reference(day: date) -> None:
    facts = Day(real(), day).facts
    assert {r.id for r in on(day).records} == set(facts)
    for shown in on(day).records:
        standing = on(day).standing(shown)
        assert standing.code == facts[shown.id].status == on(day).statuses[shown.id]
        assert standing.flags == facts[shown.id].flags == on(day).flags(shown)
