"""The command that enters rows says which it could not enter."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.__main__ import main
from geo.invocation import command_line
from tests.ledger_files import LedgerFiles

RECORD = "nl-rotterdam-1"
DONE = "entered.csv: 0 rows entered, 0 rows changed"


@pytest.fixture
def files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> LedgerFiles:
    """A ledger whose register has every row."""
    copy = LedgerFiles(tmp_path / "data")
    entered(copy)
    capsys.readouterr()
    return copy


def entered(files: LedgerFiles) -> int:
    return main(["enter", "--data", str(files.folder)])


def test_nothing_more_is_said_of_a_ledger_without_problems(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entered(files) == 0
    assert capsys.readouterr().out == f"{DONE}\n"


def test_rows_that_fail_their_checks_are_said_not_to_be_entered(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    files.edit("stations", RECORD, summary="Other\u00a0words.")
    files.add("stations", RECORD, id="nl-utrecht-1", host_city="Utrecht")
    assert entered(files) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == DONE
    count, words = second.split(" ", 1)
    assert int(count) >= 2
    assert words.startswith("rows are set aside by failed checks, and changes of them are not")
    assert words.endswith(f": run `{command_line('check')}`")
    assert RECORD in files.bytes("entered").decode()


def test_one_row_is_one(files: LedgerFiles, capsys: pytest.CaptureFixture[str]) -> None:
    files.add("stations", RECORD, id="nl-utrecht-1", host_city="Utrecht")
    assert entered(files) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1].startswith("1 row is set aside by a failed check, and a change of it is not")
