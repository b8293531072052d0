"""The data package is a valid one, and the CSV files agree with it, as others would read it."""

from __future__ import annotations

import shutil
from pathlib import Path

from frictionless import Package

from geo.files.package import resources
from geo.paths import PROJECT, SCHEMA

DATA = PROJECT / "data"


def folder_with_every_file(folder: Path) -> Path:
    """A copy of the ledger in which a file that need not be there has its header at least."""
    shutil.copy(SCHEMA, folder)
    for resource in resources():
        if (DATA / resource.file).exists() or not resource.optional:
            shutil.copy(DATA / resource.file, folder)
        else:
            header = ",".join(resource.names) + "\n"
            (folder / resource.file).write_text(header, encoding="utf-8")
    return folder / SCHEMA.name


def complaints(package: Path) -> list[tuple[str, str]]:
    report = Package(str(package)).validate()
    return [(kind, message) for kind, message in report.flatten(["type", "message"])]


def test_the_data_package_is_valid_and_the_files_agree_with_it(tmp_path: Path) -> None:
    assert complaints(folder_with_every_file(tmp_path)) == []


def test_a_cell_a_key_and_a_reference_that_disagree_are_seen(tmp_path: Path) -> None:
    package = folder_with_every_file(tmp_path)
    file = tmp_path / "counts.csv"
    header, first, *rest = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([header, first, first, *rest]) + "\n", encoding="utf-8")
    file = tmp_path / "investigations.csv"
    content = file.read_text(encoding="utf-8")
    file.write_text(content.replace(",claim,", ",clam,", 1), encoding="utf-8")
    kinds = {kind for kind, _message in complaints(package)}
    assert {"primary-key", "constraint-error"} <= kinds
