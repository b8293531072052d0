"""
The ledger's files as rows of text, not yet checked.

A row keeps the number that a spreadsheet shows (the header is row 1), so that a problem
can name file, row and column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from geo.files.package import keys
from geo.model.characters import printable
from geo.wording import ngettext

#: the byte-order mark at the start of a text
BOM = "\ufeff"
#: columns of the register that quote cells as they once were
QUOTING = frozenset({"before", "after"})


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
        """Return the same file with other rows."""
        return replace(self, rows=tuple(rows))


def quoted(text: str, most: int = 60) -> str:
    """
    Put a cell's text between quotation marks for a complaint.

    Long texts are cut, and invisible characters and line breaks are escaped, because the
    sentence is written to terminals and log files.

    Parameters
    ----------
    text : str
        The text of a cell.
    most : int
        Most characters of it.

    Returns
    -------
    str
        With straight quotation marks.
    """
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return f'"{printable(cut)}"'


def too_long(length: int, most: int) -> str:
    """
    Say by how much a text is too long, so that it can be cut to fit.

    Parameters
    ----------
    length, most : int
        Characters that it has, and may have.

    Returns
    -------
    str
        The rest of a sentence that begins with the place.
    """
    return ngettext(
        "is {n} character too long ({length}; at most {most})",
        "is {n} characters too long ({length}; at most {most})",
        length - most,
        length=length,
        most=most,
    )


#: a cell: file, number of the row, column
Cell = tuple[str, int, str]


def cell(table: Table, row: Row, column: str) -> Cell:
    """
    Name a cell of a table.

    Parameters
    ----------
    table : Table
        The file.
    row : Row
        The row in it.
    column : str
        Name of the column.

    Returns
    -------
    tuple
        Name of the file, number of the row as a spreadsheet counts, column.
    """
    return table.file, row.number, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """
    One thing that is wrong with the files, worded so that a journalist can mend it.

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
        Whether it asks for a second look only; a warning fails nothing.
    reads : tuple of tuple
        Other cells that the rule compared: if one of them has a problem itself, this one is
        its consequence (`geo.checks.causes`).
    """

    file: str
    row: int | None
    field: str | None
    code: str
    message: str
    warning: bool = False
    reads: tuple[Cell, ...] = ()

    def worded(self, code: str, message: str) -> Problem:
        """
        Return the same place with another code and sentence.

        Parameters
        ----------
        code : str
            The kind of problem.
        message : str
            The sentence, without the place.

        Returns
        -------
        Problem
            With the same file, row, column and ``warning``.
        """
        return replace(self, code=code, message=message)

    def compared(self, *cells: Cell) -> Problem:
        """
        Return the same problem with the cells that the rule compared.

        Parameters
        ----------
        *cells : tuple
            As `cell` names them.

        Returns
        -------
        Problem
            A consequence where one of these has a problem itself.
        """
        return replace(self, reads=cells)

    def __str__(self) -> str:
        place = self.file if self.row is None else f"{self.file}:{self.row}"
        if self.field:
            place += f" {self.field}"
        # to terminals and log files; a message may quote a cell, and the name of a column is one
        return printable(f"{place}: {self.message}")


def joined_key(cells: Iterable[str]) -> str:
    """Join the cells of a row's key, ``/`` between them: ``NL//Rotterdam``."""
    return "/".join(cells)


def key_of(table: str, row: Row) -> str:
    """
    Return the name of a row: its id, or the cells of its key with ``/`` between.

    The register, ``withheld.csv`` and comparisons name rows in this way and in no other.

    Parameters
    ----------
    table : str
        Name of the table.
    row : Row
        A row of that table.

    Returns
    -------
    str
        Unique in its table.
    """
    return joined_key(row[column] for column in keys()[table])


Tables = Mapping[str, Table]


def rows_of(tables: Tables, name: str) -> tuple[Row, ...]:
    """
    Return the rows of a table.

    Parameters
    ----------
    tables : Mapping
        The files, as `read_tables` returns them.
    name : str
        Name of the table.

    Returns
    -------
    tuple of Row
        In file order; empty where there is no such table.
    """
    table = tables.get(name)
    return table.rows if table else ()


def at(
    table: Table,
    row: Row,
    field: str | None,
    code: str,
    message: str,
    *,
    warning: bool = False,
) -> Problem:
    """
    Report a problem of a cell of a table, or of a whole row.

    Parameters
    ----------
    table : Table
        The file.
    row : Row
        The row in it.
    field : str or None
        The column; None for the whole row.
    code, message : str
        Kind, and sentence without the place.
    warning : bool
        Whether it fails nothing.

    Returns
    -------
    Problem
        With the name of the file and the number of the row.
    """
    return Problem(
        file=table.file,
        row=row.number,
        field=field,
        code=code,
        message=message,
        warning=warning,
    )
