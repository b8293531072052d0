"""No test of the code reads ``data/``: it would be noticed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from geo.paths import PROJECT, data_folder
from tests.ledger_files import DATA
from tests.watch import Watch

FILE = PROJECT / "data" / "stations.csv"


def test_the_code_finds_the_frozen_ledger() -> None:
    assert data_folder() == DATA
    assert data_folder() != PROJECT / "data"


@pytest.mark.parametrize("opened", [FILE, str(FILE), bytes(FILE)], ids=["path", "text", "bytes"])
def test_a_test_that_reads_the_ledger_would_be_noticed(watch: Watch, opened: Path) -> None:
    with open(opened, "rb") as file:
        assert file.read(1)
    assert watch.unread() == [str(FILE)]
    assert watch.unread() == []


def test_a_program_that_reads_the_ledger_would_be_noticed(watch: Watch) -> None:
    # by the relative path that a command is given, and although the failure is swallowed
    attempt = "import contextlib\nwith contextlib.suppress(OSError): open('data/stations.csv')"
    subprocess.run([sys.executable, "-c", attempt], cwd=PROJECT, check=True)
    assert watch.unread() == [str(FILE)]


def test_the_schema_and_the_frozen_ledger_may_be_read(watch: Watch) -> None:
    for file in (PROJECT / "data" / "datapackage.json", DATA / "stations.csv"):
        assert file.read_bytes()
    assert watch.unread() == []
