"""The register repeats nothing that may not be shown, wherever it is written or served."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from geo.configuration import ROLES
from geo.files.withholding import WITHHELD
from geo.ledger.dataset import Dataset
from geo.releases.making import plan, refusals, write
from tests.asgi import call
from tests.geo.api.data_app import serve
from tests.ledger_files import FIRST, TODAY
from tests.small_ledger import cut, read
from tests.small_ledger import write as write_rows

SECOND, THIRD = date(2026, 10, 1), date(2026, 11, 1)
RECORD = "nl-rotterdam-1"
WORLD_CLAIM = "zz-2022-09-12-claim"
LIST = ("kind", "id", "field", "since", "ground", "note")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return cut(tmp_path / "data")


def edit(folder: Path, name: str, key: str, **cells: str) -> None:
    rows = read(folder / f"{name}.csv")
    for row in rows:
        if row["id"] == key:
            row.update(cells)
    write_rows(folder / f"{name}.csv", rows[0], rows)


def cell(folder: Path, name: str, key: str, column: str) -> str:
    return next(row[column] for row in read(folder / f"{name}.csv") if row["id"] == key)


def hide(folder: Path, *entries: tuple[str, str, str]) -> None:
    rows = [dict(zip(LIST, (*entry, "2026-10-20", "legal", ""), strict=True)) for entry in entries]
    write_rows(folder / "withheld.csv", LIST, rows)


def release(folder: Path, day: date, why: str = "A reason") -> Path:
    made = plan(folder, day)
    reasons = {change.id: why for change in made.changes if not change.added}
    assert refusals(made, reasons, ROLES, ROLES) == []
    return write(made, reasons, ROLES)


def served(folder: Path) -> str:
    """Everything of the register that readers get."""
    feed = call(serve(folder), "/feeds/corrections.atom")
    assert feed.status == 200
    return repr(Dataset.load(folder, TODAY).corrections) + feed.text


def written(folder: Path) -> str:
    """What the register quotes in files; it may still name a row for curators."""
    told = [
        f"{entry['before']} {entry['after']} {entry['reason']}"
        for entry in read(folder / "corrections.csv")
    ]
    descriptions = (folder / "releases").rglob("release.json")
    return "\n".join([*told, *(path.read_text(encoding="utf-8") for path in descriptions)])


# a cell that names a hidden row

#: column, the row in which a reference is dropped, the id, and what hides the row with this id
REFERENCES: Mapping[str, tuple[str, str, str, tuple[str, str, str]]] = {
    "about": ("investigations", WORLD_CLAIM, RECORD, ("record", RECORD, "")),
    "repeat_of": (
        "investigations", "fr-2022-09-12-claim", WORLD_CLAIM, ("event", WORLD_CLAIM, ""),
    ),
    "differs_from": (
        "investigations", "nl-2023-02-protest", "nl-2022-11-01-told-to-stop",
        ("event", "nl-2022-11-01-told-to-stop", ""),
    ),
    "source_ids": (
        "investigations", "fr-2022-09-12-claim", "jbpress-undated",
        ("field", "jbpress-undated", "publisher"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("column", REFERENCES)
def test_a_cell_of_an_entry_does_not_name_what_is_withheld(folder: Path, column: str) -> None:
    table, row, secret, entry = REFERENCES[column]
    ids = cell(folder, table, row, column).split()
    edit(folder, table, row, **{column: " ".join(dict.fromkeys([*ids, secret]))})
    release(folder, FIRST)
    edit(folder, table, row, **{column: " ".join(i for i in ids if i != secret)})
    release(folder, SECOND, f"No longer {secret}.")
    assert secret in served(folder)
    hide(folder, entry)
    assert secret not in served(folder)
    if column == "about":
        (change,) = Dataset.load(folder, TODAY).corrections
        before = [WITHHELD if i == secret else i for i in ids]
        assert (change.record, change.before) == (row, " ".join(before))
        assert change.reason == f"No longer {WITHHELD}."
    release(folder, THIRD)
    assert secret not in served(folder)
    assert secret not in written(folder)


def test_a_cell_of_an_entry_does_not_name_what_is_on_hold(folder: Path) -> None:
    ids = cell(folder, "investigations", WORLD_CLAIM, "about")
    release(folder, FIRST)
    edit(folder, "investigations", WORLD_CLAIM, about=ids.replace(f" {RECORD}", ""))
    release(folder, SECOND, f"No longer {RECORD}")
    assert RECORD in served(folder)
    edit(folder, "stations", RECORD, review="hold")
    assert RECORD not in served(folder)
    # what is on hold may be published one day: the file keeps it for curators
    release(folder, THIRD)
    assert RECORD not in served(folder)
    assert RECORD in (folder / "corrections.csv").read_text(encoding="utf-8")
