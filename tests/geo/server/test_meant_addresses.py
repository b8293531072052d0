"""An address that was changed on its way shows what was meant, or says what it does not show."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from geo.link.meant_paths import KnownPaths, meant_address
from geo.link.normalising import read_query, says_what_it_means
from geo.link.opening import Opened, open_address
from geo.server.meant_addresses import MeantAddresses
from tests.asgi import Answer, call
from tests.changed_addresses import CHANGES, SELECTIONS, address, sent
from tests.geo.web.whole_app import whole_app
from tests.ledger_files import DATA, TODAY
from tests.sizes import size

TEMPLATES = (*SELECTIONS, "/s/{code}", "/e/{code}", "/c/{code}", "/feeds/{country}/events.atom")
KNOWN = KnownPaths(TEMPLATES)
APP = whole_app()
#: each kind of change so often
ROUNDS = size(3, 28)


async def inner(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(scope["path"])(scope, receive, send)


MIDDLEWARE = MeantAddresses(inner, TEMPLATES, frozenset({"/static/x.js"}))


@dataclass
class Reached:
    path: str
    opened: Opened

    @property
    def rows(self) -> set[str]:
        """What a file has, or a page lists."""
        picked = self.opened.selection
        return {r.id for r in picked.records} | {e.id for e in picked.events}

    @property
    def says_so(self) -> bool:
        """Whether the answer says that something of the address is not shown: 404 is one."""
        return bool(self.opened.ignored) or KNOWN.meant(self.path) != (self.path, "")


def ask(path: str, query: str) -> Answer:
    scope = {"raw_path": path.encode("ascii")}
    return call(MIDDLEWARE, unquote(path), query=query.encode("ascii"), scope=scope)


def reach(path: str, query: str) -> Reached:
    """Follow an address as a browser does, one redirect at most."""
    answer = ask(path, query)
    if answer.status == 301:
        target = urlsplit(answer.headers["location"])
        path, query = target.path, target.query
        assert ask(path, query).status == 200, "a redirect leads to no other"
    return Reached(unquote(path), open_address(DATA, read_query(query), TODAY))


@pytest.mark.parametrize("kind", CHANGES)
def test_a_changed_address_shows_the_same_or_says_so(kind: str) -> None:
    random = Random(f"seed of {kind}")
    silent, more = [], []
    for _round in range(ROUNDS):
        valid = address(random)
        changed = CHANGES[kind](valid, random)
        meant, shown = reach(*sent(valid)), reach(*sent(changed))
        same = (shown.path, shown.opened.state) == (meant.path, meant.opened.state)
        if same and not shown.opened.ignored:
            continue
        # words of a search are in the headline, as they were searched for
        searched = shown.opened.state.filters.q != meant.opened.state.filters.q
        if not shown.says_so and not searched:
            silent.append((valid, changed))
        if not shown.says_so and not shown.rows <= meant.rows:
            more.append((valid, changed))
    assert silent == []
    assert more == []


def test_most_changes_are_undone() -> None:
    random = Random(20261126)
    undone = 0
    for kind in CHANGES:
        valid = address(random)
        meant, shown = reach(*sent(valid)), reach(*sent(CHANGES[kind](valid, random)))
        undone += (shown.path, shown.opened.state) == (meant.path, meant.opened.state)
    print(f"{undone} of {len(CHANGES)} kinds undone")
    assert undone >= 0.95 * len(CHANGES)


def test_valid_addresses_are_left_alone() -> None:
    random = Random(1)
    for _round in range(size(100, 1000)):
        path, query = sent(address(random))
        assert ask(path, query).status == 200, f"{path}?{query}"
        assert says_what_it_means(query)


@given(st.text(max_size=60), st.text(max_size=80))
def test_any_address_has_one_meaning_on_this_server(path: str, query: str) -> None:
    target = meant_address("/" + path, query, KNOWN)
    if target is None:
        return
    there = urlsplit(target)
    assert target[0] == "/" != target[1:2], target
    assert not there.netloc
    assert meant_address(unquote(there.path), there.query, KNOWN) is None
    assert KNOWN.meant(unquote(there.path)) is not None


PIECES = (
    "country", "asof", "status", "q", "sep", "lenient", "contry", "utm_source", "certain",
    "NL", "nl", "BE", "in", "my", "2022-12-05", "05/12/2022", "told_to_stop", "AT&T", "3D",
    ",", ";", "&", "=", "?", "amp;", "%26", "%3D", "%2526", "\\_", "。", "=\n", "\u200b", "/",
    ":", "#", "+", " ", "%", "%2",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_meant_query_means_itself(query: str) -> None:
    target = meant_address("/v", query, KNOWN)
    assert target is None or meant_address("/v", urlsplit(target).query, KNOWN) is None


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_pass(method: str) -> None:
    assert call(MIDDLEWARE, "/TIMELINE/", query=b"country=nl", method=method).status == 200


@pytest.mark.parametrize("path", ["/api/records.csv", "/feeds/events.atom", "/figure.svg"])
def test_a_file_needs_no_redirect_for_its_query(path: str) -> None:
    changed, meant = (
        call(APP, path, query=query)
        for query in (b"Country=nl&amp;asof=2022-12-05.", b"country=NL&asof=2022-12-05")
    )
    assert (changed.status, changed.body) == (200, meant.body)
    assert changed.headers["etag"] == meant.headers["etag"]


def test_a_redirect_says_where_it_leads() -> None:
    answer = call(APP, "/v", query=b"country%3DNL%26asof%3D2022-12-05%26q%3D%3Cb%3E")
    assert answer.headers["location"] == "/v?country=NL&q=%3Cb%3E&asof=2022-12-05"
    assert "(Netherlands, &lt;b&gt;, 5 December 2022)" in answer.text


def test_a_redirect_may_be_read_by_scripts_and_is_checked_each_time() -> None:
    for method in ("GET", "HEAD"):
        answer = call(APP, "/API/records.csv/", query=b"Country=nl", method=method)
        assert answer.status == 301
        assert answer.headers["location"] == "/api/records.csv?country=NL"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["cache-control"] == "no-cache, no-transform"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-length"] != "0"
        assert bool(answer.body) == (method == "GET")


@pytest.mark.parametrize(
    "path",
    ["//evil.example/%2e%2e", "/\\evil.example", "//evil.example", "/../etc/passwd", "/s/..",
     "/s/../timeline", "/nope/", "/timeline\0", "/static/x.js"],
)  # fmt: skip
def test_what_is_not_plainly_meant_passes(path: str) -> None:
    assert call(MIDDLEWARE, path).status == 200


def test_below_a_path_a_redirect_stays_there() -> None:
    answer = call(MIDDLEWARE, "/atlas/timeline/", scope={"root_path": "/atlas"})
    assert answer.headers["location"] == "/atlas/timeline"


@pytest.mark.parametrize("path", ["/data", "/v", "/changes", "/c/NL"])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("status=told_to_stpo", "?status=told_to_stop"),
        ("asof=05%2F12%2F2022", "?asof=2022-12-05"),
        ("page=2", "Ignored in this link: page=“2” (the atlas has no such parameter)."),
        ("nonsense", "Ignored in this link: “nonsense”"),
    ],
)
def test_a_page_says_what_it_does_not_show(path: str, query: str, said: str) -> None:
    answer = call(APP, path, query=query.encode())
    assert answer.status == 200
    assert said in answer.text


@pytest.mark.parametrize("path", ["/api/records.csv", "/api/events.json", "/feeds/events.atom"])
@pytest.mark.parametrize(
    "query", ["status=told_to_stpo", "sheet=2", "country=?", "country=NL&country=XQ"]
)
def test_a_file_says_what_it_does_not_show(path: str, query: str) -> None:
    answer = call(APP, path, query=query.encode())
    assert answer.status == 400 or "X-Atlas-Notices" in answer.headers


@pytest.mark.parametrize("query", ["certain&{}", "{}&certain", "{};Certain", "{}&amp;certain"])
def test_a_switch_without_a_value_is_on(query: str) -> None:
    period = "from=2022-10-10&to=2022-12-04"
    shown = reach("/api/events.csv", query.format(period)).rows
    assert shown == reach("/api/events.csv", f"{period}&certain=1").rows
    assert shown < reach("/api/events.csv", period).rows


@pytest.mark.parametrize("path", ["/figure.svg", "/figure.png", "/figure-timeline.svg"])
def test_a_figure_is_refused_if_it_would_show_more(path: str) -> None:
    answer = call(APP, path, query=b"status=told_to_stpo&page=2")
    assert answer.status == 400
    assert answer.headers["cache-control"] == "no-store, no-transform"
    assert "status=“told_to_stpo” (unknown value). Did you mean status=told_to_stop?" in answer.text
    assert "page=“2”" in answer.text


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/s/nl-roterdam-1?asof=2023", '<a href="/s/nl-rotterdam-1?asof=2023-12-31">'),
        ("/s/nl-rotterda", '<a href="/s/nl-rotterdam-1">'),
        ("/e/nl-rotterdam-1", '<a href="/s/nl-rotterdam-1">'),
        ("/c/Nederlands", '<a href="/c/NL">'),
        ("/timelime?country=nl", '<a href="/timeline?country=NL">'),
        ("/feeds/event.atom", '<a href="/feeds/events.atom">'),
        # each is nearer to the name of another page
        ("/map?country=nl", '<a href="/?country=NL">'),
        ("/feed", '<a href="/feeds/events.atom">'),
        ("/feeds?country=nl", '<a href="/feeds/events.atom?country=NL">'),
        ("/atom.xml", '<a href="/feeds/events.atom">'),
    ],
)
def test_an_unknown_address_asks_what_was_meant(path: str, asked: str) -> None:
    path, _sign, query = path.partition("?")
    answer = call(APP, path, query=query.encode())
    assert answer.status == 404
    assert asked in answer.text


def test_a_record_on_hold_is_not_suggested() -> None:
    for path in ("/s/mn-ulaanbaatar-2", "/s/mn-ulaanbaata", "/s/mn-ulanbaatar-1"):
        answer = call(APP, path)
        assert answer.status == 404
        assert "mn-ulaanbaatar-1" not in answer.text
        assert (
            "mn-ulaanbaatar-1" not in call(APP, "/v", query=f"q=x&event={path[3:]}".encode()).text
        )
