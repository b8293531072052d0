"""Where nginx comes from, and what is said without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import find_nginx


@pytest.fixture(autouse=True)
def _no_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["find_nginx.py"])
    monkeypatch.delenv("CI", raising=False)


def test_it_is_found_where_only_administrators_look(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "nginx"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(find_nginx, "FOLDERS", (str(tmp_path),))
    assert find_nginx.main() == 0
    assert capsys.readouterr().out == f"{program}\n"


def test_without_one_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")  # nor apt-get, so nothing is installed
    monkeypatch.setattr(find_nginx, "FOLDERS", ())
    assert find_nginx.main() == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "apt-get install nginx-light" in err
    # on a build server those tests may not be left out in silence
    monkeypatch.setenv("CI", "true")
    assert find_nginx.main() == 1
