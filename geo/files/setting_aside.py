"""
The ledger's files without the rows that failed their checks.

A record whose row, source or any event is broken is set aside with all of it: an
allegation is never served without its answer (docs/DATA_MODEL.md, rule 3).
"""

from __future__ import annotations

from collections.abc import Collection

from geo.files.building import words
from geo.files.check import Examination
from geo.files.citing import sourced
from geo.files.masking import EVENTS, STATIONS
from geo.files.tables import Row, Table, Tables, rows_of
from geo.model.vocabulary import WORLD

PUBLISH, HOLD = "publish", "hold"


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


def believed(examination: Examination) -> dict[str, Table]:
    """
    Return the files without what failed its checks.

    Parameters
    ----------
    examination : Examination
        The files and what is wrong with them.

    Returns
    -------
    dict of str to Table
        The same files without the rows that failed and without the records that these are
        about. Records that are not to be published stay, right or wrong: `visible` needs
        their ids to hide them everywhere.
    """
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


def set_aside(before: Tables, after: Tables) -> set[str]:
    """
    List the ids of the records that were set aside.

    Parameters
    ----------
    before, after : Mapping
        The files before and after `believed`.

    Returns
    -------
    set of str
        Without records on hold, which readers would not have seen anyway.
    """
    held = {row["id"] for row in rows_of(before, STATIONS) if row["review"] == HOLD}
    publishable = {row["id"] for row in rows_of(after, STATIONS) if row["review"] == PUBLISH}
    return {row["id"] for row in rows_of(before, STATIONS)} - held - publishable - {""}
