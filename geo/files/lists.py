"""
Small CSV files that a command is given: reasons of a release, archived copies.

They come from the same spreadsheets as the ledger's files and are read as tolerantly, but are
written by nobody, so what can be read needs no warning.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from geo.errors import AtlasError
from geo.files.decoding import not_utf8, text_of, utf8_of, without_separator_line
from geo.files.records import Record, cells_of, long_cells, records_of
from geo.files.regular import read_regular
from geo.files.standard_form import DELIMITERS
from geo.wording import _


def _named(cells: Sequence[str]) -> list[str]:
    return [cell.strip().lower() for cell in cells]


def _delimiter(line: str, names: Sequence[str]) -> str:
    """Return what separates the cells: found by the names, else by their number."""

    def fits(sign: str) -> tuple[int, bool]:
        cells = _named(cells_of(line, sign))
        return len(set(cells).intersection(names)), len(cells) == len(names)

    return max(DELIMITERS, key=fits)


def list_records(path: Path, names: Sequence[str]) -> list[Record]:
    """
    Read the records of a list, which may have a header or none.

    Parameters
    ----------
    path : Path
        CSV in UTF-8 or UTF-16; semicolons and tabs are read too.
    names : sequence of str
        The columns, in lower case.

    Returns
    -------
    list of Record
        Those that are not blank, without empty cells behind the last column.

    Raises
    ------
    AtlasError
        With a sentence for the file or for each row, when it cannot be read.
    """
    try:
        content = utf8_of(read_regular(path))
    except OSError as error:
        form = _("The list “{file}” cannot be read: {why}.")
        raise AtlasError(form.format(file=path, why=error.strerror or str(error))) from None
    text = without_separator_line(text_of(content, path.name, []))
    lines = list(io.StringIO(text, newline=""))
    with long_cells():
        records = list(records_of(lines, _delimiter(lines[0] if lines else "", names)))
    faults = [problem for one in records for problem in not_utf8(path.name, one.number, one.cells)]
    form = _("{file}:{row}: {fault}.")
    torn = [form.format(file=path.name, row=r.number, fault=r.fault) for r in records if r.fault]
    if faults or torn:
        raise AtlasError(*(f"{fault}." for fault in faults), *torn)
    return [
        one._replace(cells=_without_end(one.cells, len(names)))
        for one in records
        if any(cell.strip() for cell in one.cells)
    ]


def _without_end(cells: list[str], least: int) -> list[str]:
    """Leave out the empty cells at the end that spreadsheets add."""
    number = len(cells)
    while number > least and not cells[number - 1].strip():
        number -= 1
    return cells[:number]


def read_list(path: Path, names: Sequence[str]) -> list[Record]:
    """
    Read a list whose columns are found by its header.

    Parameters
    ----------
    path, names
        As for `list_records`.

    Returns
    -------
    list of Record
        Those below the header, with a cell for each name and in that order.

    Raises
    ------
    AtlasError
        With a sentence for the file or for each row, when it cannot be read.
    """
    records = list_records(path, names)
    header = _named(records[0].cells) if records else []
    if missing := [name for name in names if name not in header]:
        form = _("The header of the list “{file}” lacks {names}.")
        raise AtlasError(form.format(file=path, names=", ".join(missing)))
    places = [header.index(name) for name in names]
    form = _("{file}:{row}: has {n} cells, but the header has {columns}.")
    wrong = [
        form.format(file=path.name, row=one.number, n=len(one.cells), columns=len(header))
        for one in records[1:]
        if not max(places) < len(one.cells) <= len(header)
    ]
    if wrong:
        raise AtlasError(*wrong)
    return [one._replace(cells=[one.cells[p] for p in places]) for one in records[1:]]
