"""A release that is killed, or finds the disk full, is there whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.checks.check import examine
from geo.configuration import ROLES
from geo.ledger.dataset import Dataset
from geo.ledger.reading import Reading
from geo.releases.changes import differences
from geo.releases.folders import unreleased
from geo.releases.listing import releases
from geo.releases.making import write
from geo.releases.pinned import pinned
from geo.releases.planning import plan
from tests.disk import Killed, stopped
from tests.ledger_files import FIRST, TODAY
from tests.sizes import size
from tests.small_ledger import cut, read
from tests.small_ledger import write as write_rows

SECOND, THIRD = date(2026, 10, 1), date(2026, 11, 1)
SIGNED = [word for role in ROLES for word in ("--signed-off", role)]
PHRASE = "an unsayable phrase"
RECORD = "nl-rotterdam-1"


# what is released


def edit(folder: Path, name: str, key: str, **cells: str) -> None:
    rows = read(folder / f"{name}.csv")
    for row in rows:
        if row["id"] == key:
            row.update(cells)
    write_rows(folder / f"{name}.csv", rows[0], rows)


def first(folder: Path) -> dict[str, str]:
    """Nothing has been released yet."""
    return {}


def second(folder: Path) -> dict[str, str]:
    """A release is there, and cells and rows have changed since."""
    write(plan(folder, FIRST), {}, ROLES)
    edit(folder, "stations", RECORD, summary=f"Second: {PHRASE}.", said_open_from="2018")
    edit(folder, "stations", "ao-1", summary="Other words.")
    counts = read(folder / "counts.csv")
    added = {**counts[0], "id": "added-count"}
    write_rows(folder / "counts.csv", counts[0], [*counts[:-1], added])
    return {RECORD: f"Why: {PHRASE}", "ao-1": "Wrong", counts[-1]["id"]: "Counted twice"}


def after_withholding(folder: Path) -> dict[str, str]:
    """Two releases are there, and a record, a page and a cell in them have been withheld since."""
    reasons = second(folder)
    write(plan(folder, SECOND), reasons, ROLES)
    hidden = [
        ("record", RECORD, ""),
        ("field", "jbpress-undated", "publisher"),
        ("field", "ie-dublin-1", "host_city"),
        ("field", "ie-dublin-1", "summary"),
    ]
    columns = ("kind", "id", "field", "since", "ground", "note")
    entries = ((*entry, "2026-10-20", "legal", "") for entry in hidden)
    rows = [dict(zip(columns, entry, strict=True)) for entry in entries]
    write_rows(folder / "withheld.csv", columns, rows)
    edit(folder, "stations", "fr-paris-1", summary="Other words.")
    return {"fr-paris-1": "Wrong"}


SCENES = (first, second, after_withholding)


def release(folder: Path, reasons: dict[str, str]) -> int:
    given = [word for row, why in reasons.items() for word in ("--reason", f"{row}={why}")]
    return main(["release", "--data", str(folder), *SIGNED, *given])


# what is there then


def told(dataset: Dataset) -> dict[str, object]:
    """All of a dataset but the rows' places in the files, which change when others go."""
    found = {field.name: getattr(dataset, field.name) for field in fields(dataset)}
    found["events"] = [replace(event, position=0) for event in dataset.events]
    return {name: value for name, value in found.items() if name != "problems"}


def state(folder: Path) -> tuple[object, ...]:
    """What readers are shown, which releases there are, and what the check says."""
    served = Dataset.load(folder, TODAY)
    # as the command does, but for the gazetteer, which has no part in this
    problems = (*examine(folder, TODAY).problems, *unreleased(folder))
    there = releases(folder)
    newest = Reading.load(folder, TODAY)
    older = [pinned(one, newest, TODAY) for one in there]
    return (
        told(served),
        [(one.number, one.date, one.version) for one in there],
        [told(one.dataset) for one in older],
        [one.changes for one in older],
        [str(problem) for problem in problems],
    )


def hidden_names(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".*")]


def everything(folder: Path) -> str:
    found = [folder / "corrections.csv", *(folder / "releases").rglob("*.*")]
    return "\n".join(path.read_text(encoding="utf-8") for path in found if path.is_file())


@dataclass
class Scene:
    """A folder before its release, and how it is before and after."""

    folder: Path
    reasons: dict[str, str]
    moments: int
    before: tuple[object, ...]
    after: tuple[object, ...]
    register: list[dict[str, str]]


@pytest.fixture
def scene(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr("geo.commands.release.today", lambda: THIRD)
    folder = cut(tmp_path / "scene")
    reasons = request.param(folder)
    before = state(folder)
    whole = tmp_path / "whole"
    shutil.copytree(folder, whole)
    with stopped(0, Killed()) as disk:
        assert release(whole, reasons) == 0
    after = state(whole)
    assert before != after
    register = read(whole / "corrections.csv")
    made = [one.folder for one in releases(whole)]
    if len(made) > 1:
        entered = [e for e in register if e["id"].startswith(made[-1].name)]
        found = differences(made[-2], made[-1])
        assert [(e["record"], e["field"], e["before"], e["after"]) for e in entered] == [
            (c.id, c.field, c.before, c.after) for c in found if c.table != "withheld"
        ]
        assert entered
    assert len({entry["id"] for entry in register}) == len(register)
    return Scene(folder, reasons, disk.count, before, after, register)


def each(scene: Scene, tmp_path: Path, full: int) -> Iterator[tuple[int, Path]]:
    """A fresh copy of the folder for each n-th moment and the last; every 17th in everyday runs."""
    every = range(1, scene.moments + 1)
    for moment in sorted({*every[:: size(17, full)], *every[-8 :: size(3, 1)]}):
        folder = tmp_path / "copy"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(scene.folder, folder)
        yield moment, folder


def test_there_are_a_hundred_moments_to_be_killed_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.commands.release.today", lambda: THIRD)
    count = 0
    for number, make in enumerate(SCENES):
        folder = cut(tmp_path / str(number))
        reasons = make(folder)
        with stopped(0, Killed()) as disk:
            assert release(folder, reasons) == 0
        count += disk.count
    assert count >= 100


@pytest.mark.parametrize("scene", SCENES, indirect=True)
def test_a_killed_release_is_there_whole_or_not_at_all(scene: Scene, tmp_path: Path) -> None:
    seen = set()
    for moment, folder in each(scene, tmp_path, full=1):
        with pytest.raises(Killed), stopped(moment, Killed()):
            release(folder, scene.reasons)
        found = state(folder)
        assert found in (scene.before, scene.after), moment
        seen.add(found == scene.after)
        # the same command again completes it, and enters nothing twice
        file = folder / "corrections.csv"
        complete = found == scene.after and file.exists() and read(file) == scene.register
        assert release(folder, scene.reasons) == int(complete), moment
        assert state(folder) == scene.after, moment
        assert read(folder / "corrections.csv") == scene.register, moment
        assert hidden_names(folder) == [], moment
        if len(releases(folder)) > 2:
            assert PHRASE not in everything(folder)
    assert seen == {False, True}


@pytest.mark.parametrize("scene", SCENES, indirect=True)
def test_a_full_disk_is_a_sentence_and_the_state_of_before(
    scene: Scene, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # the kills above stop at each moment; here the odd and the even ones take turns
    for moment, folder in each(scene, tmp_path, full=3):
        code = errno.ENOSPC if moment % 2 else errno.EROFS
        capsys.readouterr()
        with stopped(moment, OSError(code, os.strerror(code))):
            status = release(folder, scene.reasons)
        said = capsys.readouterr().err
        found = state(folder)
        if status:
            assert os.strerror(code) in said, moment
            assert said.count("\n") == 1, moment
            made = "The release is made." in said
            assert found == (scene.after if made else scene.before), moment
        else:
            # the system could not be asked to keep a name that is there
            assert (said, found) == ("", scene.after), moment
        assert hidden_names(folder) == [] or not status, moment
        assert release(folder, scene.reasons) == int(not status), moment
        assert state(folder) == scene.after, moment
        assert read(folder / "corrections.csv") == scene.register, moment
        assert hidden_names(folder) == [], moment
