"""Search engines: what they may list, and what the sitemap names."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from geo.configuration import Configuration
from geo.link.indexing import robots
from geo.link.permalink import decode, parse_query
from geo.model.vocabulary import CASE_TYPES
from tests.asgi import call
from tests.entities import on, real
from tests.geo.web.share_app import PAGES, app, read
from tests.ledger_files import DATA, TODAY

NOBODY = Configuration()
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def sitemap(configuration: Configuration | None = None, host: str = "") -> dict[str, str]:
    """Address and day of each entry."""
    application = app(DATA, configuration) if configuration else app()
    headers = {"host": host} if host else None
    answer = call(application, "/sitemap.xml", headers=headers)
    assert answer.headers["content-type"] == "application/xml"
    root = ElementTree.fromstring(answer.text)
    assert root.tag == f"{LOC}urlset"
    return {u.findtext(f"{LOC}loc", ""): u.findtext(f"{LOC}lastmod", "") for u in root}


def test_a_record_with_a_case_or_a_closed_inquiry_is_not_listed() -> None:
    snapshot = on(TODAY)
    kept_out = {
        r.id
        for r in snapshot.records
        if snapshot.standing(r).code == "inquiry_closed"
        or {"inquiry_closed", "court_case"} & snapshot.standing(r).own_flags
    }
    assert kept_out
    for record in snapshot.records:
        assert read(f"/s/{record.id}").noindex == (record.id in kept_out), record.id


def test_a_case_is_not_listed() -> None:
    out = {e.id for e in on(TODAY).events if e.event_type in CASE_TYPES | {"inquiry_closed"}}
    assert out
    for event in on(TODAY).events[::3]:
        assert read(f"/e/{event.id}").noindex == (event.id in out), event.id


@pytest.mark.parametrize("query", ["", "asof=2023-01-01", "q=x", "v=00000000", "country=NL"])
@pytest.mark.parametrize("path", ["/s/nl-rotterdam-1", "/c/NL", "/v", "/changes"])
def test_only_the_plain_address_is_listed(path: str, query: str) -> None:
    page = read(path, query)
    # a country's own page is the same with its country picked
    listed = path.startswith(("/s/", "/c/")) and not query
    listed |= (path, query) == ("/c/NL", "country=NL")
    assert page.noindex is not listed


@pytest.mark.parametrize("path", ["/s/nl-rotterdam-1", "/c/NL", "/v", "/changes", "/c/FJ"])
def test_nothing_is_listed_while_nobody_publishes(path: str) -> None:
    page = read(path, "", app(DATA, NOBODY))
    assert page.noindex
    assert "creator" not in page.described
    assert "Preview: not published; do not cite." in page.text
    assert read(path).described["creator"]["name"] == "The Publisher"


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("", True),
        ("record=nl-rotterdam-1", True),
        ("record=us-new-york-1", False),
        ("place=US", True),
        ("place=us-new-york", False),
        ("status=told_to_stop", False),
        ("from=2022", False),
        ("asof=2022-12-05", False),
    ],
)
def test_the_dashboard_follows_the_same_rule(query: str, listed: bool) -> None:
    state, _notices = decode(parse_query(query), real(), TODAY)
    assert robots("map", state, on(TODAY), True) == (None if listed else "noindex")
    assert robots("map", state, on(TODAY), False) == "noindex"


def test_the_sitemap_names_what_may_be_listed_with_its_day() -> None:
    found = sitemap()
    paths = {a.removeprefix("https://atlas.example:8501"): day for a, day in found.items()}
    assert set(PAGES) <= set(paths)
    rest = set(paths) - set(PAGES)
    assert all(path.startswith(("/s/", "/c/")) for path in rest)
    assert {f"/c/{code}" for code in on(TODAY).countries} | {"/c/CN", "/c/EU"} <= rest
    assert "/c/FJ" not in rest
    for record in on(TODAY).records:
        assert (f"/s/{record.id}" in rest) is not read(f"/s/{record.id}").noindex
    assert paths["/s/nl-rotterdam-1"] == real().records_by_id["nl-rotterdam-1"].last_checked
    assert not [path for path in rest if read(path).noindex]


def test_the_sitemap_is_empty_without_a_publisher_and_without_a_host() -> None:
    assert sitemap(NOBODY) == {}
    assert sitemap(host="no host") == {}
