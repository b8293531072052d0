"""The selection against a plain reference, and every count against what it promises."""

from __future__ import annotations

import random
import unicodedata
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ledger.coverage import coverage
from geo.ledger.snapshot import Snapshot
from geo.link.parameters import facets
from geo.link.selection import SELECTIONS, Filters
from geo.model.text import fold
from geo.model.vocabulary import STRIP
from tests.entities import days, event, ledger, on, real, record
from tests.ledger_files import TODAY
from tests.reference import Day

DAYS = (TODAY, *days(10)[4:])
FACETS = [row.name for row in facets()]
CODES = {row.name: row.codes for row in facets()}


@cache
def plain(day: Any) -> Day:
    return Day(real(), day)


@cache
def words() -> tuple[str, ...]:
    """Words that stand somewhere in the ledger, as they are written there."""
    texts = [r.summary + " " + r.host_city for r in real().records]
    texts += [e.authority + " " + e.summary for e in real().events]
    return tuple(sorted({word for text in texts for word in text.split()}))


def typed(word: str, chance: random.Random) -> str:
    """A word as a reader may type it."""
    way = chance.randrange(4)
    if way == 0:
        return word.upper() if fold(word.upper()) == fold(word) else word
    if way == 1:
        return fold(word)
    if way == 2:
        return unicodedata.normalize("NFD", word)
    return word[: max(3, len(word) // 2)]


def random_filters(seed: int) -> Filters:
    chance = random.Random(seed)
    chosen: dict[str, Any] = {}
    used = {
        "country": [*sorted({r.host_country for r in real().records}), "EU", "ZZ", "BE", "FJ"],
    }
    names = [name for name in FACETS if chance.random() < 0.3]
    for name in names:
        values = used.get(name, list(CODES[name]))
        chosen[name] = tuple(chance.sample(values, chance.choice([1, 1, 2, min(4, len(values))])))
    if chance.random() < 0.3:
        chosen["q"] = " ".join(
            typed(chance.choice(words()), chance) for _ in range(chance.choice([1, 1, 2]))
        )
    return Filters(**chosen)


def picked(filters: Filters) -> dict[str, list[str]]:
    return {name: list(getattr(filters, name)) for name in FACETS}


SEEDS = range(300)


@pytest.mark.parametrize("start", SEEDS[::50])
def test_selections_equal_the_plain_reference(start: int) -> None:
    some = 0
    for seed in range(start, start + 50):
        filters, day = random_filters(seed), DAYS[seed % len(DAYS)]
        selection, expected = filters.select(on(day)), plain(day)
        ids = [r.id for r in selection.records]
        assert ids == expected.records_of(picked(filters), filters.q), (filters, day)
        found = {e.id for e in selection.events}
        assert found == set(expected.events_of(picked(filters), filters.q)), (filters, day)
        assert len(found) == len(selection.events)
        some += bool(selection.records)
    assert 10 < some < 50, "a good part of the selections holds something, and some hold nothing"


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("name", FACETS)
def test_one_value_alone_equals_the_plain_reference(name: str, day: Any) -> None:
    expected = plain(day)
    values = CODES[name] if name != "country" else sorted({e.country for e in real().events})
    for value in values:
        selection = Filters().replace(**{name: (value,)}).select(on(day))
        assert [r.id for r in selection.records] == expected.records_of({name: [value]}, "")
        assert {e.id for e in selection.events} == set(expected.events_of({name: [value]}, ""))


@pytest.mark.parametrize("seed", range(60))
def test_counts_are_what_picking_the_value_alone_selects(seed: int) -> None:
    filters, snapshot = random_filters(seed * 7 + 1), on(DAYS[seed % len(DAYS)])
    selection = filters.select(snapshot)
    for name in FACETS:
        for value, count in selection.counts(name).items():
            alone = filters.replace(**{name: (value,)}).select(snapshot)
            things = (
                [e for e in alone.events if not e.repeat_of] if name == "type" else alone.records
            )
            assert count == len(things), (filters, name, value)
        for value in set(CODES[name]) - set(selection.counts(name)):
            alone = filters.replace(**{name: (value,)}).select(snapshot)
            assert not (alone.events if name == "type" else alone.records)


@pytest.mark.parametrize("seed", range(40))
def test_the_strip_counts_countries_by_what_their_authorities_answered(seed: int) -> None:
    filters, snapshot = random_filters(seed * 11 + 2), on(DAYS[seed % len(DAYS)])
    strip = filters.select(snapshot).strip()
    states = coverage(snapshot)
    for flag in STRIP:
        alone = filters.replace(flag=(flag,)).select(snapshot)
        answered = {code for code in alone.countries if flag in snapshot.country_flags[code]}
        assert strip.get(flag, 0) == len(answered), (filters, flag)
        if flag == "no_answer":
            # the one definition: those of which the coverage says so
            assert all(states[code] == "listed_no_answer" for code in answered)
        else:
            assert answered == set(alone.countries), (filters, flag)


@pytest.mark.parametrize("seed", range(40))
def test_another_value_widens_and_another_filter_narrows(seed: int) -> None:
    filters, snapshot = random_filters(seed * 13 + 3), on(TODAY)
    ids = filters.select(snapshot).record_ids
    for name in filters.active:
        assert ids <= filters.without(name).select(snapshot).record_ids
        assert name not in filters.without(name).active
        if name != "q":
            wider = filters.replace(**{name: CODES[name]})
            assert ids <= wider.select(snapshot).record_ids


def test_nothing_picked_selects_everything() -> None:
    for day in DAYS:
        selection = Filters().select(on(day))
        assert selection.records == on(day).records
        assert selection.events == on(day).events
        assert sum(selection.countries.values()) == len(on(day).records)
    assert Filters().empty
    assert not Filters(q="x").empty


def test_the_order_is_the_files_and_does_not_change() -> None:
    order = [r.id for r in real().records]
    turn = {e.id: i for i, e in enumerate(real().replay_order)}
    for seed in range(30):
        for day in (TODAY, DAYS[2]):
            filters = random_filters(seed)
            one, two = filters.select(on(day)), filters.select(Snapshot(real(), day))
            ids = [r.id for r in one.records]
            assert ids == [r.id for r in two.records] == sorted(ids, key=order.index)
            turns = [turn[e.id] for e in one.events]
            assert turns == sorted(turns)


def test_values_in_another_order_select_the_same() -> None:
    one = Filters(country=("NL", "IT", "FR")).select(on(TODAY))
    two = Filters(country=("FR", "NL", "IT")).select(on(TODAY))
    assert one.records == two.records
    assert one.events == two.events


def test_unknown_is_a_value() -> None:
    for name, column in (("province", "origin_province"), ("jurisdiction", "origin_city")):
        selected = Filters().replace(**{name: ("unknown",)}).select(on(TODAY)).records
        expected = [r for r in real().records if not getattr(r, column)]
        assert selected
        assert list(selected) == expected
        assert Filters().select(on(TODAY)).counts(name)["unknown"] == len(expected)


def test_lishui_includes_qingtian_and_not_the_reverse() -> None:
    lishui = Filters(jurisdiction=("lishui",)).select(on(TODAY)).record_ids
    qingtian = Filters(jurisdiction=("qingtian",)).select(on(TODAY)).record_ids
    assert qingtian
    assert qingtian <= lishui
    assert qingtian == {r.id for r in real().records if r.origin_city == "Qingtian"}
    assert lishui == {r.id for r in real().records if r.origin_city in ("Qingtian", "Lishui")}
    own = record("nl-b-1", origin_city="Lishui", origin_province="CN-ZJ")
    nested = record("nl-a-1", origin_city="Qingtian", origin_province="CN-ZJ")
    snapshot = Snapshot(ledger([event("nl-c", about=("nl-a-1", "nl-b-1"))], [nested, own]), TODAY)
    assert Filters(jurisdiction=("lishui",)).select(snapshot).record_ids == {"nl-a-1", "nl-b-1"}
    assert Filters(jurisdiction=("qingtian",)).select(snapshot).record_ids == {"nl-a-1"}


def test_words_of_the_union_and_the_world_are_in_only_when_picked() -> None:
    wide = {e.id for e in real().events if e.country in ("EU", "ZZ")}
    assert wide
    assert wide <= {e.id for e in Filters().select(on(TODAY)).events}
    assert wide & {e.id for e in Filters(type=("statement",)).select(on(TODAY)).events}
    assert wide & {e.id for e in Filters(q="the").select(on(TODAY)).events}
    for filters in (
        Filters(country=("NL",)),
        Filters(province=("CN-ZJ",)),
        Filters(jurisdiction=("fuzhou",)),
        Filters(status=("claim_only",)),
        Filters(flag=("no_answer",)),
        Filters(list=("ngo-2022-12",)),
    ):
        found = filters.select(on(TODAY)).events
        assert found
        assert not wide & {e.id for e in found}, filters
    for code in ("EU", "ZZ"):
        selection = Filters(country=(code,)).select(on(TODAY))
        assert {e.id for e in selection.events} == {
            e.id for e in real().events if e.country == code
        }
        assert selection.records == ()
    both = Filters(country=("NL", "EU")).select(on(TODAY)).events
    assert {e.country for e in both} == {"NL", "EU"}


@pytest.mark.parametrize(
    ("typed_words", "found"),
    [
        ("Viña", "cl-vina-del-mar-1"),
        ("vina", "cl-vina-del-mar-1"),
        ("VIÑA del MAR", "cl-vina-del-mar-1"),
        ("vin\u0303a", "cl-vina-del-mar-1"),
        ("  mar\tvina ", "cl-vina-del-mar-1"),
        ("netherlands amsterdam", "nl-amsterdam-1"),
        ("Fuzhou Amsterdam", "nl-amsterdam-1"),
    ],
)
def test_search_folds_case_and_diacritics(typed_words: str, found: str) -> None:
    ids = Filters(q=typed_words).select(on(TODAY)).record_ids
    assert found in ids
    assert len(ids) < len(real().records) / 2


def test_search_finds_original_script_and_publishers() -> None:
    qingtian = Filters(q="青田").select(on(TODAY)).record_ids
    assert qingtian >= {r.id for r in real().records if r.origin_city == "Qingtian"}
    assert len(qingtian) < len(real().records) / 2
    assert not Filters(q="青田 xyzzy").select(on(TODAY)).records
    by_page = {
        e.id for e in real().events if any("BBC" in real().sources[s].publisher for s in e.sources)
    }
    assert by_page
    assert by_page <= {e.id for e in Filters(q="bbc").select(on(TODAY)).events}
    assert not Filters(q="xyzzy").select(on(TODAY)).records
    assert not Filters(q="xyzzy").select(on(TODAY)).events


def test_every_word_of_a_search_must_be_there() -> None:
    one = Filters(q="police").select(on(TODAY)).record_ids
    two = Filters(q="dublin").select(on(TODAY)).record_ids
    assert Filters(q="police dublin").select(on(TODAY)).record_ids == one & two


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="latin-1"), max_size=20))
def test_folding_does_not_see_case(text: str) -> None:
    assert fold(text.swapcase()) == fold(text) == fold(text.upper()) == fold(text.lower())
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_a_flag_may_be_the_records_own_or_its_countrys() -> None:
    host = {"event_type": "told_to_stop", "actor_type": "host_authority"}
    events = [
        event("nl-claim", about=("nl-a-1", "nl-b-1")),
        event("de-claim", country="DE", about=("de-1",)),
        event("nl-stop", "2022-11-01", about=("nl-a-1",), sets="told_to_stop", **host),
    ]
    records = [record("nl-a-1"), record("nl-b-1"), record("de-1", host_country="DE")]
    snapshot = Snapshot(ledger(events, records), TODAY)
    assert snapshot.standing(record("nl-a-1")).own_flags == {"told_to_stop"}
    # nobody has answered about this one, and its country has been heard
    assert snapshot.standing(record("nl-b-1")).own_flags == {"no_answer"}
    assert snapshot.country_flags["NL"] == {"told_to_stop"}
    assert snapshot.country_flags["DE"] == {"no_answer"}
    picked_ids = Filters(flag=("told_to_stop",)).select(snapshot).record_ids
    assert picked_ids == {"nl-a-1", "nl-b-1"}
    assert Filters(flag=("no_answer",)).select(snapshot).record_ids == {"nl-b-1", "de-1"}
    # counted are countries: of the Netherlands, an authority has been heard
    assert Filters().select(snapshot).strip() == {"told_to_stop": 1, "no_answer": 1}


def test_only_a_host_authority_makes_its_countrys_answer() -> None:
    events = [
        event("nl-claim"),
        event("nl-x", "2022-11-01", event_type="inquiry_opened", actor_type="anonymous"),
        event("nl-y", "2022-11-02", event_type="statement", actor_type="press", about=("country",)),
    ]
    snapshot = Snapshot(ledger(events), TODAY)
    assert snapshot.country_flags["NL"] == {"no_answer"}
    assert "inquiry" not in snapshot.standing(record("nl-a-1")).own_flags


def test_an_earlier_day_selects_by_what_was_said_then() -> None:
    events = [
        event("nl-claim", "2022-09-12"),
        event(
            "nl-stop", "2022-11", sets="told_to_stop", event_type="told_to_stop",
            actor_type="host_authority",
        ),
    ]  # fmt: skip
    data = ledger(events)
    days_before = Snapshot(data, events[1].said.first)
    after = Snapshot(data, events[1].said.last)
    stopped = Filters(status=("told_to_stop",))
    assert not stopped.select(days_before).records
    assert stopped.select(after).records
    assert Filters(status=("claim_only",)).select(days_before).records
    assert not Filters().select(Snapshot(data, events[0].said.first.replace(day=11))).records


def test_a_repeat_is_listed_and_never_counted() -> None:
    events = [
        event("zz-claim", country="ZZ"),
        event("nl-claim", "2022-09-13", repeat_of="zz-claim"),
    ]
    selection = Filters().select(Snapshot(ledger(events), TODAY))
    assert [e.id for e in selection.events] == ["zz-claim", "nl-claim"]
    assert selection.counts("type") == {"claim": 1}


def test_a_selection_is_shared_by_all_who_pick_the_same() -> None:
    snapshot = Snapshot(real(), TODAY)
    picked = Filters(country=("NL",))
    shared = picked.select(snapshot)
    assert Filters(country=("NL",)).select(snapshot) is shared
    assert Filters(country=("ES",)).select(snapshot) is not shared
    assert picked.select(Snapshot(real(), TODAY)) is not shared
    # others push it out, and it is made again alike
    for number in range(SELECTIONS):
        Filters(q=str(number)).select(snapshot)
    again = picked.select(snapshot)
    assert again is not shared
    assert (again.records, again.counts("type")) == (shared.records, shared.counts("type"))
