"""The libraries' scripts and styles: compressed once, in ranges, and only those listed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from geo.web import bodies
from geo.web.bodies import Body
from geo.web.compress import Encoding, compress
from geo.web.file_responses import FOREVER
from geo.web.front_end import library_table
from geo.web.library_files import (
    MAP_FRAME,
    TYPES,
    FileTable,
    LibraryFiles,
    library_files,
    lifetime,
    streamlit_folder,
)
from tests.asgi import Answer, call

CONTENT = b"export const words = 'alleged'; " * 40
SCRIPT = "/static/js/one.Ab-_9cdE.js"


def streamlits(request: Request) -> Response:
    return PlainTextResponse("Streamlit's own answer")


def around(table: FileTable) -> Starlette:
    route = Route("/{rest:path}", streamlits, methods=["GET", "POST"])
    return Starlette(routes=[route], middleware=[Middleware(LibraryFiles, table=table)])


@pytest.fixture
def app(tmp_path: Path) -> Starlette:
    (tmp_path / "one.js").write_bytes(CONTENT)
    (tmp_path / "secret.js").write_bytes(b"secret")
    files = {SCRIPT: tmp_path / "one.js", "/static/js/gone.js": tmp_path / "gone.js"}
    return around(FileTable(files))


def of(app: Starlette, **headers: str) -> Answer:
    return call(app, SCRIPT, headers={n.replace("_", "-"): v for n, v in headers.items()})


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_each_encoding_is_whole_and_has_its_tag(app: Starlette, encoding: str) -> None:
    got = of(app, accept_encoding=encoding)
    assert (got.status, got.body) == (200, CONTENT)
    assert got.headers.get("content-encoding", "identity") == encoding
    assert got.headers["content-length"] == str(len(got.raw))
    assert got.headers["cache-control"] == FOREVER
    assert got.headers["vary"] == "Accept-Encoding"
    assert got.headers["content-type"] == "text/javascript; charset=utf-8"
    tags = {of(app, accept_encoding=e).headers["etag"] for e in ("identity", "gzip", "br")}
    assert len(tags) == 3
    again = of(app, accept_encoding=encoding, if_none_match=got.headers["etag"])
    assert (again.status, again.raw) == (304, b"")
    head = call(app, SCRIPT, method="HEAD", headers={"accept-encoding": encoding})
    assert (head.status, head.raw) == (200, b"")
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-0", slice(0, 1)),
        ("bytes=0-9", slice(0, 10)),
        ("bytes=10-", slice(10, None)),
        ("bytes=-7", slice(-7, None)),
        ("bytes=-99999", slice(None)),
        ("bytes = 5 - 99999", slice(5, None)),
    ],
)
def test_a_range_is_one_of_the_uncompressed_file(app: Starlette, asked: str, part: slice) -> None:
    got = of(app, range=asked, accept_encoding="gzip, br")
    assert (got.status, got.raw) == (206, CONTENT[part])
    assert "content-encoding" not in got.headers
    first = range(len(CONTENT))[part].start
    assert (
        got.headers["content-range"] == f"bytes {first}-{first + len(got.raw) - 1}/{len(CONTENT)}"
    )
    assert got.headers["etag"] == of(app).headers["etag"]
    assert of(app, range=asked, if_range=got.headers["etag"]).status == 206
    for changed in ('"other"', "Tue, 03 Mar 2026 12:00:00 GMT", f"W/{got.headers['etag']}"):
        whole = of(app, range=asked, if_range=changed)
        assert (whole.status, whole.raw) == (200, CONTENT)


@pytest.mark.parametrize(
    "asked", ["bytes=", "bytes=-", "bytes=9-3", "bytes=0-1,5-6", "lines=0-3", "bytes=a-b", "0-3"]
)
def test_what_is_no_single_range_brings_the_whole_file(app: Starlette, asked: str) -> None:
    got = of(app, range=asked, accept_encoding="br")
    assert (got.status, got.raw) == (200, CONTENT)


@pytest.mark.parametrize("asked", [f"bytes={len(CONTENT)}-", "bytes=999999-9999999", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused_with_the_size(app: Starlette, asked: str) -> None:
    got = of(app, range=asked)
    assert (got.status, got.raw) == (416, b"")
    assert got.headers["content-range"] == f"bytes */{len(CONTENT)}"
    assert got.headers["cache-control"] == "no-store"


@given(st.text(alphabet="./\\%2e:~ stacjone.Ab-_9cdE\x00é", max_size=40))
def test_no_path_reaches_beyond_the_table(tail: str) -> None:
    table = FileTable({SCRIPT: Path(__file__)})
    path = f"/static/{tail}"
    assert (path in table) == (path == SCRIPT)
    assert path == SCRIPT or table.body(path) is None


def test_everything_else_is_streamlits(app: Starlette) -> None:
    for path in ("/static/js/secret.js", "/static/js/gone.js", "/", "/static/js/", SCRIPT + "/"):
        assert call(app, path).text == "Streamlit's own answer"
    assert call(app, SCRIPT, method="POST").text == "Streamlit's own answer"


def test_behind_a_proxy_that_adds_a_folder(app: Starlette) -> None:
    scope = {"root_path": "/atlas"}
    assert call(app, "/atlas" + SCRIPT, scope=scope).body == CONTENT
    assert call(app, "/atlasx" + SCRIPT, scope=scope).text == "Streamlit's own answer"


@pytest.mark.parametrize(
    ("path", "cached"),
    [
        ("/static/js/index.DormvYxC.js", FOREVER),
        ("/static/js/DataFrame.-f9-1zS0.js", FOREVER),
        ("/static/js/pack.c6c01cbf.json", FOREVER),
        (MAP_FRAME + "static/js/main.521860b0.js", FOREVER),
        (MAP_FRAME + "index.html", "no-cache"),
        (MAP_FRAME + "asset-manifest.json", "no-cache"),
        (MAP_FRAME + "bootstrap.min.css", "no-cache"),
    ],
)
def test_a_name_with_a_hash_is_kept_for_ever(path: str, cached: str) -> None:
    assert lifetime(path) == cached


def test_the_installed_libraries_scripts_and_styles_are_in_the_table() -> None:
    files = library_files()
    folder = streamlit_folder()
    scripts = {f"/static/js/{file.name}" for file in (folder / "static" / "js").glob("*.js")}
    assert len(scripts) > 100
    assert scripts <= files.keys()
    assert MAP_FRAME + "index.html" in files
    assert any(path.startswith(MAP_FRAME + "static/js/main.") for path in files)
    assert {Path(path).suffix for path in files} <= TYPES.keys()
    app = around(library_table())
    for path in (MAP_FRAME + "index.html", next(p for p in files if p.endswith(".css"))):
        got = call(app, path, headers={"accept-encoding": "br"})
        assert (got.status, got.body) == (200, files[path].read_bytes())
        assert got.headers["content-encoding"] == "br"


def test_many_who_ask_at_once_wait_for_one_compression(
    app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, compressed = threading.Event(), list[str]()

    def slow(content: bytes, encoding: Encoding, quality: int) -> bytes:
        compressed.append(encoding)
        assert go.wait(30)
        return compress(content, encoding, quality)

    monkeypatch.setattr(bodies, "compress", slow)
    table = FileTable({}, {SCRIPT: Body(CONTENT, "text/plain", lasting=True)})
    body = table.body(SCRIPT)
    assert body

    async def run() -> None:
        # more than the threads that Starlette has for everybody
        waiting = [asyncio.ensure_future(table.compressed(body, "br")) for _n in range(100)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        assert not any(task.done() for task in waiting[1:])
        go.set()
        await asyncio.gather(*waiting[1:])

    asyncio.run(run())
    assert (compressed, body.has("br")) == (["br"], True)


def test_what_a_first_visit_needs_is_compressed_when_the_server_starts() -> None:
    done = threading.Event()
    first = [Body(CONTENT, "text/css", lasting=True) for _n in range(2)]

    def ahead() -> Iterator[Body]:
        yield from first
        done.set()

    app = LibraryFiles(Starlette(), FileTable({}), ahead)

    async def start() -> None:
        async def receive() -> dict[str, str]:
            return {"type": "lifespan.startup"}

        async def send(message: object) -> None:
            raise EOFError

        with pytest.raises(EOFError):
            await app({"type": "lifespan"}, receive, send)

    asyncio.run(start())
    assert done.wait(30)
    assert all(body.has("br") and body.has("gzip") for body in first)
