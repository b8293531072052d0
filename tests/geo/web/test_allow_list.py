"""An address that does not exist is answered 404, with help."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from geo.web.middleware import STREAMLIT_FILES, STREAMLIT_FOLDERS, UnknownPages
from geo.web.not_found import not_found_page
from tests.asgi import Answer, call

PAGES = ("/", "/timeline", "/countries", "/data", "/about")


async def shell(scope: object, receive: object, send: object) -> None:
    # like streamlit: 200 for whatever is asked
    await PlainTextResponse("shell")(scope, receive, send)  # type: ignore[arg-type]


async def own(request: Request) -> PlainTextResponse:
    return PlainTextResponse("own")


APP = UnknownPages(shell, PAGES, routes=[Route("/share/{name}", own, methods=["GET"])])


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


def test_a_trailing_slash_is_left_to_streamlit() -> None:
    assert passes(call(APP, "/timeline/"))


@pytest.mark.parametrize("path", [*(f + "x/y.js" for f in STREAMLIT_FOLDERS), *STREAMLIT_FILES])
def test_what_streamlit_needs_passes(path: str) -> None:
    assert passes(call(APP, path))


def test_our_own_routes_pass_whatever_the_method() -> None:
    assert passes(call(APP, "/share/nl-amsterdam-1"))
    assert passes(call(APP, "/share/nl-amsterdam-1", method="POST")), "the route answers 405"
    assert call(APP, "/share").status == 404


@pytest.mark.parametrize(
    "path",
    ["/nope", "/timelin", "/timeline/2022", "/_stcore", "/staticx", "/index.html", "/Timeline",
     "/timeline/_stcore/health", "/wp-login.php", "//", "/favicon.ico", ""],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_rest_is_a_page_that_says_so(path: str, method: str) -> None:
    answer = call(APP, path, method=method)
    assert answer.status == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    page = Reader(answer.text)
    assert "There is no such page" in page.words
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


def test_the_websocket_passes() -> None:
    seen: list[str] = []

    async def inner(scope: dict[str, str], receive: object, send: object) -> None:
        seen.append(scope["type"])

    call(UnknownPages(inner, PAGES), "/anything", scope={"type": "websocket"})  # type: ignore[arg-type]
    assert seen == ["websocket"]
