"""
Everything that is wrong with a ledger, in one run.

Files first, then cells by the schema, then the rules. A row whose cells may be in the wrong
columns has this one complaint: every other would follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.checks.causes import causes
from geo.checks.rules import rule_problems
from geo.checks.rules_renaming import renamed_withholdings
from geo.checks.rules_spreadsheet import RESTORABLE, SPREADSHEET
from geo.checks.rules_withholding import withholdings
from geo.files.reading import BROKEN, LOST, read_tables
from geo.files.register import completed, last_release, released_tables
from geo.files.schema import schema_problems
from geo.files.tables import Problem, Table, Tables, key_of
from geo.files.withheld_rows import entries

#: reads the files of older releases
Older = Callable[[], Iterable[Tables]]
#: codes of rules about single characters
CHARACTERS = frozenset({"invisible", "marks", "not-nfc"})
#: codes of rules that say more of a cell's form than its pattern does
FORM = CHARACTERS | {"date", "unsafe-url", "country-code", "language"}
#: codes of rules that name the cause of whatever else is wrong with the cell
CAUSES = frozenset({"blanks", RESTORABLE, SPREADSHEET})


@dataclass(frozen=True)
class Examination:
    """
    The files of a ledger and what the check finds in them.

    Attributes
    ----------
    tables : dict of str to Table
        Every file, with all rows that could be told apart, right or wrong.
    problems : tuple of Problem
        What is wrong, and warnings, by file and row; one for each cause.
    lost : frozenset of str
        Names of the tables that are missing, empty, unreadable or short of a column: their
        rows, if any, may not be relied on.
    older : callable
        Reads the files of the releases, the oldest first.
    consequences : tuple of Problem
        What follows from one of `problems` and goes with it. It is not for curators, but the
        rows cannot be served either.
    """

    tables: dict[str, Table]
    problems: tuple[Problem, ...]
    lost: frozenset[str] = frozenset()
    older: Older = tuple
    consequences: tuple[Problem, ...] = ()


def _place(problem: Problem) -> tuple[str, int, str, str]:
    return problem.file, problem.row or 0, problem.field or "", problem.code


def _telling(problems: Iterable[Problem]) -> list[Problem]:
    """Drop what another problem of the same cell explains, such as “is not a date like …”."""
    distinct = list(dict.fromkeys(problems))
    codes: dict[tuple[str, int | None, str | None], set[str]] = {}
    for problem in distinct:
        codes.setdefault((problem.file, problem.row, problem.field), set()).add(problem.code)

    def is_explained(problem: Problem) -> bool:
        others = codes[problem.file, problem.row, problem.field] - {problem.code}
        if problem.code == "pattern":
            return not others.isdisjoint(FORM | CAUSES)
        return problem.code not in CAUSES | CHARACTERS and not others.isdisjoint(CAUSES)

    return [problem for problem in distinct if not is_explained(problem)]


def _emptied(tables: Tables) -> set[tuple[str, int | None, str | None]]:
    """Collect the empty cells (file, row, column) that ``withheld.csv`` requires to be empty."""
    cells = {(entry.key, entry.field) for entry in entries(tables["withheld"]) if entry.field}
    columns = {column for _key, column in cells}
    return {
        (table.file, row.number, column)
        for table in tables.values()
        for column in columns.intersection(table.columns)
        for row in table.rows
        if not row[column] and (key_of(table.name, row), column) in cells
    }


def _rules(
    tables: Tables, today: date, lost: frozenset[str], older: Older, last_release: str
) -> Iterator[Problem]:
    yield from schema_problems(tables, lost)
    yield from rule_problems(tables, today, lost)
    yield from withholdings(tables, lost, older, last_release)
    yield from renamed_withholdings(tables, older)


def examine(folder: Path, today: date) -> Examination:
    """
    Check every file of a ledger.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``.
    today : date
        Dates after it are in the future.

    Returns
    -------
    Examination
        The files and every problem, by file and row. Nothing is raised for bad data. The
        register includes the entries of releases that ``corrections.csv`` lacks.
    """
    tables, problems = read_tables(folder)
    tables["corrections"] = completed(folder, tables["corrections"])
    return examined(tables, problems, today, lambda: released_tables(folder), last_release(folder))


def examined(
    tables: dict[str, Table],
    faults: Iterable[Problem],
    today: date,
    older: Older,
    last_release: str,
) -> Examination:
    """
    Check files that have been read.

    Parameters
    ----------
    tables : dict of str to Table
        The files, as `read_tables` returns them.
    faults : iterable of Problem
        What is wrong with them as files.
    today : date
        Dates after it are in the future.
    older : callable
        Returns the files of the releases, the oldest first; called only where withheld.csv has
        entries.
    last_release : str
        Day of the latest release (``YYYY-MM-DD``); empty without one.

    Returns
    -------
    Examination
        As `examine` returns it.
    """
    problems = list(faults)
    files = {p.file for p in problems if p.code in LOST}
    lost = frozenset(name for name, table in tables.items() if table.file in files)
    broken = {(p.file, p.row) for p in problems if p.code in BROKEN}
    emptied = _emptied(tables)
    for problem in _rules(tables, today, lost, older, last_release):
        place = (problem.file, problem.row, problem.field)
        # a cell that was emptied on purpose is not missing
        excused = problem.code == "required" and place in emptied
        if (problem.file, problem.row) not in broken and not excused:
            problems.append(problem)
    reported, consequences = causes(_telling(problems))
    return Examination(
        tables, tuple(sorted(reported, key=_place)), lost, older, tuple(consequences)
    )
