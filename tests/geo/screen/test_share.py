"""Share: a fixed link fixes all that is seen, and a card's files are those of the card."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geo.configuration import Configuration
from geo.link.addresses import selected
from geo.link.normalising import read_query
from geo.link.opening import Opened, open_address
from geo.link.state import State
from geo.screen.context import Screen
from geo.screen.page import PAGES, blocks
from geo.screen.share import fixed_link, live_link, offers
from tests.asgi import call
from tests.entities import real
from tests.geo.web.whole_app import whole_app
from tests.ledger_files import DATA, TODAY, released
from tests.sizes import size

ORIGIN = "https://atlas.example:8501/"
PLAIN = Configuration()
VIEWS = (
    ("timeline", ""),
    ("timeline", "country=NL"),
    ("timeline", "rows=country&period=2023&asof=2023-06-01"),
    ("timeline", "period=all&listed=40"),
    ("map", "view=52.00_5.00_6&layer=coverage"),
    ("map", "side=countries"),
    ("data", "sort=-claimed_on"),
    ("countries", "coverage=not_listed&rest=1"),
)


def screen(page: str, query: str, settings: Configuration = PLAIN) -> Screen:
    return Screen(opened(query), settings, page, ORIGIN)


def opened(query: str, folder: Path = DATA, day: date = TODAY) -> Opened:
    return open_address(folder, read_query(query), day)


@pytest.mark.parametrize(("page", "query"), VIEWS)
def test_a_fixed_link_shows_the_same_on_a_later_day(page: str, query: str) -> None:
    first = screen(page, query)
    path, _mark, fixed = fixed_link(first).partition("?")
    assert path == ("/" if page == "map" else f"/{page}")
    later = replace(first, opened=opened(fixed, day=date(2027, 3, 1)))
    drawn = {
        "timeline": ("timeline", "timeline-words", "timeline-list"),
        "map": ("map", "list"),
        "data": ("records", "events"),
        "countries": ("countries", "coverage"),
    }[page]
    assert later.snapshot.day == first.snapshot.day
    assert later.dataset.version == first.dataset.version
    for name in drawn:
        assert _words(later, name) == _words(first, name), name


def _words(shown: Screen, name: str) -> str:
    """What a block says and draws, without the addresses in it, which have a day of their own."""
    html = str(PAGES[shown.page][name](shown))
    html = html.replace("today", "on 22 November 2026")
    return re.sub(r'(?: data-href| href|=?"?/[a-z]*\?)[^" >]*"?[^" >]*"?', "", html)


def test_the_timeline_says_its_rows_and_its_period() -> None:
    link = fixed_link(screen("timeline", ""))
    assert "rows=speaker" in link
    assert "period=2022-" in link
    assert "listed=20" in link


def test_the_live_link_leaves_out_day_and_version() -> None:
    link = live_link(screen("timeline", "country=NL&asof=2023-05-01&rows=country"))
    assert link == "/timeline?country=NL&rows=country"


def test_an_unreleased_version_is_said_and_may_not_be_fixed(tmp_path: Path) -> None:
    shown = screen("map", "country=NL")
    assert "Not released: this link may change" in blocks(shown)["top"]
    strict = replace(shown, configuration=Configuration(fixes_released_only=True))
    assert fixed_link(strict) == live_link(strict)
    assert "There is no fixed link" in blocks(strict)["top"]
    assert "Copy fixed link" not in blocks(strict)["top"]

    kept = replace(strict, opened=opened("country=NL", released(tmp_path / "data").folder))
    assert "Not released" not in blocks(kept)["top"]
    assert "v=" in fixed_link(kept)
    assert "Copy fixed link" in blocks(kept)["top"]


def test_every_record_and_event_has_files_of_itself_alone() -> None:
    data, app = real(), whole_app()
    for ids, kind in ((data.records_by_id, "record"), (data.events_by_id, "event")):
        for name in list(ids)[:: size(12, 1)]:
            state = selected(State(**{kind: name}))  # type: ignore[arg-type]
            found = state.filters.select(opened("").snapshot)
            things = found.records if kind == "record" else found.events
            assert [thing.id for thing in things] == [name]
    files = dict(offers(screen("map", "record=nl-rotterdam-1"))["files"])
    path, _mark, query = files["CSV"].partition("?")
    rows = list(
        csv.DictReader(io.StringIO(call(app, path, query=query.encode()).text.lstrip("\ufeff")))
    )
    assert [row["record"] for row in rows] == ["nl-rotterdam-1"]


def test_a_card_offers_its_own_files_and_its_own_feed() -> None:
    record = offers(screen("map", "flag=inquiry&record=nl-rotterdam-1"))
    assert record["feed"] == "/feeds/records/nl-rotterdam-1.atom"
    assert all("q=nl-rotterdam-1" in address for _label, address in record["files"])
    assert not any("flag" in address for _label, address in record["files"])
    country = offers(screen("countries", "place=NL"))
    assert country["feed"] == "/feeds/NL/events.atom"
    assert all("country=NL" in address for _label, address in country["files"])
    entry = offers(screen("timeline", "event=nl-2022-11-01-told-to-stop"))
    assert [label for label, _address in entry["files"]] == [
        "Workbook (.xlsx)",
        "Data package (.zip)",
    ]


def test_embeds_are_offered_where_a_site_is_named() -> None:
    allowed = Configuration(embedded_by=("https://paper.example",))
    shown = screen("timeline", "country=NL", allowed)
    assert 'href="/embed/code/timeline?country=NL"' in blocks(shown)["top"]
    assert 'data-href="/oembed"' in blocks(shown)["top"]
    assert "/embed" not in blocks(replace(shown, origin=""))["top"]
    assert "embed" not in blocks(screen("timeline", "country=NL"))["top"]
