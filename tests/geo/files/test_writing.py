"""Files and folders are written whole or not at all, and drafts do not stay."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from geo.errors import FileUnusable
from geo.files.replacing import SUCCESSOR, drafted_folder, replace_folder, succeed
from geo.files.writing import (
    drafted,
    sweep,
    write_atomically,
)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_new_can_be_read_by_whoever_may_read_its_folder(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        for mode in (0o750, 0o755, 0o700):
            folder = tmp_path / f"{mode:o}"
            folder.mkdir()
            folder.chmod(mode)
            write_atomically(folder / "new.csv", "x")
            with drafted_folder(folder / "releases" / "one", {"a.csv": b"x"}) as draft:
                draft.put()
            made = [folder / "releases", folder / "releases" / "one"]
            assert {path.stat().st_mode & 0o777 for path in made} == {mode}
            files = [folder / "new.csv", made[1] / "a.csv"]
            assert {path.stat().st_mode & 0o777 for path in files} == {0o600 | mode & 0o044}
        shared = tmp_path / "shared"
        shared.mkdir()
        shared.chmod(0o1777)
        write_atomically(shared / "new.csv", "x")
        assert (shared / "new.csv").stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)


def test_a_file_keeps_its_mode_and_a_link_its_target(tmp_path: Path) -> None:
    file = tmp_path / "inside" / "file.csv"
    write_atomically(file, "old\n")
    file.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(file)
    write_atomically(link, "new\r\nø")
    assert link.is_symlink()
    assert file.read_bytes() == "new\r\nø".encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["inside", "link.csv"]
    assert names(file.parent) == ["file.csv"]


def test_a_draft_that_is_not_put_in_place_is_removed(tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    write_atomically(file, "old")
    with drafted(file, "new") as draft:
        assert draft.path.read_text() == "new"
        assert draft.path.name.startswith(".")
    assert file.read_text() == "old"
    with drafted_folder(tmp_path / "folder", {"a/b": b"x"}) as folder:
        assert (folder.path / "a" / "b").read_bytes() == b"x"
    assert names(tmp_path) == ["file.csv"]


def test_what_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FileUnusable, match=r"^inside\.csv could not be written and is unchanged: "):
        write_atomically(tmp_path / "file" / "inside.csv", "x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "kept").write_text("x")
    with (
        pytest.raises(FileUnusable, match="folder could not be written"),
        drafted_folder(tmp_path / "folder", {"new": b""}) as draft,
    ):
        draft.put()
    assert names(tmp_path / "folder") == ["kept"]
    assert names(tmp_path) == ["file", "folder"]


def test_a_folder_takes_the_place_of_another(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "old").write_text("x")
    replace_folder(folder, {"new": b"y"})
    assert (names(tmp_path), names(folder)) == (["folder"], ["new"])
    # killed between the two names
    os.rename(folder, tmp_path / f"folder{SUCCESSOR}")
    succeed(folder)
    assert (names(tmp_path), names(folder)) == (["folder"], ["new"])


def test_only_drafts_are_swept_away(tmp_path: Path) -> None:
    for name in (".a.csv.12.tmp", ".b.csv.12.tmp", ".a.csv.tmp", ".hidden", "plain.tmp"):
        (tmp_path / name).write_text("x")
    (tmp_path / ".git.tmp").mkdir()
    left = [".a.csv.tmp", ".b.csv.12.tmp", ".git.tmp", ".hidden", "plain.tmp"]
    sweep(tmp_path, r"a\.csv")
    assert names(tmp_path) == left
    sweep(tmp_path / "nowhere", ".*")
