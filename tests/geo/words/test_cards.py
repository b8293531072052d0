"""The card: the claim is never without its three rows of answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from geo.ledger.past_day import shows_undated_texts
from geo.ledger.snapshot import Snapshot
from geo.model.dates import spoken
from geo.words.cards import OPEN_ACCOUNTS, not_yet, record_card
from geo.words.sentences import latest_word
from geo.words.statements import statement
from tests.entities import days, event, ledger, on, real, record
from tests.ledger_files import TODAY

ROWS = ["Host authorities", "China", "People or bodies named"]
HOST = {"event_type": "statement", "actor_type": "host_authority"}
CHINA = {"event_type": "answer_by_china", "actor_type": "china"}
PARTY = {"event_type": "answer_by_named_party", "actor_type": "named_party"}


@pytest.mark.parametrize("day", [TODAY, *days(12)], ids=str)
def test_every_card_has_its_claim_and_three_rows_of_answers(day: date) -> None:
    snapshot = on(day)
    for shown in snapshot.records:
        card = record_card(shown, snapshot, on(TODAY))
        assert list(card.__dataclass_fields__).index("claim") < list(
            card.__dataclass_fields__
        ).index("answers")
        assert card.claim.who
        assert card.claim.when
        assert card.claim.text
        assert card.claim.kind == "Claim"
        assert [row.heading for row in card.answers] == ROWS
        for row in card.answers:
            missing = (
                f"None found in the sources consulted (last checked {spoken(shown.last_checked)})."
            )
            assert row.missing == missing
            if row.statement:
                assert row.statement.when
                assert row.statement.who
                assert row.statement.text
                assert row.statement.scope
        assert card.latest
        assert card.strength[:3] in ("A: ", "B: ", "C: ", "D: ")
        assert card.later >= 0
        assert card.claim.id in {s.id for s in card.chronology}
        assert card.sources
        public = {e.id for e in snapshot.events}
        assert {s.id for s in card.chronology} <= public
        answered = {row.statement.id for row in card.answers if row.statement}
        assert answered <= public


def test_the_newest_answers_are_the_newest_in_the_order_of_the_replay() -> None:
    events = [
        event("nl-c"),
        event("nl-1", "2022-10-01", **HOST),
        event("nl-2", "2022-11-01", **HOST),
        event("nl-late", "2023-06-01", "2022-09", **HOST),
        event("nl-country", "2024-01-01", about=("country",), **HOST),
        event("nl-3", "2022-10-02", **PARTY),
        event("nl-4", "2022-10-03", event_type="statement", actor_type="operator"),
    ]
    snapshot = Snapshot(ledger(events), TODAY)
    card = record_card(record(), snapshot, snapshot)
    said = [row.statement.id if row.statement else None for row in card.answers]
    assert said == ["nl-2", None, "nl-4"]


@pytest.mark.parametrize(
    ("about", "scope"),
    [
        (("nl-a-1",), "about this record"),
        (("country",), "about the Netherlands, no record named"),
        (("world",), "worldwide"),
    ],
)
def test_chinas_row_says_what_it_is_about(about: tuple[str, ...], scope: str) -> None:
    answer = event("nl-x", "2022-10-01", about=about, **CHINA)
    snapshot = Snapshot(ledger([event("nl-c"), answer]), TODAY)
    row = record_card(record(), snapshot, snapshot).answers[1]
    assert row.statement
    assert (row.statement.id, row.statement.scope) == ("nl-x", scope)


def test_chinas_row_prefers_the_record_then_the_country_then_the_world() -> None:
    own = event("nl-own", "2022-10-01", **CHINA)
    country = event("nl-country", "2022-11-01", about=("country",), **CHINA)
    world = event("zz-world", "2022-12-01", country="ZZ", about=("world",), **CHINA)
    elsewhere = event("de-country", "2023-12-01", country="DE", about=("country",), **CHINA)
    for events, expected in (
        ([own, country, world, elsewhere], "nl-own"),
        ([country, world, elsewhere], "nl-country"),
        ([world, elsewhere], "zz-world"),
        ([elsewhere], None),
    ):
        snapshot = Snapshot(ledger([event("nl-c"), *events]), TODAY)
        row = record_card(record(), snapshot, snapshot).answers[1]
        assert (row.statement.id if row.statement else None) == expected


def test_accounts_differ_shows_both_sides_once_both_are_public() -> None:
    events = [
        event("nl-c"),
        event("nl-1", "2022-10-01", differs_from=("nl-2",), **HOST),
        event("nl-2", "2022-12", differs_from=("nl-1",), **CHINA),
    ]
    data = ledger(events)
    before, after = Snapshot(data, date(2022, 12, 30)), Snapshot(data, date(2022, 12, 31))
    assert before.differences(record()) == []
    assert record_card(record(), before, after).accounts == ()
    assert "accounts_differ" not in before.standing(record()).own_flags
    pairs = [(a.id, b.id) for a, b in after.differences(record())]
    assert pairs == [("nl-1", "nl-2")]
    assert "accounts_differ" in after.standing(record()).own_flags
    card = record_card(record(), after, after)
    assert [s.id for s in card.accounts] == ["nl-1", "nl-2"]


def test_accounts_that_differ_from_several_are_listed_once_and_by_date() -> None:
    ids = [f"nl-{n}" for n in range(1, OPEN_ACCOUNTS + 3)]
    last = ids[-1]
    said = [f"2022-10-{n + 10}" for n in range(len(ids) - 1)]
    events = [event("nl-c"), event(last, "2022-12-01", **CHINA)]
    for name, day in zip(ids[:-1], said, strict=True):
        events.append(event(name, day, differs_from=(last,), **HOST))
    snapshot = Snapshot(ledger(events), TODAY)
    card = record_card(record(), snapshot, snapshot)
    assert [s.id for s in card.accounts] == ids
    assert (*card.earlier_accounts, *card.latest_accounts) == card.accounts
    assert len(card.latest_accounts) == OPEN_ACCOUNTS


@pytest.mark.parametrize("day", [TODAY, *days(6)], ids=str)
def test_every_real_account_is_on_its_card_once_and_in_order_of_time(day: date) -> None:
    snapshot = on(day)
    for shown in snapshot.records:
        card = record_card(shown, snapshot, snapshot)
        told = [s.id for s in card.accounts]
        assert set(told) == {e.id for pair in snapshot.differences(shown) for e in pair}
        assert len(told) == len(set(told))
        orders = [snapshot.dataset.events_by_id[i].order for i in told]
        assert orders == sorted(orders)


# the first line: the latest word


def test_the_first_line_is_signed_by_whoever_set_the_latest_word() -> None:
    word = event("nl-1", "2022-10-01", sets="told_to_stop", **HOST)
    snapshot = Snapshot(ledger([event("nl-c"), word]), TODAY)
    card = record_card(record(), snapshot, snapshot)
    assert (card.code, card.word, card.aside) == ("told_to_stop", "nl-1", "")
    assert card.latest == latest_word(record(), snapshot)


@pytest.mark.parametrize(
    ("about", "aside"),
    [
        (("nl-a-1",), "Most recent statement by a host authority about this record: "),
        (("country",), "Answer from the country’s authorities, not naming this record: "),
    ],
)
def test_a_claim_alone_says_when_its_country_answered(about: tuple[str, ...], aside: str) -> None:
    answer = event("nl-1", "2022-10-01", about=about, **HOST)
    snapshot = Snapshot(ledger([event("nl-c"), answer]), TODAY)
    card = record_card(record(), snapshot, snapshot)
    assert (card.code, card.word) == ("claim_only", "nl-c")
    assert card.aside == f"{aside}1 October 2022, below."
    # the fixed phrase says that no authority spoke of the record
    assert ("no statement by a host authority" in card.latest) == (about == ("country",))
    alone = Snapshot(ledger([event("nl-c")]), TODAY)
    assert record_card(record(), alone, alone).aside == ""


@pytest.mark.parametrize("day", [TODAY, *days(6)], ids=str)
def test_every_real_first_line_is_that_of_the_whole_latest_word(day: date) -> None:
    snapshot = on(day)
    for shown in snapshot.records:
        card = record_card(shown, snapshot, snapshot)
        assert latest_word(shown, snapshot).startswith(card.latest)
        assert card.code == snapshot.statuses[shown.id]
        assert bool(card.aside) == (
            card.code == "claim_only" and snapshot.standing(shown).host_answer is not None
        )


def test_a_difference_is_shown_whichever_row_names_the_other() -> None:
    one = event("nl-1", "2022-10-01", **HOST)
    two = event("nl-2", "2022-12-01", about=("country",), differs_from=("nl-1",), **CHINA)
    snapshot = Snapshot(ledger([event("nl-c"), one, two]), TODAY)
    assert [(a.id, b.id) for a, b in snapshot.differences(record())] == [("nl-1", "nl-2")]
    # two words about the country alone are no account of this record
    apart = event("nl-1", "2022-10-01", about=("country",), **HOST)
    assert Snapshot(ledger([event("nl-c"), apart, two]), TODAY).differences(record()) == []


@pytest.mark.parametrize("day", [TODAY, *days(12)], ids=str)
def test_both_sides_of_every_real_difference_are_public(day: date) -> None:
    public = {e.id for e in on(day).events}
    for shown in on(day).records:
        for one, other in on(day).differences(shown):
            assert {one.id, other.id} <= public
            assert other.id in one.differs_from or one.id in other.differs_from
            assert one.order < other.order
            assert shown.id in (*one.about, *other.about)


def test_past_days_know_nothing_of_later_words() -> None:
    checked = date.fromisoformat(real().last_checked)
    assert shows_undated_texts(on(checked))
    before = on(checked - timedelta(days=1))
    assert not shows_undated_texts(before)
    for shown in before.records:
        card = record_card(shown, before, on(TODAY))
        assert card.summary == ""
        assert all(s.note == "" for s in card.chronology)
        assert card.claim.note == ""
        assert all(row.statement is None or row.statement.note == "" for row in card.answers)
    cards = [record_card(r, on(TODAY), on(TODAY)) for r in on(TODAY).records]
    assert all(card.summary for card in cards)
    assert any(s.note for card in cards for s in card.chronology)


def test_later_entries_are_counted() -> None:
    events = [event("nl-c"), event("nl-1", "2022-10-01", **HOST), event("nl-2", "2023", **CHINA)]
    data = ledger(events)
    today = Snapshot(data, TODAY)
    for day, later in ((date(2022, 9, 12), 2), (date(2023, 12, 30), 1), (date(2023, 12, 31), 0)):
        assert record_card(record(), Snapshot(data, day), today).later == later


def test_a_card_before_its_first_claim_says_so() -> None:
    snapshot = Snapshot(ledger([event("nl-c", "2022-09-12")]), date(2022, 9, 11))
    assert snapshot.records == ()
    assert not snapshot.exists(record())
    assert not_yet(record(), snapshot.day) == (
        "Amsterdam, Netherlands: no claim had been made by 11 September 2022."
    )


def test_the_first_claim_is_the_earliest_and_of_one_day_the_countrys_own() -> None:
    events = [
        event("nl-later", "2022-12-05"),
        event("zz-c", "2022-09-12", country="ZZ", position=1),
        event("nl-own", "2022-09-12", position=9),
    ]
    snapshot = Snapshot(ledger(events), TODAY)
    assert [e.id for e in snapshot.standing(record()).claims] == ["nl-own", "zz-c", "nl-later"]
    assert record_card(record(), snapshot, snapshot).claim.id == "nl-own"


def test_records_that_share_a_city_name_each_other() -> None:
    records = [record("nl-a-1"), record("nl-a-2"), record("nl-b-1", point=(51.9, 4.5))]
    claim = event("nl-c", about=("nl-a-1", "nl-a-2", "nl-b-1"))
    snapshot = Snapshot(ledger([claim], records), TODAY)
    card = record_card(records[0], snapshot, snapshot)
    assert [r.id for r in card.siblings] == ["nl-a-2"]
    assert record_card(records[2], snapshot, snapshot).siblings == ()
    apart = [record("nl-1", point=None, host_city=""), record("nl-2", point=None, host_city="")]
    snapshot = Snapshot(ledger([event("nl-c", about=("nl-1", "nl-2"))], apart), TODAY)
    assert record_card(apart[0], snapshot, snapshot).siblings == ()


def test_a_statement_holds_everything_that_a_quotation_needs() -> None:
    said = statement(
        event("nl-c", note="A note."), Snapshot(ledger([event("nl-c")]), TODAY), "nl-a-1"
    )
    assert (said.when, said.who, said.text) == ("On 12 September 2022", "the NGO", "Lists a place.")
    assert (said.kind, said.actor, said.scope) == ("Claim", "NGO", "about this record")
    assert said.note == "A note."
    assert [s.id for s in said.sources] == ["page"]


def test_lists_of_a_card_are_in_the_order_of_their_printed_dates() -> None:
    snapshot = on(TODAY)
    known = snapshot.dataset.events_by_id
    for shown in snapshot.records:
        card = record_card(shown, snapshot, snapshot)
        for rows in (card.chronology, card.accounts):
            ends = [known[s.id].said.end for s in rows]
            assert ends == sorted(ends), shown.id
