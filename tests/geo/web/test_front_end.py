"""The pack is Streamlit's small modules and what imports them, each under one address."""

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
LARGE_TEXT = "/* filling */" * 2000
SOURCES = {
    "index.A1.js": 'import{a}from"./one.B2.js";import("./late.F6.js");import.meta.url;'
    + LARGE_TEXT,
    "one.B2.js": 'import"./two.D4.js";import{x as y}from"./large.C3.js";export*from"./two.D4.js";',
    "two.D4.js": "import * as t from'./three.H8.js';export const a = 'import nothing from here';",
    "large.C3.js": 'import{t}from"./bound.E5.js";' + LARGE_TEXT,
    "bound.E5.js": "export const t = new URL(import.meta.url);",
    "late.F6.js": "export {}",
    "BidiComponent.G7.js": 'import{b}from"./three.H8.js";import ( "./late.F6.js" );x.import(b)',
    "three.H8.js": "export const b = 1;",
}


def written(folder: Path, **changed: str) -> FrontEnd:
    """Read a front end of these sources, some of them changed, by the first part of the name."""
    scripts = folder / "static" / "js"
    scripts.mkdir(parents=True)
    (folder / "index.html").write_text(SHELL, encoding="utf-8")
    for name, source in SOURCES.items():
        text = changed.get(name.partition(".")[0], source)
        (scripts / name).write_text(text, encoding="utf-8")
    return read_front_end(folder)


@pytest.fixture
def made(tmp_path: Path) -> FrontEnd:
    return written(tmp_path)


def packed(front: FrontEnd) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = json.loads(front.pack.content)
    return parts


def rebuilt(address: str, parts: list[str]) -> str:
    """The source that the parts were made from."""
    own = json.dumps(address)
    text = "".join(p.replace(MODULES, "./") if n % 2 else p for n, p in enumerate(parts))
    return text.replace(f"atlas.load({own},", "import(").replace(
        f"atlas.meta({own})", "import.meta"
    )


def test_small_modules_and_what_imports_them_are_packed(made: FrontEnd) -> None:
    assert made.entry == "./static/js/index.A1.js"
    # a large one is fetched by itself with the little that it imports
    assert set(made.beside) == {"large.C3.js", "bound.E5.js"}
    # what a module imports is before it
    assert set(made.packed) == {
        "three.H8.js", "two.D4.js", "one.B2.js", "index.A1.js", "BidiComponent.G7.js"
    }  # fmt: skip
    order = list(made.packed)
    assert order.index("three.H8.js") < order.index("two.D4.js") < order.index("one.B2.js")
    assert order.index("one.B2.js") < order.index("index.A1.js")
    assert made.start == {
        "entry": made.entry,
        "pack": made.pack_address,
        "preload": list(made.preload),
    }
    parts = packed(made)
    assert list(parts) == [MODULES + name for name in order]
    assert parts[MODULES + "one.B2.js"][1::2] == [
        MODULES + name for name in ("two.D4.js", "large.C3.js", "two.D4.js")
    ]
    for address in set(parts) - {MODULES + "BidiComponent.G7.js"}:
        assert rebuilt(address, parts[address]) == SOURCES[address.removeprefix(MODULES)]


def test_what_a_module_asks_for_while_it_runs_goes_through_the_page(made: FrontEnd) -> None:
    parts = packed(made)
    index = "".join(parts[MODULES + "index.A1.js"])
    assert 'atlas.load("./static/js/index.A1.js","./late.F6.js");' in index
    assert 'atlas.meta("./static/js/index.A1.js").url;' in index
    other = "".join(parts[MODULES + "BidiComponent.G7.js"])
    assert other.endswith(
        'atlas.load("./static/js/BidiComponent.G7.js", "./late.F6.js" );x.import(b)'
    )


def test_a_large_module_is_packed_with_the_many_small_ones_that_it_imports(tmp_path: Path) -> None:
    many = "".join(f'import"./{n}.js";' for n in ("one.B2", "two.D4", "three.H8", "late.F6"))
    made = written(tmp_path, large=many + LARGE_TEXT, one="export const a = 1;")
    assert "large.C3.js" in made.packed


def test_modules_in_a_circle_are_fetched_one_by_one(tmp_path: Path) -> None:
    made = written(tmp_path, three='import"./one.B2.js";export const b = 1;')
    assert packed(made) == {}
    assert set(made.beside) == set(SOURCES) - {"late.F6.js"}


def test_a_shell_that_starts_no_module_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html></html>", encoding="utf-8")
    with pytest.raises(ValueError, match="starts no module"):
        read_front_end(tmp_path)


# the installed Streamlit: a new version must be as this one, or be looked at


def test_the_installed_modules_are_packed_whole() -> None:
    folder = streamlit_folder() / "static" / "js"
    front = front_end()
    parts = packed(front)
    assert len(parts) > 40
    before: set[str] = {*front.preload}
    for address, module in parts.items():
        source = (folder / address.removeprefix(MODULES)).read_text(encoding="utf-8")
        assert rebuilt(address, module) == source
        for part in module[::2]:
            # no import is left: in a blob: module it would lead nowhere
            assert not re.search(r"""\b(from|import)\s*["'`(]\s*["'`]?\./""", part), address
            assert "import.meta" not in part
        # what it imports has an address already
        assert before.issuperset(module[1::2]), address
        before.add(address)
    assert front.entry in parts
    assert front.pack.digest[:8] in front.pack_address


def test_installed_modules_load_files_by_name_and_components_by_address() -> None:
    files = {file.name for file in (streamlit_folder() / "static" / "js").iterdir()}
    loaded = [
        match[1]
        for address, parts in packed(front_end()).items()
        for match in re.finditer(
            rf"atlas\.load\({re.escape(json.dumps(address))},([^)]*)\)", "".join(parts)
        )
    ]
    names = {text.strip("`").removeprefix("./") for text in loaded if text.startswith("`./")}
    assert len(names) > 30
    assert names <= files
    # of a component: the address of its module
    assert [text for text in loaded if not text.startswith("`./")] == ["c"]


def test_all_that_a_first_visit_imports_is_packed_or_preloaded() -> None:
    folder = streamlit_folder() / "static" / "js"
    front = front_end()
    known = {*front.preload, *packed(front)}
    for stem in SHOWN_FIRST:
        assert any(Path(address).name.startswith(stem) for address in known)
    for address in known:
        source = (folder / Path(address).name).read_text(encoding="utf-8")
        assert {MODULES + name for name in imported(source)} <= known
    # one that is not packed imports none that is: it would fetch that a second time
    for name in front.beside:
        source = (folder / name).read_text(encoding="utf-8")
        assert set(imported(source)) <= set(front.beside)
    assert len(front.preload) < 20, "the requests of a first visit"


def test_the_pack_and_all_first_files_are_served() -> None:
    app = Starlette(middleware=[Middleware(LibraryFiles, table=library_table())])
    for address in (front_end().pack_address, front_end().entry, front_end().preload[0]):
        path = urljoin("/timeline", address)
        assert call(app, path, headers={"accept-encoding": "br"}).status == 200
    sizes = [len(body.content) for body in first_bodies(library_table())]
    # and the script of the map's frame
    assert len(sizes) > len(list(front_end().first_files()))
    assert sizes[0] == len(front_end().pack.content)
