"""Where the programs come from that open the atlas's files, and what is said without them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import find_readers


@pytest.fixture(autouse=True)
def _no_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["find_readers.py"])
    monkeypatch.delenv("CI", raising=False)


def test_those_in_the_search_path_are_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in find_readers.READERS:
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_readers.main() == 0
    assert capsys.readouterr().out.split() == [str(tmp_path / n) for n in find_readers.READERS]


def test_without_one_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "Rscript").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))  # without apt-get, so nothing is installed
    assert find_readers.main() == 0
    out, err = capsys.readouterr()
    assert out == f"{tmp_path / 'Rscript'}\n"
    assert "apt-get install libreoffice-calc gdal-bin" in err
    assert "r-base-core" not in err
    # on a build server those tests may not be left out in silence
    monkeypatch.setenv("CI", "true")
    assert find_readers.main() == 1
