"""``python -m geo check``: what it prints, and what it returns."""

from __future__ import annotations

import argparse
import json
import re
from cProfile import Profile
from pathlib import Path

import pytest

from geo.checks.check import examine
from geo.commands import check as check_command
from tests.ledger_files import DATA, TODAY, LedgerFiles
from tests.small_ledger import cut


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "ledger")


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    check_command.add_arguments(parser)
    return check_command.run(parser.parse_args(arguments))


def test_the_frozen_ledger_has_no_problem() -> None:
    problems = examine(DATA, TODAY).problems
    assert [str(p) for p in problems if not p.warning] == []


def calls_per_row(folder: Path) -> float:
    """How many calls of functions a check makes for each row of a ledger."""
    examine(folder, TODAY)  # what is read once a process, such as the data package
    profile = Profile()
    tables = profile.runcall(examine, folder, TODAY).tables
    calls = sum(entry.callcount for entry in profile.getstats())
    return calls / sum(len(table.rows) for table in tables.values())


def test_a_check_takes_the_same_work_for_each_row_of_a_larger_ledger(tmp_path: Path) -> None:
    small, large = calls_per_row(cut(tmp_path / "small")), calls_per_row(DATA)
    assert large < 1.1 * small
    # about 250; an application checks its ledger while it starts
    assert large < 500


def test_warnings_alone_are_no_failure(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    row = files.edit("stations", "nl-rotterdam-1", host_city="Atlantis")
    assert run("--data", str(files.folder)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (
        f"warning: stations.csv:{row} host_city: Atlantis has no row in places.csv: "
        "run `make geocode`"
    ) in lines
    assert re.fullmatch(
        r"[\d,]+ records, [\d,]+ entries, [\d,]+ sources: 0 problems, \d+ warnings?", lines[-1]
    )


def test_a_problem_is_a_failure_and_stands_on_its_line(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    row = files.edit("stations", "nl-amsterdam-1", origin_province="CN-ZI")
    assert run("--data", str(files.folder)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert (
        f'stations.csv:{row} origin_province: "CN-ZI" is not one of CN-FJ, CN-JS, CN-ZJ '
        "(did you mean CN-ZJ?)"
    ) == lines[-2]
    assert all(line.startswith("warning: ") for line in lines[:-2])
    assert "sources: 1 problem, " in lines[-1]


def test_json_is_an_array_and_nothing_else(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    row = files.edit("stations", "nl-amsterdam-1", review="")
    files.edit("stations", "nl-rotterdam-1", host_city="Atlantis")
    assert run("--json", "--data", str(files.folder)) == 1
    found = json.loads(capsys.readouterr().out)
    assert {
        "file": "stations.csv",
        "row": row,
        "field": "review",
        "code": "required",
        "message": "is empty but required",
        "warning": False,
    } in found
    assert any(entry["code"] == "unplaced" and entry["warning"] for entry in found)


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_missing_folder_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    assert run("--data", str(tmp_path / "nowhere"), *more) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"There is no folder “{tmp_path / 'nowhere'}”.\n"


def test_the_folder_comes_from_the_environment_when_none_is_named(
    files: LedgerFiles, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATLAS_DATA", str(files.folder))
    (files.folder / "counts.csv").unlink()
    assert run() == 1
    assert "counts.csv: the file is missing" in capsys.readouterr().out


def test_problems_come_in_the_order_of_file_and_row(files: LedgerFiles) -> None:
    later = files.edit("stations", "nl-rotterdam-1", review="maybe")
    early = files.edit("stations", "ae-1", review="maybe")
    files.edit("counts", files.rows("counts")[0]["id"], value="many")
    problems = [p for p in examine(files.folder, TODAY).problems if not p.warning]
    assert [(p.file, p.row) for p in problems] == [
        ("counts.csv", 2),
        ("stations.csv", early),
        ("stations.csv", later),
    ]
