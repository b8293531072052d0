"""Titles of pictures: what is shown, in words, and whether there are answers to it."""

from __future__ import annotations

import pytest

from geo.link.selection import Filters
from geo.words.headline import answered
from geo.words.selection_title import selection_title
from tests.entities import on
from tests.geo.link.test_selection import random_filters
from tests.ledger_files import TODAY


@pytest.mark.parametrize(
    ("filters", "title"),
    [
        (Filters(country=("NL",)), "Netherlands: two records, and the answers"),
        (Filters(country=("AO",)), "Angola: one record; no answer by host authorities found"),
        (Filters(country=("AO",), q="xyzzy"), "Angola · a search: no record matches"),
    ],
)
def test_a_title_names_its_subject_and_not_its_filters(filters: Filters, title: str) -> None:
    assert selection_title(filters.select(on(TODAY))) == title


def test_a_title_promises_answers_where_there_are_some() -> None:
    seen = set()
    for seed in range(200):
        selection = random_filters(seed).select(on(TODAY))
        title = selection_title(selection)
        if not selection.records:
            assert title.endswith(": no record matches")
            continue
        given = bool(answered(selection))
        seen.add(given)
        assert title.endswith(", and the answers") == given, title
        assert title.lower().count("no answer") <= 1
    assert seen == {True, False}
