"""A sentence names a command as its reader has to type it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.__main__ import COMMANDS
from geo.invocation import _has_make, command_line
from geo.paths import PROJECT

#: a command inside a text, and not in the first line of a module
_TYPED = re.compile(r"`make [a-z]|python -m geo")


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    _has_make.cache_clear()
    yield
    _has_make.cache_clear()


def test_a_target_of_make_with_its_options() -> None:
    assert command_line("tidy") == "make tidy"
    assert command_line("tidy", "--write") == "make tidy ARGS=--write"
    assert command_line("sources", "--archive", "a.csv") == "make sources ARGS='--archive a.csv'"


def test_every_command_is_a_target_of_make() -> None:
    targets = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {module.NAME for module in COMMANDS} <= set(targets)


def test_the_module_where_there_is_no_make(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.executable", str(PROJECT / ".venv" / "bin" / "python"))
    assert command_line("tidy", "--write") == ".venv/bin/python -m geo tidy --write"
    monkeypatch.setattr("sys.executable", "/usr/bin/python3")
    assert command_line("release") == "/usr/bin/python3 -m geo release"


def test_no_sentence_names_a_command_in_another_way() -> None:
    for file in sorted(Path(PROJECT / "geo").rglob("*.py")):
        for line in file.read_text("utf-8").splitlines():
            if _TYPED.search(line) and re.search(r"[^`]\"[^\"]|_\(", line):
                assert '"""' in line or line.lstrip().startswith("#"), f"{file.name}: {line}"
