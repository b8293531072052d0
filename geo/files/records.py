"""The records of a CSV file, with numbers as spreadsheets count, stray quotation marks included."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from geo.wording import _

#: characters; other libraries move the limit of the csv module, so it is set for each run
LONGEST_READ = 1_000_000


class Record(NamedTuple):
    """
    One record of a file.

    Attributes
    ----------
    number : int
        As a spreadsheet counts, from 1.
    cells : list of str
        Those that could be told apart.
    fault : str
        Why the others could not, as the rest of a sentence; empty if all could.
    """

    number: int
    cells: list[str]
    fault: str = ""


def cells_of(line: str, delimiter: str) -> list[str]:
    """
    Return the cells of one line, as far as they can be told apart.

    Parameters
    ----------
    line : str
        With or without its end; a quotation mark in it may lack its pair.
    delimiter : str
        Between cells.

    Returns
    -------
    list of str
        At least one cell, unless the line is empty.
    """
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line[:1000].split(delimiter)


def records_of(lines: Sequence[str], delimiter: str = ",") -> Iterator[Record]:
    """
    Yield each record; a stray quotation mark makes one unreadable, not the rest.

    Parameters
    ----------
    lines : sequence of str
        The text, with line ends.
    delimiter : str
        Between cells.

    Yields
    ------
    Record
        In file order, blank ones included.
    """

    def feed(start: int) -> Iterator[str]:
        for index in range(start, len(lines)):
            yield lines[index]

    number, start = 0, 0
    while start < len(lines):
        reader = csv.reader(feed(start), strict=True, delimiter=delimiter)
        begin = start
        try:
            for cells in reader:
                number += 1
                begin = start + reader.line_num
                yield Record(number, cells)
            return
        except csv.Error as error:
            number += 1
            if "limit" in str(error):
                fault = _("has a cell that is far too long to be read")
            else:
                fault = _("has an unclosed or stray quotation mark")
            # the row may answer records: its cells say which have to be set aside with it
            yield Record(number, cells_of(lines[begin], delimiter), fault)
            start = begin + 1


@contextmanager
def long_cells() -> Iterator[None]:
    """Allow cells of `LONGEST_READ` characters for as long as files are read."""
    limit = csv.field_size_limit(LONGEST_READ)
    try:
        yield
    finally:
        csv.field_size_limit(limit)
