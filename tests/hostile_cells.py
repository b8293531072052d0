"""Ledgers with one hostile text a row: together every text in every column of every table."""

from __future__ import annotations

import csv
import json
from functools import cache
from math import ceil
from pathlib import Path
from typing import NamedTuple

from geo.paths import PROJECT
from tests.ledger_files import DATA, LedgerFiles
from tests.payloads import PAYLOADS, Payload

#: one row in so many gets a text; the others stay whole, so that the pages have rows to show
ONE_IN = {"sources": 7, "investigations": 3, "stations": 3, "counts": 2, "places": 2}
#: rows of the tables that are empty in the frozen ledger; {n} is a number of the row
ADDED = {
    "withheld": {
        "kind": "record", "id": "zm-1", "field": "", "since": "2026-10-01", "ground": "error",
        "note": "",
    },
    "corrections": {
        "id": "2026-10-01-0badc0de-{n}", "date": "2026-10-01", "record": "nl-rotterdam-1",
        "field": "summary", "before": "One.", "after": "Another.", "reason": "A reason.",
        "stood_days": "1",
    },
    "entered": {
        "kind": "event", "id": "nl-2022-11-01-statement-{n}", "entered_on": "2026-10-01",
        "changed_on": "2026-10-01", "first_id": "", "content": "0badc0de0badc0de",
    },
}  # fmt: skip
ROWS_ADDED = 60


class Cell(NamedTuple):
    """Where a hostile text is: file, row as spreadsheets count, column."""

    file: str
    row: int
    column: str
    payload: Payload


@cache
def columns() -> dict[str, tuple[str, ...]]:
    """Return the columns of every table that the data package describes."""
    package = json.loads((PROJECT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    return {
        table["name"]: tuple(field["name"] for field in table["schema"]["fields"])
        for table in package["resources"]
    }


@cache
def _rows(table: str) -> list[dict[str, str]]:
    if table in ADDED:
        cells = ADDED[table].items()
        return [{c: v.replace("{n}", f"{n}") for c, v in cells} for n in range(ROWS_ADDED)]
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows_of(table: str) -> list[dict[str, str]]:
    """Return the rows of a table of the frozen ledger; if it has none, those of `ADDED`."""
    return [dict(row) for row in _rows(table)]


@cache
def ledgers_needed() -> int:
    """Return how many ledgers have every text in every column."""
    return max(
        ceil(len(names) * len(PAYLOADS) / len(_rows(table)[:: ONE_IN.get(table, 1)]))
        for table, names in columns().items()
    )


def placed(number: int) -> list[Cell]:
    """
    Return where the texts are in a ledger.

    Parameters
    ----------
    number : int
        Which of the ledgers, from 0.
    """
    cells = []
    for own, (table, names) in enumerate(columns().items()):
        chosen = range(0, len(_rows(table)), ONE_IN.get(table, 1))
        for place, index in enumerate(chosen):
            turn, column = divmod(number * len(chosen) + place, len(names))
            # another text in each table: two that are joined by a column would agree in it
            payload = PAYLOADS[(turn + 9 * own) % len(PAYLOADS)]
            cells.append(Cell(f"{table}.csv", index + 2, names[column], payload))
    return cells


def hostile_cells(folder: Path, number: int) -> list[Cell]:
    """
    Write a copy of the frozen ledger with a hostile text in one cell of some rows.

    Parameters
    ----------
    folder : Path
        Gets the files.
    number : int
        Which of the ledgers, from 0.

    Returns
    -------
    list of Cell
        As `placed` returns them.
    """
    files, cells = LedgerFiles(folder), placed(number)
    for table, names in columns().items():
        rows = rows_of(table)
        for cell in cells:
            if cell.file == f"{table}.csv":
                rows[cell.row - 2][cell.column] = cell.payload.text
        files.bytes(table, f"{','.join(names)}\n".encode())
        files.write(table, rows)
    return cells
