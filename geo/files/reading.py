"""
Reading the ledger's files, damaged ones included.

Files come from spreadsheets, editors and mail programs. Everything that can be read is
read; each irregularity is reported once, with the row number that a spreadsheet shows.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from geo.files.decoding import (
    ESCAPED,
    UNFINISHED,
    content_of,
    not_utf8,
    other_encoding,
    text_of,
    wide_encoding,
    without_separator_line,
)
from geo.files.form_warning import form_warning
from geo.files.headers import Layout, first_layout, found_layout, header_problems, repeated_header
from geo.files.package import Resource, resources
from geo.files.records import Record, long_cells
from geo.files.tables import Problem, Row, Table
from geo.wording import _

#: codes after which the rows of a file, or one of its columns, are not there to be judged
LOST = frozenset({"missing-file", "unreadable-file", "other-encoding", "empty-file", "header"})
#: codes of lines that are no rows
NO_ROWS = frozenset({"blank-row", "repeated-header"})
#: codes of rows whose cells may be under the wrong column
BROKEN = frozenset({"cell-count", "quotes", "not-utf-8", "above-header"}) | NO_ROWS
#: codes of files whose cells cannot all be told apart
SHAPELESS = frozenset({"header", "quotes", "above-header", "repeated-header"})
#: the list of what may not be shown is obeyed as far as it can be read
LIST = "withheld"

#: contents of files that are kept as they were read: most files are the same at the next reading,
#: in the releases, and for the version and the checks
PARSED = 64


def _padded(cells: list[str], columns: tuple[str, ...], layout: Layout) -> bool:
    """Say whether what a record has too much is empty, as in the header."""
    most = len(layout.header.cells)
    return len(columns) < len(cells) <= most and not any(cells[len(columns) :])


def _fault(record: Record, columns: tuple[str, ...], layout: Layout) -> tuple[str, str]:
    """Return code and sentence of what is wrong with the cells of a record; empty if nothing is."""
    header = layout.header.number
    if record.fault:
        # it is short because of it
        return "quotes", record.fault
    if not any(cell.strip() for cell in record.cells):
        return "blank-row", _("is empty: delete the row")
    if repeated_header(record.cells, layout):
        return "repeated-header", _("repeats the header: delete the row")
    if layout.columns and record.number < header:
        form = _("is above the header, which is row {n}: the header has to be the first row")
        return "above-header", form.format(n=header)
    if len(record.cells) != len(columns) and not _padded(record.cells, columns, layout):
        form = _("has {n} cells, but the header has {columns}")
        return "cell-count", form.format(n=len(record.cells), columns=len(columns))
    return "", ""


def _rows(resource: Resource, layout: Layout, problems: list[Problem]) -> Iterator[Row]:
    """Yield a row for each record that is not blank, with any number of cells."""
    columns = layout.columns or resource.names
    for record in layout.records:
        if record is layout.header and layout.columns:
            continue
        code, message = _fault(record, columns, layout)
        if code:
            problems.append(
                Problem(
                    file=resource.file, row=record.number, field=None, code=code, message=message
                )
            )
        # the rows below a repeated header are laid out as it says
        columns = repeated_header(record.cells, layout) or columns
        if code in NO_ROWS:
            continue
        odd = not_utf8(resource.file, record.number, record.cells)
        problems.extend(odd)
        by_column: dict[str, str] = {}
        for name, cell in zip(columns, record.cells, strict=False):
            by_column.setdefault(name, cell.translate(ESCAPED) if odd else cell)
        yield Row(record.number, by_column)


def _parsed(resource: Resource, content: bytes) -> tuple[Table, list[Problem]]:
    problems: list[Problem] = []
    # StringIO and not splitlines: only CR and LF end a line of CSV
    text = without_separator_line(text_of(content, resource.file, problems))
    lines = list(io.StringIO(text, newline=""))
    listed = resource.name == LIST
    layout = (found_layout if listed else first_layout)(lines, resource.names)
    problems += header_problems(resource, layout)
    # without a header nothing but the list is read: it says which rows there may be
    rows = tuple(_rows(resource, layout, problems)) if layout.columns or listed else ()
    table = Table(resource.name, resource.file, tuple(dict.fromkeys(layout.columns)), rows)
    # what cannot be told apart into cells has no form to compare
    if not any(problem.code in SHAPELESS for problem in problems):
        problems += form_warning(content, layout.delimiter, resource, table)
    return table, problems


def parsed(resource: Resource, content: bytes) -> tuple[Table, list[Problem]]:
    """
    Read the content of a file.

    Parameters
    ----------
    resource : Resource
        The file, as the data package describes it.
    content : bytes
        All of it.

    Returns
    -------
    table : Table
        Without columns and rows where nothing can be told apart.
    problems : list of Problem
        What is wrong with it as a file. Nothing is raised for bad content.
    """
    file = resource.file
    if not content.removeprefix(codecs.BOM_UTF8).strip():
        message = _("the file is empty: even the header is missing")
        fault = Problem(file=file, row=None, field=None, code="empty-file", message=message)
        return Table(resource.name, file, (), ()), [fault]
    with long_cells():
        if not (name := wide_encoding(content)):
            return _parsed(resource, content)
        # read all the same: a list of what may not be shown is obeyed as far as it can be
        table, faults = _parsed(resource, content.decode(name, "replace").encode())
    cut = [problem for problem in faults if problem.code == UNFINISHED]
    return table, [other_encoding(file, name), *cut]


def _resource(name: str) -> Resource:
    (resource,) = [one for one in resources() if one.name == name]
    return resource


@lru_cache(maxsize=PARSED)
def _parsed_once(name: str, content: bytes) -> tuple[Table, tuple[Problem, ...]]:
    table, problems = parsed(_resource(name), content)
    return table, tuple(problems)


def forget_contents() -> None:
    """Drop the contents that are kept, so that none lasts in memory that is gone from its file."""
    _parsed_once.cache_clear()


def _read(resource: Resource, folder: Path) -> tuple[Table, list[Problem]]:
    file = resource.file
    if resource.optional and not (folder / file).exists():
        return Table(resource.name, file, resource.names, ()), []
    content = content_of(folder / file, file)
    if isinstance(content, Problem):
        return Table(resource.name, file, (), ()), [content]
    table, problems = _parsed_once(resource.name, content)
    return table, list(problems)


def read_table(folder: Path, name: str) -> tuple[Table, list[Problem]]:
    """
    Read one file that the data package names.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``.
    name : str
        Of the resource.

    Returns
    -------
    table : Table
        Without rows where there is no file.
    problems : list of Problem
        What is wrong with it as a file.
    """
    return _read(_resource(name), folder)


def read_tables(folder: Path) -> tuple[dict[str, Table], list[Problem]]:
    """
    Read every file that the data package names from a folder.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``; it needs no data package in it.

    Returns
    -------
    tables : dict of str to Table
        One for each resource of the data package; without rows where there is no file.
    problems : list of Problem
        What is wrong with the files as files. Nothing is raised for bad content.
    """
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for resource in resources():
        tables[resource.name], faults = _read(resource, folder)
        problems += faults
    return tables, problems
