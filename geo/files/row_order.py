"""
The order of rows in the files that have one: events by country and day, places by name.

Rows that are equal in it keep the order of the file, which settles what came first on one day.
The other files are in the order that their curators gave them.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from geo.files.cell_form import BLANKS, tidy_cells
from geo.files.tables import Problem, Row, Tables, at, cell, key_of, quoted
from geo.invocation import command_line
from geo.model.dates import parse
from geo.wording import _

#: what a row is sorted by; its parts differ by table, so only keys of one table are compared
Key = tuple[Any, ...]


def _event(row: Row) -> Key:
    said = parse(row["said_on"].strip(BLANKS))
    # a month is public when it ends: it comes after its days, as in the replay
    return row["country"].strip(BLANKS), said.end, said.first


def _place(row: Row) -> Key:
    return tuple(tidy_cells([row["country"], row["region"], row["city"]]))


_KEYS: dict[str, Callable[[Row], Key]] = {"investigations": _event, "places": _place}
#: the columns that the keys are made from
_COLUMNS = {"investigations": ("country", "said_on"), "places": ("country", "region", "city")}


def _keyed(name: str, rows: Sequence[Row]) -> Iterator[Key]:
    """Yield the key of each row; one without a readable date has that of the row before it."""
    key_of_row, key = _KEYS[name], None
    for row in rows:
        try:
            key = key_of_row(row)
        except ValueError:
            key = key or ("",)
        yield key


def in_order(name: str, rows: Sequence[Row]) -> list[Row]:
    """
    Return the rows of a table in its order.

    Parameters
    ----------
    name : str
        Of the table.
    rows : sequence of Row
        In file order.

    Returns
    -------
    list of Row
        The same rows; unchanged for a table without an order.
    """
    if name not in _KEYS:
        return list(rows)
    pairs = zip(_keyed(name, rows), rows, strict=True)
    return [row for _key, row in sorted(pairs, key=lambda pair: pair[0])]


def moves(name: str, rows: Sequence[Row]) -> int:
    """
    Count the rows that have to be moved to put a table in order.

    Parameters
    ----------
    name : str
        Of the table.
    rows : sequence of Row
        In file order.

    Returns
    -------
    int
        The fewest; 0 for a table without an order.
    """
    # all but the longest sequence of rows that are in order already (patience sorting)
    ends: list[int] = []
    for row in in_order(name, rows):
        place = bisect.bisect_left(ends, row.number)
        ends[place : place + 1] = [row.number]
    return len(rows) - len(ends)


def misplaced(tables: Tables) -> Iterator[Problem]:
    """Warn of the first row of a file that belongs above the row before it."""
    for name in _KEYS:
        table = tables[name]
        keys = list(_keyed(name, table.rows))
        for place in range(1, len(keys)):
            if keys[place] < keys[place - 1]:
                first = table.rows[bisect.bisect_right(keys[:place], keys[place])]
                form = _("belongs above row {row} ({id}): `{command}` puts the rows in order")
                message = form.format(
                    row=first.number, id=quoted(key_of(name, first)), command=command_line("tidy")
                )
                problem = at(table, table.rows[place], None, "order", message, warning=True)
                yield problem.compared(
                    *(
                        cell(table, row, column)
                        for row in (first, *table.rows[place - 1 : place + 1])
                        for column in _COLUMNS[name]
                    )
                )
                break
