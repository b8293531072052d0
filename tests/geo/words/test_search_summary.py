"""A search says in one sentence what it has found where."""

from __future__ import annotations

import re

import pytest

from geo.link.selection import Filters
from geo.words.extracts import extract
from geo.words.search_summary import read_as, search_summary
from tests.entities import on
from tests.ledger_files import TODAY


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("Wien", "1 record in Vienna."),
        ("阿姆斯特丹", "1 record in Amsterdam; {m} more mentions? it."),
        ("Czech Republic", "{n} records in Czechia."),
        ("Holland", "{n} records in the Netherlands."),
        ("China’s", "No record is in China; {m} mention it."),
        ("Oman", "No record is in Oman."),
        ("xyzzy", "No record matches “xyzzy”."),
        ("2022-12-05", "{m} records have entries dated 5 December 2022."),
        ("“police station”", "{m} records mention “police station”."),
        ("nl-rotterdam-1", "1 record for “nl-rotterdam-1”."),
        ("Rotterdam Netherlands", "1 record in Rotterdam; {m} more mentions? it."),
        ("Wien ngo", "1 record in Vienna matches “Wien ngo”."),
    ],
)
def test_a_search_is_told_in_one_sentence(query: str, sentence: str) -> None:
    selection = Filters(q=query).select(on(TODAY))
    n, total = len(selection.in_place), len(selection.records)
    expected = sentence.format(n=n, m=total - n)
    assert re.fullmatch(expected.replace(".", r"\."), search_summary(selection))


def test_without_a_query_there_is_no_sentence() -> None:
    assert search_summary(Filters(country=("NL",)).select(on(TODAY))) == ""
    assert read_as(Filters().select(on(TODAY))) == []


def test_the_sentence_counts_what_the_other_filters_leave() -> None:
    selection = Filters(q="police", country=("NL",)).select(on(TODAY))
    assert search_summary(selection) == f"{len(selection.records)} records mention “police”."


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("Wien", [("Wien", "Vienna, Austria")]),
        ("Odessa", [("Odessa", "Odesa, Ukraine")]),
        ("US", [("US", "United States")]),
        ("Vienna", []),
        ("police", []),
        ("Firenze police", [("firenze", "Florence, Italy")]),
    ],
)
def test_another_name_is_explained(query: str, read: list[tuple[str, str]]) -> None:
    assert read_as(Filters(q=query).select(on(TODAY))) == read


@pytest.mark.parametrize("query", ["Amsterdam", "Montreal", "China’s", "Fuzhou", "police", "青田"])
def test_an_extract_shows_the_words_as_they_are_written(query: str) -> None:
    selection = Filters(q=query).select(on(TODAY))
    in_place = {r.id for r in selection.in_place}
    assert selection.search is not None
    for record in selection.records:
        if record.id in in_place:
            continue
        piece = extract(record, on(TODAY), selection.search.terms)
        assert piece is not None
        assert piece.found, (record.id, piece)
        if piece.where == "summary":
            assert piece.found in record.summary
