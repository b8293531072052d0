"""
What a page needs to start Streamlit's front end, with its small modules in one file.

Streamlit's shell preloads sixty modules, most of them under a kilobyte: over HTTP/1.1, six
at a time with 150 ms each, that takes longer than their bytes. The *pack* is one response
with the source of the smaller ones. A script in the page (`atlas-1/unpack.js`) makes `blob:`
modules of them, and an import map from the address of each to its `blob:`; so a module is
still named by one address, wherever it is imported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from geo.web.bodies import Body
from geo.web.library_files import (
    MAP_FRAME,
    STATIC,
    FileTable,
    library_files,
    streamlit_folder,
)

#: where modules are, relative to a page as in Streamlit's shell: a proxy may add a folder
MODULES = "./static/js/"
#: components that are loaded when the first panel and the map are shown
SHOWN_FIRST = ("BidiComponent.", "ComponentInstance.")
#: bytes of the greatest module in the pack. Larger ones are better cached by themselves,
#: with the code that the browser has compiled
PACKED_BELOW = 12_000

_ENTRY = re.compile(r'<script type="module"[^>]* src="(\./static/js/[^"]+)"')
_PRELOADED = re.compile(r'<link rel="modulepreload"[^>]* href="\./static/js/([^"]+)"')
# import"./a.js", import{b}from"./a.js", export*from"./a.js", as bundlers write them
_IMPORT = re.compile(r"""((?:\bfrom|\bimport)\s*)(["'`])\./([\w.-]+\.js)\2""")
# what depends on the address of the module itself, which a blob: does not have
_BOUND = re.compile(r"\bimport\s*(?:\.\s*meta|\()")


@dataclass(frozen=True)
class FrontEnd:
    """
    The scripts of Streamlit's first screen.

    Attributes
    ----------
    entry : str
        Address of the module that starts it, relative to a page, as are all addresses here.
    modules : mapping of str to str
        Source of every module that a first visit runs, without the entry, by file name.
    """

    entry: str
    modules: dict[str, str]

    @cached_property
    def packed(self) -> frozenset[str]:
        """The file names of the modules in the pack."""
        return frozenset(
            name
            for name, source in self.modules.items()
            if len(source.encode()) < PACKED_BELOW and not _BOUND.search(source)
        )

    @property
    def preload(self) -> tuple[str, ...]:
        """The addresses of the other modules, the entry first."""
        return (self.entry, *(MODULES + n for n in self.modules if n not in self.packed))

    @cached_property
    def pack(self) -> Body:
        """
        The pack: JSON, from the address of each module to its source in parts.

        Every second part is the address of a module that it imports, relative to the page.
        """
        parts = {MODULES + name: list(_parts(self.modules[name])) for name in sorted(self.packed)}
        content = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return Body(content.encode(), "application/json", lasting=True)

    @property
    def pack_address(self) -> str:
        """The pack's address, which has a hash of its content."""
        return f"{MODULES}pack.{self.pack.digest[:8]}.json"

    @property
    def start(self) -> dict[str, str | list[str]]:
        """What the script of a page needs to know."""
        return {"entry": self.entry, "pack": self.pack_address, "preload": list(self.preload)}

    def first_files(self) -> Iterator[str]:
        """Yield the paths of the files that a first visit asks for, in this order."""
        for address in (self.pack_address, *self.preload):
            yield _path(address)


def _parts(source: str) -> Iterator[str]:
    end = 0
    for match in _IMPORT.finditer(source):
        yield source[end : match.end(2)]
        yield MODULES + match[3]
        end = match.end() - len(match[2])
    yield source[end:]


def imported(source: str) -> list[str]:
    """Return the file names of the modules that a module imports statically."""
    return [match[3] for match in _IMPORT.finditer(source)]


def read_front_end(folder: Path) -> FrontEnd:
    """
    Read what a first visit loads from Streamlit's shell and its modules.

    Parameters
    ----------
    folder : Path
        The folder of Streamlit's index.html.

    Returns
    -------
    FrontEnd
        All that the shell preloads, and what `SHOWN_FIRST` imports.

    Raises
    ------
    ValueError
        If the shell starts no module, as in an unknown version of Streamlit.
    """
    shell = (folder / "index.html").read_text(encoding="utf-8")
    scripts = folder / "static" / "js"
    entry = _ENTRY.search(shell)
    if entry is None:
        raise ValueError("Streamlit's index.html starts no module")
    first = [f.name for stem in SHOWN_FIRST for f in sorted(scripts.glob(f"{stem}*.js"))]
    modules = _closure(scripts, [*_PRELOADED.findall(shell), *first])
    modules.pop(entry[1].removeprefix(MODULES), None)
    return FrontEnd(entry[1], modules)


def _closure(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the source of modules and of all that they import, by name."""
    found: dict[str, str] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = (folder / name).read_text(encoding="utf-8")
            waiting += imported(found[name])
    return found


@cache
def front_end() -> FrontEnd:
    """Return the front end of the installed Streamlit."""
    return read_front_end(streamlit_folder())


@cache
def frame_scripts() -> tuple[str, ...]:
    """Return the addresses of the scripts of the map's frame."""
    return tuple(
        p for p in library_files() if p.startswith(f"{MAP_FRAME}static/js/") and p.endswith(".js")
    )


def library_table() -> FileTable:
    """Return the libraries' text files, and the pack."""
    front = front_end()
    return FileTable(library_files(), {_path(front.pack_address): front.pack})


def first_bodies(table: FileTable) -> Iterator[Body]:
    """Yield what a first visit asks for, from the libraries' files."""
    of_the_map = (path for path in library_files() if path.startswith(f"{MAP_FRAME}static/"))
    for path in (*front_end().first_files(), *of_the_map):
        body = table.body(path)
        if body is not None:
            yield body


def _path(address: str) -> str:
    return STATIC + address.removeprefix("./static/")
