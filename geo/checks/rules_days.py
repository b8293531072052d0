"""
Rules about days that must agree: of an event and its pages, of an act and its report.

A row that was put together from two reports has the day of one and the words of the other.
Such a row signs a sentence with a day on which nobody said it, so the rules compare every
day that a row gives, in its id and its texts too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from geo.files.building import words
from geo.files.tables import Cell, Problem, Row, Table, Tables, at, cell, quoted, rows_of
from geo.model.dates import Interval, lenient
from geo.model.named_days import named_days
from geo.model.vocabulary import CLAIM, GENERAL
from geo.wording import _

#: a page that is younger than this tells what others have said before it
LATEST_PAGE = 3
#: basis of a day that was worked out from a later page
INFERRED = "inferred"
#: columns that readers see on any day; `note` is left out on past days
_TEXTS = ("authority", "summary")
#: column of the day that an id contains, by table
DATED = {"investigations": "said_on", "sources": "published", "counts": "claimed_on"}

_IN_ID = re.compile(r"-([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?![0-9])")


#: day of a page, and the cell that has it
Published = tuple[Interval | None, Cell]
_UNPUBLISHED: Published = (None, ("", 0, ""))


def _overlap(one: Interval, other: Interval | None) -> bool:
    return other is not None and one.first < other.end and other.first < one.end


def id_days(tables: Tables) -> Iterator[Problem]:
    """
    Warn of ids that contain another day than their row.

    An id is never renamed, so a day that was corrected differs from it for good: an entry of
    the register about that cell says so.
    """
    corrected = {(row["record"], row["field"]) for row in rows_of(tables, "corrections")}
    for name, column in DATED.items():
        table = tables[name]
        for row in table.rows:
            named = _day_in_id(row)
            if not named and _IN_ID.search(row["id"]):
                message = _("{id} contains a date that does not exist").format(id=quoted(row["id"]))
                yield at(table, row, "id", "id-day", message, warning=True)
            # a day that cannot be read is reported as such
            if not named or (row["id"], column) in corrected or not _differs(named, row, column):
                continue
            form = _(
                "{value} differs from {day}, the date in the id: correct it, unless it was "
                "corrected after the id had been given"
            )
            if not row[column]:
                form = _(
                    "is empty, but the id has the date {day}: give the page’s date, if it has one"
                )
            message = form.format(value=quoted(row[column]), day=named.text)
            problem = at(table, row, column, "id-day", message, warning=True)
            yield problem.compared(cell(table, row, column))


def _day_in_id(row: Row) -> Interval | None:
    found = _IN_ID.search(row["id"])
    return lenient(found[1]) if found else None


def _differs(named: Interval, row: Row, column: str) -> bool:
    if row[column] and lenient(row[column]) is None:
        return False
    return not any(_overlap(named, lenient(row[one])) for one in (column, "happened_on"))


def happened_first(tables: Tables) -> Iterator[Problem]:
    """Require acts to have happened before, or on the day, they were made public."""
    table = tables["investigations"]
    for row in table.rows:
        said, happened = lenient(row["said_on"]), lenient(row["happened_on"])
        if said and happened and happened.first > said.last:
            message = _(
                "{happened} is after {said}, the day on which it was said: swap the two, or "
                "leave this cell empty"
            ).format(happened=quoted(row["happened_on"]), said=row["said_on"])
            reads = (cell(table, row, column) for column in ("said_on", "happened_on"))
            yield at(table, row, "happened_on", "happened-later", message).compared(*reads)


def joined_reports(tables: Tables) -> Iterator[Problem]:
    """
    Warn of events that tell, or rest on, something later than the day on which they were said.

    A text that readers see on any day may name no later day; nor may the note of an event that
    leaves a latest word. Its pages are at most `LATEST_PAGE` days younger, unless the day was
    worked out from a later page. A page whose day a text names has the same cause as the text.
    """
    sources = tables["sources"]
    published = {
        row["id"]: (lenient(row["published"]), cell(sources, row, "published"))
        for row in sources.rows
    }
    table = tables["investigations"]
    for row in table.rows:
        if said := lenient(row["said_on"]):
            named = _later_days(row, said)
            for column, day in named.items():
                message = _(
                    "names {later}, which is later than said_on ({said}): make what was said then "
                    "a separate event"
                ).format(later=day.text, said=said.text)
                problem = at(table, row, column, "later-day", message, warning=True)
                yield problem.compared(*_doubtful(table, row, day, 0))
            late = [
                page
                for page in _late_pages(row, said, published)
                if not any(_overlap(page[1], other) for other in named.values())
            ]
            if late:
                yield _late(table, row, late)


def _late(table: Table, row: Row, pages: Sequence[tuple[str, Interval, Cell]]) -> Problem:
    message = _(
        "more than {n} days passed between said_on ({said}) and the publication of {pages}: cite "
        "later pages in a separate event, or set said_on_basis to “{inferred}” if they give the day"
    ).format(
        n=LATEST_PAGE,
        said=row["said_on"],
        pages=", ".join(f"{quoted(page)} ({day.text})" for page, day, _cell in pages),
        inferred=INFERRED,
    )
    problem = at(table, row, "source_ids", "later-page", message, warning=True)
    youngest = max((day for _page, day, _cell in pages), key=lambda day: day.first)
    doubtful = _doubtful(table, row, youngest, LATEST_PAGE)
    return problem.compared(*doubtful, *(its_cell for _page, _day, its_cell in pages))


def _doubtful(table: Table, row: Row, later: Interval, most: int) -> tuple[Cell, ...]:
    """Return the cell of the event's day, unless the day in its id is too early as well."""
    by_id = _day_in_id(row)
    is_late = by_id is not None and (later.first - by_id.last).days > most
    return () if is_late else (cell(table, row, "said_on"),)


def _later_days(row: Row, said: Interval) -> dict[str, Interval]:
    """Return the first later day that each text of an event names, by column."""
    found: dict[str, Interval] = {}
    for column in (*_TEXTS, *(("note",) if row["sets"] else ())):
        for named in named_days(row[column], said.first):
            if named.first > said.last:
                found.setdefault(column, named)
    return found


def _late_pages(
    row: Row, said: Interval, published: Mapping[str, Published]
) -> Iterator[tuple[str, Interval, Cell]]:
    """Yield the pages of a latest word that are too young, each with its day and that cell."""
    if row["sets"] and row["said_on_basis"] != INFERRED:
        for page in words(row["source_ids"]):
            day, its_cell = published.get(page, _UNPUBLISHED)
            if day and (day.first - said.last).days > LATEST_PAGE:
                yield page, day, its_cell


def claim_first(tables: Tables) -> Iterator[Problem]:
    """
    Warn of events about records that were said before the first claim about them.

    A claim with the wrong day comes after all its answers, and an answer with the wrong day
    before all its claims. So the event that is in most of the pairs is named.
    """
    table = tables["investigations"]
    pairs = _answered_early(table.rows)
    while pairs:
        counted = Counter(row.number for pair in pairs for row in pair)
        # the first number that is in most pairs; of a single pair the answer
        most = max(counted.values())
        named = next(row for pair in pairs for row in pair if counted[row.number] == most)
        answer, claim = next(pair for pair in pairs if named in pair)
        form = (
            _("{said} is before the first claim that it answers, {other} of {day}")
            if named is answer
            else _("{said} is after the day of an answer to this claim, {other} of {day}")
        )
        other = claim if named is answer else answer
        message = form.format(
            said=quoted(named["said_on"]), other=other["id"], day=other["said_on"]
        )
        message += ": " + _("correct the day, or what the row is about")
        reads = tuple(cell(table, row, "said_on") for row in (answer, claim))
        yield at(table, named, "said_on", "before-claim", message, warning=True).compared(*reads)
        pairs = [pair for pair in pairs if named not in pair]


def _answered_early(rows: Iterable[Row]) -> list[tuple[Row, Row]]:
    """List pairs of an event about a record and the record's first claim, which came later."""
    days = {row.number: day for row in rows if (day := lenient(row["said_on"]))}
    first: dict[str, Row] = {}
    for row in rows:
        if row["event_type"] == CLAIM and row.number in days:
            # what was said before about a country or the world answers no claim
            for record in {*words(row["about"])} - GENERAL:
                known = first.get(record)
                if known is None or days[row.number].last < days[known.number].last:
                    first[record] = row
    found: dict[tuple[int, int], tuple[Row, Row]] = {}
    for row in rows:
        for claim in (first[i] for i in words(row["about"]) if i in first):
            if row.number in days and days[row.number].last < days[claim.number].first:
                found.setdefault((row.number, claim.number), (row, claim))
    return list(found.values())
