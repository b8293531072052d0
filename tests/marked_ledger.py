"""A ledger whose every text is a mark, so that a search finds where any of its cells is shown."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from geo.configuration import ROLES
from geo.files.building import words
from geo.files.package import keys
from geo.model.vocabulary import COUNTRY, WORLD
from geo.releases.making import write as write_release
from geo.releases.planning import plan
from geo.visibility.withholding import KEEPING
from tests.ledger_files import DATA, FIRST
from tests.small_ledger import Rows, cut, read, write

#: columns of free text; a city is marked once for all records in it
TEXTS: Mapping[str, tuple[str, ...]] = {
    "stations": ("place_label", "summary"),
    "investigations": ("authority", "summary", "note"),
    "sources": ("url", "publisher", "via", "title"),
    "counts": ("claimed_by", "note"),
    "places": ("attribution",),
    "origins": ("public_body", "stations_claimed", "note"),
    "excluded": ("what", "why"),
    "quotes": ("quote", "translation"),
}
#: cells that name their row, which a later version could only change by another row
NAMES = frozenset({("excluded", "what")})
CITING = ("stations", "investigations", "counts", "origins")
SECOND = date(2026, 10, 1)
LIST = ("kind", "id", "field", "since", "ground", "note")
_MARK = re.compile(r"zq([0-9]{4})v[0-9]")
#: (kind, name of the row, column), and the table
Entry = tuple[str, str, str, str]
Ledger = dict[str, Rows]


def marks(text: str) -> set[int]:
    """The numbers of the cells that a text repeats, in whatever version."""
    return {int(number) for number in _MARK.findall(text)}


def key(name: str, row: Mapping[str, str]) -> str:
    return "/".join(row[column] for column in keys()[name])


def load(folder: Path) -> Ledger:
    return {name: read(folder / f"{name}.csv") for name in TEXTS}


def save(folder: Path, ledger: Ledger) -> None:
    for name, rows in ledger.items():
        file = folder / f"{name}.csv"
        with file.open(encoding="utf-8", newline="") as handle:
            columns = next(csv.reader(handle))
        write(file, columns, rows)


def _written(column: str, number: int, version: int) -> str:
    mark = f"zq{number:04d}v{version}"
    return f"https://example.org/{mark}" if column == "url" else f"Words {mark}"


@dataclass
class Marked:
    """
    The ledger, with the number of each marked cell.

    Attributes
    ----------
    folder : Path
        Laid out like ``data/``, with two releases and changes since.
    cells : dict
        From table, name of the row and column to the number.
    versions : list of str
        By which links name the releases.
    """

    folder: Path
    cells: dict[tuple[str, str, str], int] = field(default_factory=dict)
    versions: list[str] = field(default_factory=list)

    def _mark_cities(self, ledger: Ledger) -> None:
        numbers: dict[tuple[str, str, str], int] = {}
        for row in ledger["places"]:
            if row["city"]:
                place = row["country"], row["region"], row["city"]
                numbers[place] = 1 + len(numbers)
                row["city"] = f"City zq{numbers[place]:04d}v1"
        for row in ledger["stations"]:
            place = row["host_country"], row["host_region"], row["host_city"]
            if number := numbers.get(place):
                row["host_city"] = f"City zq{number:04d}v1"
                self.cells["stations", row["id"], "host_city"] = number

    def _mark(self, ledger: Ledger) -> None:
        self._mark_cities(ledger)
        for name, columns in TEXTS.items():
            for row in ledger[name]:
                before = key(name, row)
                numbers = {}
                for column in filter(row.__getitem__, columns):
                    numbers[column] = number = 100 + len(self.cells)
                    self.cells[name, before, column] = number
                    row[column] = _written(column, number, 1)
                for column, number in numbers.items():
                    # the name of the row may have been marked itself
                    del self.cells[name, before, column]
                    self.cells[name, key(name, row), column] = number

    def change(self, version: int, every: int) -> set[str]:
        """Write another version into some marked cells; return the names of their rows."""
        ledger, changed = load(self.folder), set()
        for name, columns in TEXTS.items():
            for row in ledger[name]:
                for column in columns:
                    number = self.cells.get((name, key(name, row), column), 1)
                    if number % every == 0 and (name, column) not in NAMES:
                        row[column] = _written(column, number, version)
                        changed.add(key(name, row))
        save(self.folder, ledger)
        return changed

    def release(self, day: date, changed: Iterable[str] = ()) -> Path:
        reasons = dict.fromkeys(changed, "A reason.")
        folder = write_release(plan(self.folder, day), reasons, ROLES)
        self.versions.append(folder.name[-8:])
        return folder


def marked(folder: Path, *, whole: bool) -> Marked:
    """
    Write the marked ledger: released, changed, released, and changed again.

    Parameters
    ----------
    folder : Path
        Where; it is made.
    whole : bool
        Whether it is the whole frozen ledger, or the small one.
    """
    if whole:
        shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("*.md"))
    else:
        cut(folder)
    made, ledger = Marked(folder), load(folder)
    made._mark(ledger)
    save(folder, ledger)
    made.release(FIRST)
    made.release(SECOND, made.change(2, 3))
    made.change(3, 5)
    return made


def choices(made: Marked) -> dict[str, list[Entry]]:
    """All that can be withheld, by its kind or its table."""
    ledger = load(made.folder)
    found: dict[str, list[Entry]] = {
        "record": [("record", row["id"], "", "stations") for row in ledger["stations"]],
        "event": [("event", row["id"], "", "investigations") for row in ledger["investigations"]],
    }
    for name, rows in ledger.items():
        found[name] = [("field", key(name, row), column, name) for row in rows for column in row]
    return found


def withhold(folder: Path, entries: Iterable[Entry], grounds: Iterable[str]) -> None:
    rows = [
        dict(zip(LIST, (kind, name, column, "2026-11-20", ground, ""), strict=True))
        for (kind, name, column, _table), ground in zip(entries, grounds, strict=False)
    ]
    write(folder / "withheld.csv", LIST, rows)


def _whole(entry: Entry) -> bool:
    _kind, _name, column, table = entry
    return not column or column in KEEPING[table]


def _gone(ledger: Ledger, entries: Iterable[Entry]) -> dict[str, set[str]]:
    """The rows that a list hides whole, with what is only about them or cited by them."""
    gone: dict[str, set[str]] = {name: set() for name in TEXTS}
    for entry in filter(_whole, entries):
        gone[entry[3]].add(entry[1])
    for event in ledger["investigations"]:
        if set(words(event["about"])) <= gone["stations"]:
            gone["investigations"].add(event["id"])
    cited = {
        page
        for name in CITING
        for row in ledger[name]
        if key(name, row) not in gone[name]
        for page in words(row["source_ids"])
    }
    gone["sources"] |= {row["id"] for row in ledger["sources"]} - cited
    for quotation in ledger["quotes"]:
        if quotation["event"] in gone["investigations"] or quotation["source"] in gone["sources"]:
            gone["quotes"].add(key("quotes", quotation))
    return gone


def forbidden(made: Marked, entries: Iterable[Entry]) -> set[int]:
    """
    The cells that a list withholds, by their numbers.

    A plain reference: what is listed, the rows that need a listed cell, the events about
    hidden records alone, the pages that only hidden rows cite, and the cities of which no
    record may be told.
    """
    entries = list(entries)
    ledger = load(made.folder)
    gone = _gone(ledger, entries)
    hidden = {
        number
        for (name, row, column), number in made.cells.items()
        if column != "host_city"
        and (row in gone[name] or any(e[1:] == (row, column, name) for e in entries))
    }
    cities: dict[int, bool] = {}
    for row in ledger["stations"]:
        number = made.cells.get(("stations", row["id"], "host_city"))
        if number is not None:
            listed = any(e[1:] == (row["id"], "host_city", "stations") for e in entries)
            secret = listed or row["id"] in gone["stations"]
            cities[number] = cities.get(number, True) and secret
    return hidden | {number for number, secret in cities.items() if secret}


def mend(made: Marked, entries: Iterable[Entry]) -> None:
    """Delete withheld rows with all that depends on them, and empty withheld cells."""
    entries, ledger = list(entries), load(made.folder)
    gone = _gone(ledger, entries)
    for name in CITING:
        for row in ledger[name]:
            left = [page for page in words(row["source_ids"]) if page not in gone["sources"]]
            row["source_ids"] = " ".join(left)
            if not left:
                gone[name].add(key(name, row))
    for name, rows in ledger.items():
        ledger[name] = [row for row in rows if key(name, row) not in gone[name]]
        for row in ledger[name]:
            for _kind, entry, column, table in entries:
                if (table, entry) == (name, key(name, row)) and column:
                    row[column] = ""
    for row in ledger["investigations"]:
        row["about"] = " ".join(i for i in words(row["about"]) if i not in gone["stations"])
        for column in ("repeat_of", "differs_from"):
            there = [i for i in words(row[column]) if i not in gone["investigations"]]
            row[column] = " ".join(there)
    save(made.folder, _tidied(ledger))


def _tidied(ledger: Ledger) -> Ledger:
    """Drop what is left without a claim, a place without a record, a page that nothing cites."""
    claimed = {
        i for e in ledger["investigations"] if e["event_type"] == "claim" for i in words(e["about"])
    }
    ledger["stations"] = [row for row in ledger["stations"] if row["id"] in claimed]
    known = {row["id"] for row in ledger["stations"]} | {COUNTRY, WORLD}
    for row in ledger["investigations"]:
        row["about"] = " ".join(i for i in words(row["about"]) if i in known)
    ledger["investigations"] = [row for row in ledger["investigations"] if row["about"]]
    left = {row["id"] for row in ledger["investigations"]}
    for row in ledger["investigations"]:
        for column in ("repeat_of", "differs_from"):
            row[column] = " ".join(i for i in words(row[column]) if i in left)
    there = {(r["host_country"], r["host_region"], r["host_city"]) for r in ledger["stations"]}
    ledger["places"] = [
        row for row in ledger["places"] if (row["country"], row["region"], row["city"]) in there
    ]
    pages = {row["id"]: words(row["source_ids"]) for row in ledger["investigations"]}
    ledger["quotes"] = [r for r in ledger["quotes"] if r["source"] in pages.get(r["event"], ())]
    cited = {i for name in CITING for row in ledger[name] for i in words(row["source_ids"])}
    ledger["sources"] = [row for row in ledger["sources"] if row["id"] in cited]
    return ledger


def files(folder: Path) -> Iterator[Path]:
    """The files in which nothing withheld may be left after a release."""
    yield folder / "corrections.csv"
    yield from (path for path in (folder / "releases").rglob("*") if path.is_file())
