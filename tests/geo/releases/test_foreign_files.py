"""Files that are no part of a ledger change nothing in it, and the check names each."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.configuration import ROLES
from geo.ledger.dataset import fingerprint
from geo.link.signatures import ledger_files
from geo.releases.foreign_files import foreign_files, misplaced
from geo.releases.listing import find_releases
from geo.releases.making import write
from geo.releases.planning import plan
from tests.ledger_files import FIRST
from tests.small_ledger import cut

#: what spreadsheets, file managers, editors and file systems leave
LEFT = ["stations copy.csv", "stations (1).csv", "stations.csv~", ".#stations.csv",
        "._stations.csv", ".~lock.stations.csv#", "Stations.CSV", "stations.csv.bak",
        "#stations.csv#", ".DS_Store", ".stations.csv.swp", "Thumbs.db", "stations.xlsx",
        "lost+found/", "@eaDir/", "old/"]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger with a release."""
    ledger = cut(tmp_path / "data")
    write(plan(ledger, FIRST), {}, ROLES)
    return ledger


def leave(folder: Path, name: str) -> None:
    if name.endswith("/"):
        (folder / name).mkdir()
        folder, name = folder / name, "stations.csv"
    (folder / name).write_text("id,name\n1,x\n", encoding="utf-8")


def messages(folder: Path) -> list[str]:
    return [str(problem) for problem in foreign_files(folder)]


def test_a_ledger_and_its_releases_have_nothing_foreign(folder: Path) -> None:
    for name in ("README.md", ".gitattributes", ".stations.csv.4711.tmp", "datapackage.json"):
        (folder / name).write_text("", encoding="utf-8")
    (folder / ".git").mkdir()
    assert foreign_files(folder) == misplaced(folder) == []


@pytest.mark.parametrize("name", LEFT)
def test_what_is_left_beside_the_tables_changes_nothing_and_is_named(
    folder: Path, name: str
) -> None:
    before = fingerprint(folder), ledger_files(folder)
    leave(folder, name)
    assert (fingerprint(folder), ledger_files(folder)) == before
    assert foreign_files(folder)[0].warning
    assert messages(folder) == [
        f"{name.rstrip('/')}: is no file of the ledger and is not read: move it elsewhere"
    ]


@pytest.mark.parametrize(
    "name",
    [
        "withheld (Jo’s conflicted copy 2026-11-26).csv",
        "withheld.sync-conflict-20261126-101010-ABCDEFG.csv",
        "withheld-LAPTOP-1.csv",
        "Kopie von Withheld.CSV",
    ],
)
def test_a_copy_of_what_is_withheld_is_an_error(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / "withheld.csv").read_bytes())
    (problem,) = foreign_files(folder)
    assert (problem.file, problem.warning) == (name, False)
    assert "may be a copy of withheld.csv" in problem.message


@pytest.mark.parametrize("name", ["withheld.csv~", ".~lock.withheld.csv#", "._withheld.csv"])
def test_what_an_editor_leaves_of_it_is_a_warning(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"")
    assert [problem.warning for problem in foreign_files(folder)] == [True]


@pytest.mark.parametrize("name", LEFT)
def test_what_is_left_in_a_release_changes_nothing_and_is_named(folder: Path, name: str) -> None:
    before = find_releases(folder)
    release = before.whole[0]
    version = fingerprint(release.folder)
    leave(release.folder, name)
    assert find_releases(folder) == before, "it is as it was made"
    assert fingerprint(release.folder) == version
    (said,) = messages(folder)
    named = f"{release.folder.name}/{name.rstrip('/')}"
    assert said == f"releases: “{named}” is no file of a release and is not read: move it elsewhere"
    assert misplaced(folder) == [], "it prevents no release"


def test_what_is_left_among_the_releases_is_named(folder: Path) -> None:
    leave(folder / "releases", ".DS_Store")
    leave(folder / "releases", "notes.txt")
    assert [said.split("”")[0] for said in messages(folder)] == [
        "releases: “.DS_Store", "releases: “notes.txt"
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["lost+found", "@eaDir", "New folder", ".Trashes"])
def test_an_empty_folder_among_the_releases_is_named_and_prevents_nothing(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = find_releases(folder)
    (folder / "releases" / name).mkdir()
    (folder / "releases" / name / "thumb.jpg").write_bytes(b"x")
    assert find_releases(folder) == before
    assert main(["check", "--data", str(folder)]) == 0
    assert f"warning: releases: “{name}”" in capsys.readouterr().out
    assert not any("releases" in problem for problem in plan(folder, FIRST).problems)


def test_a_file_in_the_place_of_the_releases_is_an_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(folder / "releases")
    (folder / "releases").write_text("", encoding="utf-8")
    assert main(["check", "--data", str(folder)]) == 1
    assert "releases: is not a folder" in capsys.readouterr().out
    (folder / "releases").unlink()
    (folder / "releases").symlink_to(folder / "nowhere")
    assert main(["check", "--data", str(folder)]) == 1
    assert "releases: is not a folder" in capsys.readouterr().out


def test_a_release_that_is_a_file_is_an_error(folder: Path) -> None:
    (release,) = find_releases(folder).whole
    shutil.rmtree(release.folder)
    release.folder.write_text("", encoding="utf-8")
    (problem,) = misplaced(folder)
    assert not problem.warning
    assert str(problem) == (
        f"releases: “{release.folder.name}” is named like a release, but is not a folder: "
        "move it elsewhere"
    )


def test_names_are_printed_without_what_a_terminal_obeys(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (b"a\x1b[31mb.csv", b"a\nb.csv", b"a\xffb.csv", "a\u202eb.csv".encode()):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("", encoding="utf-8")
    assert main(["check", "--data", str(folder)]) == 0
    output = capsys.readouterr().out
    assert output.count("is no file of the ledger") == 4
    assert output.isascii() or not {"\x1b", "\u202e", "\udcff"} & set(output)
