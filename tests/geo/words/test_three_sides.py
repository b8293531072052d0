"""The three columns: counted, dated and signed by rows of the ledger alone."""

from __future__ import annotations

from datetime import date

import pytest

from geo.ledger.coverage import coverage_counts
from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from geo.words.country_page import china_worldwide
from geo.words.three_sides import china_answer, claim, hosts
from tests.entities import days, event, ledger, on, record
from tests.geo.link.test_selection import random_filters
from tests.ledger_files import TODAY


def test_the_claim_is_dated_by_the_lists_and_counts_what_follows_them() -> None:
    today = claim(Filters().select(on(TODAY)))
    assert today.dates == "12 September and 5 December 2022"
    assert today.total == "counted 102 sites in 53 countries in two reports."
    assert today.short == "Safeguard Defenders, 2022: 102 sites in 53 countries"
    assert today.sources == "79 of these records follow its lists, 5 other named sources."
    early = claim(Filters().select(on(date(2022, 10, 1))))
    assert early.dates == "12 September 2022"
    assert early.total == "counted 54 sites in 30 countries in one report."


def test_without_a_list_the_speakers_are_named() -> None:
    other = claim(Filters(list=("other",)).select(on(TODAY)))
    assert not other.claimant
    assert not other.total
    assert other.sources.startswith("Said by ")
    assert other.dates


def test_what_a_filter_by_province_asks_for_is_counted() -> None:
    found = claim(Filters(province=("CN-ZJ",)).select(on(date(2022, 12, 5))))
    assert found.police == "Police named: Qingtian (17), Wenzhou (8)."


@pytest.mark.parametrize("day", [TODAY, *days(4)], ids=str)
def test_no_answer_found_is_one_number_everywhere(day: date) -> None:
    snapshot = on(day)
    silent = coverage_counts(snapshot)["listed_no_answer"]
    counted = {code: n for code, _label, n in hosts(Filters().select(snapshot)).counts}
    assert counted.get("no_answer", 0) == silent


@pytest.mark.parametrize("seed", range(20))
def test_a_picked_answer_changes_no_count_of_answers(seed: int) -> None:
    filters = random_filters(seed)
    picked = filters.replace(flag=("inquiry",))
    assert hosts(picked.select(on(TODAY))) == hosts(filters.without("flag").select(on(TODAY)))


def test_china_answers_the_one_country_else_the_world() -> None:
    world = china_worldwide(on(TODAY))[-1]
    assert china_answer(Filters().select(on(TODAY))) == world
    one = china_answer(Filters(country=("NL",)).select(on(TODAY)))
    assert one is not None
    assert one.country == "NL"
    assert china_answer(Filters(country=("AO",)).select(on(TODAY))) == world


def test_an_answer_about_another_record_of_the_country_is_none_to_the_selection() -> None:
    by_china = {"event_type": "answer_by_china", "actor_type": "china"}
    claims = event("nl-c", about=("nl-a-1", "nl-b-1"))
    answer = event("nl-x", "2022-11-01", about=("nl-a-1",), **by_china)
    records = [record("nl-a-1"), record("nl-b-1", origin_city="Wenzhou")]
    snapshot = Snapshot(ledger([claims, answer], records), TODAY)
    assert china_answer(Filters().select(snapshot)) == answer
    assert china_answer(Filters(jurisdiction=("wenzhou",)).select(snapshot)) is None
