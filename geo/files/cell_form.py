"""
The form of a cell, as far as a program may restore it without changing what the cell says.

Spreadsheets and systems write one text in several ways: letters with separate marks, line
ends of two characters, blanks at the ends. Dates and numbers: `geo.files.restoring`.
"""

from __future__ import annotations

import re
import unicodedata

#: what is removed at the ends of a cell; other blanks are named by the check and stay
BLANKS = " \t\r\n"
_SEPARATOR = "\0"
_UNTIDY = re.compile(rf"(?:^|{_SEPARATOR})[{BLANKS}]|[{BLANKS}](?:$|{_SEPARATOR})|\r")


def tidy_cell(cell: str) -> str:
    """
    Return a cell in Unicode's form NFC, with LF line ends and without blanks at its ends.

    Parameters
    ----------
    cell : str
        As read.

    Returns
    -------
    str
        The same text for a reader. A second time changes nothing more.
    """
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", cell).strip(BLANKS)


def tidy_cells(cells: list[str]) -> list[str]:
    """
    Return the cells of a row as `tidy_cell` has them.

    Parameters
    ----------
    cells : list of str
        As read.

    Returns
    -------
    list of str
        The same list if all are tidy, which is found without looking at each.
    """
    joined = _SEPARATOR.join(cells)
    if unicodedata.is_normalized("NFC", joined) and not _UNTIDY.search(joined):
        return cells
    return [tidy_cell(cell) for cell in cells]
