"""A release that is not as it was made is a problem with a sentence, and is not shown."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from geo.__main__ import main
from geo.configuration import ROLES
from geo.files.descriptions import DESCRIPTION, sealed
from geo.ledger.dataset import Dataset
from geo.link import readings
from geo.link.opening import open_address
from geo.link.permalink import parse_query
from geo.link.readings import known_releases
from geo.releases.folders import unreleased
from geo.releases.listing import find_releases
from geo.releases.making import write
from geo.releases.planning import plan
from tests.ledger_files import FIRST, TODAY
from tests.small_ledger import cut, read
from tests.small_ledger import write as write_rows

SECOND = date(2026, 10, 1)
RECORD = "ao-1"
SIGNED = [word for role in ROLES for word in ("--signed-off", role)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger with two releases, and another wording since."""
    ledger = cut(tmp_path / "data")
    write(plan(ledger, FIRST), {}, ROLES)
    for words in ("Second words.", "Third words."):
        rows = read(ledger / "stations.csv")
        for row in rows:
            row["summary"] = words if row["id"] == RECORD else row["summary"]
        write_rows(ledger / "stations.csv", rows[0], rows)
        if words == "Second words.":
            write(plan(ledger, SECOND), {RECORD: "Reason"}, ROLES)
    return ledger


def made(folder: Path) -> list[Path]:
    return [release.folder for release in find_releases(folder).whole]


def said(release: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((release / DESCRIPTION).read_text(encoding="utf-8"))
    return content


def lines(folder: Path) -> list[str]:
    return [str(problem) for problem in unreleased(folder) if not problem.warning]


def shown(folder: Path, version: str) -> tuple[str, tuple[str, ...]]:
    """The wording that a link shows, and its notices but for the one that it is not its ledger."""
    view = open_address(folder, parse_query(f"v={version}"), TODAY)
    notices = tuple(notice for notice in view.notices if "has changed since" not in notice)
    return view.dataset.records_by_id[RECORD].summary, notices


def test_each_file_of_a_release_has_its_checksum(folder: Path) -> None:
    for release in made(folder):
        sums = said(release)["sha256"]
        tables = {path.name: path.read_bytes() for path in release.glob("*.csv")}
        assert len(tables) >= 8
        assert {name: sha256(text).hexdigest() for name, text in tables.items()} == {
            name: digest for name, digest in sums.items() if name != DESCRIPTION
        }
    assert lines(folder) == ["stations.csv:" + line for line in _changed(folder)]


def _changed(folder: Path) -> list[str]:
    number = [row["id"] for row in read(folder / "stations.csv")].index(RECORD) + 2
    return [
        f"{number} summary: differs from the release of 1 October 2026 without an entry in "
        "corrections.csv: run `make release`"
    ]


def flip(release: Path) -> None:
    file = release / "sources.csv"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def shorten(release: Path) -> None:
    file = release / "sources.csv"
    file.write_bytes(file.read_bytes()[:-1])


def pipe(release: Path) -> None:
    (release / "sources.csv").unlink()
    os.mkfifo(release / "sources.csv")


def grow(release: Path) -> None:
    with (release / "sources.csv").open("r+b") as file:
        file.truncate(20_000_001)


def describe(**other: object) -> Callable[[Path], None]:
    def change(release: Path) -> None:
        (release / DESCRIPTION).write_text(json.dumps(said(release) | other), encoding="utf-8")

    return change


#: what happens to a release, and what is said of it
DAMAGE: list[tuple[Callable[[Path], object], str]] = [
    (flip, "sources.csv has changed"),
    (shorten, "sources.csv has changed"),
    (lambda release: (release / "sources.csv").unlink(), "sources.csv is missing"),
    (pipe, "sources.csv cannot be read (it is a pipe, not a regular file)"),
    (grow, "sources.csv cannot be read (it has 21 MB, and at most 20 MB are read)"),
    (
        lambda release: shutil.copy(release / "sources.csv", release / "corrections.csv"),
        "corrections.csv is no part of it",
    ),
    (describe(note="Other."), "release.json has changed"),
    (describe(signed_off=[]), "release.json has changed"),
]


@pytest.mark.parametrize(("way", "fault"), DAMAGE, ids=[fault for _way, fault in DAMAGE])
def test_a_damaged_release_is_named_and_not_shown(
    folder: Path,
    way: Callable[[Path], object],
    fault: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, second = made(folder)
    way(first)
    sentence = f"The release “{first.name}” is damaged and not shown: {fault}."
    assert lines(folder) == [f"releases: {sentence}"]
    assert main(["check", "--data", str(folder)]) == 1
    assert f"releases: {sentence}" in capsys.readouterr().out
    # the link says so and shows the latest ledger; the other release is shown as it was
    assert shown(folder, first.name[-8:]) == ("Third words.", (sentence,))
    assert shown(folder, second.name[-8:]) == ("Second words.", ())
    # nothing is released on top of it: what is withheld could not be taken out of it
    before = {path: path.read_bytes() for path in folder.rglob("*.json")}
    assert main(["release", "--data", str(folder), *SIGNED, "--reason", f"{RECORD}=Why"]) == 1
    assert capsys.readouterr().err == f"{sentence}\n"
    assert {path: path.read_bytes() for path in folder.rglob("*.json")} == before


#: texts of a description that are none
BROKEN = [
    "",
    "[" * 100_000,
    '{"a":' * 100_000,
    '{"number": 1' + "0" * 5000 + "}",
    "[]",
    "null",
    '{"number": NaN}',
    '{"number": 1e999}',
    '{"number": 1, "number": 1}',
    '{"note": "\\ud800"}',
    '{"number": 1}',
    "\x00",
    "<html>",
]
#: values that are none, by themselves in a description that is right otherwise
VALUES: tuple[object, ...] = (
    *(None, True, -1, 1.5, "", "x", [], [[]], {}, {"a": 1}, [{"id": []}], "2026-02-30"),
)
NAMES = ("number", "date", "version", "corrections", "sha256")


def broken(folder: Path) -> None:
    """Expect the first release to be named as one that cannot be read."""
    readings.require_still(0)
    name = sorted((folder / "releases").iterdir())[0].name
    sentence = f"The release “{name}” cannot be read: its release.json is missing or broken."
    assert lines(folder) == [f"releases: {sentence}"]
    assert shown(folder, name[-8:]) == ("Third words.", (sentence,))
    assert Dataset.load(folder, TODAY).released


def test_a_description_that_is_none_is_a_sentence(folder: Path) -> None:
    file = made(folder)[0] / DESCRIPTION
    for text in BROKEN:
        file.write_text(text, encoding="utf-8")
        broken(folder)
    file.write_bytes(b"\xff\xfe{\x00}\x00")
    broken(folder)
    file.unlink()
    broken(folder)


def test_a_value_of_another_type_is_a_sentence(folder: Path) -> None:
    release = made(folder)[0]
    whole = said(release)
    tables = {path.name: path.read_bytes() for path in release.glob("*.csv")}
    for name, value in product(NAMES, VALUES):
        if (name, value) == ("corrections", []):
            continue
        # its checksums are right: what is wrong is the value alone
        other = sealed(whole | {name: value}, tables)
        text = json.dumps(whole | {name: value} if name == "sha256" else other)
        (release / DESCRIPTION).write_text(text, encoding="utf-8")
        found = find_releases(folder)
        assert len(found.damaged) == 1, (name, value)
        assert "cannot be read: its release.json is missing or broken" in repr(found), (name, value)


@pytest.mark.parametrize(
    ("way", "why"),
    [
        (lambda file: os.mkfifo(file), "release.json: it is a pipe, not a regular file"),
        (lambda file: file.mkdir(), "release.json: Is a directory"),
        (lambda file: file.symlink_to(file), "release.json: Too many levels of symbolic links"),
        (
            lambda file: file.write_bytes(b" " * 20_000_001),
            "release.json: it has 21 MB, and at most 20 MB are read",
        ),
    ],
)
def test_a_description_that_is_no_file_is_a_sentence(
    folder: Path, way: Callable[[Path], object], why: str
) -> None:
    file = made(folder)[0] / DESCRIPTION
    file.unlink()
    way(file)
    name = file.parent.name
    assert lines(folder) == [f"releases: The release “{name}” cannot be read: {why}."]


def test_checksums_are_renewed_when_something_is_withheld(folder: Path) -> None:
    first, second = made(folder)
    before = said(first)["sha256"]
    columns = ("kind", "id", "field", "since", "ground", "note")
    entry = dict(zip(columns, ("record", RECORD, "", "2026-10-20", "legal", ""), strict=True))
    write_rows(folder / "withheld.csv", columns, [entry])
    rows = read(folder / "stations.csv")
    rows[1]["summary"] = "Other words."
    write_rows(folder / "stations.csv", rows[0], rows)
    reason = f"{rows[1]['id']}=Why"
    assert main(["release", "--data", str(folder), *SIGNED, "--reason", reason]) == 0
    assert said(first)["sha256"].keys() == before.keys()
    assert said(first)["sha256"] != before
    assert len(made(folder)) == 3
    assert lines(folder) == []
    assert "Second words." not in (second / "stations.csv").read_text(encoding="utf-8")


def test_a_release_without_checksums_is_shown_and_told(folder: Path) -> None:
    first, _second = made(folder)
    content = said(first)
    del content["sha256"]
    (first / DESCRIPTION).write_text(json.dumps(content), encoding="utf-8")
    assert shown(folder, first.name[-8:])[1] == ()
    warnings = [str(problem) for problem in unreleased(folder) if problem.warning]
    assert warnings == [
        f"releases: The release “{first.name}” has no checksums, so a change of its files "
        "would not be seen."
    ]
    # what can be seen without them is
    (first / "sources.csv").unlink()
    (line,) = lines(folder)
    assert line.endswith("is damaged and not shown: sources.csv: the file is missing.")
    assert shown(folder, first.name[-8:])[0] == "Third words."


def test_files_are_compared_once_for_each_state_of_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flip(made(folder)[0])
    found = known_releases(folder)
    assert len(found.damaged) == 1
    monkeypatch.setattr("geo.link.readings.find_releases", lambda _folder: pytest.fail("read"))
    for _ in range(3):
        assert known_releases(folder) is found
    monkeypatch.undo()
    flip(found.whole[0].folder)
    assert len(known_releases(folder).damaged) == 2
