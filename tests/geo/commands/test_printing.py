"""No command prints a character that a terminal obeys, wherever it comes from."""

from __future__ import annotations

import ast
import contextlib
import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.__main__ import COMMANDS, main
from geo.commands.printing import complain, say
from geo.model.characters import hidden, printable
from geo.paths import PROJECT
from tests.ledger_files import LedgerFiles

HOSTILE = "\x1b]0;x\x07\u202egnp\u2066\u200b\x9b31m\U000e0041"
RECORD = "nl-rotterdam-1"


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / f"ledger{HOSTILE}")


def spoil(folder: Path) -> None:
    """Put the text behind every cell and name of a column."""
    for file in folder.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.reader(handle))[:8]
        rows = [[cell + HOSTILE for cell in row] for row in rows]
        rows[0] = [*(cell.removesuffix(HOSTILE) for cell in rows[0]), f"column{HOSTILE}"]
        with file.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows(rows)


def calls(folder: Path) -> Iterator[list[str]]:
    """Each command, so that it quotes cells, names of files and arguments."""
    data = str(folder)
    older = str(folder.with_name("older"))
    yield ["check", "--data", data]
    yield ["check", "--data", data, "--json"]
    yield ["check", "--data", f"{data}/nowhere{HOSTILE}"]
    yield ["changes", older, data]
    yield ["changes", older, data, "--json"]
    yield ["changes", f"{older}{HOSTILE}", data]
    yield ["geocode", "--data", data, "--dry-run"]
    yield ["geocode", "--data", f"{data}{HOSTILE}"]
    yield ["tidy", "--data", data]
    yield ["tidy", "--data", f"{data}{HOSTILE}"]
    yield ["enter", "--data", data]
    yield ["enter", "--data", f"{data}{HOSTILE}"]
    yield ["worklist", "--data", data]
    yield ["worklist", "--data", f"{data}{HOSTILE}"]
    yield ["sources", "--data", data, "--archive", f"{data}{HOSTILE}"]
    yield ["words", "--data", data]
    yield ["words", "--data", data, "--to", f"{data}/stations.csv/{HOSTILE}"]
    yield ["release", "--data", data, "--reason", f"{HOSTILE}={HOSTILE}"]
    yield ["release", "--data", data, "--reason", HOSTILE]
    yield ["release", "--data", data, "--reasons", f"{data}{HOSTILE}"]
    yield ["release", "--data", data, "--signed-off", HOSTILE]
    yield ["check", HOSTILE]
    yield [HOSTILE]


def test_every_command_escapes_what_it_quotes(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    LedgerFiles(files.folder.with_name("older"))
    (files.folder / "releases" / f"copy{HOSTILE}").mkdir(parents=True)
    files.edit("stations", RECORD, summary=f"Other words {HOSTILE}.")
    seen = set()
    for whole in (True, False):
        if not whole:
            spoil(files.folder)
        for call in calls(files.folder):
            with contextlib.suppress(SystemExit):
                main(call)
            output = "".join(capsys.readouterr())
            assert output, call
            lines = output.split("\n")
            assert [line for line in lines if hidden(line) or line != printable(line)] == [], call
            assert "Traceback" not in output
            if "\\u202egnp" in output:
                seen.add(call[0])
    assert seen >= {command.NAME for command in COMMANDS} - {"words"}


def test_json_gives_back_what_a_cell_has(
    files: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    older = LedgerFiles(files.folder.with_name("older")).folder
    files.edit("stations", RECORD, summary=f"Other words {HOSTILE}.")
    assert main(["changes", str(older), str(files.folder), "--json"]) == 0
    (change,) = json.loads(capsys.readouterr().out)
    assert change["after"] == f"Other words {HOSTILE}."


def test_a_line_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\nb: 0 problems", "c")
    complain("d\r\u2028e\ud800")
    assert capsys.readouterr() == ("a\\u000ab: 0 problems\nc\n", "d\\u000d\\u2028e\\ud800\n")


def printed(source: str) -> list[int]:
    """Lines of a source that write to the terminal themselves."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "print":
                found.append(node.lineno)
        elif isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr"}:
            found.append(node.lineno)
    return found


def test_nothing_but_one_module_writes_to_a_terminal() -> None:
    # the renderer's process speaks to the server over its standard streams, in bytes
    allowed = {"geo/commands/printing.py", "geo/pictures/rasterising.py"}
    sources = {f.relative_to(PROJECT).as_posix(): f for f in PROJECT.glob("geo/**/*.py")}
    writing = {name for name, file in sources.items() if printed(file.read_text("utf-8"))}
    assert writing - allowed == set()
    assert printed("import sys\nprint(1)\nsys.stderr.write('x')") == [2, 3]


def run(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "geo", *words],
        cwd=PROJECT,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        **options,
    )


def test_an_output_that_cannot_be_written_is_a_sentence(files: LedgerFiles) -> None:
    with Path("/dev/full").open("w") as full:
        ended = run("check", "--data", str(files.folder), stdout=full)
    assert ended.returncode == 1
    assert ended.stderr == "The output could not be written: No space left on device.\n"
    reader, writer = os.pipe()
    os.close(reader)
    ended = run("check", "--data", str(files.folder), stdout=writer)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (1, "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_changes_no_status(files: LedgerFiles, closed: str) -> None:
    command = f'"{sys.executable}" -m geo tidy --data "{files.folder}" {closed}'
    # a file of the ledger may have the number of a stream that is closed
    assert subprocess.run(["sh", "-c", command], cwd=PROJECT, check=False).returncode == 0
    files.bytes("counts", b"\xef\xbb\xbf" + files.bytes("counts"))
    ended = subprocess.run(["sh", "-c", command], cwd=PROJECT, check=False, capture_output=True)
    assert (ended.returncode, b"Traceback" in ended.stderr) == (1, False)


def test_a_terminal_of_another_encoding_is_written_to(files: LedgerFiles) -> None:
    files.edit("stations", RECORD, host_city="東京")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ended = run("check", "--data", str(files.folder), stdout=subprocess.PIPE, env=environment)
    assert "\\u6771\\u4eac has no row in places.csv" in ended.stdout
    assert ended.stderr == ""
