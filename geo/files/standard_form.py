"""
The standard form of a table: one sequence of bytes for what programs write in many ways.

UTF-8 without a byte-order mark, LF, commas, quotation marks only where they are needed, the
columns and rows in order, cells as `geo.files.cell_form` has them. The ledger's version is a
digest of it, `make tidy` writes it, and `make check` warns where a file differs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence

from geo.files.cell_form import tidy_cells
from geo.files.package import Resource
from geo.files.records import cells_of
from geo.files.restoring import restorers
from geo.files.row_order import in_order
from geo.files.tables import Row, Table

#: what separates cells; the first is the standard, the others come from spreadsheets
DELIMITERS = ",;\t"


def delimiter_of(line: str, names: Collection[str]) -> str:
    """
    Return what separates the cells of a file.

    Parameters
    ----------
    line : str
        Its header.
    names : collection of str
        The columns that the file should have.

    Returns
    -------
    str
        One of `DELIMITERS`: the one by which most of the columns are found. A comma if none
        is.
    """
    return max(DELIMITERS, key=lambda sign: len({*cells_of(line, sign)}.intersection(names)))


def csv_text(records: Iterable[Sequence[str]], delimiter: str = DELIMITERS[0]) -> str:
    """
    Return records as CSV with LF line ends, quoted only where it is needed.

    Parameters
    ----------
    records : iterable of sequence of str
        The header and the rows.
    delimiter : str
        One of `DELIMITERS`.

    Returns
    -------
    str
        With a line end after each record.
    """
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(records)
    return text.getvalue()


def column_order(resource: Resource, columns: Sequence[str]) -> list[str]:
    """
    Return columns in the order of the data package.

    Parameters
    ----------
    resource : Resource
        The file, as the data package describes it.
    columns : sequence of str
        In the order of the file.

    Returns
    -------
    list of str
        Those that the data package does not name are last, in the order of the file; those
        without any name are left out.
    """
    known = [name for name in resource.names if name in columns]
    # at the end, a column without a name would be read as no column, and its cells as too many
    return known + [name for name in columns if name not in resource.names and name.strip()]


def tidied(resource: Resource, table: Table) -> Table:
    """
    Return a table with the cells that its standard form has, in the order of the file.

    Parameters
    ----------
    resource : Resource
        The file, as the data package describes it.
    table : Table
        What was read from it.

    Returns
    -------
    Table
        With tidy cells, in which dates and numbers are restored where that is certain.
    """
    restoring = restorers(resource).items()

    def tidy(row: Row) -> Row:
        before = list(row.cells.values())
        # the same list where all cells are tidy, as in nearly all rows
        after = tidy_cells(before)
        cells = row.cells if after is before else dict(zip(row.cells, after, strict=True))
        for name, restored in restoring:
            cell = cells.get(name)
            if cell and (meant := restored(cell)) != cell:
                cells = {**cells, name: meant}
        return row if cells is row.cells else Row(row.number, cells)

    return table.with_rows(map(tidy, table.rows))


def standard_form(resource: Resource, table: Table) -> str:
    """
    Return a table in its standard form.

    Parameters
    ----------
    resource : Resource
        The file, as the data package describes it.
    table : Table
        What was read from it. Rows that were empty are not in it; cells of rows that have too
        many, or that are under no name, are lost, so do not write such a file.

    Returns
    -------
    str
        CSV. The form of a table that was read from it is the same text again.
    """
    columns = column_order(resource, table.columns)
    rows = in_order(table.name, tidied(resource, table).rows)
    return csv_text([columns, *([row.cells.get(name, "") for name in columns] for row in rows)])
