"""A ledger with a hostile text in every cell that may have any text."""

from __future__ import annotations

import csv
import json
import zlib
from functools import cache
from pathlib import Path

from geo.paths import PROJECT
from tests.hostile_cells import columns, rows_of
from tests.ledger_files import LedgerFiles
from tests.payloads import PAYLOADS, UNCHECKED

TEXTS = tuple(payload.text for payload in PAYLOADS if payload not in UNCHECKED)
#: words without a break, as long as the longest cell of most tables
LONG_WORDS = tuple(text for text in TEXTS if len(text) == 280 and len(set(text)) == 1)
#: columns by whose texts tables are joined: equal ones stay equal, and empty ones empty
JOINED = frozenset({"host_city", "host_region", "city", "region"})
#: a name of a row: an entry of the register is shown with its row
NAMES = frozenset({"record"})


@cache
def free_text() -> dict[str, dict[str, int]]:
    """Return the columns that may have any text, by table, each with its greatest length."""
    package = json.loads((PROJECT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    found: dict[str, dict[str, int]] = {}
    for table in package["resources"]:
        for field in table["schema"]["fields"]:
            rules = field.get("constraints", {})
            if "maxLength" in rules and not {"pattern", "enum"} & set(rules):
                found.setdefault(table["name"], {})[field["name"]] = rules["maxLength"]
    return found


def _number(text: str) -> int:
    return zlib.crc32(text.encode())


def hostile_ledger(folder: Path, shift: int = 0, texts: tuple[str, ...] = TEXTS) -> LedgerFiles:
    """
    Write a copy of the frozen ledger with a hostile text in every cell of free text.

    Parameters
    ----------
    folder : Path
        Gets the files.
    shift : int
        Which text the first cell gets; with as many shifts as there are texts every cell has
        had each.
    texts : tuple of str
        What is written.

    Returns
    -------
    LedgerFiles
        The texts are cut to what their columns allow.
    """
    files = LedgerFiles(folder)
    for table, own in free_text().items():
        if table == "withheld":
            continue  # it is shown nowhere, and hides what it names
        rows, number = rows_of(table), shift
        for row in rows:
            for column, longest in own.items():
                if column in NAMES or (column in JOINED and not row[column]):
                    continue
                number += 1
                index = shift + _number(row[column]) if column in JOINED else number
                row[column] = texts[index % len(texts)][:longest].strip()
        files.bytes(table, f"{','.join(columns()[table])}\n".encode())
        files.write(table, rows)
    return files


def written(files: LedgerFiles) -> int:
    """Return how many cells of a ledger have a text that begins as a hostile one does."""
    begins = tuple(text[:6] for text in TEXTS)
    cells = 0
    for file in files.folder.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as read:
            cells += sum(cell.startswith(begins) for row in csv.reader(read) for cell in row)
    return cells
