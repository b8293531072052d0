"""
Which record of a file is its header, and what is wrong with it.

It is the first one. The list of what may not be shown is read wherever its header is, in any
spelling and with other characters between cells, because a title above it is no reason to
show what it names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from geo.files.decoding import ESCAPED, not_utf8
from geo.files.package import Resource
from geo.files.records import Record, records_of
from geo.files.schema import Suggester
from geo.files.standard_form import DELIMITERS, delimiter_of
from geo.files.tables import Problem, quoted
from geo.files.withheld_rows import CELL_ENDS
from geo.wording import _

#: around names of columns in files of other programs
_AROUND = " \t\r\n\ufeff#'\"‘’“”"
#: in ids, keys and days, and not in the name of a column
_VALUE = re.compile(r"/|-\d")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """
    How the records of a file are laid out.

    Attributes
    ----------
    records : iterable of Record
        All of them, header included, in file order.
    header : Record
        The record with the names of the columns.
    columns : tuple of str
        These names; empty if there is no header.
    delimiter : str
        Between cells.
    anywhere : bool
        Whether the header may be in any row, and in more than one.
    """

    records: Iterable[Record]
    header: Record
    columns: tuple[str, ...]
    delimiter: str = ","
    anywhere: bool = False


def _plain(cells: Iterable[str]) -> tuple[str, ...]:
    """Return the names of columns without odd spaces, quotation marks and case."""
    return tuple(cell.strip(_AROUND).lower() for cell in cells)


def _parts(cells: Iterable[str]) -> list[str]:
    return [part for cell in cells for part in CELL_ENDS.split(cell)]


def _candidates(lines: Sequence[str]) -> Iterator[Layout]:
    """Yield a layout for each record that names the column of ids, the likelier ones first."""
    # a line in quotation marks is one cell, whatever is between its parts
    ways: list[tuple[str, Callable[[Iterable[str]], list[str]]]]
    ways = [*((delimiter, list) for delimiter in DELIMITERS), (",", _parts)]
    for delimiter, cells_of in ways:
        records = list(records_of(lines, delimiter))
        for record in records:
            columns = _named(_plain(cells_of(record.cells)))
            if "id" in columns and not any(map(_VALUE.search, columns)):
                yield Layout(
                    records=records,
                    header=record,
                    columns=columns,
                    delimiter=delimiter,
                    anywhere=True,
                )


def _named(names: Iterable[str]) -> tuple[str, ...]:
    """Leave out the columns without a name at the end, which spreadsheets add."""
    columns = list(names)
    while columns and not columns[-1].strip():
        columns.pop()
    return tuple(columns)


def first_layout(lines: Sequence[str], known: Sequence[str]) -> Layout:
    """
    Return the layout of a file whose first record is its header.

    Parameters
    ----------
    lines : sequence of str
        The text, with line ends.
    known : sequence of str
        The names of the columns.

    Returns
    -------
    Layout
        Without columns if the first record cannot be read.
    """
    delimiter = delimiter_of(lines[0] if lines else "", known)
    records = records_of(lines, delimiter)
    header = next(records, Record(0, []))
    names = () if header.fault else _named(name.translate(ESCAPED) for name in header.cells)
    return Layout(records=records, header=header, columns=names, delimiter=delimiter)


def found_layout(lines: Sequence[str], known: Sequence[str]) -> Layout:
    """
    Return the layout of a list with its header in any row.

    Parameters
    ----------
    lines : sequence of str
        The text, with line ends.
    known : sequence of str
        The names of the columns.

    Returns
    -------
    Layout
        By the record that names most columns, the first of several; without columns if none
        names that of ids.
    """
    best, found = 0, None
    for layout in _candidates(lines):
        if (count := len(set(layout.columns).intersection(known))) > best:
            best, found = count, layout
        if best == len(known):
            break
    if found:
        return found
    records = list(records_of(lines))
    header = next(iter(records), Record(0, []))
    return Layout(records=records, header=header, columns=(), anywhere=True)


def repeated_header(cells: Sequence[str], layout: Layout) -> tuple[str, ...]:
    """
    Return the columns of the rows below a record that is the header once more.

    Parameters
    ----------
    cells : sequence of str
        The record.
    layout : Layout
        How the file is laid out.

    Returns
    -------
    tuple of str
        The same names, perhaps in another order; empty for any other record.
    """
    if not layout.anywhere:
        return ()
    names = _named(_plain(cells))
    return names if sorted(names) == sorted(layout.columns) else ()


def _wrong_names(resource: Resource, layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield code and sentence for what is wrong with the names of the columns."""
    suggest = Suggester()
    cells = _named(cell.translate(ESCAPED) for cell in layout.header.cells)
    missing = [name for name in resource.names if name not in (layout.columns or cells)]
    if missing:
        yield "header", _("the header lacks {names}").format(names=", ".join(missing))
    # as they are told apart
    read = _plain(cells) if layout.anywhere else tuple(cells)
    for place, name in enumerate(cells):
        if read[place] in read[:place]:
            form = _("the header has the column {name} twice; the first is used")
            yield "repeated-column", form.format(name=quoted(name))
        elif name not in resource.names:
            form = _("the header has the unknown column {name}")
            (plain,) = _plain([name])
            meant = _("(did you mean {word}?)").format(word=plain)
            near = f" {meant}" if plain in layout.columns and plain in resource.names else ""
            yield (
                "unknown-column",
                form.format(name=quoted(name)) + (near or suggest(name, missing)),
            )


def _wrong(resource: Resource, layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield code and sentence for what is wrong with a header."""
    if layout.header.fault and not layout.columns:
        yield "header", _("the first row cannot be read, so the columns are unknown")
        return
    if layout.header.fault:
        yield "quotes", layout.header.fault
    yield from _wrong_names(resource, layout)


def header_problems(resource: Resource, layout: Layout) -> list[Problem]:
    """
    Report what is wrong with a header.

    Parameters
    ----------
    resource : Resource
        The file.
    layout : Layout
        How it is laid out.

    Returns
    -------
    list of Problem
        With the code “header” where a column is missing, or the columns are not known.
    """
    number = layout.header.number or 1
    readable = layout.columns or not layout.header.fault
    odd = not_utf8(resource.file, number, layout.header.cells) if readable else []
    return odd + [
        Problem(file=resource.file, row=number, field=None, code=code, message=message)
        for code, message in _wrong(resource, layout)
    ]
