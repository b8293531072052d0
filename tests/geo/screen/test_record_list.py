"""The list at the side: the governments behind an answer, records, entries, or countries."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from geo.link.selection import Filters
from geo.model.vocabulary import FLAG_BY_TYPE, STRIP
from geo.screen.record_list import ENTRIES, record_list
from geo.words.entries import answer_rows, latest_entries
from tests.entities import days, on
from tests.geo.link.test_selection import random_filters
from tests.geo.screen.forms import Block
from tests.ledger_files import TODAY
from tests.screens import screen_on


def html(day: date = TODAY, **state: Any) -> str:
    return str(record_list(screen_on(on(day), **state)))


@pytest.mark.parametrize("day", [TODAY, *days(3)], ids=str)
@pytest.mark.parametrize("code", STRIP)
def test_an_answer_lists_as_many_governments_as_it_counts(code: str, day: date) -> None:
    for filters in (Filters(), random_filters(3).without("flag"), random_filters(8)):
        selection = filters.select(on(day))
        rows = answer_rows(code, selection)
        assert len(rows) == selection.strip().get(code, 0)
        assert len({row.country for row in rows}) == len(rows)
        for row in rows:
            if code == "no_answer":
                assert row.entry is None
                assert row.missing
                continue
            assert row.entry is not None
            said = on(day).dataset.events_by_id[row.entry.id]
            assert said.country == row.country
            assert said.actor_type == "host_authority"
            assert FLAG_BY_TYPE[said.event_type] == code
            assert ("names no place" in row.entry.limits) == (
                said.about == ("country",) and not said.elsewhere
            )
            assert row.entry.sources


def test_a_picked_answer_says_why_latest_words_are_fewer() -> None:
    written = html(filters=Filters(flag=("told_to_stop",)))
    assert "6 countries: told or asked to stop" in written
    snapshot = on(TODAY)
    last = sum(snapshot.statuses[r.id] == "told_to_stop" for r in snapshot.records)
    assert f"The filter “Latest word” finds {last} of these 19 records" in written
    assert written.count("names no place)") == 3


def test_entries_are_the_newest_first_and_never_a_repeat() -> None:
    for seed in range(10):
        selection = random_filters(seed).select(on(TODAY))
        rows, total = latest_entries(selection, 10_000)
        events = [on(TODAY).dataset.events_by_id[row.id] for row in rows]
        assert total == len(events) == sum(not e.repeat_of for e in selection.events)
        ends = [event.said.end for event in events]
        assert ends == sorted(ends, reverse=True)
        assert [row.host for row in rows] == [e.actor_type == "host_authority" for e in events]


def test_the_latest_entries_come_with_links_to_all_and_to_the_feed() -> None:
    block = Block(html())
    opened = [a for a in block.links if "data-event" in a]
    assert len(opened) == ENTRIES
    assert [a["href"] for a in block.links if "#entries" in a["href"]] == ["/timeline#entries"]
    assert any(a["href"].startswith("/feeds/events.atom") for a in block.links)


def test_few_records_are_listed_themselves() -> None:
    block = Block(html(filters=Filters(country=("NL",))))
    assert [a["data-record"] for a in block.links if "data-record" in a] == [
        "nl-amsterdam-1",
        "nl-rotterdam-1",
    ]
    assert not [a for a in Block(html()).links if "data-record" in a]


@pytest.mark.parametrize("query", ["Amsterdam", "Wien", "Montreal", "police", "China’s", "xyzzy"])
@pytest.mark.parametrize("country", [(), ("NL", "AT"), ("CA",)])
def test_a_search_lists_each_record_once(query: str, country: tuple[str, ...]) -> None:
    filters = Filters(q=query, country=country)
    listed = [a["data-record"] for a in Block(html(filters=filters)).links if "data-record" in a]
    assert sorted(listed) == sorted(r.id for r in filters.select(on(TODAY)).records)


def test_all_countries_show_each_record_once_and_an_answer_in_words() -> None:
    written = html(side="countries")
    rows = [a for a in Block(written).links if "data-country" in a]
    snapshot = on(TODAY)
    assert [a["data-country"] for a in rows].count("NL") == 1
    assert {a["data-country"] for a in rows} == set(snapshot.countries)
    assert sum(int(a["data-count"]) for a in rows) == len(snapshot.records)
    assert written.count('class="shape ') == len(snapshot.records)
    words = re.findall(r'<span class="(?:host|none)">([^<]*)</span>', written)
    assert len(words) == len(rows)
    assert all(len(text.partition(",")[0].split()) <= 5 for text in words)
    assert words.count("No answer found") == 15


def test_the_switch_leads_to_the_other_list_and_keeps_the_rest() -> None:
    state: dict[str, Any] = {"filters": Filters(country=("NL", "IT")), "side": "countries"}
    switch = [a for a in Block(html(**state)).links if a.get("class") == "button"]
    assert [a["href"] for a in switch] == [
        "/?country=NL&country=IT",
        "/?country=NL&country=IT&side=countries",
    ]
    assert [("aria-current" in a) for a in switch] == [False, True]
