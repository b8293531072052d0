"""A whole ledger, read and replayed: every word of the frozen sample, on every kind of day."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from geo.checks.check import examine
from geo.commands.words import render
from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.model.dates import parse
from geo.model.entities import Count, Event, Record
from geo.model.vocabulary import COUNTRY, LATEST_WORDS, WORLD
from tests.data.rules import unsigned
from tests.entities import days, on, real
from tests.ledger_files import DATA, TODAY, LedgerFiles

#: the latest word of each record in the research notes, those on hold included
EXPECTED = {
    row["id"]: row["latest_word"]
    for row in csv.DictReader(
        Path(__file__)
        .with_name("expected_latest_words.csv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


HELD = frozenset(row["id"] for row in rows("stations") if row["review"] == "hold")


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The ledger as curators see it: what is on hold is shown."""
    files = LedgerFiles(tmp_path_factory.mktemp("held") / "data")
    for name in HELD:
        files.edit("stations", name, review="publish")
    return Dataset.load(files.folder, TODAY)


def test_the_frozen_ledger_has_no_problem() -> None:
    assert [str(p) for p in examine(DATA, TODAY).problems if not p.warning] == []
    assert real().set_aside == 0


def test_the_frozen_ledger_is_varied() -> None:
    events = rows("investigations")
    # as many as there were on its day; what is new since then is tested by things made by hand
    assert len({event["sets"] for event in events}) == 9
    assert len({event["actor_type"] for event in events}) == 9
    assert len({row["class"] for row in rows("sources")}) == 6
    assert {row["review"] for row in rows("stations")} == {"publish", "hold"}
    assert {len(event["said_on"]) for event in events} == {4, 7, 10}
    assert {len(event["about"].split()) > 1 for event in events} == {True, False}
    assert any(event["repeat_of"] for event in events)
    assert any(event["differs_from"] for event in events)


def test_expectations_are_of_the_records_in_the_files() -> None:
    assert set(EXPECTED) == {row["id"] for row in rows("stations")}
    assert len(EXPECTED) == 90
    assert set(EXPECTED.values()) <= set(LATEST_WORDS)
    assert HELD
    assert len(real().records) == 90 - len(HELD)


def test_replayed_latest_words_equal_the_research_notes(everything: Dataset) -> None:
    statuses = Snapshot(everything, TODAY).statuses
    assert statuses == EXPECTED


def test_latest_words_are_the_same_without_what_is_on_hold() -> None:
    expected = {name: code for name, code in EXPECTED.items() if name not in HELD}
    assert on(TODAY).statuses == expected


def test_the_page_of_signed_sentences_has_a_line_for_each_record() -> None:
    lines = [line for line in render(real()).splitlines() if line.startswith("- `")]
    assert [line.split("`")[1] for line in lines] == [r.id for r in real().records]


def test_every_named_city_has_a_point() -> None:
    named = [r for r in real().records if r.host_city]
    assert len(named) > 50
    assert [r.id for r in named if r.point is None] == []
    assert [r.id for r in real().records if not r.host_city and r.point is not None] == []


@pytest.mark.parametrize("day", [TODAY, *days(20)], ids=str)
def test_no_status_without_speaker_and_date(day: date) -> None:
    assert unsigned(on(day)) == []


def test_past_days_have_fewer_records_and_never_lose_one() -> None:
    before: set[str] = set()
    for day in days(20):
        ids = {r.id for r in on(day).records}
        assert before <= ids
        before = ids
    assert before == {r.id for r in real().records}
    assert on(real().first_day).events


def test_every_record_stands_on_a_claim_with_author_and_date() -> None:
    for record in on(TODAY).records:
        claim = on(TODAY).claims(record)[0]
        assert claim.authority
        assert parse(claim.said.text).last <= TODAY
        assert claim.sources
        assert record.sources
    assert len(on(TODAY).records) == len(real().records)


def test_everything_that_an_event_is_about_is_there() -> None:
    ids = set(real().records_by_id)
    for event in real().events:
        assert event.about
        assert event.about in ((COUNTRY,), (WORLD,)) or set(event.about) <= ids, event.id


def test_every_id_resolves() -> None:
    data = real()
    citing: list[Record | Event | Count] = [*data.records, *data.events, *data.counts]
    for thing in citing:
        assert thing.sources, thing.id
        assert set(thing.sources) <= set(data.sources), thing.id
    for event in data.events:
        assert set(event.differs_from) <= set(data.events_by_id)
        assert event.repeat_of in data.events_by_id or not event.repeat_of
    assert len(data.events_by_id) == len(data.events)
    assert len(data.records_by_id) == len(data.records)


def test_nothing_on_hold_is_in_the_ledger_that_is_shown() -> None:
    data = real()
    assert not HELD & set(data.records_by_id)
    assert not HELD & {i for e in data.events for i in e.about}
    for excluded in data.excluded:
        assert "on hold" not in (excluded.what + excluded.why).lower()
    hidden = {s for row in rows("stations") if row["id"] in HELD for s in row["source_ids"].split()}
    citing: list[Record | Event | Count] = [*data.records, *data.events, *data.counts]
    shown = {i for thing in citing for i in thing.sources}
    assert hidden - shown, "a page that only a held record cites makes this test mean something"
    assert not (hidden - shown) & set(data.sources)


def test_events_about_held_records_alone_are_gone() -> None:
    alone = {r["id"] for r in rows("investigations") if set(r["about"].split()) <= HELD}
    assert alone
    assert not alone & set(real().events_by_id)


def test_excluded_rows_of_countries_with_held_records_alone_are_gone() -> None:
    published = {r["host_country"] for r in rows("stations") if r["review"] == "publish"}
    alone = {r["host_country"] for r in rows("stations") if r["id"] in HELD} - published
    assert alone
    assert not alone & {x.country for x in real().excluded}
    assert not alone & {e.country for e in real().events}


def test_what_is_on_hold_appears_once_it_is_published(everything: Dataset) -> None:
    assert set(everything.records_by_id) >= HELD
    assert len(everything.records) == 90
