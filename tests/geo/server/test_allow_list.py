"""Only what pages and readers ask for is answered; the rest is refused in a sentence."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from unittest.mock import MagicMock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from geo.server.allow_list import STREAMLIT_PATHS, AllowList
from geo.server.request_limits import BODY, HEADERS, TARGET
from geo.web.not_found import not_found_page
from tests.asgi import Answer, call

PAGES = ("/", "/timeline", "/countries", "/data", "/about")


async def shell(scope: object, receive: object, send: object) -> None:
    # like streamlit: 200 for whatever is asked
    await PlainTextResponse("shell")(scope, receive, send)  # type: ignore[arg-type]


async def own(request: Request) -> PlainTextResponse:
    return PlainTextResponse("own")


FILE = "/static/js/index.CwoZGEQV.js"
APP = AllowList(
    shell, PAGES, routes=[Route("/share/{name}", own, methods=["GET"])], files=frozenset({FILE})
)


class Reader(HTMLParser):
    """Collects the elements, links and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.words += data


def passes(answer: Answer) -> bool:
    return answer.status == 200 and answer.raw == b"shell"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("query", [b"", b"country=NL&q=%3Cb%3E"])
def test_pages_pass_with_any_query(page: str, query: bytes) -> None:
    assert passes(call(APP, page, query=query))


@pytest.mark.parametrize("path", ["//timeline/", "//elsewhere.example/", "/nope/"])
def test_other_forms_of_a_path_are_unknown_here(path: str) -> None:
    assert call(APP, path).status == 404


@pytest.mark.parametrize("path", [*sorted(STREAMLIT_PATHS), FILE, "/share/nl-amsterdam-1"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_a_browser_asks_for_passes(path: str, method: str) -> None:
    assert call(APP, path, method=method).status == 200


@pytest.mark.parametrize("path", ["/", "/timeline", FILE, "/_stcore/health", "/share/x"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "CONNECT", "get", "PRI"])
def test_other_methods_of_known_paths_are_405(path: str, method: str) -> None:
    answer = call(APP, path, method=method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.headers["cache-control"] == "no-store"
    assert "GET, HEAD" in answer.text


@pytest.mark.parametrize(
    ("length", "status"), [("0", 200), (str(BODY), 200), (str(BODY + 1), 413), ("9" * 5000, 413)]
)
def test_a_body_is_refused(length: str, status: int) -> None:
    assert call(APP, "/timeline", headers={"content-length": length}).status == status


def test_a_body_of_unknown_length_is_refused() -> None:
    assert call(APP, "/timeline", headers={"transfer-encoding": "chunked"}).status == 413


def test_a_long_address_is_414_whatever_it_names() -> None:
    for path in ("/timeline", "/nope"):
        room = TARGET - len(path) - 1
        assert call(APP, path, query=b"a" * room).status != 414
        answer = call(APP, path, query=b"a" * (room + 1))
        assert answer.status == 414
        assert f"at most {TARGET} bytes" in answer.text
    assert call(APP, "/" + "a" * TARGET).status == 414


def test_many_headers_are_431() -> None:
    few = {"x-long": "a" * (HEADERS // 2)}
    assert call(APP, "/timeline", headers=few).status == 200
    many = {f"x-{number}": "a" * 100 for number in range(HEADERS // 100)}
    answer = call(APP, "/timeline", headers=many)
    assert (answer.status, f"at most {HEADERS} bytes" in answer.text) == (431, True)


@pytest.mark.parametrize(
    "path",
    ["/share/..", "/share/\0", "/share/..\\x", "/share/x\\..", "/timelin/..",
     "/nope", "/timelin", "/timeline/2022", "/_stcore", "/staticx", "/index.html", "/Timeline",
     "/timeline/_stcore/health", "/wp-login.php", "//", "/favicon.ico", "",
     "//timeline", "/./timeline", "/x/../timeline", "/timeline;x=1", "/timeline\0", "\\timeline",
     "/timeline\ufffd", "/static/", "/static/js/", "/static/../index.html", "/static/js/other.js",
     "/static/..\\index.html", "/component/x/y.js", "/media/x.png", "/~/+/", "/manifest.json",
     "http://atlas.example/timeline", "*", "atlas.example:443",
     "/_stcore/stream", "/_stcore/upload_file/a/b", "/_stcore/metrics", "/_stcore/agent/mcp",
     "/_stcore/script-health-check", "/_stcore/allowed-message-origins", "/_stcore/message",
     "/_stcore/bidi-components/x/y.js", "/auth/login", "/oauth2callback", "/app/static/x.txt",
     "/x/_stcore/upload_file/a/b", "/_stcore/healthz", "/healthz"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "get"])
def test_the_rest_is_a_page_that_says_so(path: str, method: str) -> None:
    answer = call(APP, path, method=method)
    assert answer.status == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    page = Reader(answer.text)
    assert "Page not found" in page.words
    assert "may have been cut off" in page.words
    assert page.links.count("/") == 1
    assert set(PAGES) <= set(page.links)
    assert "script" not in page.elements
    assert not any("//" in link for link in page.links), "nothing is fetched from elsewhere"


@pytest.mark.parametrize(
    ("path", "meant"), [("/timelime", "/timeline"), ("/Timeline", "/timeline"), ("/dat", "/data")]
)
def test_a_slip_is_guessed(path: str, meant: str) -> None:
    page = Reader(call(APP, path).text)
    assert f"Did you mean {meant}?" in page.words
    assert page.links.count(meant) == 2


def test_no_guess_where_nothing_is_near() -> None:
    assert "Did you mean" not in call(APP, "/qqqqqqqqqq").text


@given(st.text(max_size=200))
def test_a_hostile_address_stays_text(tail: str) -> None:
    page = not_found_page(f"/{tail}", PAGES)
    page.encode("utf-8")
    plain, hostile = Reader(not_found_page("/qqqqqqqqqq", PAGES)), Reader(page)
    more = Counter(hostile.elements) - Counter(plain.elements)
    assert not Counter(plain.elements) - Counter(hostile.elements)
    # a guess is one more paragraph with one more link
    assert more in (Counter(), Counter(["p", "a"]))
    assert set(hostile.links) <= set(PAGES)


def test_markup_and_long_addresses() -> None:
    page = not_found_page("/<script>alert(1)</script>{missing}\x07", PAGES)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{missing}\ufffd" in page
    assert len(not_found_page("/" + "x" * 60_000, PAGES)) < 2_500


def socket(path: str, query: bytes = b"", **more: object) -> tuple[list[str], Answer]:
    """Open a websocket; return what the application behind saw, and the answer."""
    seen: list[str] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])

    scope = {"type": "websocket", **more}
    return seen, call(AllowList(inner, PAGES), path, query=query, scope=scope)


def test_the_pages_websocket_passes() -> None:
    assert socket("/_stcore/stream", b"country=NL")[0] == ["websocket"]


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [("/", b"", 404), ("/_stcore/stream/", b"", 404), ("/_stcore/stream", b"a" * TARGET, 414)],
)
def test_other_websockets_are_refused_before_they_open(
    path: str, query: bytes, status: int
) -> None:
    seen, answer = socket(path, query, extensions={"websocket.http.response": {}})
    assert not seen
    assert answer.messages[0]["type"] == "websocket.http.response.start"
    assert answer.status == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    # a server without that extension answers 403 to a socket that is closed so early
    seen, answer = socket(path, query)
    assert not seen
    assert answer.messages == [{"type": "websocket.close", "code": 1008}]


def test_the_lifespan_passes() -> None:
    seen: list[str] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])

    call(AllowList(inner, PAGES), scope={"type": "lifespan"})
    assert seen == ["lifespan"]


def test_of_what_the_installed_streamlit_answers_the_atlas_opens_three_addresses() -> None:
    # a version that answers more opens nothing here
    runtime = MagicMock()  # the routes are made, and never asked
    made = [
        route
        for route in create_streamlit_routes(runtime)
        if isinstance(route, Route | WebSocketRoute)
    ]
    opened = set()
    for route in made:
        path = re.sub(r"{[^}]*}", "x", route.path)
        kind = "websocket" if isinstance(route, WebSocketRoute) else "http"
        for method in sorted(getattr(route, "methods", None) or {"GET"}):
            scope = {"type": kind, "extensions": {"websocket.http.response": {}}}
            if passes(call(APP, path, method=method, scope=scope)):
                opened.add((method, path))
    assert len(made) > 15
    reads = {(method, path) for method in ("GET", "HEAD") for path in STREAMLIT_PATHS}
    assert opened == reads | {("GET", "/_stcore/stream")}
