"""Two spellings, one name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.places.spelling import bare_key, name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Viña del Mar", "vina DEL mar"),
        ("Dobroești", "Dobroeşti"),  # comma below, cedilla
        ("Köln", "Ko\u0308ln"),  # composed, decomposed
        ("Frankfurt-am-Main", "Frankfurt am  Main"),
        ("Xi'an", "Xi’an"),
        ("Xi'an", "Xian"),
        ("St. Gallen", "St Gallen"),
        ("Łódź", "Lodz"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(("one", "other"), [("東京", "京東"), ("दिल्ली", "दल्ली"), ("Bonn", "Bann")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_nothing_of_a_name_is_an_empty_key() -> None:
    assert name_key(" — .'") == ""


@given(st.text())
@settings(database=None, max_examples=500)
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)


@pytest.mark.parametrize(
    ("key", "bare"),
    [
        ("qingtian xian", "qingtian"),
        ("jeju city", "jeju"),
        ("orange county", "orange"),
        ("city", "city"),
        ("xian shi", "xian"),
        ("cityford", "cityford"),
        ("city of london", "city of london"),
    ],
)
def test_one_trailing_generic_word_is_dropped(key: str, bare: str) -> None:
    assert bare_key(key) == bare
