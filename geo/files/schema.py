"""
The check of each cell against the data package, and the sentences that report it.

`geo.files.cells` returns the names of the constraints that a cell breaks; they are put into
sentences here, because a curator mends a row and not a regular expression.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from geo.files.cells import CellCheck, cell_check
from geo.files.package import Column, resources
from geo.files.tables import Problem, Row, Table, quoted, too_long
from geo.model import dates
from geo.wording import _

#: comparing names is slow: so many suggestions a run, so many candidates each
SUGGESTIONS = 100
CANDIDATES = 600
#: most wrong entries of one cell that are reported
WRONG_ITEMS = 10


class Suggester:
    """
    Offers the known word that was probably meant, as “ (did you mean …?)”.

    Both the number of suggestions and the words compared are bounded, so that a file in
    which every row is wrong is still checked within seconds.
    """

    def __init__(self) -> None:
        self._left = SUGGESTIONS

    def __call__(self, value: str, known: Collection[str]) -> str:
        """
        Suggest the known word that is most similar to a value.

        Parameters
        ----------
        value : str
            The unknown word.
        known : collection of str
            The words that it may be.

        Returns
        -------
        str
            In brackets after a space; empty if no word is similar or the limit is reached.
        """
        if self._left <= 0 or not value or len(value) > 100:
            return ""
        if len(known) > CANDIDATES:
            known = [word for word in known if word[:4] == value[:4]][:CANDIDATES]
        self._left -= 1
        near = difflib.get_close_matches(value, sorted(known), 1, 0.6)
        return " " + _("(did you mean {word}?)").format(word=near[0]) if near else ""


def _pattern_sentence(column: Column, cell: str) -> str:
    example = column.example.split(" ")[0] if column.listed else column.example
    if dates.PATTERN.match(example):
        try:
            dates.parse(cell.removesuffix("/"))
        except ValueError as error:
            return str(error)
        return _("{value} is not a date like {example}").format(value=quoted(cell), example=example)
    return _("{value} should look like {example}").format(value=quoted(cell), example=example)


def _sentence(column: Column, code: str, cell: str, suggest: Suggester) -> tuple[str, str]:
    bound = column.constraints.get(code)
    if code == "required":
        return "required", _("is empty but required")
    if code == "type":
        whole = _("{value} is not a whole number") if column.kind == "integer" else ""
        return "type", (whole or _("{value} is not a number")).format(value=quoted(cell))
    if code == "enum":
        words = ", ".join(bound or ())
        known = _("{value} is not one of {words}").format(value=quoted(cell), words=words)
        return "enum", known + suggest(cell, bound or ())
    if code == "maxLength":
        return "too-long", too_long(len(cell), int(bound or 0))
    if code in {"minimum", "maximum"}:
        form = _("{value} is below {bound}") if code == "minimum" else _("{value} is above {bound}")
        return "out-of-range", form.format(value=quoted(cell), bound=bound)
    return "pattern", _pattern_sentence(column, cell)


def _items(
    column: Column, cell: str, known: Collection[str], suggest: Suggester
) -> Iterator[tuple[str, str]]:
    items = cell.split(" ") if column.listed else [cell]
    if "" in items:
        yield "spaces", _("has an extra space: use one space between values and none at the ends")
    seen: set[str] = set()
    for item in filter(None, items):
        if item in seen:
            yield "listed-twice", _("lists {value} twice").format(value=quoted(item))
        elif item not in known and item not in column.also:
            words = sorted(column.also)
            if column.refers:
                form = _("no row of {file} has the id {value}")
                choice: Collection[str] = {*known, *words} if len(known) <= CANDIDATES else known
            else:
                form, choice = _("{value} is not one of {words}"), words
            message = form.format(
                value=quoted(item), file=f"{column.refers}.csv", words=", ".join(words)
            )
            code = "unknown-id" if column.refers else "enum"
            yield code, message + suggest(item, choice)
        seen.add(item)


@dataclass(frozen=True, slots=True)
class _Judge:
    """What is needed to judge the cells of one file."""

    table: Table
    checks: Mapping[str, CellCheck]
    ids: Mapping[str, Collection[str] | None]
    suggest: Suggester

    def cell(self, column: Column, row: Row) -> Iterator[Problem]:
        cell = row[column.name]
        findings: list[tuple[str, str]] = []
        known = self.ids.get(column.refers, ()) if column.refers else ()
        # a list without its file cannot be looked up; the missing file is reported once
        if cell and (column.listed or column.refers) and known is not None:
            findings += islice(_items(column, cell, known, self.suggest), WRONG_ITEMS)
        for code in self.checks[column.name](cell):
            # the wrong entry has been reported, which says more than the pattern of the list
            if not (code in {"pattern", "enum"} and findings):
                findings.append(_sentence(column, code, cell, self.suggest))
                break
        for code, message in findings:
            yield Problem(
                file=self.table.file, row=row.number, field=column.name, code=code, message=message
            )


def _repeated(table: Table, fields: tuple[str, ...]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        value = tuple(row[field] for field in fields)
        if not any(value):
            continue
        before = first.setdefault(value, row.number)
        if before != row.number:
            message = _("{value} already appears in row {row}").format(
                value=quoted(", ".join(filter(None, value))), row=before
            )
            field = fields[0] if len(fields) == 1 else None
            yield Problem(
                file=table.file, row=row.number, field=field, code="duplicate", message=message
            )


def schema_problems(tables: Mapping[str, Table], lost: Collection[str] = ()) -> Iterator[Problem]:
    """
    Yield what the data package objects to, cell by cell.

    Parameters
    ----------
    tables : Mapping
        The files, as `read_tables` returns them.
    lost : collection of str
        Names of the tables that could not be read whole; references to them are not
        looked up.

    Yields
    ------
    Problem
        File by file, in the order of the data package.
    """
    suggest = Suggester()
    ids = {
        name: None if name in lost else frozenset(row["id"] for row in table.rows)
        for name, table in tables.items()
    }
    for resource in resources():
        table = tables[resource.name]
        checks = {column.name: cell_check(column) for column in resource.columns}
        judge = _Judge(table, checks, ids, suggest)
        columns = [column for column in resource.columns if column.name in table.columns]
        for row in table.rows:
            for column in columns:
                yield from judge.cell(column, row)
        alone = [column.name for column in columns if column.constraints.get("unique")]
        for fields in (resource.key, *((name,) for name in alone)):
            if fields and set(fields) <= set(table.columns):
                yield from _repeated(table, fields)
