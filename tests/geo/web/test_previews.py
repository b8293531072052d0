"""Each address says in its own HTML what it shows."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from geo.web.head import Image
from geo.web.previews import Describe, PagePreviews, Preview
from tests.asgi import call
from tests.geo.api.documents import SHELL, SITE, Head


def describe(path: str, query: str) -> Preview:
    return Preview(
        title=f"Title of {path}", description=f"Selection: {query}", language="en", robots=None
    )


def page(request: Request) -> Response:
    etag = {"ETag": '"shell"', "Last-Modified": "Tue, 01 Nov 2022 00:00:00 GMT"}
    if "if-none-match" in request.headers or "if-modified-since" in request.headers:
        return Response(status_code=304, headers=etag)
    return HTMLResponse(SHELL, headers={**etag, "Cache-Control": "no-cache"})


def inner(request: Request) -> Response:
    return HTMLResponse(SHELL)


def elsewhere(request: Request) -> Response:
    return RedirectResponse("/timeline", status_code=301)


def plain(request: Request) -> Response:
    return Response("<title>no page</title>", media_type="text/plain")


def build(
    describe_: Describe = describe,
    *,
    pages: tuple[str, ...] = ("/", "/timeline"),
    picture: Image | None = None,
) -> Starlette:
    return Starlette(
        routes=[
            Route("/", page),
            Route("/timeline", page),
            Route("/moved", elsewhere),
            Route("/plain", plain),
            Route("/component/x/index.html", inner),
        ],
        middleware=[
            Middleware(
                PagePreviews,
                pages=pages,
                describe=describe_,
                site=SITE,
                picture=picture,
            ),
            Middleware(GZipMiddleware, minimum_size=500),
        ],
    )


APP = build()


def test_the_page_has_its_own_head() -> None:
    answer = call(APP, "/timeline", query=b"country=NL&asof=2022-12-05")
    head = Head(answer.text)
    assert answer.status == 200
    assert head.title == "Title of /timeline"
    assert head.language == "en"
    address = "https://atlas.example:8501/timeline?country=NL&asof=2022-12-05"
    assert head.canonical == address
    assert head.meta == {
        "description": "Selection: country=NL&asof=2022-12-05",
        "og:type": "website",
        "og:site_name": SITE,
        "og:title": "Title of /timeline",
        "og:description": "Selection: country=NL&asof=2022-12-05",
        "og:url": address,
    }
    assert "Streamlit" not in answer.text
    assert "no title" in answer.text, "the comment is untouched"
    assert '<div id="root"></div>' in answer.text


PICTURE = Image("/preview.png", 1200, 630, "")


@pytest.mark.parametrize("path", ["/", "/timeline"])
def test_every_page_names_the_picture_of_its_own_view(path: str) -> None:
    preview = Preview(
        title="Title", description="What it shows.", canonical_query="country=NL&asof=2022-12-05"
    )
    app = build(lambda path, query: preview, picture=PICTURE)
    meta = Head(call(app, path, query=b"utm_source=x&country=NL").text).meta
    address = "https://atlas.example:8501/preview.png?country=NL&asof=2022-12-05"
    assert meta["og:image"] == meta["twitter:image"] == address
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
    assert meta["og:image:alt"] == meta["description"] == "What it shows."


def test_without_a_host_or_words_no_picture_is_named() -> None:
    nowhere = call(build(picture=PICTURE), headers={"host": "evil.example/x"})
    assert not [name for name in Head(nowhere.text).meta if "image" in name or "twitter" in name]

    def fails(path: str, query: str) -> Preview:
        raise ValueError

    silent = call(build(fails, picture=PICTURE))
    assert not [name for name in Head(silent.text).meta if "image" in name or "twitter" in name]


def test_without_a_script_the_page_still_says_something() -> None:
    answer = call(APP, "/", query=b"q=x")
    head = Head(answer.text)
    assert head.elements.count("noscript") == 1
    assert head.noscript.splitlines()[:2] == ["Title of /", "Selection: q=x"]
    assert "needs JavaScript" in head.noscript
    assert "<a href" not in answer.text
    told = build(
        lambda path, query: Preview(
            title="Title", description="Words.", plain="/v?country=NL&asof=2023"
        )
    )
    assert '<a href="/v?country=NL&amp;asof=2023">' in call(told, "/").text
    assert "You need to enable" not in answer.text


def test_every_field_of_a_preview_is_used() -> None:
    preview = Preview(
        title="Titel",
        description="Satz.",
        language="de",
        robots="noindex",
        canonical_query="country=DE",
    )
    answer = call(build(lambda path, query: preview), "/", query=b"utm_source=x&country=DE")
    head = Head(answer.text)
    assert (head.title, head.language) == ("Titel", "de")
    assert head.meta["robots"] == "noindex"
    assert head.canonical == head.meta["og:url"] == "https://atlas.example:8501/?country=DE"
    bare = Preview(title="Titel", description="Satz.", canonical_query="")
    answer = call(build(lambda path, query: bare), "/", query=b"utm_source=x")
    assert Head(answer.text).canonical == "https://atlas.example:8501/"


@pytest.mark.parametrize("encoding", ["", "gzip", "br, gzip;q=0"])
def test_headers_fit_what_is_sent(encoding: str) -> None:
    answer = call(APP, "/", headers={"accept-encoding": encoding})
    zipped = encoding == "gzip"
    assert answer.headers.get("content-encoding") == ("gzip" if zipped else None)
    assert answer.headers.getlist("content-length") == [str(len(answer.raw))]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert "Accept-Encoding" in answer.headers["vary"]
    assert "etag" not in answer.headers
    assert "last-modified" not in answer.headers
    assert Head(answer.text).title == "Title of /"


@pytest.mark.parametrize(
    "headers",
    [
        {"if-none-match": '"shell"'},
        {"if-modified-since": "Tue, 01 Nov 2022 00:00:00 GMT"},
        {"If-None-Match": "*", "accept-encoding": "gzip"},
    ],
)
def test_an_old_copy_of_the_shell_does_not_count(headers: dict[str, str]) -> None:
    answer = call(APP, "/", headers=headers)
    assert answer.status == 200
    assert Head(answer.text).title == "Title of /"


def test_a_file_with_ranges_and_path_send_is_rewritten_whole(tmp_path: Path) -> None:
    shell = tmp_path / "index.html"
    shell.write_text(SHELL, encoding="utf-8")
    app = PagePreviews(FileResponse(shell), ["/"], describe, SITE)
    answer = call(
        app,
        "/",
        headers={"range": "bytes=0-10", "if-range": '"x"'},
        scope={"extensions": {"http.response.pathsend": {}}},
    )
    assert answer.status == 200
    assert Head(answer.text).title == "Title of /"
    assert "accept-ranges" not in answer.headers


def test_a_body_in_pieces_is_put_together() -> None:
    async def pieces(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/html")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for character in SHELL.encode():
            await send(
                {"type": "http.response.body", "body": bytes([character]), "more_body": True}
            )
        await send({"type": "http.response.body"})

    assert Head(call(PagePreviews(pieces, ["/"], describe, SITE)).text).title == "Title of /"


@pytest.mark.parametrize(
    ("path", "method"),
    [("/", "HEAD"), ("/component/x/index.html", "GET"), ("/moved", "GET"), ("/plain", "GET")],
)
def test_everything_else_is_left_alone(path: str, method: str) -> None:
    app = build(pages=("/", "/moved", "/plain"))
    untouched = GZipMiddleware(Starlette(routes=app.routes), minimum_size=500)
    assert call(app, path, method=method).messages == call(untouched, path, method=method).messages


def test_an_answer_in_another_encoding_is_left_alone() -> None:
    async def stubborn(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/html"), (b"content-encoding", b"br")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"\x0b"})

    assert call(PagePreviews(stubborn, ["/"], describe, SITE)).raw == b"\x0b"


def test_the_websocket_passes() -> None:
    seen: list[str] = []

    async def socket(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])

    call(PagePreviews(socket, ["/"], describe, SITE), "/", scope={"type": "websocket"})
    assert seen == ["websocket"]


def test_a_failing_description_costs_the_reader_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(path: str, query: str) -> Preview:
        raise ValueError(f"cannot read {query}")

    with caplog.at_level(logging.ERROR):
        answer = call(build(fails), "/timeline", query=b"q=private")
    head = Head(answer.text)
    assert answer.status == 200
    assert head.title == head.meta["og:title"] == SITE
    assert "description" not in head.meta
    assert [r.getMessage() for r in caplog.records] == [
        "no preview for /timeline: ValueError in fails"
    ]
    assert "private" not in caplog.text
    assert not caplog.records[0].exc_info
