"""A ledger whose files change while it is read, and a clock that the change drives."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.link.last_good import STILL
from tests.small_ledger import read, write

#: files that a change rewrites, each with the marker of the change
TABLES = ("sources", "stations", "investigations")
COLUMN = {"sources": "title", "stations": "summary", "investigations": "summary"}


class Clock:
    """Seconds since 1970, which stand while files are written and go a second on after it."""

    def __init__(self) -> None:
        self._standing: float | None = None

    def __call__(self) -> float:
        return time.time() + STILL if self._standing is None else self._standing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Let the clock stand for as long as files are half written."""
        self._standing = time.time()
        try:
            yield
        finally:
            self._standing = None


def marked(folder: Path, marker: str) -> dict[Path, bytes]:
    """The contents of the files with a marker in each row of `TABLES`."""
    contents = {}
    for name in TABLES:
        file = folder / f"{name}.csv"
        rows = [{**row, COLUMN[name]: marker} for row in read(file)]
        draft = folder.parent / f"{name}.draft"
        write(draft, rows[0], rows)
        contents[file] = draft.read_bytes()
    return contents


#: a way to write files, which stops after each step
Way = Callable[[dict[Path, bytes]], Iterator[None]]


def atomic(contents: dict[Path, bytes]) -> Iterator[None]:
    """Each file at once, one after the other."""
    for file, content in contents.items():
        draft = file.with_name(f".{file.name}.tmp")
        draft.write_bytes(content)
        os.replace(draft, file)
        yield


def half_written(contents: dict[Path, bytes]) -> Iterator[None]:
    """Each file cut in its middle at first, then whole."""
    for part in (2, 1):
        for file, content in contents.items():
            file.write_bytes(content[: len(content) // part])
            yield


def slow(contents: dict[Path, bytes]) -> Iterator[None]:
    """Each file in five pieces."""
    for file, content in contents.items():
        with file.open("wb", buffering=0) as handle:
            for start in range(0, len(content), len(content) // 5 + 1):
                handle.write(content[start : start + len(content) // 5 + 1])
                yield


def like_git(contents: dict[Path, bytes]) -> Iterator[None]:
    """Each file removed and made anew."""
    for file, content in contents.items():
        file.unlink()
        yield
        file.write_bytes(content)
        yield


def in_place(contents: dict[Path, bytes]) -> Iterator[None]:
    """Each file overwritten from its start, and cut to its new length."""
    for file, content in contents.items():
        with file.open("r+b", buffering=0) as handle:
            handle.write(content)
            yield
            handle.truncate()
            yield


WAYS: tuple[Way, ...] = (atomic, half_written, slow, like_git, in_place)


def write_in(way: Way, contents: dict[Path, bytes]) -> None:
    """Write files without a stop."""
    for _step in way(contents):
        pass
