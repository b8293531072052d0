"""Where Firefox comes from, and what is said without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import find_firefox


@pytest.fixture(autouse=True)
def _no_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["find_firefox.py"])
    monkeypatch.delenv("CI", raising=False)


def test_a_program_that_starts_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "firefox"
    program.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    program.chmod(0o755)
    broken = tmp_path / "firefox-esr"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_firefox.main() == 0
    assert capsys.readouterr().out == f"{program}\n"


def test_without_one_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")  # nor apt-get, so nothing is installed
    assert find_firefox.main() == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "apt-get install firefox-esr" in err
    # on a build server those tests may not be left out in silence
    monkeypatch.setenv("CI", "true")
    assert find_firefox.main() == 1
