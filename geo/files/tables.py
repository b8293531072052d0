"""
The ledger's files as rows of text, before anything is believed of them.

A row keeps the line number that a spreadsheet shows (the header is row 1), so that every
later complaint can name file, row and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from geo.model.text import fold
from geo.wording import _, ngettext


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number as spreadsheets count, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """One file: its columns in order and its rows in file order."""

    name: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def with_rows(self, rows: Iterable[Row]) -> Table:
        """The same file with other rows."""
        return replace(self, rows=tuple(rows))


def quoted(text: str, most: int = 60) -> str:
    """
    Put a cell's text between quotation marks for a complaint.

    Long texts are cut, and what cannot be seen or would break the line is spelled out,
    because the sentence goes to terminals and log files.
    """
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return f'"{printable(cut)}"'


def printable(text: str) -> str:
    """Spell out what cannot be seen or would break the line."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def too_long(length: int, most: int) -> str:
    """Say by how much a text is too long, so that it can be cut to fit."""
    over = ngettext("is {n} character too long", "is {n} characters too long", length - most)
    return over + " " + _("({length}; at most {most})").format(length=length, most=most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """
    One thing that is wrong with the files, said so that a journalist can mend it.

    Attributes
    ----------
    file : str
        Name of the file, without its folder.
    row : int or None
        As a spreadsheet counts; None when the whole file is meant.
    field : str or None
        The column; None when the whole row is meant.
    code : str
        Machine-readable kind, stable over rewordings.
    message : str
        The sentence, without the place.
    warning : bool
        A warning asks for a second look and fails nothing.
    """

    file: str
    row: int | None
    field: str | None
    code: str
    message: str
    warning: bool = False

    def worded(self, code: str, message: str) -> Problem:
        """The same place with another code and sentence."""
        return replace(self, code=code, message=message)

    def __str__(self) -> str:
        place = self.file if self.row is None else f"{self.file}:{self.row}"
        if self.field:
            place += f" {printable(self.field)}"
        return f"{place}: {self.message}"


def owner_of(row: Row) -> str:
    """
    The id by which ``withheld.csv`` names a row.

    A row of origins.csv has none: its jurisdiction stands for it, in small letters and with
    a hyphen for whatever is no letter or digit (``wenzhou-ouhai-district``).
    """
    return row["id"] or re.sub("[^a-z0-9]+", "-", fold(row["origin_city"])).strip("-")


def key_of(columns: Iterable[str], row: Row) -> str:
    """What a row is called: its id, or the cells of its key with ``/`` between."""
    return "/".join(row[column] for column in columns)


def withheld_cells(table: Table) -> frozenset[tuple[str, str]]:
    """The cells that a table laid out like ``withheld.csv`` lists: (id of the row, column)."""
    return frozenset((row["id"], row["field"]) for row in table.rows if row["kind"] == "field")


Tables = Mapping[str, Table]


def rows_of(tables: Tables, name: str) -> tuple[Row, ...]:
    """The rows of a table; none where there is no such table."""
    table = tables.get(name)
    return table.rows if table else ()


def at(
    table: Table, row: Row, field: str | None, code: str, message: str, *, warning: bool = False
) -> Problem:
    """Make a problem that stands in a cell of a table, or in a whole row."""
    return Problem(
        file=table.file, row=row.number, field=field, code=code, message=message, warning=warning
    )
