"""The open card: its day, its way through the selection, its words and links."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from geo.configuration import Configuration
from geo.link.opening import open_address
from geo.link.permalink import parse_query
from geo.link.selection import Filters
from geo.link.state import State
from geo.model.vocabulary import LATEST_WORDS
from geo.paths import PROJECT
from geo.screen.card_head import position
from geo.screen.cards import card
from geo.screen.context import Screen
from geo.screen.page import blocks, page
from geo.screen.record_list import record_list
from geo.words.place_card import counted_by_word, records_of_place
from geo.words.sentences import place
from tests.entities import days, on, real
from tests.geo.link.test_selection import random_filters
from tests.geo.views.test_rendering import Page
from tests.ledger_files import TODAY, LedgerFiles
from tests.screens import screen_of, screen_on
from tests.sizes import size

AMSTERDAM, ROTTERDAM = "nl-amsterdam-1", "nl-rotterdam-1"
#: links of a card's text that lead to pages of sources
_SOURCE = re.compile(r'<a href="(https?:[^"]+)"[^>]*?(?:aria-label="([^"]*)")?>(.*?)</a>', re.S)


# the way through the selection


@pytest.mark.parametrize("seed", range(size(8, 50)))
def test_the_arrows_lead_through_the_whole_selection_once(seed: int) -> None:
    state = State(filters=random_filters(seed))
    screen = screen_of(real(), state)
    records = screen.selection.records
    places = {record.id: position(screen, record) for record in records}
    found = {name: at for name, at in places.items() if at}
    assert found.keys() == places.keys()
    walked = [name for name, at in found.items() if not at.before]
    while walked and (after := found[walked[-1]].after):
        assert found[after].before == walked[-1]
        walked.append(after)
    assert len(set(walked)) == len(walked) == len(records)
    assert [found[name].number for name in walked] == list(range(1, len(records) + 1))
    outside = next((r for r in screen.snapshot.records if r not in records), None)
    if outside:
        assert position(screen, outside) is None


def test_the_arrows_go_in_the_order_of_the_list() -> None:
    screen = screen_of(real(), State(filters=Filters(country=("NL", "GB"))))
    listed = re.findall(r'data-record="([^"]+)"', record_list(screen))
    walked = sorted(
        (at.number, record.id)
        for record in screen.selection.records
        if (at := position(screen, record))
    )
    assert listed == [name for _number, name in walked]


# the day, and the release


def test_a_card_says_its_day_and_what_came_later() -> None:
    past = card(screen_on(on(date(2022, 12, 5)), record=AMSTERDAM))
    assert "As of 5 December 2022." in past
    assert re.search(r">\d later entr(?:y|ies)</a>", past)
    today = card(screen_on(on(TODAY), record=AMSTERDAM))
    assert "As of 22 November 2026." in today
    assert "later entr" not in today
    assert "Go to today" not in today


@pytest.mark.parametrize("kind", ["record=nl-rotterdam-1", "place=NL"])
def test_a_card_of_a_release_says_whether_it_has_changed_since(tmp_path: Path, kind: str) -> None:
    files = LedgerFiles(tmp_path / "data")
    version = files.release().name[-8:]
    files.edit("stations", ROTTERDAM, summary="Other words.")
    opened = open_address(files.folder, parse_query(f"{kind}&v={version}"), TODAY)
    html = card(Screen(opened, Configuration()))
    assert "1 of the records shown has changed since." in html
    assert f'href="/changes?{kind}&amp;v={version}"' in html
    same = open_address(files.folder, parse_query(f"record={AMSTERDAM}&v={version}"), TODAY)
    assert "None of the records shown has changed since." in card(Screen(same, Configuration()))


# words and signs


@pytest.mark.parametrize("day", [TODAY, *days(6)], ids=str)
def test_a_place_has_words_and_its_records_have_marks(day: date) -> None:
    snapshot = on(day)
    for code in snapshot.countries:
        html = card(screen_on(snapshot, place=code))
        records = records_of_place(code, snapshot)
        drawn = html.count('<svg class="shape')
        assert drawn == html.count("data-record=") == len(records)
        before, _heading, _list = html.partition("Records and the latest word on each")
        assert "<svg" not in before, "a sign for the country"
        counted = counted_by_word(records, snapshot)
        numbers = [int(n) for n in re.findall(r": (\d+)", counted)]
        assert sum(numbers) == len(records)
        assert all(word.short in counted for word in LATEST_WORDS.values()
                   if word.code in {snapshot.statuses[r.id] for r in records})  # fmt: skip


def test_every_title_of_a_page_says_its_language() -> None:
    snapshot = on(TODAY)
    for record in snapshot.records[:: size(6, 1)]:
        html = card(screen_on(snapshot, record=record.id))
        rows = html.partition('<ul class="sources">')[2].partition("</ul>")[0]
        for source in real().sources.values():
            if source.title and f'href="{source.archive_url or source.url}"' in rows:
                assert f'<span lang="{source.language}">' in rows


def test_every_link_to_a_source_has_a_name_of_its_own() -> None:
    snapshot = on(TODAY)
    for record in snapshot.records[:: size(6, 1)]:
        html = card(screen_on(snapshot, record=record.id))
        named: dict[str, set[str]] = {}
        for address, label, text in _SOURCE.findall(html):
            shown, label = unescape(re.sub(r"<[^>]+>", "", text)).strip(), unescape(label)
            # what is heard begins with or contains what is seen
            assert not label or shown in label
            named.setdefault(label or shown, set()).add(address)
            assert re.search(r"\d{4}|undated", label or shown), (record.id, label or shown)


# the layout


def test_the_page_says_that_a_card_is_open() -> None:
    for state in (State(), State(record=AMSTERDAM), State(place="NL"), State(record=ROTTERDAM)):
        written = blocks(screen_of(real(), state))
        main = re.search(r'<\w+ id="page"[^>]*>', page("map", written, "/"))
        assert main
        assert ("data-card" in main[0]) == (state != State())


def test_no_style_asks_for_a_card_in_a_way_that_a_browser_may_not_know() -> None:
    for sheet in (PROJECT / "geo" / "assets" / "atlas-1").glob("*.css"):
        found = re.findall(r":has\([^)]*card[^)]*\)", sheet.read_text(encoding="utf-8"))
        assert found == [], sheet.name


def test_a_title_is_the_place_and_bears_no_sign() -> None:
    snapshot = on(TODAY)
    for record in snapshot.records[:10]:
        html = card(screen_on(snapshot, record=record.id))
        title = re.search(r"<h2[^>]*>(.*?)</h2>", html, re.DOTALL)
        assert title
        assert Page(title[1]).text == place(record)
