"""The own check of cells agrees with frictionless, the standard's implementation."""

from __future__ import annotations

from collections.abc import Callable
from decimal import InvalidOperation
from functools import cache
from typing import Any

import pytest
from frictionless import Schema
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.files.cells import CellCheck, cell_check
from geo.files.package import Column, resources

COLUMNS = {(r.name, column.name): column for r in resources() for column in r.columns}
#: what number readers, patterns and trimming are known to differ on
ODD = (
    *("", " ", "0", "-1", "+1", "1.5", "1_000", " 7 ", "７", "007", "1e3", "1e999999999", "-0"),
    *("NaN", "sNaN", "-nan", "inf", "-Infinity", "90", "90.0000001", "-180.1", "9" * 5000, "1,5"),
    *("2022-12", "2022-13", "2022-12-05\n", "NL\n", "\x00", "\u2028", "é", "x" * 700, "null", "NA"),
)


@cache
def reference() -> dict[tuple[str, str], Callable[[str], tuple[Any, dict[str, str] | None]]]:
    """The readers of frictionless, by resource and column."""
    return {
        (resource.name, field.name): field.create_cell_reader()
        for resource in resources()
        for field in Schema.from_descriptor(dict(resource.descriptor)).fields
    }


@cache
def own() -> dict[tuple[str, str], CellCheck]:
    return {place: cell_check(column) for place, column in COLUMNS.items()}


def faults(place: tuple[str, str], cell: str) -> tuple[str, ...]:
    """What frictionless finds; what is not a number is not of the type, bounds or none."""
    try:
        value, notes = reference()[place](cell)
    except InvalidOperation:
        return ("type",)
    return ("type",) if value != value else tuple(notes or {})


def near(column: Column) -> st.SearchStrategy[str]:
    """Cells like those that comply, and cells of any kind."""
    words = [column.example, *column.constraints.get("enum", ()), *ODD]
    some = st.sampled_from(words)
    number = st.one_of(st.integers(), st.floats(), st.decimals()).map(str)
    changed = st.tuples(some, st.sampled_from(" -,aZ09\n\u00a0"), some).map("".join)
    listed = st.lists(some, min_size=2, max_size=3).map(" ".join)
    pattern = column.constraints.get("pattern")
    matching = [st.from_regex(pattern)] if pattern else []
    return st.one_of(some, changed, listed, number, st.text(), *matching)


cells = st.sampled_from(sorted(COLUMNS)).flatmap(
    lambda place: st.tuples(st.just(place), near(COLUMNS[place]))
)


@given(cells)
@settings(deadline=None)
@example((("stations", "host_country"), "NL\n"))
@example((("counts", "value"), "9" * 5000))
@example((("places", "latitude"), "sNaN"))
def test_both_judges_agree_on_any_cell(given_cell: tuple[tuple[str, str], str]) -> None:
    place, cell = given_cell
    assert own()[place](cell) == faults(place, cell)


@pytest.mark.parametrize("place", COLUMNS, ids=".".join)
def test_both_judges_agree_on_odd_cells_in_every_column(place: tuple[str, str]) -> None:
    column = COLUMNS[place]
    cells = (*ODD, column.example, *column.constraints.get("enum", ()))
    assert [own()[place](cell) for cell in cells] == [faults(place, cell) for cell in cells]


@pytest.mark.parametrize(
    ("kind", "constraints"),
    [("date", {}), ("string", {"minLength": 2}), ("number", {"exclusiveMinimum": 0})],
)
def test_what_is_not_known_is_refused_and_not_passed_over(
    kind: str, constraints: dict[str, object]
) -> None:
    column = Column(
        name="x",
        kind=kind,
        example="",
        constraints=constraints,
        listed=False,
        refers="",
        also=frozenset(),
    )
    with pytest.raises(ValueError, match=r"^x: "):
        cell_check(column)
