"""The block of a search lists the place first, and then what mentions it."""

from __future__ import annotations

import re

import pytest

from geo.link.selection import Filters
from geo.screen.matches import SHOWN, matches_block
from tests.entities import on
from tests.ledger_files import TODAY
from tests.screens import screen_on


def ids(query: str) -> list[str]:
    html = matches_block(screen_on(on(TODAY), filters=Filters(q=query)))
    return re.findall(r'data-record="([^"]+)"', html)


@pytest.mark.parametrize(
    "query", ["阿姆斯特丹", "Wien", "Odessa", "Czech Republic", "US", "Montreal"]
)
def test_the_place_is_listed_first(query: str) -> None:
    selection = Filters(q=query).select(on(TODAY))
    listed = ids(query)
    count = len(selection.in_place)
    assert count
    assert listed[:count] == [r.id for r in selection.in_place]
    assert sorted(listed) == sorted(selection.record_ids)


@pytest.mark.parametrize("query", ["China’s", "police", "2022-12-05"])
def test_what_mentions_the_query_is_listed_whole(query: str) -> None:
    selection = Filters(q=query).select(on(TODAY))
    assert len(selection.records) > SHOWN
    assert sorted(ids(query)) == sorted(selection.record_ids)


def test_without_a_search_the_block_is_empty() -> None:
    assert matches_block(screen_on(on(TODAY), filters=Filters(country=("NL",)))) == ""


def test_what_was_typed_is_no_markup() -> None:
    html = matches_block(screen_on(on(TODAY), filters=Filters(q="<b>police</b>")))
    assert "<b>" not in html
