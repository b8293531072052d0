"""Words of a text are the same for every way of typing them, and of nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.named_days import typed_days
from geo.model.searchable import key_of, needle, phrase, searchable, words


@pytest.mark.parametrize(
    "written",
    [
        ("China's", "China’s", "Chinaʼs", "CHINA‘S", "China", "china"),
        ("New York", "New-York", "New‑York", "new–york", "NEW YORK,", "“New York”"),
        ("“police station”", '"police station"', "police station", "«police-station»"),
        ("Xi'an", "Xi’an", "Xian", "XIʼAN"),
        ("Viña del Mar", "vina del mar", "Vin\u0303a-del-Mar"),
        ("İstanbul", "ISTANBUL", "istanbul", "ıstanbul"),
        ("Straße", "STRASSE", "strasse"),
        ("U.K.", "UK", "uk", "U.K"),
        ("阿姆斯特丹", "「阿姆斯特丹」", " 阿姆斯特丹。"),
        ("the Germans’ answer", "the Germans' answer", "the germans answer"),
    ],
)
def test_ways_of_typing_have_the_same_words(written: tuple[str, ...]) -> None:
    assert len({key_of(text) for text in written}) == 1, [key_of(text) for text in written]


def test_a_code_that_is_a_word_differs_from_the_word() -> None:
    assert words("U.S. officials told us; the US did") == words("us_ officials told us the us_ did")
    assert words("U.S.") == words("US") == words("u.s.") != words("us")


@pytest.mark.parametrize(
    ("word", "text", "there"),
    [
        ("us", "in August in Russia", False),
        ("uk", "of Ukraine", False),
        ("oman", "of Romania", False),
        ("nice", "in Venice", False),
        ("station", "police stations", True),
        ("station", "substation", False),
        ("aquila", "at L’Aquila", True),
        ("laquila", "at L’Aquila", True),
        ("青田", "浙江青田县", True),
    ],
)
def test_a_word_is_found_whole_or_by_its_beginning(word: str, text: str, there: bool) -> None:
    assert (needle(word) in searchable(text)) is there


@pytest.mark.parametrize(
    ("key", "text", "there"),
    [
        ("new york", "In New-York’s port", True),
        ("new york", "a new Yorkshire", False),
        ("罗马", "在罗马尼亚", True),
    ],
)
def test_a_name_is_found_in_a_row_and_whole(key: str, text: str, there: bool) -> None:
    assert (phrase(key) in searchable(text)) is there


@given(st.text(max_size=30))
def test_the_key_of_a_key_is_the_key(text: str) -> None:
    assert key_of(key_of(text)) == key_of(text)
    assert key_of(unicodedata.normalize("NFD", text)) == key_of(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("query", "days", "rest"),
    [
        ("2022-12-05", ["2022-12-05"], ""),
        ("5 December 2022 embassy", ["2022-12-05"], "embassy"),
        ("dec 2022", ["2022-12"], ""),
        ("december 5, 2022", ["2022-12-05"], ""),
        ("5.12.2022", ["2022-12-05"], ""),
        ("31.12.2022 and 2023-01", ["2022-12-31", "2023-01"], "and"),
        ("2022", [], "2022"),
        ("may march on", [], "may march on"),
        ("30.02.2022", [], "30.02.2022"),
        ("2022-13-05", [], "2022-13-05"),
    ],
)
def test_days_are_taken_out_of_a_query(query: str, days: list[str], rest: str) -> None:
    found, left = typed_days(query)
    assert sorted(day.text for day in found) == sorted(days)
    assert left.split() == rest.split()
