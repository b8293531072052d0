"""A copy of the frozen ledger in which a test breaks one thing at a time."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from geo.checks.check import examine
from geo.configuration import ROLES
from geo.files.row_order import in_order
from geo.files.tables import Row
from geo.paths import PROJECT
from geo.releases.making import write
from geo.releases.planning import plan, refusals

#: the frozen ledger (see its README.md), and the day that is today for it
DATA = PROJECT / "tests" / "ledger"
TODAY = date(2026, 11, 22)
#: the day of a first release
FIRST = date(2026, 9, 1)


def said(folder: Path) -> list[str]:
    """Everything that the check says, as the command prints it."""
    problems = examine(folder, TODAY).problems
    return [f"warning: {p}" if p.warning else str(p) for p in problems]


@cache
def _known() -> frozenset[str]:
    return frozenset(said(DATA))


class LedgerFiles:
    """The data folder of one test, without a data package of its own."""

    def __init__(self, folder: Path, source: Path = DATA) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for file in source.glob("*.csv"):
            shutil.copy(file, folder)

    def rows(self, name: str) -> list[dict[str, str]]:
        text = (self.folder / f"{name}.csv").read_bytes().decode()
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def write(self, name: str, rows: list[dict[str, str]]) -> None:
        file = self.folder / f"{name}.csv"
        header = next(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
        with file.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def edit(self, name: str, key: str, **cells: str) -> int:
        """Change cells of the row whose first column is the key; return its row number."""
        rows = self.rows(name)
        index = next(i for i, row in enumerate(rows) if next(iter(row.values())) == key)
        rows[index].update(cells)
        self.write(name, rows)
        return index + 2

    def add(self, name: str, like: str = "", **cells: str) -> int:
        """Add a row in its order, as a copy of another if named; return its row number."""
        rows = self.rows(name)
        model = next((r for r in rows if next(iter(r.values())) == like), {}) if like else {}
        rows.append({**model, **cells})
        ordered = in_order(name, [Row(number, row) for number, row in enumerate(rows)])
        self.write(name, [rows[row.number] for row in ordered])
        return [row.number for row in ordered].index(len(rows) - 1) + 2

    def drop(self, name: str, key: str) -> None:
        """Remove the row whose first column is the key."""
        self.write(name, [row for row in self.rows(name) if next(iter(row.values())) != key])

    def bytes(self, name: str, content: bytes | None = None) -> bytes:
        """Return a file's bytes, after replacing them if new ones are given."""
        file = self.folder / f"{name}.csv"
        if content is not None:
            file.write_bytes(content)
        return file.read_bytes()

    def release(self, day: date = FIRST, reasons: Mapping[str, str] | None = None) -> Path:
        """Release as the command does, on a day; return the release's folder."""
        made = plan(self.folder, day)
        assert refusals(made, reasons or {}, ROLES, ROLES) == []
        return write(made, reasons or {}, ROLES)

    def new(self) -> list[str]:
        """What the check says beyond what it says of the frozen ledger."""
        return [line for line in said(self.folder) if line not in _known()]


def released(folder: Path) -> LedgerFiles:
    """Return a copy of the frozen ledger of which a release was made."""
    copied = LedgerFiles(folder)
    copied.release()
    return copied
