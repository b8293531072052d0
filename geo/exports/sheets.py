"""
The sheets of a workbook: formats, cells, and how a table becomes a sheet.

Text is written as text, so that no program reads an id, a version or a partial date as a
number, a day or a formula. Whole days are written as days. A cell that is one address is a
link.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from geo.exports.file_notes import Note
from geo.exports.quotes import safe
from geo.exports.tables import Table
from geo.model.columns import Kind
from geo.wording import _
from geo.words.permanent_lines import TITLE

#: what Excel allows in a sheet: units of UTF-16 in a cell, links, and characters of a link
#: before and after its number sign
LONGEST_CELL, MOST_LINKS, LONGEST_LINK, LONGEST_ANCHOR = 32_767, 65_530, 2079, 255
#: Excel takes 1900 for a leap year, so before this day its days are not those of other programs
FIRST_DAY = date(1900, 3, 1)
#: widths of columns in characters, the lines of the highest row, and points of a line
NARROWEST, WIDEST, MOST_LINES, LINE = 8, 60, 6, 15
#: rows of a table by which the width of its columns is chosen
MEASURED = 2000
#: a heading has the arrow of its filter behind it
_ARROW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """The formats of cells, each made once for a workbook."""

    title: Any
    heading: Any
    label: Any
    text: Any
    day: Any
    link: Any
    number: Any


def formats_of(book: Any) -> Formats:
    """Make the formats of cells for a workbook."""
    top = {"valign": "top"}
    return Formats(
        title=book.add_format({"bold": True, "font_size": 16}),
        heading=book.add_format(
            {**top, "bold": True, "bottom": 1, "bg_color": "#EEEEEE", "num_format": "@"}
        ),
        label=book.add_format({**top, "bold": True}),
        # with the format of text a cell stays text when it is edited
        text=book.add_format({**top, "text_wrap": True, "num_format": "@"}),
        day=book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"}),
        link=book.add_format({**top, "text_wrap": True, "underline": 1, "font_color": "#0B57A4"}),
        number=book.add_format({**top, "num_format": "0"}),
    )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def fitting(text: str) -> str:
    """
    Return a text as far as a cell can hold it.

    Parameters
    ----------
    text : str
        Of any length.

    Returns
    -------
    str
        The text itself, or its beginning with a note that the rest is missing.
    """
    # no character has more than two units
    if 2 * len(text) <= LONGEST_CELL or _units(text) <= LONGEST_CELL:
        return text
    note = " " + _("[Cut off: a cell of a workbook cannot hold more. The CSV file has all of it.]")
    kept = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - _units(note))]
    # half of a character outside the basic plane is dropped
    return kept.decode("utf-16-le", errors="ignore") + note


def day_of(text: str) -> date | None:
    """Return a whole day that every spreadsheet program shows alike; None for any other text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= FIRST_DAY else None


def can_be_linked(text: str) -> bool:
    """Say whether a cell is one address that Excel accepts as a link."""
    if not text.startswith("http"):
        return False
    address, _sign, anchor = text.partition("#")
    return len(address) <= LONGEST_LINK and len(anchor) <= LONGEST_ANCHOR and safe(text) is not None


class Sheet:
    """
    A sheet of a workbook, written cell by cell.

    Parameters
    ----------
    book : xlsxwriter.Workbook
        The workbook.
    name : str
        Of the sheet.
    formats : Formats
        Those of the workbook.
    footer : str
        Printed under each page.
    """

    def __init__(self, book: Any, name: str, formats: Formats, footer: str) -> None:
        self.sheet = book.add_worksheet(name)
        self.formats = formats
        self._links = 0
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        # & begins a code in a footer
        self.sheet.set_footer("&L&8" + footer.replace("&", "&&") + "&R&8&P / &N")

    def write(self, row: int, column: int, text: str, kind: Kind = Kind.TEXT) -> None:
        """
        Write a cell; an empty one is left out.

        Parameters
        ----------
        row, column : int
            Its place, from 0.
        text : str
            What it contains.
        kind : Kind
            Days and numbers are written as such.
        """
        if not text:
            return
        if kind is Kind.DAY and (day := day_of(text)):
            self.sheet.write_datetime(row, column, day, self.formats.day)
        elif kind is Kind.NUMBER and text.isdecimal() and len(text) < 16:
            self.sheet.write_number(row, column, int(text), self.formats.number)
        elif self._links < MOST_LINKS and can_be_linked(text):
            self._links += 1
            self.sheet.write_url(row, column, text, self.formats.link, text)
        else:
            self.sheet.write_string(row, column, fitting(text), self.formats.text)

    def head(self, names: Sequence[str], widths: Sequence[int], rows: int) -> None:
        """
        Write the headings of a table: they stay in view, and each has a filter.

        Parameters
        ----------
        names : sequence of str
            The headings.
        widths : sequence of int
            Of the columns, in characters.
        rows : int
            How many follow.
        """
        for column, (name, width) in enumerate(zip(names, widths, strict=True)):
            self.sheet.write_string(0, column, name, self.formats.heading)
            self.sheet.set_column(column, column, width)
        self.sheet.freeze_panes(1, 1)
        self.sheet.autofilter(0, 0, rows, len(names) - 1)
        self.sheet.repeat_rows(0)
        self.sheet.repeat_columns(0)
        # digits that are text, as in an id, are no mistake
        whole = {"number_stored_as_text": f"A1:XFD{rows + 1}"}
        self.sheet.ignore_errors(whole)


def _width(name: str, cells: Iterable[str]) -> int:
    longest = max((len(line) for cell in cells for line in cell.split("\n")), default=0)
    return max(NARROWEST, len(name) + _ARROW, min(longest + 1, WIDEST))


def _lines(cells: Iterable[str], widths: Sequence[int]) -> int:
    """Return how many lines the highest cell of a row needs."""
    needed = (-(-len(cell) // width) for cell, width in zip(cells, widths, strict=True))
    return max(1, min(MOST_LINES, max(needed, default=1)))


def write_table(sheet: Sheet, table: Table) -> None:
    """
    Fill a sheet with a table.

    Parameters
    ----------
    sheet : Sheet
        An empty one.
    table : Table
        Its columns and rows.
    """
    names = table.names
    widths = [_width(name, (row[name] for row in islice(table.rows, MEASURED))) for name in names]
    sheet.head(names, widths, len(table.rows))
    kinds = [column.kind for column in table.columns]
    for number, row in enumerate(table.rows, start=1):
        cells = [row[name] for name in names]
        sheet.sheet.set_row(number, LINE * _lines(cells, widths))
        for column, (cell, kind) in enumerate(zip(cells, kinds, strict=True)):
            sheet.write(number, column, cell, kind)


def write_notes(sheet: Sheet, notes: Iterable[Note]) -> None:
    """
    Fill a sheet with what the workbook says of itself.

    Parameters
    ----------
    sheet : Sheet
        An empty one.
    notes : iterable of (str, str)
        What each note is about, and what it says.
    """
    sheet.sheet.set_portrait()
    sheet.sheet.fit_to_pages(1, 0)
    sheet.sheet.hide_gridlines(2)
    sheet.sheet.set_column(0, 0, 24)
    sheet.sheet.set_column(1, 1, 96)
    sheet.sheet.write_string(0, 0, _(TITLE), sheet.formats.title)
    for row, (name, words) in enumerate(notes, start=2):
        sheet.sheet.write_string(row, 0, name, sheet.formats.label)
        sheet.write(row, 1, words)
        sheet.sheet.set_row(row, LINE * _lines([words], [90]))
