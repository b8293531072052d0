"""A few records of the ledger and all that belongs to them, for tests that read it often."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from tests.ledger_files import DATA

#: with answers of their own, of their country, of nobody; claimed on one page; on hold
RECORDS = frozenset(
    {"nl-amsterdam-1", "nl-rotterdam-1", "ie-dublin-1", "ao-1", "mg-1", "zm-1", "fr-paris-1"}
    | {"fr-paris-2", "it-rome-1", "it-sicily-1", "rs-1"}
)
GENERAL = frozenset({"country", "world"})
Rows = list[dict[str, str]]


def read(file: Path) -> Rows:
    """The rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def write(file: Path, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows as a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(text.getvalue(), encoding="utf-8", newline="")


def _events(found: Rows, countries: set[str]) -> Rows:
    kept = []
    for row in found:
        about = [i for i in row["about"].split() if i in RECORDS | GENERAL]
        if about and (not GENERAL.intersection(about) or row["country"] in countries):
            kept.append({**row, "about": " ".join(about)})
    ids = {row["id"] for row in kept}
    for row in kept:
        for column in ("repeat_of", "differs_from"):
            row[column] = " ".join(i for i in row[column].split() if i in ids)
    return kept


@cache
def small_rows() -> dict[str, Rows]:
    """The rows of the small ledger by table; not to be changed."""
    every = {file.stem: read(file) for file in DATA.glob("*.csv")}
    stations = [row for row in every["stations"] if row["id"] in RECORDS]
    countries = {row["host_country"] for row in stations}
    found = {
        "stations": stations,
        "investigations": _events(every["investigations"], countries),
        "counts": [row for row in every["counts"] if row["country"] in countries],
        "origins": every["origins"][:3],
        "excluded": [row for row in every["excluded"] if row["country"] in countries],
        "withheld": [],
    }
    pages = {row["id"]: row["source_ids"].split() for row in found["investigations"]}
    found["quotes"] = [r for r in every["quotes"] if r["source"] in pages.get(r["event"], ())]
    cited = {i for rows in found.values() for r in rows for i in r.get("source_ids", "").split()}
    places = {(r["host_country"], r["host_region"], r["host_city"]) for r in stations}
    found["sources"] = [row for row in every["sources"] if row["id"] in cited]
    found["places"] = [
        row for row in every["places"] if (row["country"], row["region"], row["city"]) in places
    ]
    return found


def cut(folder: Path) -> Path:
    """
    Write the small ledger.

    Parameters
    ----------
    folder : Path
        Where; it is made.

    Returns
    -------
    Path
        The folder.
    """
    folder.mkdir(parents=True)
    for name, rows in small_rows().items():
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            write(folder / f"{name}.csv", next(csv.reader(file)), rows)
    return folder
