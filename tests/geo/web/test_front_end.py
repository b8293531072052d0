"""The pack is Streamlit's small modules, whole, each under the one address that all import."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from geo.web.front_end import (
    MODULES,
    PACKED_BELOW,
    SHOWN_FIRST,
    FrontEnd,
    first_bodies,
    front_end,
    imported,
    library_table,
    read_front_end,
)
from geo.web.library_files import LibraryFiles, streamlit_folder
from tests.asgi import call

SHELL = """<html><head>
<script type="module" crossorigin src="./static/js/index.A1.js"></script>
<link rel="modulepreload" crossorigin href="./static/js/one.B2.js">
<link rel="modulepreload" crossorigin href="./static/js/large.C3.js">
</head></html>"""
SOURCES = {
    "index.A1.js": 'import{a}from"./one.B2.js";import("./late.F6.js");',
    "one.B2.js": 'import"./two.D4.js";import{x as y}from"./large.C3.js";export*from"./two.D4.js";',
    # a cycle: each is in the map before any is loaded
    "two.D4.js": "import * as one from'./one.B2.js';export const a = 'import nothing from here';",
    "large.C3.js": 'import{t}from"./bound.E5.js";' + "/* filling */" * 2000,
    "bound.E5.js": "export const t = new URL(import.meta.url);",
    "late.F6.js": "export {}",
    "BidiComponent.G7.js": 'import{b}from"./three.H8.js";import ( "./late.F6.js" );',
    "three.H8.js": "export const b = 1;",
}


@pytest.fixture
def made(tmp_path: Path) -> FrontEnd:
    scripts = tmp_path / "static" / "js"
    scripts.mkdir(parents=True)
    (tmp_path / "index.html").write_text(SHELL, encoding="utf-8")
    for name, source in SOURCES.items():
        (scripts / name).write_text(source, encoding="utf-8")
    return read_front_end(tmp_path)


def packed(front: FrontEnd) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = json.loads(front.pack.content)
    return parts


def rebuilt(parts: list[str]) -> str:
    """The source that the parts were cut from."""
    return "".join(p.replace(MODULES, "./") if n % 2 else p for n, p in enumerate(parts))


def test_small_modules_are_packed_and_others_are_preloaded(made: FrontEnd) -> None:
    assert made.entry == "./static/js/index.A1.js"
    assert made.packed == {"one.B2.js", "two.D4.js", "three.H8.js"}
    # what depends on its own address, what imports later, what is large, and the entry
    names = ("index.A1.js", "large.C3.js", "BidiComponent.G7.js", "bound.E5.js")
    assert made.preload[0] == made.entry
    assert set(made.preload) == {MODULES + name for name in names}
    assert made.start == {
        "entry": made.entry,
        "pack": made.pack_address,
        "preload": list(made.preload),
    }
    parts = packed(made)
    assert parts[MODULES + "one.B2.js"][1::2] == [
        MODULES + name for name in ("two.D4.js", "large.C3.js", "two.D4.js")
    ]
    assert {rebuilt(p) for p in parts.values()} == {SOURCES[name] for name in made.packed}


def test_a_shell_that_starts_no_module_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html></html>", encoding="utf-8")
    with pytest.raises(ValueError, match="starts no module"):
        read_front_end(tmp_path)


# the installed Streamlit: a new version must be as this one, or be looked at


def test_the_installed_modules_are_packed_whole() -> None:
    folder = streamlit_folder() / "static" / "js"
    parts = packed(front_end())
    assert len(parts) > 40
    for address, module in parts.items():
        source = (folder / address.removeprefix(MODULES)).read_text(encoding="utf-8")
        assert rebuilt(module) == source
        assert len(source.encode()) < PACKED_BELOW
        assert "import.meta" not in source
        assert not re.search(r"\bimport\(", source)
        # no import is left relative: in a blob: module it would lead nowhere
        for part in module[::2]:
            assert not re.search(r"""["'`]\./[\w.-]+\.js["'`]""", part)
        for target in module[1::2]:
            assert (folder / target.removeprefix(MODULES)).is_file()
    assert front_end().pack.digest[:8] in front_end().pack_address


def test_all_that_a_first_visit_imports_is_packed_or_preloaded() -> None:
    folder = streamlit_folder() / "static" / "js"
    front = front_end()
    known = {*front.preload, *packed(front)}
    for stem in SHOWN_FIRST:
        assert any(Path(address).name.startswith(stem) for address in known)
    for address in known:
        source = (folder / Path(address).name).read_text(encoding="utf-8")
        assert {MODULES + name for name in imported(source)} <= known
    assert len(front.preload) < 20, "the requests of a first visit"


def test_the_pack_and_all_first_files_are_served() -> None:
    app = Starlette(middleware=[Middleware(LibraryFiles, table=library_table())])
    for address in (front_end().pack_address, front_end().entry):
        path = urljoin("/timeline", address)
        assert call(app, path, headers={"accept-encoding": "br"}).status == 200
    sizes = [len(body.content) for body in first_bodies(library_table())]
    # and the script of the map's frame
    assert len(sizes) > len(list(front_end().first_files()))
    assert sizes[0] == len(front_end().pack.content)
