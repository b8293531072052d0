"""``python -m geo tidy``: what it prints, what it returns, and that it writes only if asked to."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.__main__ import main
from geo.commands.tidy import SHOWN
from tests.ledger_files import LedgerFiles


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "ledger")


def from_a_spreadsheet(files: LedgerFiles) -> None:
    files.bytes("counts", b"\xef\xbb\xbf" + files.bytes("counts").replace(b"\n", b"\r\n"))


def test_the_difference_is_shown_and_nothing_is_written(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    from_a_spreadsheet(files)
    before = files.bytes("counts")
    assert main(["tidy", "--data", str(files.folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "counts.csv: 50 lines to rewrite, 0 rows to move"
    assert lines[3].startswith("-\\ufeffid,country,")
    assert lines[3].endswith("source_ids\\u000d")
    assert lines[6].startswith("+id,country,")
    assert lines[-1] == "Nothing was written: `make tidy ARGS=--write` rewrites these files."
    assert all(line.isprintable() for line in lines)
    assert files.bytes("counts") == before


def test_rows_that_move_are_shown_where_they_are_and_where_they_belong(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = files.rows("investigations")
    rows.insert(0, rows.pop(3))
    files.write("investigations", rows)
    assert main(["tidy", "--data", str(files.folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "investigations.csv: 0 lines to rewrite, 1 row to move"
    changed = [line for line in lines[3:] if line[0] in "+-"]
    assert [line[0] for line in changed] == ["-", "+"]
    assert changed[0][1:] == changed[1][1:]


def test_a_long_difference_is_cut(files: LedgerFiles, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row | {"note": f"{row['note']} "} for row in files.rows("counts")]
    files.write("counts", rows)
    assert main(["tidy", "--data", str(files.folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[SHOWN + 1] == "…"
    assert len(lines) == SHOWN + 3


def test_files_are_rewritten_if_asked_to_and_then_there_is_nothing_to_do(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files.bytes("counts")
    from_a_spreadsheet(files)
    assert main(["tidy", "--write", "--data", str(files.folder)]) == 0
    assert capsys.readouterr().out == "counts.csv: 50 lines rewritten, 0 rows moved\n"
    assert files.bytes("counts") == before
    for arguments in ([], ["--write"]):
        assert main(["tidy", *arguments, "--data", str(files.folder)]) == 0
        assert capsys.readouterr().out == "Every file is in its standard form.\n"


def test_a_refusal_is_a_sentence_for_each_place(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    from_a_spreadsheet(files)
    before = files.bytes("counts")
    row = files.edit("stations", "nl-amsterdam-1", last_checked="26-Nov-26", host_city="#NAME?")
    assert main(["tidy", "--write", "--data", str(files.folder)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(": ")[0] for line in err.splitlines()] == [
        f"stations.csv:{row} host_city",
        f"stations.csv:{row} last_checked",
    ]
    assert files.bytes("counts") == before


def test_a_folder_that_is_missing_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tidy", "--data", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().err == f"There is no folder “{tmp_path / 'nowhere'}”.\n"
