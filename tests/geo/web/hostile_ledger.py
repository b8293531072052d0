"""A ledger with two releases whose every cell is replaced, as far as the check allows it."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path

from geo.checks.check import examine
from geo.configuration import ROLES
from geo.releases.making import write
from geo.releases.planning import plan
from tests.ledger_files import FIRST, TODAY
from tests.small_ledger import Rows, cut, read
from tests.small_ledger import write as write_rows

SECOND = date(2026, 10, 1)
RECORD, EVENT, COUNTRY = "nl-rotterdam-1", "nl-2022-11-01-told-to-stop", "NL"
#: a table and one of its columns
Column = tuple[str, str]


def released(folder: Path) -> Path:
    """A small ledger with two releases and an entry in the register."""
    cut(folder)
    write(plan(folder, FIRST), {}, ROLES)
    rows = read(folder / "stations.csv")
    for row in rows:
        row["summary"] = "Other words." if row["id"] == RECORD else row["summary"]
    write_rows(folder / "stations.csv", rows[0], rows)
    write(plan(folder, SECOND), {RECORD: "A reason"}, ROLES)
    return folder


def columns(folder: Path) -> frozenset[Column]:
    """All columns of the tables that have a cell that is not empty."""
    return frozenset(
        (table, name)
        for table, rows in _rows(folder).items()
        for row in rows
        for name, cell in row.items()
        if cell
    )


@cache
def _rows(folder: Path) -> dict[str, Rows]:
    return {file.stem: read(file) for file in folder.glob("*.csv")}


def spoil(source: Path, folder: Path, text: str, chosen: frozenset[Column]) -> None:
    """Write a copy of a ledger with a text in each cell of some columns that has one already."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    for name, rows in _rows(source).items():
        own = {column for table, column in chosen if table == name}
        if own and rows:
            spoilt = [{k: text if k in own and v else v for k, v in r.items()} for r in rows]
            write_rows(folder / f"{name}.csv", rows[0], spoilt)


def allowed(source: Path, folder: Path, text: str) -> frozenset[Column]:
    """
    Spoil a copy of a ledger in all columns in which the check allows a text.

    Parameters
    ----------
    source, folder : Path
        The ledger, and its copy.
    text : str
        What is put into each cell.

    Returns
    -------
    frozenset of (str, str)
        These columns.
    """
    before = {str(problem) for problem in examine(source, TODAY).problems}
    left = columns(source)
    while True:
        spoil(source, folder, text, left)
        problems = [p for p in examine(folder, TODAY).problems if not p.warning]
        refused = {
            (table, column)
            for table, column in left
            for p in problems
            if str(p) not in before and p.file == f"{table}.csv" and p.field in (column, None)
        }
        if not refused:
            return left
        left -= refused
