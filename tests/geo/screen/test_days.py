"""The days of the map: a bar for each month with its entries, and the day shown as a slider."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring

import pytest

from geo.link.permalink import decode, parse_query
from geo.link.selection import Filters
from geo.link.state import State
from geo.screen.context import Screen
from geo.screen.days import TALLEST, days, months
from tests.entities import event, ledger, on, real, record
from tests.ledger_files import TODAY
from tests.screens import screen_of, screen_on

STATES = [
    State(),
    State(as_of=date(2023, 3, 15)),
    State(as_of=date(2022, 12, 31), filters=Filters(country=("CA", "NL")), record="ca-toronto-1"),
]


def _drawn(screen: Screen) -> Element:
    return fromstring(str(days(screen)).replace("&nbsp;", "\u00a0"))


def _links(drawn: Element) -> list[Element]:
    return drawn.findall("svg/a")


def test_months_are_whole_and_have_no_gaps() -> None:
    found = list(months(date(2022, 11, 30), date(2024, 2, 1)))
    assert found[0] == (date(2022, 11, 1), date(2022, 11, 30))
    assert found[-1] == (date(2024, 2, 1), date(2024, 2, 29))
    for (_first, last), (after, _last) in pairwise(found):
        assert after - last == timedelta(days=1)


@pytest.mark.parametrize("state", STATES)
def test_each_month_is_a_link_to_its_last_day_and_changes_nothing_else(state: State) -> None:
    screen = screen_of(real(), state, "map")
    links = _links(_drawn(screen))
    shown = []
    for link in links:
        address = urlsplit(link.attrib["href"])
        assert address.path == "/"
        found, notices = decode(parse_query(address.query), real(), TODAY)
        assert not notices
        assert replace(found, as_of=None) == replace(state, as_of=None)
        shown.append(found.as_of or TODAY)
    assert shown[0] == date(2022, 9, 30)
    assert shown[-1] == TODAY
    assert all((day + timedelta(days=1)).day == 1 for day in shown[:-1])
    assert len(shown) == 12 * 4 + 3


@pytest.mark.parametrize("state", STATES)
def test_bars_are_the_entries_that_became_public_in_a_month(state: State) -> None:
    screen = screen_of(real(), state, "map")
    events = [e for e in state.filters.select(on(TODAY)).events if not e.repeat_of]
    counts = Counter(e.said.last.isoformat()[:7] for e in events)
    highest = max(counts.values())
    for link, (first, _last) in zip(
        _links(_drawn(screen)), months(date(2022, 9, 1), TODAY), strict=True
    ):
        number = counts[first.isoformat()[:7]]
        title = (link.findtext("title") or "").replace("\u00a0", " ")
        assert f"; {number} entr" in title
        bar = link.find("rect[@class='bar']")
        assert (bar is not None) == (number > 0)
        if bar is not None:
            height = float(bar.attrib["height"])
            assert height == pytest.approx(TALLEST * number / highest, abs=0.06)
            assert height + float(bar.attrib["y"]) == pytest.approx(TALLEST)
        later = first > (state.as_of or TODAY)
        assert (link.get("class") == "later") == later


@pytest.mark.parametrize("day", [TODAY, date(2023, 3, 15), date(2022, 9, 30)])
def test_the_slider_is_at_the_day_shown(day: date) -> None:
    screen = screen_on(on(day), "map")
    slider = _drawn(screen).find("div[@role='slider']")
    assert slider is not None
    first = date.fromisoformat(slider.attrib["data-first"])
    assert slider.attrib["aria-valuenow"] == str((day - first).days)
    assert slider.attrib["aria-valuemax"] == str((TODAY - first).days)
    assert slider.attrib["aria-valuetext"].replace("\u00a0", " ") == f"{day.day} {day:%B %Y}"
    assert slider.attrib["data-href"].replace("DAY", "2023-01-01") == "/?asof=2023-01-01"
    assert slider.attrib["data-now"] == "/"
    current = [a for a in _links(_drawn(screen)) if a.get("aria-current")]
    assert len(current) == (day in (TODAY, date(2022, 9, 30)))


def test_targets_are_as_high_as_the_block() -> None:
    for link in _links(_drawn(screen_on(on(TODAY), "map"))):
        hit = link.find("rect[@class='hit']")
        assert hit is not None
        assert hit.attrib["height"] == "100%"


def test_a_ledger_without_a_record_has_no_days() -> None:
    assert days(screen_of(ledger([], []), State(), "map")) == ""
    made = ledger([event("a", TODAY.isoformat())], [record()])
    assert days(screen_of(made, State(), "map")) == ""
