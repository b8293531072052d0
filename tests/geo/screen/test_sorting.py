"""The order of a table's rows: by value, stable, rows without it last, both ways."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.link.arrangement import SORTED_BY
from geo.link.permalink import decode, parse_query
from geo.link.state import State
from geo.screen.data_tables import EVENT_COLUMNS, RECORD_COLUMNS
from geo.screen.sorting import Order, by_value, heading, order_of, written
from geo.words.country_rows import SORTS
from tests.entities import real
from tests.ledger_files import TODAY
from tests.screens import screen_of

CODES = ("name", "first")
TABLES = (
    [column.code for column in RECORD_COLUMNS],
    [column.code for column in EVENT_COLUMNS],
    [*SORTS],
)
OWN = Order("name")


def test_a_link_can_name_the_columns_of_every_table_and_no_other() -> None:
    assert sorted(SORTED_BY) == sorted(code for table in TABLES for code in table)
    state, notices = decode({"sort": ["-claimed_by_whom"]}, real(), TODAY)
    assert state.sort == ""
    assert "-claimed_by_whom" in notices[0]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", OWN),
        ("name", OWN),
        ("-name", Order("name", True)),
        ("first", Order("first")),
        ("-first", Order("first", True)),
        ("--first", OWN),
        ("elsewhere", OWN),
        ("-elsewhere", OWN),
        ("-", OWN),
    ],
)
def test_a_link_names_a_column_and_a_direction(sort: str, order: Order) -> None:
    assert order_of(sort, CODES, OWN) == order
    assert order_of(written(order, OWN), CODES, OWN) == order


def test_a_table_s_own_order_needs_no_word_in_a_link() -> None:
    assert written(OWN, OWN) == ""
    assert written(Order("name", True), OWN) == "-name"
    assert written(Order(), Order()) == ""


@pytest.mark.parametrize(
    ("sort", "code", "then", "says"),
    [
        ("", "first", "first", ""),
        ("first", "first", "-first", "ascending"),
        ("-first", "first", "first", "descending"),
        ("", "name", "-name", "ascending"),
        ("-name", "name", "", "descending"),
        ("-first", "name", "", ""),
    ],
)
def test_a_heading_sorts_and_then_turns_around(sort: str, code: str, then: str, says: str) -> None:
    screen = screen_of(real(), State(sort=sort, rest="1"), "countries")
    made = heading(screen, code, "Label", order_of(sort, CODES, OWN), OWN, part="table")
    address = urlsplit(made.href)
    assert (address.path, address.fragment, made.sort) == ("/countries", "table", says)
    state, notices = decode(parse_query(address.query), real(), TODAY)
    assert (state, notices) == (State(sort=then, rest="1"), [])


VALUES = st.lists(st.none() | st.integers(0, 3))


@given(VALUES, st.booleans())
def test_sorting_is_stable_and_puts_the_unknown_last(
    values: list[int | None], descending: bool
) -> None:
    rows = list(enumerate(values))
    found = by_value(rows, lambda row: row[1], descending)
    assert sorted(found) == rows
    known = [row for row in found if row[1] is not None]
    assert list(found[len(known) :]) == [row for row in rows if row[1] is None]
    for (place, value), (next_place, next_value) in pairwise(known):
        assert value is not None
        assert next_value is not None
        if value == next_value:
            assert place < next_place
        else:
            assert (value > next_value) is descending


def test_an_empty_text_is_no_value_and_zero_is_one() -> None:
    assert by_value(["", "b", "a"], str) == ("a", "b", "")
    assert by_value([1, 0], int) == (0, 1)
