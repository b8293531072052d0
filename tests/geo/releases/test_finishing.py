"""The register is made from the releases, and what older ones entered stays as it is."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.configuration import ROLES
from geo.files.descriptions import sealed
from geo.files.package import resources
from geo.files.replacing import SUCCESSOR
from geo.ledger.dataset import Dataset
from geo.releases.finishing import finish
from geo.releases.listing import releases
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
    del said["corrections"], said["sha256"]
    file.write_text(json.dumps(said), encoding="utf-8")


def test_a_release_keeps_what_it_entered(folder: Path) -> None:
    one, other = (
        json.loads((release.folder / "release.json").read_text(encoding="utf-8"))
        for release in releases(folder)
    )
    assert "corrections" not in one
    assert other["corrections"] == read(folder / "corrections.csv")


def test_a_register_without_entries_is_no_release(tmp_path: Path) -> None:
    folder = cut(tmp_path / "data")
    header = ",".join(next(r for r in resources() if r.name == "corrections").names)
    (folder / "corrections.csv").write_text(f"{header}\n", encoding="utf-8")
    assert not Dataset.load(folder, TODAY).released
    version = Dataset.load(folder, TODAY).version
    write(plan(folder, FIRST), {}, ROLES)
    assert Dataset.load(folder, TODAY).released
    assert Dataset.load(folder, TODAY).version == version


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


# what others leave among the releases


def copied(folder: Path, suffix: str, *without: str) -> Path:
    """Copy the newest release under another name, without some of its files."""
    release = releases(folder)[-1].folder
    copy = release.with_name(release.name + suffix)
    shutil.copytree(release, copy)
    for name in without:
        (copy / name).unlink()
    (copy / "stations.csv").write_text("other", encoding="utf-8")
    return copy


def seal(release: Path) -> None:
    """Renew the checksums of a release."""
    file = release / "release.json"
    said = json.loads(file.read_text(encoding="utf-8"))
    files = {path.name: path.read_bytes() for path in release.iterdir()}
    file.write_text(json.dumps(sealed(said, files)), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in (folder / "releases").rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize("name", ["~", "empty~", "tmp", "backup of a release"])
def test_a_folder_that_is_no_release_is_left_alone_and_reported(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    served = Dataset.load(folder, TODAY)
    (folder / "releases" / name).mkdir()
    (folder / "releases" / name / "stations.csv").write_bytes(b"id\n")
    before = contents(folder)
    assert Dataset.load(folder, TODAY).corrections == served.corrections
    assert len(releases(folder)) == 2
    change(folder, "Third words.")
    assert main(["release", "--data", str(folder), *SIGNED, "--reason", "ao-1=Why"]) == 1
    said = f"releases: “{name}” is a folder, but no release: move it elsewhere"
    assert said in capsys.readouterr().err
    assert main(["check", "--data", str(folder)]) == 1
    assert said in capsys.readouterr().out
    assert contents(folder) == before
    assert (folder / "releases" / name).is_dir()


@pytest.mark.parametrize("suffix", ["~", ".bak", " (copy)", SUCCESSOR])
@pytest.mark.parametrize("without", ["release.json", "places.csv"])
def test_a_copy_of_a_release_replaces_nothing(folder: Path, suffix: str, without: str) -> None:
    release = releases(folder)[-1].folder
    copied(folder, suffix, without)
    before = contents(folder)
    finish(folder)
    assert contents(folder) == before
    assert [one.folder for one in releases(folder)][-1] == release


@pytest.mark.parametrize("said", [{"number": 9}, {"version": "00000000"}, {"date": "2026-10-02"}])
def test_a_folder_replaces_no_other_release(folder: Path, said: dict[str, object]) -> None:
    release = releases(folder)[-1].folder
    file = copied(folder, SUCCESSOR) / "release.json"
    other = json.loads(file.read_text(encoding="utf-8")) | said
    file.write_text(json.dumps(other), encoding="utf-8")
    before = contents(folder)
    finish(folder)
    assert contents(folder) == before
    assert [one.folder for one in releases(folder)][-1] == release


@pytest.mark.parametrize("alone", [False, True])
def test_a_whole_successor_replaces_its_release(folder: Path, alone: bool) -> None:
    release = releases(folder)[-1].folder
    successor = copied(folder, SUCCESSOR)
    assert [one.folder for one in releases(folder)][-1] == release
    seal(successor)
    if alone:
        shutil.rmtree(release)
    assert [one.folder for one in releases(folder)][-1] == successor
    finish(folder)
    assert [one.folder for one in releases(folder)][-1] == release
    assert (release / "stations.csv").read_text(encoding="utf-8") == "other"
    assert not successor.exists()


def test_files_beside_the_releases_are_left_alone(folder: Path) -> None:
    names = ("README.md", "README.md~", ".notes.tmp", ".2026-10-01-00000000.part")
    for name in names:
        (folder / "releases" / name).write_text(name, encoding="utf-8")
    change(folder, "Third words.")
    assert main(["release", "--data", str(folder), *SIGNED, "--reason", "ao-1=Why"]) == 0
    for name in names:
        assert (folder / "releases" / name).read_text(encoding="utf-8") == name


def test_drafts_beside_the_target_of_a_link_are_swept_away(folder: Path, tmp_path: Path) -> None:
    file, target = folder / "corrections.csv", tmp_path / "register" / "entries.csv"
    target.parent.mkdir()
    file.rename(target)
    file.symlink_to(target)
    entries = target.read_bytes()
    (target.parent / ".entries.csv.12.tmp").write_text("half", encoding="utf-8")
    (target.parent / ".other.csv.12.tmp").write_text("half", encoding="utf-8")
    assert finish(folder) == ""
    assert sorted(path.name for path in target.parent.iterdir()) == [
        ".other.csv.12.tmp",
        "entries.csv",
    ]
    target.unlink()
    assert "in corrections.csv yet" in finish(folder)
    assert file.is_symlink()
    assert target.read_bytes() == entries


@pytest.mark.parametrize(
    "entries",
    [3, {"a": 1}, [{}], [{"id": "x"}], [1], "none", "date", "stood_days", "id", "number"],
)
def test_entries_that_are_no_rows_of_the_register_are_not_copied(
    folder: Path, entries: object, capsys: pytest.CaptureFixture[str]
) -> None:
    release = releases(folder)[-1].folder
    said = json.loads((release / "release.json").read_text(encoding="utf-8"))
    if isinstance(entries, str):
        said["corrections"][0] |= {entries: "nope"}
    else:
        said["corrections"] = entries
    (release / "release.json").write_text(json.dumps(said), encoding="utf-8")
    (folder / "corrections.csv").unlink()
    assert Dataset.load(folder, TODAY).corrections == ()
    assert main(["release", "--data", str(folder), *SIGNED]) == 1
    assert f"The release “{release.name}” cannot be read" in capsys.readouterr().err
    assert not (folder / "corrections.csv").exists()
