"""
What of a ledger's files may be believed: without the rows that failed their checks.

A record whose own row, source or any event is broken goes aside with all of it: an
allegation is never served without its answer (docs/DATA_MODEL.md, rule 3).
"""

from __future__ import annotations

from collections.abc import Collection

from geo.files.building import words
from geo.files.check import Examination
from geo.files.silencing import silenced
from geo.files.sourcing import sourced
from geo.files.tables import Row, Table, Tables, rows_of
from geo.model.vocabulary import WORLD

PUBLISH, HOLD = "publish", "hold"
STATIONS, EVENTS = "stations", "investigations"


def _bad(examination: Examination) -> dict[str, set[int]]:
    """The numbers of the rows that failed a check, by file."""
    found: dict[str, set[int]] = {}
    for problem in examination.problems:
        if not problem.warning and problem.row is not None:
            found.setdefault(problem.file, set()).add(problem.row)
    return found


def _answered(event: Row, stations: Collection[Row]) -> set[str]:
    """The records that a broken event may be about."""
    known = {row["id"] for row in stations}
    about = set(words(event["about"]))
    found = about & known
    if not about or about - known - {WORLD}:
        # nobody can tell which records it answers: its whole country goes aside,
        # and where the cell of the country may be the broken one, also the id's
        countries = {event["country"].upper(), event["id"][:2].upper()}
        found |= {row["id"] for row in stations if row["host_country"] in countries}
    return found


def _gone(found: Tables, kept: Tables) -> set[str]:
    """Ids of the records and events that are in the first files only."""
    names = (STATIONS, EVENTS)
    before, after = (
        {row["id"] for name in names for row in rows_of(tables, name)} for tables in (found, kept)
    )
    return before - after


def believed(examination: Examination) -> dict[str, Table]:
    """
    Set aside what failed its checks.

    Parameters
    ----------
    examination : Examination
        The files and what is wrong with them.

    Returns
    -------
    dict
        The same files without the rows that failed, without the records that these are
        about, and without what the register says of either. Records that are not to be
        published stay, right or wrong: whoever hides them has to know of them.
    """
    found, bad = examination.tables, _bad(examination)
    tables = {
        name: table.with_rows(
            row
            for row in table.rows
            if name not in examination.lost and row.number not in bad.get(table.file, ())
        )
        for name, table in found.items()
    }
    stations, events = rows_of(found, STATIONS), rows_of(found, EVENTS)
    broken = {row["id"] for row in stations if row.number in bad.get("stations.csv", ())}
    for event in events:
        if event.number in bad.get("investigations.csv", ()):
            broken |= _answered(event, stations)
    proper = (
        row
        for row in rows_of(tables, STATIONS)
        if row["review"] == PUBLISH and row["id"] not in broken
    )
    kept = sourced(found, {**tables, STATIONS: tables[STATIONS].with_rows(proper)})
    publishable = {row["id"] for row in kept[STATIONS].rows}
    kept[STATIONS] = found[STATIONS].with_rows(
        row for row in stations if row["review"] != PUBLISH or row["id"] in publishable
    )
    gone = _gone(found, kept)
    kept["corrections"] = silenced(
        kept["corrections"], lambda entry: entry["record"] in gone, named=False
    )
    return kept


def set_aside(found: Tables, kept: Tables) -> set[str]:
    """
    Return the ids of the records that were set aside.

    Parameters
    ----------
    found, kept : Mapping
        The files before and after `believed`. Records on hold are not counted: readers are
        told of what they would have seen.
    """
    held = {row["id"] for row in rows_of(found, STATIONS) if row["review"] == HOLD}
    publishable = {row["id"] for row in rows_of(kept, STATIONS) if row["review"] == PUBLISH}
    return {row["id"] for row in rows_of(found, STATIONS)} - held - publishable - {""}
