"""The headline: its first number is that of the records, and each filter is a clause of it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from geo.link.parameters import facets
from geo.link.selection import Filters
from geo.words.headline import ANSWERED, COUNTRIES, RECORDS, answered, headline
from tests.entities import days, on
from tests.geo.link.test_selection import random_filters
from tests.ledger_files import TODAY

BEFORE = re.compile(r"\[([^\]]*)\]")


def said(day: date = TODAY, **filters: object) -> str:
    as_of = None if day == TODAY else day
    return headline(Filters().replace(**filters).select(on(day)), as_of).text


@pytest.mark.parametrize("day", [TODAY, *days(6)], ids=str)
def test_the_first_number_is_the_number_of_records(day: date) -> None:
    for seed in range(40):
        selection = random_filters(seed).select(on(day))
        line = headline(selection)
        found = re.match(r"([\d,]+) records? ", line.text)
        assert (int(found[1].replace(",", "")) if found else 0) == len(selection.records)
        assert found or line.text == "No records match."
        figures = BEFORE.findall(line.counted)
        assert len(figures) == len(line.links)
        numbers = dict(zip(line.links, figures, strict=True))
        if COUNTRIES in numbers:
            assert int(numbers[COUNTRIES].split()[0]) == len(selection.countries)
        if (number := numbers.get(ANSWERED, "")).isdigit():
            assert int(number) == len(answered(selection))


def test_without_a_filter_it_counts_answers() -> None:
    line = headline(Filters().select(on(TODAY)))
    assert line.text == "84 records of claims in 40 countries; authorities of 25 have answered"
    assert line.links == (RECORDS, COUNTRIES, ANSWERED)


@pytest.mark.parametrize(
    ("filters", "day", "words"),
    [
        (
            {"province": ("CN-ZJ",)},
            date(2022, 12, 5),
            "As of 5 December 2022: 25 records in 17 countries name police of Zhejiang",
        ),
        (
            {"country": ("NL",)},
            TODAY,
            "2 records of claims in the Netherlands; its authorities have answered",
        ),
        (
            {"country": ("AO",)},
            TODAY,
            "1 record of a claim in Angola; no answer by host authorities found",
        ),
        (
            {"country": ("NL", "FR", "IT")},
            date(2023, 1, 1),
            "As of 1 January 2023: 14 records of claims in France, Italy and the Netherlands; "
            "authorities of 3 had answered",
        ),
        (
            {"status": ("no_offence_found", "inquiry_closed")},
            TODAY,
            "4 records in 3 countries have the latest word “No offence found, or inquiry closed”",
        ),
        (
            {"country": ("IT",), "province": ("CN-ZJ", "unknown"), "since": "2022-09"},
            TODAY,
            "3 records in Italy name police of Zhejiang or a place not named and were first "
            "claimed since September 2022",
        ),
    ],
)
def test_filters_are_clauses(filters: dict[str, object], day: date, words: str) -> None:
    found = said(day, **filters)
    if "since" in filters:
        # how many there are is for the first test to say
        assert found.partition(" records in ")[2] == words.partition(" records in ")[2]
    else:
        assert found == words


def test_each_code_of_each_filter_has_its_words() -> None:
    for row in facets():
        assert row.clause or row.name == "country", row.name
        for code in row.codes if row.clause else ():
            for n in (1, 2):
                assert row.clause
                clause = row.clause(n, (code,))
                assert "{" not in clause
                assert not clause.endswith(" "), clause


def test_brackets_that_are_searched_for_are_no_links() -> None:
    line = headline(Filters(q="a").select(on(TODAY)))
    assert "“a”" in line.clauses
    assert "“" not in line.counted
