"""
Every command that writes, killed by the system or refused by the disk at any moment.

What it writes is the old content or the new afterwards, and the next run completes it. That
a release, which writes many files, is shown whole or not at all, and what it says of a full
disk, is tested in `tests.geo.releases.test_killed`.
"""

from __future__ import annotations

import argparse
import codecs
import errno
import os
import random
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from geo.__main__ import main
from geo.commands import geocode
from geo.commands.ending import status_of
from geo.configuration import ROLES
from geo.errors import FileUnusable
from geo.files.writing import write_atomically
from geo.paths import PROJECT
from geo.places.gazetteer import City, Gazetteer
from geo.releases.listing import find_releases
from geo.releases.making import write
from geo.releases.planning import plan
from tests.disk import CALLS, killed, stopped
from tests.ledger_files import FIRST
from tests.sizes import size
from tests.small_ledger import cut, read, small_rows
from tests.small_ledger import write as write_rows
from tools import messages, tables

DAY = date(2026, 11, 1)
SIGNED = [word for role in ROLES for word in ("--signed-off", role)]
#: files that a spreadsheet has saved, in the order of the data package
TIDIED = ("counts.csv", "places.csv", "excluded.csv")
#: bytes that the system takes at once: a file of some kilobytes has many moments
PIECE = 256


@dataclass(frozen=True)
class Command:
    """A command: how its folder is before it, how it is run there, and how often it is killed."""

    prepare: Callable[[Path], object]
    run: Callable[[Path], int]
    kills: int


@cache
def gazetteer() -> Gazetteer:
    """An invented gazetteer with the cities of the small ledger."""
    rows = [row for row in small_rows()["stations"] if row["host_city"]]
    cities = [
        City(
            geonameid=number,
            name=row["host_city"],
            latitude=10.0,
            longitude=20.0,
            countrycode=row["host_country"],
            population=1_000_000,
            admin1code="01",
            alternatenames=[],
        )
        for number, row in enumerate(rows, 1)
    ]
    return Gazetteer(load=lambda: cities)


def without_places(folder: Path) -> None:
    cut(folder)
    rows = small_rows()["places"]
    write_rows(folder / "places.csv", rows[0], rows[:2])


def run_geocode(folder: Path) -> int:
    parser = argparse.ArgumentParser()
    geocode.add_arguments(parser)
    given = parser.parse_args(["--data", str(folder)])
    return status_of("geocode", lambda: geocode.run(given, geocoders=[gazetteer()]))


def with_old(name: str) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        cut(folder)
        (folder / name).write_text("Old.\n", encoding="utf-8")

    return prepare


def run_words(folder: Path) -> int:
    return main(["words", "--data", str(folder), "--to", str(folder / "words.md")])


def run_messages(folder: Path) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(messages, "PROJECT", folder)
        patch.setattr(messages, "TARGET", folder / "atlas.pot")
        # to collect the texts takes seconds, and writes nothing
        patch.setattr(messages, "catalogue", lambda: 'msgid "a"\nmsgstr ""\n' * 500)
        return status_of("messages", messages.main)


def with_document(folder: Path) -> None:
    folder.mkdir()
    text = (PROJECT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    (folder / "links.md").write_text(re.sub(r"(?m)^\| `country` .*\n", "", text), encoding="utf-8")


def run_tables(folder: Path) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "PROJECT", folder)
        patch.setattr(tables, "TARGET", folder / "links.md")
        return status_of("tables", tables.main)


def released(folder: Path) -> None:
    cut(folder)
    write(plan(folder, FIRST), {}, ROLES)
    rows = read(folder / "stations.csv")
    rows[0]["summary"] = "Other words."
    write_rows(folder / "stations.csv", rows[0], rows)


def run_release(folder: Path) -> int:
    reason = f"{read(folder / 'stations.csv')[0]['id']}=Why"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.commands.release.today", lambda: DAY)
        return main(["release", "--data", str(folder), *SIGNED, "--reason", reason])


def from_a_spreadsheet(folder: Path) -> None:
    cut(folder)
    for name in TIDIED:
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(codecs.BOM_UTF8 + content.replace(b"\n", b"\r\n"))


def run_tidy(folder: Path) -> int:
    return main(["tidy", "--write", "--data", str(folder)])


#: 300 kills in all
COMMANDS = {
    "geocode": Command(without_places, run_geocode, 60),
    "words": Command(with_old("words.md"), run_words, 60),
    "tidy": Command(from_a_spreadsheet, run_tidy, 60),
    "messages": Command(with_old("atlas.pot"), run_messages, 40),
    "tables": Command(with_document, run_tables, 40),
    "release": Command(released, run_release, 40),
}
each_command = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)


def contents(folder: Path) -> dict[str, bytes]:
    """All files but drafts, which readers do not see and the next run removes."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    shown = (path for path in files if not any(part.startswith(".") for part in path.parts))
    return {path.as_posix(): (folder / path).read_bytes() for path in shown}


def drafts(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".*")]


@dataclass
class Prepared:
    """The folder of a command before it, what is in it before and after, and its moments."""

    folder: Path
    before: dict[str, bytes]
    after: dict[str, bytes]
    moments: int

    def copy(self) -> Path:
        """A fresh copy of the folder as it is before."""
        folder = self.folder.with_name("copy")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        return folder

    def states(self, command: Command) -> list[dict[str, bytes]]:
        """What may be there afterwards."""
        if command.run is run_tidy:
            # each file is old or new, in the order of the data package
            return [
                self.before | {name: self.after[name] for name in TIDIED[:count]}
                for count in range(len(TIDIED) + 1)
            ]
        if command.run is not run_release:
            return [self.before, self.after]
        # a release is there from the moment on at which its folder has its name
        register = {"corrections.csv": self.before["corrections.csv"]}
        return [self.before, self.after | register, self.after]


def prepared(command: Command, tmp_path: Path) -> Prepared:
    """Prepare a folder, and run the command once in a copy of it."""
    folder = tmp_path / "folder"
    command.prepare(folder)
    made = Prepared(folder, contents(folder), {}, 0)
    copy = made.copy()
    with stopped(0, OSError(), PIECE) as disk:
        assert command.run(copy) == 0
    made.after, made.moments = contents(copy), disk.count
    assert made.after != made.before
    return made


def test_there_are_three_hundred_kills() -> None:
    assert sum(command.kills for command in COMMANDS.values()) == 300


@each_command
def test_a_killed_command_leaves_the_old_content_or_the_new(
    command: Command, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    scene = prepared(command, tmp_path)
    chance = random.Random(2026)
    kills = size(6, command.kills)
    # the last moments are those around the names
    moments = [scene.moments - n for n in range(min(4, kills))]
    moments += [chance.randint(1, scene.moments) for _ in range(kills - len(moments))]
    drafted = 0
    for moment in moments:
        folder = scene.copy()
        assert killed(moment, partial(command.run, folder), PIECE), moment
        assert contents(folder) in scene.states(command), moment
        assert not find_releases(folder).damaged, moment
        drafted += bool(drafts(folder))
        # the next run completes it; a release that is there needs none
        status = command.run(folder)
        assert status == 0 or command.run is run_release, moment
        assert contents(folder) == scene.after, moment
        assert drafts(folder) == [], moment
    assert drafted
    assert "Traceback" not in capfd.readouterr().err


CODES = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EIO)


@pytest.mark.parametrize("command", [*COMMANDS.values()][:5], ids=[*COMMANDS][:5])
def test_a_disk_that_refuses_is_a_sentence_with_the_file(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene = prepared(command, tmp_path)
    every = range(1, scene.moments + 1)
    # all of them at the end, where there are the names
    moments = {*every[:: max(1, scene.moments // size(6, 60))], *every[-4:]}
    refused = 0
    for moment in sorted(moments):
        code = CODES[moment % len(CODES)]
        folder = scene.copy()
        capsys.readouterr()
        with stopped(moment, OSError(code, os.strerror(code)), PIECE):
            status = command.run(folder)
        told = capsys.readouterr().err
        assert contents(folder) in scene.states(command), moment
        if status:
            refused += 1
            assert re.fullmatch(rf"[^\n]*: {re.escape(os.strerror(code))}[^\n]*\n", told), moment
        else:
            # the name is there, and the system could not be asked to flush it
            assert (told, contents(folder)) == ("", scene.after), moment
        assert command.run(folder) == 0, moment
        assert contents(folder) == scene.after, moment
        assert drafts(folder) == [], moment
    assert refused


@each_command
def test_what_gets_its_name_has_been_flushed(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = prepared(command, tmp_path)
    folder = scene.copy()
    done: list[tuple[str, Path]] = []

    def log(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **options: Any) -> Any:
            if name in ("write", "fsync"):
                done.append((name, Path(os.readlink(f"/proc/self/fd/{given[0]}"))))
            elif name in ("replace", "rename"):
                done.extend([("from", Path(given[0])), ("to", Path(given[1]))])
            return real(*given, **options)

        return call

    for name in CALLS:
        monkeypatch.setattr(os, name, log(name, getattr(os, name)))
    assert command.run(folder) == 0
    names = [place for place, (what, _path) in enumerate(done) if what == "from"]
    assert names
    for place in names:
        draft, target = done[place][1], done[place + 1][1]
        for written in {p for what, p in done[:place] if what == "write" and inside(p, draft)}:
            last = max(n for n, step in enumerate(done[:place]) if step == ("write", written))
            assert ("fsync", written) in done[last:place], written
        # and afterwards the folder, without which the name may be lost
        assert ("fsync", target.parent) in done[place:], target


def inside(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


def test_drafts_of_other_files_stay(tmp_path: Path) -> None:
    names = (".words.md.12.tmp", ".words.mdx.12.tmp", ".words.md.tmp", "words.md.12.tmp")
    for name in names:
        (tmp_path / name).write_text("half", encoding="utf-8")
    write_atomically(tmp_path / "words.md", "whole")
    left: Sequence[str] = sorted(path.name for path in tmp_path.iterdir())
    assert left == sorted([*names[1:], "words.md"])
    with pytest.raises(FileUnusable, match=r"^words\.md could not be written"):
        write_atomically(tmp_path / "words.md" / "words.md", "x")
