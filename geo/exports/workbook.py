"""
The selection as a workbook (.xlsx): a sheet about it, one for each table, one of all columns.

The same selection gives the same bytes on every machine.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime, time

import xlsxwriter

from geo.exports.file_notes import file_notes
from geo.exports.rows import Provenance, file_version
from geo.exports.sheets import Sheet, formats_of, write_notes, write_table
from geo.exports.tables import Table, selection_tables
from geo.link.opening import Opened
from geo.model.columns import Column
from geo.wording import _
from geo.words.permanent_lines import MEANING, TITLE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _columns(tables: Iterable[Table]) -> Table:
    """Return the table of all columns: what the cells of each sheet mean."""
    names = (_("sheet"), _("column"), _("meaning"), _("form"), _("values"))
    rows = tuple(
        dict(zip(names, _described(table, column), strict=True))
        for table in tables
        for column in table.columns
    )
    return Table(
        name="columns",
        title=_("Columns"),
        description=_("A column of a sheet."),
        columns=tuple(Column(name, "") for name in names),
        rows=rows,
        key=names[:2],
    )


def _described(table: Table, column: Column) -> tuple[str, ...]:
    codes = ", ".join(column.codes)
    return table.title, column.name, column.description, _(column.kind.value), codes


def workbook(opened: Opened, provenance: Provenance) -> bytes:
    """
    Return the selection as a workbook.

    Parameters
    ----------
    opened : Opened
        The address.
    provenance : Provenance
        Where the file comes from.

    Returns
    -------
    bytes
        In the format of Excel 2007 and later (ISO/IEC 29500).
    """
    tables = selection_tables(opened, provenance)
    content = io.BytesIO()
    # in memory: the server may not be able to write anywhere
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    book = xlsxwriter.Workbook(content, options)
    day = opened.snapshot.day
    from_what = f"{day.isoformat()}, {file_version(opened.dataset.version)}"
    book.set_properties(
        {
            "title": _(TITLE),
            "subject": _(MEANING),
            "comments": f"{from_what}, {provenance.link}",
            # the day that is shown: the time of making would be another in each copy
            "created": datetime.combine(day, time()),
        }
    )
    formats, footer = formats_of(book), f"{_(MEANING)} {from_what}"
    notes = file_notes(opened, tables, provenance)
    write_notes(Sheet(book, _("About"), formats, footer), notes)
    for table in (*tables, _columns(tables)):
        write_table(Sheet(book, table.title, formats, footer), table)
    book.close()
    return content.getvalue()
