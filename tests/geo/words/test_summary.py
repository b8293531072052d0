"""Sentence shown of the selection: its number is the number of records, never of stations."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from geo.ledger.snapshot import Snapshot
from geo.link.parameters import facets, filters
from geo.link.selection import Filters
from geo.model.names import in_a_sentence
from geo.words.summary import (
    filter_words,
    ledger_date,
    loosening,
    newest_entry,
    sentence,
)
from tests.entities import days, event, ledger, on, real, record
from tests.geo.link.test_selection import random_filters
from tests.ledger_files import TODAY

BARE = re.compile(r"\d[\d,]*\s+(?:[\w-]+\s+)?[“\"]?stations?\b", re.IGNORECASE)


@pytest.mark.parametrize("day", [TODAY, *days(12)], ids=str)
def test_the_first_number_is_the_number_of_records(day: date) -> None:
    for seed in range(40):
        selection = random_filters(seed).select(on(day))
        said = sentence(selection)
        assert not BARE.search(said), said
        assert "station" not in said.lower()
        if not selection.records:
            assert said == "No records match."
            continue
        found = re.match(r"([\d,]+) records? in (.+?)(?:: |, (?:listed|from) )", said)
        assert found, said
        total = len(selection.records)
        assert int(found[1].replace(",", "")) == total
        countries = {r.host_country for r in selection.records}
        where = f"{len(countries)} countries" if len(countries) > 1 else in_a_sentence(*countries)
        assert found[2] == where
        listed = sum(r.claim_list != "other" for r in selection.records)
        assert ("listed by the NGO Safeguard Defenders" in said) == bool(listed)
        assert ("from other named sources" in said) == (listed < total)
        # a part is counted only where there is another
        assert (f": {listed} listed" in said) == (0 < listed < total)
        assert (f"{total - listed} from other" in said) == (0 < listed < total)
        dated = sentence(selection, dated=True)
        assert dated == f"{said} Ledger checked to 21 November 2026."


def test_one_is_not_many_and_thousands_are_grouped() -> None:
    one = Snapshot(ledger([event("nl-c")]), TODAY)
    assert sentence(Filters().select(one)).startswith("1 record in the Netherlands, listed by ")
    many = [record(f"nl-a-{i}") for i in range(1200)]
    claim = event("nl-c", about=tuple(r.id for r in many))
    said = sentence(Filters().select(Snapshot(ledger([claim], many), TODAY)))
    assert said.startswith("1,200 records in the Netherlands, listed by ")


def test_what_others_count_was_public_by_the_day() -> None:
    today = sentence(Filters().select(on(TODAY)))
    assert "102" in today
    assert "53" in today
    early = Filters().select(on(date(2022, 10, 1)))
    assert early.records
    assert "102" not in sentence(early)
    assert "54" in sentence(early)


def test_what_is_picked_is_said_in_words() -> None:
    assert filter_words(Filters()) == ""
    filters = Filters(country=("NL", "IT"), status=("told_to_stop",), q="Viña")
    said = filter_words(filters)
    assert (
        said
        == "Host country: Netherlands or Italy; Latest word: Told or asked to stop; Search: “Viña”"
    )
    assert filter_words(Filters(province=("unknown",))) == "Chinese province: unknown"
    nested = filter_words(Filters(jurisdiction=("qingtian",)))
    assert "Qingtian" in nested
    assert "Lishui" in nested


def test_every_option_of_every_filter_has_words() -> None:
    assert all(row.label for row in filters())
    for row in facets():
        labels = [row.option_label(code) for code in row.codes]
        assert all(label.strip() for label in labels), row.name
        coded = {label for label in labels if label in row.codes}
        assert coded <= {"unknown"}, row.name
        assert len(set(labels)) == len(labels), row.name


def test_loosening_names_filters_that_help() -> None:
    empty = 0
    for seed in range(300):
        selection = random_filters(seed).select(on(TODAY))
        if selection.records:
            continue
        empty += 1
        found = loosening(selection)
        for name, count in found:
            assert name in selection.filters.active
            assert count > 0
            assert count == len(selection.filters.without(name).select(on(TODAY)).records)
        assert [c for _n, c in found] == sorted((c for _n, c in found), reverse=True)
        helping = {
            name
            for name in selection.filters.active
            if selection.filters.without(name).select(on(TODAY)).records
        }
        assert {name for name, _count in found} == helping
    assert empty > 20


def test_a_filter_too_much_can_be_loosened() -> None:
    filters = Filters(country=("NL",), q="xyzzy")
    assert loosening(filters.select(on(TODAY))) == [("q", 2)]
    assert len(Filters(country=("NL",)).select(on(TODAY)).records) == 2


def test_the_newest_entry_is_public_by_the_day() -> None:
    assert newest_entry(Snapshot(real(), date(2022, 9, 12))) == "12 September 2022"
    assert newest_entry(Snapshot(real(), date(2010, 1, 1))) == ""
    events = [event("nl-a", "2022-09-12"), event("nl-b", "2022-11")]
    assert newest_entry(Snapshot(ledger(events), date(2022, 11, 29))) == "12 September 2022"
    assert newest_entry(Snapshot(ledger(events), date(2022, 11, 30))) == "November 2022"


def test_the_ledger_has_a_date_when_it_has_records() -> None:
    assert ledger_date(real()) == "Ledger checked to 21 November 2026."
    assert ledger_date(replace(real(), records=())) == ""
