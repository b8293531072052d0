"""Vendored files over HTTP: cached for ever, compressed, and nothing but the listed ones."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from geo.errors import AtlasError
from geo.paths import ASSETS
from geo.web.assets import asset_routes
from geo.web.file_responses import FOREVER
from geo.web.robots import robots_routes
from tests.asgi import call

LEAFLET = "/assets/leaflet-1.9.4/leaflet.js"
APP = Starlette(routes=[*asset_routes(), *robots_routes()])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "thing-1").mkdir()
    (tmp_path / "thing-1" / "small.css").write_text("a{}", encoding="utf-8")
    (tmp_path / "thing-1" / "unlisted.js").write_text("secret", encoding="utf-8")
    assets = [{"folder": "thing-1", "files": {"small.css": "", "gone.js": ""}}]
    (tmp_path / "ASSETS.json").write_text(json.dumps({"assets": assets}), encoding="utf-8")
    return tmp_path


def test_a_listed_file_is_served_as_it_is() -> None:
    answer = call(APP, LEAFLET)
    assert answer.status == 200
    assert answer.raw == (ASSETS / "leaflet-1.9.4" / "leaflet.js").read_bytes()
    assert answer.headers["content-length"] == str(len(answer.raw))
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == FOREVER == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in answer.headers


def test_compression_where_it_is_accepted() -> None:
    plain = call(APP, LEAFLET)
    answer = call(APP, LEAFLET, headers={"accept-encoding": "br;q=0.5, gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.body == plain.raw
    assert len(answer.raw) < len(plain.raw) / 2
    assert answer.headers["content-length"] == str(len(answer.raw))
    assert answer.headers["etag"] != plain.headers["etag"]
    again = call(APP, LEAFLET, headers={"accept-encoding": "gzip"})
    assert again.raw == answer.raw


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("leaflet-1.9.4/leaflet.css", "text/css; charset=utf-8"),
        ("leaflet-1.9.4/images/layers.png", "image/png"),
        ("leaflet-1.9.4/LICENSE", "text/plain; charset=utf-8"),
        ("outline-visionscarto-1.0.0/countries-110m.json", "application/json"),
    ],
)
def test_types(name: str, kind: str) -> None:
    assert call(APP, f"/assets/{name}").headers["content-type"] == kind


def test_pictures_are_not_compressed_twice() -> None:
    path = "/assets/leaflet-1.9.4/images/layers-2x.png"
    answer = call(APP, path, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert answer.raw.startswith(b"\x89PNG")


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_an_unchanged_file_is_not_sent_again(form: str, encoding: str) -> None:
    tag = call(APP, LEAFLET, headers={"accept-encoding": encoding}).headers["etag"]
    answer = call(APP, LEAFLET, headers={"if-none-match": form.format(tag)})
    assert answer.status == 304
    assert answer.raw == b""
    assert answer.headers["cache-control"] == FOREVER
    assert call(APP, LEAFLET, headers={"if-none-match": '"other"'}).status == 200


def test_head_and_other_methods() -> None:
    head = call(APP, LEAFLET, method="HEAD")
    assert head.status == 200
    assert head.headers["etag"] == call(APP, LEAFLET).headers["etag"]
    assert call(APP, LEAFLET, method="POST").status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/assets/",
        "/assets/leaflet-1.9.4",
        "/assets/leaflet-1.9.4/",
        "/assets/leaflet-1.9.4/nope.js",
        "/assets/ASSETS.json",
        "/assets/../paths.py",
        "/assets/leaflet-1.9.4/../../paths.py",
        "/assets/..\\paths.py",
        "/assets//etc/passwd",
        "/assets/leaflet-1.9.4//leaflet.js",
        "/assets/leaflet-1.9.4/leaflet.js\x00.png",
    ],
)
def test_anything_else_is_a_sentence_and_404(path: str) -> None:
    answer = call(APP, path)
    assert answer.status == 404
    assert answer.text == "There is no such file here. The atlas itself starts at /."
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["cache-control"] == "no-store"


@settings(deadline=None)
@given(st.text(alphabet="./\\%2e:~leaft-1.94 js\x00é", max_size=40))
def test_no_path_reaches_beyond_the_list(tail: str) -> None:
    answer = call(APP, f"/assets/{tail}")
    assert answer.status == 404 or f"/assets/{tail}" == LEAFLET


def test_only_the_list_counts(folder: Path) -> None:
    app = Starlette(routes=asset_routes(folder))
    small = call(app, "/assets/thing-1/small.css", headers={"accept-encoding": "gzip"})
    assert small.raw == b"a{}", "too small to be worth compressing"
    assert call(app, "/assets/thing-1/unlisted.js").status == 404
    assert call(app, "/assets/thing-1/gone.js").status == 404


def test_a_changed_file_is_read_again(folder: Path) -> None:
    app = Starlette(routes=asset_routes(folder))
    before = call(app, "/assets/thing-1/small.css")
    (folder / "thing-1" / "small.css").write_text("body{color:red}", encoding="utf-8")
    after = call(app, "/assets/thing-1/small.css")
    assert after.raw == b"body{color:red}"
    assert after.headers["etag"] != before.headers["etag"]


def test_a_checksum_of_another_version_is_not_kept() -> None:
    digest = hashlib.sha256((ASSETS / "leaflet-1.9.4" / "leaflet.js").read_bytes()).hexdigest()
    right = call(APP, LEAFLET, query=f"v={digest[:8]}".encode())
    assert right.headers["cache-control"] == FOREVER
    wrong = call(APP, LEAFLET, query=b"v=00000000")
    assert wrong.status == 200
    assert wrong.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("text", [None, "", "[]", '{"assets": [{"folder": "x"}]}', "\ufffe"])
def test_a_broken_list_is_said_in_words(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "ASSETS.json").write_text(text, encoding="utf-16")
    with pytest.raises(AtlasError, match=r"geo/assets/ASSETS\.json, cannot be read\."):
        asset_routes(tmp_path)


@pytest.mark.parametrize("path", ["/favicon.ico", "/favicon.png"])
def test_the_icon_is_the_atlas_s_own(path: str) -> None:
    answer = call(APP, path)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert answer.body == (ASSETS / "atlas-1" / "icon.png").read_bytes()


def test_robots_may_read_all_pages() -> None:
    answer = call(APP, "/robots.txt")
    assert answer.status == 200
    lines = answer.text.splitlines()
    assert lines[:2] == ["User-agent: *", "Allow: /"]
    assert lines[2:-1] == ["Disallow: /_stcore/"]
    assert lines[-1] == "Sitemap: https://atlas.example:8501/sitemap.xml"
    nameless = call(APP, "/robots.txt", headers={"host": "no host"})
    assert "Sitemap" not in nameless.text
    assert answer.headers["content-type"].startswith("text/plain")
