"""
Reading the ledger's files, damaged ones included.

Files come from spreadsheets, editors and mail programs. Everything that can be read is
read; each irregularity is reported once, with the row number that a spreadsheet shows.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.files.package import Resource, resources
from geo.files.regular import read_regular
from geo.files.schema import Suggester
from geo.files.tables import Problem, Row, Table, quoted
from geo.wording import _

#: codes after which the rows of a file, or one of its columns, are not there to be judged
LOST = frozenset({"missing-file", "unreadable-file", "other-encoding", "empty-file", "header"})
#: codes of rows whose cells may be under the wrong column
BROKEN = frozenset({"cell-count", "blank-row", "quotes", "not-utf-8"})
#: code of a file whose last line has no end
UNFINISHED = "unfinished"

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
# bytes that are no UTF-8 are decoded as lone surrogates, and recognised by them
_LONE = re.compile("[\udc80-\udcff]")
_ESCAPED = dict.fromkeys(range(0xDC80, 0xDD00), "\ufffd")

#: characters; other libraries move the limit of the csv module, so it is set for each run
LONGEST_READ = 1_000_000

Record = tuple[int, list[str]]


def _wide(content: bytes) -> str:
    """Return the name of the encoding with two or four bytes a letter, if it is one."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    # without a mark: every other byte of English text is zero
    start = content[:400]
    if len(start) < 4 or start.count(0) * 5 <= len(start) * 2:
        return ""
    return "UTF-16-LE" if start[1::2].count(0) > start[::2].count(0) else "UTF-16-BE"


def _may_be_windows_1252(text: str) -> bool:
    try:
        text.encode("utf-8", "surrogateescape").decode("windows-1252")
    except UnicodeDecodeError:
        return False
    return True


def _salvaged(line: str) -> list[str]:
    """Return the cells of one line with a stray quote, as far as they can be told apart."""
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return line[:1000].split(",")


def _records(lines: list[str], file: str, problems: list[Problem]) -> Iterator[Record]:
    """Yield each row with its number; a stray quote makes one row unreadable, not the rest."""

    def feed(start: int) -> Iterator[str]:
        for index in range(start, len(lines)):
            yield lines[index]

    number, start = 0, 0
    while start < len(lines):
        reader = csv.reader(feed(start), strict=True)
        begin = start
        try:
            for cells in reader:
                number += 1
                begin = start + reader.line_num
                yield number, cells
            return
        except csv.Error as error:
            number += 1
            if "limit" in str(error):
                message = _("has a cell that is far too long to be read")
            else:
                message = _("has an unclosed or stray quotation mark")
            problems.append(
                Problem(file=file, row=number, field=None, code="quotes", message=message)
            )
            # the row may answer records: its cells say which have to be set aside with it
            yield number, _salvaged(lines[begin])
            start = begin + 1


def _header(resource: Resource, cells: list[str], problems: list[Problem]) -> tuple[str, ...]:
    suggest = Suggester()

    def say(code: str, message: str) -> None:
        problems.append(Problem(file=resource.file, row=1, field=None, code=code, message=message))

    missing = [name for name in resource.names if name not in cells]
    if missing:
        names = ", ".join(missing)
        say("header", _("the header lacks {names}").format(names=names))
    for place, name in enumerate(cells):
        if name not in resource.names:
            form = _("the header has the unknown column {name}")
            say("unknown-column", form.format(name=quoted(name)) + suggest(name, missing))
        elif name in cells[:place]:
            form = _("the header has the column {name} twice; the first is used")
            say("repeated-column", form.format(name=quoted(name)))
    return tuple(dict.fromkeys(cells))


def _not_utf8(file: str, number: int, cells: list[str]) -> list[Problem]:
    text = "".join(cells)
    if not _LONE.search(text):
        return []
    message = _("is not UTF-8 text: save the file as UTF-8")
    if _may_be_windows_1252(text):
        message = _("is not UTF-8 text (it looks like Windows-1252): save the file as UTF-8")
    return [Problem(file=file, row=number, field=None, code="not-utf-8", message=message)]


def _rows(
    file: str, records: Iterable[Record], header: list[str], problems: list[Problem]
) -> Iterator[Row]:
    """Yield a row for each line that is not blank, with any number of cells."""
    for number, cells in records:
        # a row with a stray quote has been reported, and is short because of it
        if not (problems and problems[-1].row == number):
            if not any(cell.strip() for cell in cells):
                message = _("is empty: delete the row")
                problems.append(
                    Problem(file=file, row=number, field=None, code="blank-row", message=message)
                )
                continue
            if len(cells) != len(header):
                message = _("has {n} cells, but the header has {columns}")
                message = message.format(n=len(cells), columns=len(header))
                problems.append(
                    Problem(file=file, row=number, field=None, code="cell-count", message=message)
                )
        odd = _not_utf8(file, number, cells)
        problems.extend(odd)
        by_column: dict[str, str] = {}
        for name, cell in zip(header, cells, strict=False):
            by_column.setdefault(name, cell.translate(_ESCAPED) if odd else cell)
        yield Row(number, by_column)


def _text(content: bytes, file: str, problems: list[Problem]) -> str:
    text = content.decode("utf-8", "surrogateescape")
    if text.startswith("\ufeff"):
        text = text[1:]
        message = _("begins with a byte-order mark: save it as UTF-8 without a BOM")
        problems.append(Problem(file=file, row=None, field=None, code="bom", message=message))
    if b"\r" in content:
        line = content[: content.index(b"\r")].count(b"\n") + 1
        message = _("line {line} has a Windows or old Mac line ending (CR): save the file with LF")
        problems.append(
            Problem(
                file=file, row=None, field=None, code="line-ends", message=message.format(line=line)
            )
        )
    if not text.endswith(("\n", "\r")):
        message = _("the last line has no line break, so the file may be cut off")
        problems.append(
            Problem(file=file, row=None, field=None, code=UNFINISHED, message=message, warning=True)
        )
    return text


def _content(path: Path, file: str) -> bytes | Problem:
    """Return the content of a text file, or the problem that prevents it."""
    try:
        content = read_regular(path)
    except FileNotFoundError:
        return Problem(
            file=file, row=None, field=None, code="missing-file", message=_("the file is missing")
        )
    except OSError as error:
        message = _("the file cannot be read ({reason})").format(reason=error.strerror)
        return Problem(file=file, row=None, field=None, code="unreadable-file", message=message)
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        message = _("the file is empty: even the header is missing")
        return Problem(file=file, row=None, field=None, code="empty-file", message=message)
    return content


def _read(resource: Resource, folder: Path) -> tuple[Table, list[Problem]]:
    file = resource.file
    if resource.optional and not (folder / file).exists():
        return Table(resource.name, file, resource.names, ()), []
    content = _content(folder / file, file)
    if isinstance(content, Problem):
        return Table(resource.name, file, (), ()), [content]
    if name := _wide(content):
        # read all the same: a list of what may not be shown is obeyed as far as it can be
        table, _faults = _parsed(resource, content.decode(name, "replace").encode())
        return table, [_other_encoding(file, name)]
    return _parsed(resource, content)


def _other_encoding(file: str, name: str) -> Problem:
    message = _("line 1 is not UTF-8 (the file looks like {name}): save the file as UTF-8")
    return Problem(
        file=file,
        row=None,
        field=None,
        code="other-encoding",
        message=message.format(name=name[:6]),
    )


def _parsed(resource: Resource, content: bytes) -> tuple[Table, list[Problem]]:
    file = resource.file
    problems: list[Problem] = []
    # StringIO and not splitlines: only CR and LF end a line of CSV
    lines = list(io.StringIO(_text(content, file, problems), newline=""))
    records = _records(lines, file, problems)
    header = next(records, (0, []))[1]
    if problems and problems[-1].code == "quotes":
        message = _("the first row cannot be read, so the columns are unknown")
        problems[-1] = Problem(file=file, row=1, field=None, code="header", message=message)
        return Table(resource.name, file, (), ()), problems
    problems += _not_utf8(file, 1, header)
    header = [name.translate(_ESCAPED) for name in header]
    columns = _header(resource, header, problems)
    rows = tuple(_rows(file, records, header, problems))
    return Table(resource.name, file, columns, rows), problems


@contextmanager
def _long_cells() -> Iterator[None]:
    limit = csv.field_size_limit(LONGEST_READ)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


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
    (resource,) = [one for one in resources() if one.name == name]
    with _long_cells():
        return _read(resource, folder)


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
    with _long_cells():
        for resource in resources():
            tables[resource.name], faults = _read(resource, folder)
            problems += faults
    return tables, problems
