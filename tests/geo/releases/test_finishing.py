"""The register is made from the releases, and what older ones entered stays as it is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.configuration import ROLES
from geo.ledger.dataset import Dataset
from geo.releases.folders import releases
from geo.releases.making import write
from geo.releases.planning import plan
from tests.ledger_files import FIRST, TODAY
from tests.small_ledger import cut, read
from tests.small_ledger import write as write_rows

SECOND, THIRD = date(2026, 10, 1), date(2026, 11, 1)
SIGNED = [word for role in ROLES for word in ("--signed-off", role)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger with two releases and one correction."""
    folder = cut(tmp_path / "data")
    write(plan(folder, FIRST), {}, ROLES)
    change(folder, "Second words.")
    write(plan(folder, SECOND), {"ao-1": "First reason"}, ROLES)
    return folder


def change(folder: Path, words: str) -> None:
    rows = read(folder / "stations.csv")
    for row in rows:
        if row["id"] == "ao-1":
            row["summary"] = words
    write_rows(folder / "stations.csv", rows[0], rows)


def before_entries_were_kept(folder: Path) -> None:
    """Make the newest release one of those that kept no entries of their own."""
    file = releases(folder)[-1].folder / "release.json"
    said = json.loads(file.read_text(encoding="utf-8"))
    del said["corrections"]
    file.write_text(json.dumps(said), encoding="utf-8")


def test_a_release_keeps_what_it_entered(folder: Path) -> None:
    one, other = (
        json.loads((release.folder / "release.json").read_text(encoding="utf-8"))
        for release in releases(folder)
    )
    assert "corrections" not in one
    assert other["corrections"] == read(folder / "corrections.csv")


def test_what_the_file_lacks_is_served_and_then_entered(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (folder / "corrections.csv").read_bytes()
    served = Dataset.load(folder, TODAY)
    (folder / "corrections.csv").unlink()
    assert Dataset.load(folder, TODAY).corrections == served.corrections != ()
    assert Dataset.load(folder, TODAY).released
    assert main(["release", "--data", str(folder), *SIGNED]) == 0
    said = "The corrections of the release of 1 October 2026 were not in corrections.csv yet"
    assert capsys.readouterr().out == f"{said}; they are now.\n"
    assert (folder / "corrections.csv").read_bytes() == whole
    assert main(["release", "--data", str(folder), *SIGNED]) == 1
    assert "Nothing has changed" in capsys.readouterr().err


def test_entries_of_older_releases_stay_as_they_are(folder: Path) -> None:
    before_entries_were_kept(folder)
    entered = read(folder / "corrections.csv")
    assert [entry["reason"] for entry in entered] == ["First reason"]
    change(folder, "Third words.")
    write(plan(folder, THIRD), {"ao-1": "Second reason"}, ROLES)
    register = read(folder / "corrections.csv")
    assert register[:1] == entered
    assert [(e["before"], e["after"], e["stood_days"]) for e in register[1:]] == [
        ("Second words.", "Third words.", "31")
    ]


def test_a_release_that_cannot_be_read_takes_nothing_from_the_register(folder: Path) -> None:
    served = Dataset.load(folder, TODAY)
    for text in ("", "[]", '{"corrections": 3}', '{"corrections": [1, {"id": null}]}'):
        (releases_folder := folder / "releases").joinpath("2026-10-02-00000000").mkdir(
            exist_ok=True
        )
        file = releases_folder / "2026-10-02-00000000" / "release.json"
        file.write_text(text, encoding="utf-8")
        assert Dataset.load(folder, TODAY).corrections == served.corrections
