"""
What a page needs to start Streamlit's front end, with most of its modules in one file.

Streamlit's shell preloads sixty modules, most of them under a kilobyte: over HTTP/1.1, six
at a time with 150 ms each, that takes longer than their bytes. The *pack* is one response
with the source of the small ones and of all that import them. A script in the page
(`atlas-1/unpack.js`) makes ``blob:`` modules of them, in the order in which they import each
other, and writes the address of each into those that import it. So a module still has one
address, without an import map, which the page's policy would have to name by a nonce.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
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
#: bytes from which a module is better cached by itself, with the code that the browser has
#: compiled, if all that it imports can be too
LARGE = 12_000
#: small modules that are fetched one by one for the sake of a large one that imports them
FEW = 3

_ENTRY = re.compile(r'<script type="module"[^>]* src="(\./static/js/[^"]+)"')
_PRELOADED = re.compile(r'<link rel="modulepreload"[^>]* href="\./static/js/([^"]+)"')
# import"./a.js", import{b}from"./a.js", export*from"./a.js", as bundlers write them
_IMPORT = re.compile(r"""((?:\bfrom|\bimport)\s*)(["'`])\./([\w.-]+\.js)\2""")
# what depends on the address of the module itself, which a blob: does not have
_LOAD = re.compile(r"(?<![\w$.])import\s*\(")
_META = re.compile(r"(?<![\w$.])import\.meta\b")


@dataclass(frozen=True)
class FrontEnd:
    """
    The scripts of Streamlit's first screen.

    Attributes
    ----------
    entry : str
        Address of the module that starts it, relative to a page, as are all addresses here.
    packed : mapping of str to str
        Source of the modules in the pack by file name, each after those that it imports.
    beside : tuple of str
        File names of the other modules that a first visit runs.
    """

    entry: str
    packed: dict[str, str]
    beside: tuple[str, ...]

    @property
    def preload(self) -> tuple[str, ...]:
        """The addresses of the modules that are not in the pack."""
        return tuple(MODULES + name for name in self.beside)

    @cached_property
    def pack(self) -> Body:
        """
        The pack: JSON, from the address of each module to its source in parts.

        Every second part is the address of a module that it imports, relative to the page.
        """
        parts = {MODULES + name: list(_parts(name, text)) for name, text in self.packed.items()}
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


def _parts(name: str, source: str) -> Iterator[str]:
    end = 0
    for match in _IMPORT.finditer(source):
        yield _rebound(name, source[end : match.end(2)])
        yield MODULES + match[3]
        end = match.end() - len(match[2])
    yield _rebound(name, source[end:])


def _rebound(name: str, text: str) -> str:
    """Return source with ``import(…)`` and ``import.meta`` as unpack.js answers them."""
    own = json.dumps(MODULES + name)
    return _META.sub(f"atlas.meta({own})", _LOAD.sub(f"atlas.load({own},", text))


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
        The entry, all that the shell preloads, and what `SHOWN_FIRST` imports. If modules
        import each other in a circle, none is packed: a ``blob:`` has no address before all
        that it imports has one.

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
    sources = _closure(
        scripts, [entry[1].removeprefix(MODULES), *_PRELOADED.findall(shell), *first]
    )
    graph = {name: imported(source) for name, source in sources.items()}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError:
        return FrontEnd(entry[1], {}, tuple(sources))
    beside = _beside(sources, graph, order)
    packed = {name: sources[name] for name in order if name not in beside}
    return FrontEnd(entry[1], packed, tuple(n for n in order if n in beside))


def _beside(
    sources: dict[str, str], graph: dict[str, list[str]], order: Iterable[str]
) -> frozenset[str]:
    """Return the large modules that import few small ones, with all that they import."""
    whole: dict[str, frozenset[str]] = {}
    found: frozenset[str] = frozenset()
    for name in order:
        whole[name] = frozenset({name}).union(*(whole[other] for other in graph[name]))
        small = [n for n in whole[name] if len(sources[n].encode()) < LARGE]
        if len(sources[name].encode()) >= LARGE and len(small) <= FEW:
            found |= whole[name]
    return found


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
