"""The documents of the pages: their heads, their first screens, what they answer to requests."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace

import pytest
from starlette.applications import Starlette

from geo.configuration import Configuration
from geo.ledger.dataset import today
from geo.link.addresses import PAGES
from geo.link.opening import Opened, open_address
from geo.link.permalink import parse_query
from geo.web.page_documents import STARTING, page_routes, without_comments, without_spaces
from tests.asgi import call
from tests.geo.api.documents import SITE, Head
from tests.ledger_files import DATA

PATHS = [f"/{path}" for path in PAGES.values()]
PUBLISHED = Configuration(publisher="The Publisher")


def _open(query: str) -> Opened:
    return open_address(DATA, parse_query(query), today())


def _app(configuration: Configuration = PUBLISHED) -> Starlette:
    return Starlette(routes=page_routes(_open, lambda: configuration, PATHS))


APP = _app()
#: where the share menu also has the code of an embed
EMBEDDED = _app(replace(PUBLISHED, embedded_by=("https://paper.example",)))


def test_the_head_says_what_the_address_shows() -> None:
    answer = call(APP, "/timeline", query=b"country=NL&asof=2022-12-05&utm_source=x")
    head = Head(answer.text)
    assert answer.status == 200
    assert head.language == "en"
    assert head.canonical == head.meta["og:url"]
    assert head.canonical == "https://atlas.example:8501/timeline?country=NL&asof=2022-12-05"
    assert "Netherlands" in head.title
    assert head.meta["og:title"] == head.title
    assert head.meta["description"] == head.meta["og:description"]
    assert "Each record is an attributed public claim" in head.meta["description"]
    assert head.meta["og:site_name"] == SITE
    assert head.meta["robots"] == "noindex"


@pytest.mark.parametrize("path", PATHS)
def test_every_page_names_the_picture_and_the_feed_of_its_view(path: str) -> None:
    text = call(APP, path, query=b"country=NL").text
    meta = Head(text).meta
    picture = "https://atlas.example:8501/preview.png?country=NL"
    assert meta["og:image"] == meta["twitter:image"] == picture
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
    assert meta["og:image:alt"] == meta["description"]
    assert 'href="/feeds/events.atom?country=NL"' in text


def test_without_a_host_no_picture_and_no_address_is_named() -> None:
    head = Head(call(APP, headers={"host": "evil.example/x"}).text)
    assert not [name for name in head.meta if "image" in name or "twitter" in name]
    assert head.canonical == ""


@pytest.mark.parametrize(
    ("query", "listed"), [(b"", True), (b"record=us-new-york-1", False), (b"q=x", False)]
)
def test_search_engines_may_list_what_the_rule_says(query: bytes, listed: bool) -> None:
    assert ("robots" not in Head(call(APP, query=query).text).meta) is listed
    nobody = Head(call(_app(Configuration()), query=query).text)
    assert nobody.meta["robots"] == "noindex"


def test_hostile_addresses_stay_words() -> None:
    hostile = b"q=%22%3E%3C%2Fscript%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&country=%3Cb%3E&v=%00"
    text = call(APP, query=hostile).text
    assert "<script>alert" not in text
    assert "<b>" not in text.partition("<body>")[2].partition("&lt;b&gt;")[0][-200:]
    # the early script, the linked data and what the scripts start from
    assert Head(text).elements.count("script") == 3 + len(STARTING)
    started = re.search(r'id="start">(.*?)</script>', text, re.DOTALL)
    assert started
    assert json.loads(started[1])["streamlit"]


def test_a_search_is_in_the_form_and_never_in_the_head() -> None:
    text = call(APP, query=b"q=qwertz").text
    head, _end, body = text.partition("</head>")
    assert 'value="qwertz"' in body
    assert "qwertz" not in Head(head + "</head></html>").title
    assert "qwertz" not in Head(head + "</head></html>").meta["description"]


@pytest.mark.parametrize("query", [b"", b"country=NL", b"q=x", b"v=00000000"])
@pytest.mark.parametrize("path", PATHS)
def test_the_policy_names_the_one_script_of_a_document(path: str, query: bytes) -> None:
    answer = call(APP, path, query=query)
    (script,) = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert answer.headers["content-security-policy"] == (
        f"default-src 'none'; script-src 'self' 'sha256-{digest}' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; manifest-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'self'"
    )


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_can_be_checked_without_being_sent(path: str) -> None:
    whole = call(APP, path, query=b"country=NL", headers={"accept-encoding": "gzip"})
    assert gzip.decompress(whole.raw).startswith(b"<!DOCTYPE html>")
    tag = whole.headers["etag"]
    assert not tag.startswith("W/")
    again = call(APP, path, query=b"country=NL", headers={"if-none-match": tag})
    assert (again.status, again.raw) == (304, b"")
    other = call(APP, path, query=b"country=ES", headers={"if-none-match": tag})
    assert other.status == 200
    head = call(APP, path, query=b"country=NL", method="HEAD")
    assert head.raw == b""
    assert head.headers["content-length"] == str(len(call(APP, path, query=b"country=NL").raw))


#: the record with most to say, one with little, a country and an entry
CARDS = (
    b"record=ca-toronto-3",
    b"record=nl-rotterdam-1",
    b"place=CA",
    b"event=zz-2022-09-12-claim",
)


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("path", PATHS)
def test_a_document_stays_small_with_a_card_open(path: str, card: bytes) -> None:
    import brotli

    for app in (APP, EMBEDDED):
        body = call(app, path, query=card).raw
        assert len(brotli.compress(body, quality=9)) < 30_000


@pytest.mark.parametrize("path", ["/timeline", "/countries", "/data"])
def test_what_a_card_leaves_out_is_one_link_away(path: str) -> None:
    text = call(APP, path, query=b"record=nl-rotterdam-1&flag=inquiry").text
    links = re.findall(r'href="([^"#]*)[^"]*">Close the card', text)
    assert set(links) == {f"{path}?flag=inquiry"}


def test_wide_screens_are_painted_once_the_height_of_the_map_is_known() -> None:
    wait = re.compile(r'<link rel="expect" href="#([^"]+)" blocking="render" media="[^"]+">')
    text = call(APP, "/").text
    (name,) = wait.findall(text)
    assert 0 < text.index('<div data-panel="legend">') < text.index(f' id="{name}"')
    # its height is that of the window
    assert wait.findall(call(APP, "/", query=b"view=50.00_10.00_4").text) == []
    assert wait.findall(call(APP, "/timeline").text) == []


def test_comments_with_lines_to_themselves_are_left_out_and_no_code() -> None:
    code = """/* a sheet */
:root {
  /* two
     lines */
  --a: "/* kept */"; // kept too
}
  // a line
/* before code */ a { color: red; } /* after */
/* last */
"""
    assert without_comments(code) == (
        ':root {\n--a: "/* kept */"; // kept too\n}\n'
        "/* before code */ a { color: red; } /* after */\n"
    )


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("query", [b"record=nl-rotterdam-1", b"view=50_10_5"])
def test_a_style_attribute_sets_a_place_and_nothing_else(path: str, query: bytes) -> None:
    html = call(APP, path, query=query).raw.decode()
    styles = re.findall(r'<[a-z][^<>]*\sstyle="([^"]*)"', html)
    names = {part.partition(":")[0].strip() for style in styles for part in style.split(";")}
    places = {"left", "right", "top", "width", "height", "transform", ""}
    assert {name for name in names if not name.startswith("--")} <= places


def test_a_style_sheet_without_spaces_keeps_its_selectors_and_values() -> None:
    sheet = "a :is(b),\nc:hover {\nmargin: calc(1px + 2px) 0;\n\ntransition:\ncolor 1s;\n}\n"
    assert without_spaces(sheet) == (
        "a :is(b),c:hover{margin:calc(1px + 2px) 0;transition:\ncolor 1s}"
    )
