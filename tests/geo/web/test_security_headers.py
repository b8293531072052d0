"""Every answer carries the security headers; a crash is a sentence."""

from __future__ import annotations

import logging

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from geo.web.library_files import MAP_FRAME
from geo.web.middleware import SecurityHeaders
from geo.web.policy import checksum
from tests.asgi import call
from tests.geo.web.whole_app import whole_app


async def fine(request: Request) -> PlainTextResponse:
    return PlainTextResponse("fine")


async def strict(request: Request) -> PlainTextResponse:
    return PlainTextResponse("strict", headers={"Content-Security-Policy": "default-src 'none'"})


INNER = Starlette(
    routes=[
        Route("/", fine),
        Route(f"{MAP_FRAME}index.html", fine),
        Route("/components", fine),
        Route("/strict", strict),
    ]
)
APP = SecurityHeaders(INNER)
WHOLE = whole_app()


def directives(text: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in text.split(";"))}


@pytest.mark.parametrize("path", ["/", "/strict", "/nowhere"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_headers_are_on_every_answer(path: str, method: str) -> None:
    answer = call(APP, path, method=method)
    assert answer.headers.getlist("referrer-policy") == ["no-referrer"]
    assert answer.headers.getlist("x-content-type-options") == ["nosniff"]
    assert set(answer.headers["permissions-policy"].split(", ")) == {
        "geolocation=()",
        "camera=()",
        "microphone=()",
    }
    assert len(answer.headers.getlist("content-security-policy")) == 1


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("", "no-transform"),
        ("no-store", "no-store, no-transform"),
        ("public, max-age=0 , s-maxage=5", "public, max-age=0, s-maxage=5, no-transform"),
        ("no-transform, private", "no-transform, private"),
    ],
)
def test_nothing_on_the_way_may_change_an_answer(said: str, sent: str) -> None:
    async def cached(request: Request) -> PlainTextResponse:
        return PlainTextResponse("x", headers={"Cache-Control": said} if said else {})

    app = SecurityHeaders(Starlette(routes=[Route("/", cached)]))
    assert call(app, "/").headers.getlist("cache-control") == [sent]


@pytest.mark.parametrize(
    "path",
    [
        "/s/nl-rotterdam-1", "/s/nl-rotterdam-9", "/api/nothing", "/api/version", "/robots.txt",
        "/healthz", "/favicon.ico", "/assets/nothing", "/nowhere", "/figure.svg", "/v/",
    ],
)  # fmt: skip
def test_no_route_leaves_that_to_chance(path: str) -> None:
    (control,) = call(WHOLE, path, query=b"xyzzy=1").headers.getlist("cache-control")
    assert control.split(", ").count("no-transform") == 1


def test_the_policy_of_a_page_reaches_no_other_host() -> None:
    assert call(APP, "/").headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "worker-src 'self' blob:; frame-src 'self'; manifest-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )


def test_only_the_frame_of_the_map_may_evaluate() -> None:
    frame = directives(call(APP, f"{MAP_FRAME}index.html").headers["content-security-policy"])
    assert frame["script-src"] == ["'self'", "'unsafe-eval'"]
    app = SecurityHeaders(INNER, map_script=lambda: "var map_div;")
    named = directives(call(app, f"{MAP_FRAME}index.html").headers["content-security-policy"])
    assert named["script-src"] == ["'self'", checksum("var map_div;"), "'unsafe-eval'"]
    assert frame["default-src"] == ["'none'"]
    for path in ("/", "/component/other/index.html", "/components"):
        assert "unsafe-eval" not in call(APP, path).headers["content-security-policy"]


def test_other_sites_may_frame_what_the_setting_says() -> None:
    sites = ("https://news.example", "https://other.example:8443")
    app = SecurityHeaders(INNER, sites)
    for path in ("/", "/strict", f"{MAP_FRAME}index.html"):
        parts = directives(call(app, path).headers["content-security-policy"])
        assert parts["frame-ancestors"] == ["'self'", *sites]


def test_a_stricter_page_stays_stricter() -> None:
    answer = call(APP, "/strict")
    assert answer.headers.getlist("content-security-policy") == [
        "default-src 'none'; frame-ancestors 'self'"
    ]


def test_a_crash_is_a_sentence_here_and_a_traceback_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def bare(scope: Scope, receive: Receive, send: Send) -> None:
        raise RuntimeError("/home/somebody/secret")

    with caplog.at_level(logging.ERROR):
        answer = call(SecurityHeaders(bare), "/x", query=b"q=private")
    assert answer.status == 500
    assert answer.text == "Something went wrong on our side. Please try again in a moment."
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "content-security-policy" in answer.headers
    assert [record.getMessage() for record in caplog.records] == ["no answer for /x"]
    assert caplog.records[0].exc_info
    assert "private" not in caplog.text


def test_half_an_answer_is_not_followed_by_another() -> None:
    sent: list[Message] = []

    async def half(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError("gone")

    async def outer(scope: Scope, receive: Receive, send: Send) -> None:
        async def keep(message: Message) -> None:
            sent.append(message)

        await SecurityHeaders(half)(scope, receive, keep)

    with pytest.raises(RuntimeError, match="gone"):
        call(outer)
    assert [message["type"] for message in sent] == ["http.response.start"]
    assert sent[0]["status"] == 200


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
def test_other_protocols_pass_untouched(kind: str) -> None:
    seen: list[Send] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(send)
        await send({"type": f"{kind}.accept"})

    async def outer(scope: Scope, receive: Receive, send: Send) -> None:
        await SecurityHeaders(inner)(scope, receive, send)
        assert seen == [send]

    answer = call(outer, "/_stcore/stream", scope={"type": kind})
    assert answer.messages == [{"type": f"{kind}.accept"}]
