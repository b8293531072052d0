"""The data package is a valid one, and the CSV files agree with it, as others would read it."""

from __future__ import annotations

import shutil
from pathlib import Path

from frictionless import Package

from geo.paths import PROJECT, SCHEMA

DATA = PROJECT / "data"


def copied(folder: Path) -> Path:
    """A copy of the ledger's files as they are published."""
    for file in (SCHEMA, *DATA.glob("*.csv")):
        shutil.copy(file, folder)
    return folder / SCHEMA.name


def complaints(package: Path) -> list[tuple[str, str]]:
    report = Package(str(package)).validate()
    return [(kind, message) for kind, message in report.flatten(["type", "message"])]


def test_the_data_package_is_valid_as_it_is_published() -> None:
    assert complaints(SCHEMA) == []


def test_a_cell_a_key_and_a_reference_that_disagree_are_seen(tmp_path: Path) -> None:
    package = copied(tmp_path)
    file = tmp_path / "counts.csv"
    header, first, *rest = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([header, first, first, *rest]) + "\n", encoding="utf-8")
    file = tmp_path / "investigations.csv"
    content = file.read_text(encoding="utf-8")
    file.write_text(content.replace(",claim,", ",clam,", 1), encoding="utf-8")
    kinds = {kind for kind, _message in complaints(package)}
    assert {"primary-key", "constraint-error"} <= kinds
