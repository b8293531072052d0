"""Kinds of broken files: what happens to a CSV file on its way from a desk to a server."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

FILE, ROW, CELL = "file", "row", "cell"
MEGABYTE = 1_000_000


class Damage(NamedTuple):
    """
    A kind of damage.

    Attributes
    ----------
    name : str
        What it is called.
    do : callable
        Damages the file.
    place : str
        What the check names at least: the file, its row too, or also the column.
    """

    name: str
    do: Callable[[Path], None]
    place: str = FILE


def _text(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda file: _write(file, change(file.read_bytes()))


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def _rows(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Path], None]:
    """Change the lines of a file; its first row is the header."""
    return _text(lambda content: b"\n".join(change(content.rstrip(b"\n").split(b"\n"))) + b"\n")


def _first_row(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return _rows(lambda lines: [lines[0], change(lines[1]), *lines[2:]])


def _instead(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def do(file: Path) -> None:
        file.unlink()
        make(file)

    return do


def _linked(file: Path) -> None:
    """Point a link at a pipe elsewhere."""
    pipe = file.parent.parent / f"{file.stem}.pipe"
    os.mkfifo(pipe)
    file.symlink_to(pipe)


def _sparse(file: Path, size: int = 63 * MEGABYTE) -> None:
    with file.open("wb") as handle:
        handle.truncate(size)


HTML = b"<!DOCTYPE html>\n<html><body><h1>502 Bad Gateway</h1></body></html>\n"
CONFLICT = [b"<<<<<<< HEAD", b"=======", b">>>>>>> theirs"]

KINDS = (
    Damage("missing", _instead(lambda file: None)),
    Damage("empty", _text(lambda c: b"")),
    Damage("blank lines alone", _text(lambda c: b"\n\n \n")),
    Damage("byte-order mark alone", _text(lambda c: b"\xef\xbb\xbf")),
    Damage("byte-order mark", _text(lambda c: b"\xef\xbb\xbf" + c)),
    Damage("cut in the header", _text(lambda c: c[:12]), ROW),
    Damage("cut in a row", _text(lambda c: c[: len(c) - 40])),
    Damage("no last line end", _text(lambda c: c.rstrip(b"\n"))),
    Damage("UTF-16", _text(lambda c: c.decode().encode("utf-16"))),
    Damage("UTF-16 without mark", _text(lambda c: c.decode().encode("utf-16-le"))),
    Damage("UTF-32", _text(lambda c: c.decode().encode("utf-32"))),
    Damage("a byte that is no UTF-8", _first_row(lambda r: r.replace(b",", b"\xe9,", 1)), ROW),
    Damage("NUL in a cell", _first_row(lambda r: r.replace(b",", b"\0,", 1)), ROW),
    Damage("NUL bytes at the end", _text(lambda c: c + b"\0" * 4096)),
    Damage("binary", _text(lambda c: bytes(range(256)) * 9)),
    Damage("an archive", _text(lambda c: b"PK\x03\x04" + bytes(300))),
    Damage("quote without its end", _first_row(lambda r: b'"' + r), ROW),
    Damage("quote that stands alone", _first_row(lambda r: b'"x"y' + r), ROW),
    Damage("cell of 2 MB", _first_row(lambda r: b"x" * 2 * MEGABYTE + r), ROW),
    Damage("column missing", _rows(lambda lines: [li.partition(b",")[2] for li in lines]), ROW),
    Damage("column renamed", _text(lambda c: b"x" + c), ROW),
    Damage("column twice", _rows(lambda lines: [li + b"," + li for li in lines]), ROW),
    Damage("column added", _rows(lambda lines: [lines[0] + b",more", *lines[1:]]), ROW),
    Damage("no header", _rows(lambda lines: lines[1:]), ROW),
    Damage("header twice", _rows(lambda lines: [lines[0], *lines]), CELL),
    Damage("row twice", _rows(lambda lines: [*lines, lines[1]]), CELL),
    Damage("cells too many", _first_row(lambda r: r + b",,more"), ROW),
    Damage("cells too few", _first_row(lambda r: r.partition(b",")[0]), ROW),
    Damage("cells shifted", _first_row(lambda r: b"x," + r), ROW),
    Damage("blank row", _rows(lambda lines: [*lines[:2], b"", *lines[2:]]), ROW),
    Damage("semicolons", _text(lambda c: c.replace(b",", b";"))),
    Damage("tabs", _text(lambda c: c.replace(b",", b"\t"))),
    Damage("Windows line ends", _text(lambda c: c.replace(b"\n", b"\r\n"))),
    Damage("old Mac line ends", _text(lambda c: c.replace(b"\n", b"\r"))),
    Damage("all in one line", _text(lambda c: c.replace(b"\n", b" ")), ROW),
    Damage("HTML of a proxy", _text(lambda c: HTML), ROW),
    Damage("JSON", _text(lambda c: b'{"error": "not found"}\n'), ROW),
    Damage("pointer of git-lfs", _text(lambda c: b"version https://git-lfs\noid 1\n"), ROW),
    Damage(
        "marks of a git conflict",
        _rows(lambda li: [li[0], CONFLICT[0], li[1], CONFLICT[1], li[1], CONFLICT[2], *li[2:]]),
        ROW,
    ),
    Damage("direction turned", _first_row(lambda r: r.replace(b",", "\u202e,".encode(), 1)), CELL),
    Damage("a formula", _first_row(lambda r: b"=1+1" + r), CELL),
    Damage("a folder", _instead(Path.mkdir)),
    Damage("a pipe", _instead(os.mkfifo)),
    Damage("a link to a pipe", _instead(_linked)),
    Damage("a link to nothing", _instead(lambda file: file.symlink_to("nowhere"))),
    Damage("a link to itself", _instead(lambda file: file.symlink_to(file))),
    Damage("a link to a device", _instead(lambda file: file.symlink_to("/dev/zero"))),
    Damage("63 MB", _instead(_sparse)),
)
