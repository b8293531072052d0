"""
Dates and numbers that a spreadsheet has written in its own way, where it is certain which.

A spreadsheet makes ``05.12.2022`` of ``2022-12-05``, and ``51,92`` of ``51.92`` where the comma
is the decimal sign. Both can be undone. The first of a month cannot, for it may have been the
month alone; nor ``12/5/2022``, which is another day in another country.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from geo.files.cells import cell_check
from geo.files.package import Column, Resource
from geo.model import dates

#: columns of numbers with this many decimals
DECIMALS = {"latitude": 2, "longitude": 2}
#: years below it are what a spreadsheet makes of a year: 2022 is a day of 1905 or 1909
_FIRST_YEAR = 1910
_SHORT = re.compile(r"(-?[0-9]+)(?:\.([0-9]*))?")
_COMMA = re.compile(r"(-?[0-9]{1,3}),([0-9]+)")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[ T]0{1,2}:00(?::00)?)?")

#: from a tidy cell to what it was before; the same cell where that is not certain
Restorer = Callable[[str], str]


def is_dated(column: Column) -> bool:
    """Say whether the cells of a column are dates."""
    example = column.example.removesuffix("/")
    return "pattern" in column.constraints and bool(dates.PATTERN.match(example))


def _number(column: Column) -> Restorer:
    decimals = DECIMALS[column.name]

    def restored(cell: str) -> str:
        if not (found := _SHORT.fullmatch(cell) or _COMMA.fullmatch(cell)):
            return cell
        # zeros are added and never removed
        return f"{found[1]}.{(found[2] or '').ljust(decimals, '0')}"

    return restored


def _written(cell: str) -> date | None:
    """Return the day that a spreadsheet has written; None if it is not one day in all countries."""
    if found := _DAY_FIRST.fullmatch(cell):
        day, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(cell):
        year, month, day = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _date(column: Column) -> Restorer:
    takes_months = not cell_check(column)("2022-12")

    def restored(cell: str) -> str:
        day = None if dates.PATTERN.match(cell) else _written(cell)
        # the first of a month is what a spreadsheet makes of a month, too
        is_certain = day and day.year >= _FIRST_YEAR and (day.day > 1 or not takes_months)
        return day.isoformat() if day and is_certain else cell

    return restored


def restorers(resource: Resource) -> Mapping[str, Restorer]:
    """
    Return what restores the cells of a table.

    Parameters
    ----------
    resource : Resource
        The file, as the data package describes it.

    Returns
    -------
    mapping of str to callable
        By column; columns that are neither dates nor numbers with fixed decimals have none.
    """
    found: dict[str, Restorer] = {}
    for column in resource.columns:
        if column.name in DECIMALS:
            found[column.name] = _number(column)
        elif is_dated(column):
            found[column.name] = _date(column)
    return found
