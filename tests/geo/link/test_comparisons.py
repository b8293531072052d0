"""An address that excludes or compares is never read as one that selects."""

from __future__ import annotations

import pytest

from geo.link.normalising import read_query
from geo.link.opening import open_address
from tests.ledger_files import DATA, TODAY

SIGNS = ("!", "<", ">", "~", "^", "¬", "≠", "≤", "≥", "%21", "%26lt%3B", "%253C", "≤ ")
#: a value of each kind that a comparison can be about
SELECTED = ("country=NL", "status=told_to_stop", "list=ngo-2022-12", "from=2022", "asof=2022-12-05")


def unread(query: str) -> list[str]:
    return [one.sentence for one in open_address(DATA, read_query(query), TODAY).ignored]


@pytest.mark.parametrize("selected", SELECTED)
def test_a_sign_between_name_and_value_is_said(selected: str) -> None:
    name, value = selected.split("=")
    for sign in SIGNS:
        assert unread(f"{name}={sign}{value}"), sign
        assert unread(f"{name}{sign}={value}"), sign
    assert unread(selected) == []


@pytest.mark.parametrize("selected", [one for one in SELECTED if one.split("=")[1][0].isalpha()])
def test_a_minus_in_front_is_said(selected: str) -> None:
    name, value = selected.split("=")
    for sign in ("-", "–", "−", "- ", "%2D"):
        assert unread(f"{name}={sign}{value}"), sign
        assert unread(f"{sign}{name}={value}"), sign
        # one of several would be left out
        assert unread(f"{name}={value},{sign}{value}"), sign


@pytest.mark.parametrize(
    "name",
    ["{}[ne]", "{}[not]", "{}[$nin]", "{}%5Blt%5D", "{}__ne", "{}__in", "{}.neq", "not_{}", "no{}",
     "exclude-{}", "{}:not"],
)  # fmt: skip
def test_a_word_before_or_behind_a_name_is_said(name: str) -> None:
    for selected in SELECTED:
        known, value = selected.split("=")
        assert unread(f"{name.format(known)}={value}"), selected


def test_what_is_not_read_is_asked() -> None:
    for query in ("country=!NL", "country!=NL", "country[ne]=NL", "country__ne=NL", "-country=NL"):
        assert [line.endswith("Did you mean country=NL?") for line in unread(query)] == [True]


@pytest.mark.parametrize(
    "query",
    ["country=<NL>", "country=~~NL~~", "country[]=NL", "country[0]=NL", "<country>=NL",
     "*country*=NL", "contry=NL", "countrys=NL", "country=(NL)", "view=-33.9_18.4_5",
     "sort=-claimed_on"],
)  # fmt: skip
def test_other_signs_are_no_comparisons(query: str) -> None:
    assert unread(query) == []


def test_words_of_a_search_are_the_readers() -> None:
    for sign in (*SIGNS, "-"):
        assert unread(f"q={sign}embassy") == []
