"""What is served whatever the ledger says names no row of it: a row may be withdrawn."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from geo.api.endpoints import ENDPOINTS
from geo.files.package import keys
from geo.link.parameters import parameters
from geo.paths import PROJECT

SERVED = ("geo/assets", "geo/views/templates", "geo/locale")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def ids() -> set[str]:
    found = set()
    for name in (name for name, key in keys().items() if key == ("id",)):
        file = PROJECT / "data" / f"{name}.csv"
        if file.exists():
            with file.open(encoding="utf-8", newline="") as handle:
                found |= {row["id"] for row in csv.DictReader(handle)}
    return found


def static_files() -> list[Path]:
    folders = (PROJECT / folder for folder in SERVED)
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("folder", SERVED)
def test_no_file_that_is_served_names_a_row(folder: str) -> None:
    files = [path for path in static_files() if path.is_relative_to(PROJECT / folder)]
    assert files
    known = ids()
    for path in files:
        assert not known & set(_NAME.findall(path.read_text("utf-8", "replace"))), path


def test_no_example_of_the_interface_names_a_row() -> None:
    examples = [row.example for row in parameters()] + [one.example for one in ENDPOINTS]
    assert not ids() & {name for example in examples for name in _NAME.findall(example)}
