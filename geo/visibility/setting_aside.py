"""
The ledger's files without the rows that failed their checks.

A record whose row, source or any event is broken is set aside with all of it: an
allegation is never served without its answer (docs/DATA_MODEL.md, rule 3). A row that names
an unknown id among others loses this id alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from geo.checks.check import Examination
from geo.checks.rules_withholding import META
from geo.files.building import words
from geo.files.package import resources
from geo.files.tables import Row, Table, Tables, rows_of
from geo.model.vocabulary import GENERAL, WORLD
from geo.visibility.citing import sourced
from geo.visibility.masking import EVENTS, REFERENCES, STATIONS
from geo.visibility.withholding import Withheld

PUBLISH, HOLD = "publish", "hold"


def _required() -> set[tuple[str, str]]:
    """Collect the columns (file, column) of references that no row may be without."""
    return {
        (resource.file, column.name)
        for resource in resources()
        for column in resource.columns
        if column.name in REFERENCES and column.constraints.get("required")
    }


def _narrowed(examination: Examination) -> Examination:
    """
    Return the files without the unknown ids that their rows can do without.

    These are the ids in cells that name known rows too, or that may be empty. Otherwise one
    mistyped id among fifty would take fifty records away.
    """
    tables = examination.tables
    known = {name: {row["id"] for row in rows_of(tables, name)} for name in REFERENCES.values()}
    known[STATIONS] |= GENERAL
    required, by_file = _required(), {table.file: table for table in tables.values()}
    numbered = {name: {row.number: row for row in table.rows} for name, table in tables.items()}
    cells: Mapping[str, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    problems = []
    for problem in (*examination.problems, *examination.consequences):
        table, field = by_file.get(problem.file), problem.field or ""
        if problem.code == "unknown-id" and table and problem.row and field in REFERENCES:
            cell = numbered[table.name][problem.row][field]
            left = " ".join(i for i in words(cell) if i in known[REFERENCES[field]])
            if left or (table.file, field) not in required:
                cells[table.name][problem.row][field] = left
                continue
        problems.append(problem)
    result = dict(tables)
    for name, rows in cells.items():
        result[name] = tables[name].with_rows(
            Row(row.number, {**row.cells, **rows[row.number]}) if row.number in rows else row
            for row in tables[name].rows
        )
    return replace(examination, tables=result, problems=tuple(problems), consequences=())


def _bad(examination: Examination) -> dict[str, set[int]]:
    """Collect the numbers of the rows that failed a check, by file."""
    numbers: dict[str, set[int]] = {}
    for problem in examination.problems:
        if not problem.warning and problem.row is not None:
            numbers.setdefault(problem.file, set()).add(problem.row)
    return numbers


def _answered(event: Row, stations: Collection[Row]) -> set[str]:
    """Collect the records that a broken event may be about."""
    known = {row["id"] for row in stations}
    about = set(words(event["about"]))
    ids = about & known
    if not about or about - known - {WORLD}:
        # which records it answers is not known: its whole country is set aside, and that
        # of its id too, because the cell of the country may be the broken one
        countries = {event["country"].upper(), event["id"][:2].upper()}
        ids |= {row["id"] for row in stations if row["host_country"] in countries}
    return ids


def retained(examination: Examination) -> dict[str, Table]:
    """
    Return the files without what failed its checks.

    Parameters
    ----------
    examination : Examination
        The files and what is wrong with them.

    Returns
    -------
    dict of str to Table
        The same files without the rows that failed, without the records that these are
        about, and without the unknown ids that other rows name. Records that are not to be
        published stay, right or wrong: `visible` needs their ids to hide them everywhere.
    """
    examination = _narrowed(examination)
    examined, bad = examination.tables, _bad(examination)
    tables = {
        name: table.with_rows(
            row
            for row in table.rows
            if name not in examination.lost and row.number not in bad.get(table.file, ())
        )
        for name, table in examined.items()
    }
    stations, events = rows_of(examined, STATIONS), rows_of(examined, EVENTS)
    broken = {row["id"] for row in stations if row.number in bad.get("stations.csv", ())}
    for event in events:
        if event.number in bad.get("investigations.csv", ()):
            broken |= _answered(event, stations)
    proper = (
        row
        for row in rows_of(tables, STATIONS)
        if row["review"] == PUBLISH and row["id"] not in broken
    )
    result = sourced(examined, {**tables, STATIONS: tables[STATIONS].with_rows(proper)})
    publishable = {row["id"] for row in result[STATIONS].rows}
    result[STATIONS] = examined[STATIONS].with_rows(
        row for row in stations if row["review"] != PUBLISH or row["id"] in publishable
    )
    return result


def set_aside(before: Tables, after: Tables, withheld: Withheld) -> dict[str, int]:
    """
    Count the rows that were set aside.

    Parameters
    ----------
    before, after : Mapping
        The files before and after `retained`.
    withheld : Withheld
        The list in force.

    Returns
    -------
    dict of str to int
        By name of the table, without those that lost none. Records on hold and withheld
        records, which readers would not have seen anyway, do not count; records with the
        same id count as one.
    """
    counts = {
        name: len(table.rows) - len(rows_of(after, name))
        for name, table in before.items()
        if name not in META
    }
    held = {row["id"] for row in rows_of(before, STATIONS) if row["review"] == HOLD}
    publishable = {row["id"] for row in rows_of(after, STATIONS) if row["review"] == PUBLISH}
    known = {row["id"] for row in rows_of(before, STATIONS)}
    counts[STATIONS] = len(known - held - publishable - withheld.rows - {""})
    return {name: count for name, count in counts.items() if count}
