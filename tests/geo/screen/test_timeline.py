"""The timeline's blocks: links that arrange it, marks that open cards, and the list."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from geo.ledger.snapshot import Snapshot
from geo.link.permalink import decode, parse_query
from geo.link.selection import Filters
from geo.link.state import State
from geo.screen import timeline
from geo.screen.context import Screen
from geo.screen.header import finding_of, opening
from geo.screen.timeline import STEP, entries, sentence
from tests.entities import event, ledger, on, record
from tests.geo.screen.forms import Block
from tests.geo.views.test_rendering import Page
from tests.ledger_files import TODAY
from tests.markup import straight
from tests.screens import screen_of, screen_on

HOSTILE = '<img src=x onerror="alert(1)">${alert(1)}`</script>'
TRICKY = "event=ID period=PERIOD"
FULL = State(
    filters=Filters(country=("BE", "NL"), q=TRICKY),
    as_of=date(2025, 5, 1),
    rows="country",
    period="2022-09-01_2023-01-31",
    listed="20",
    event="b",
    version="0a1b2c3d",
)


def _screen(*events: Any, day: date = TODAY, opened: str = "") -> Screen:
    made = ledger(events, [record(), record("nl-b-1"), record("be-a-1", host_country="BE")])
    return screen_on(Snapshot(made, day), "timeline", event=opened)


def _small(state: State) -> Screen:
    """Four years with three events, one of which has a name that is part of another's."""
    days = {"a": "2019-02-03", "b": "2022-10", "b-1": "2022-12-05"}
    events = [event(name, said, summary=TRICKY) for name, said in days.items()]
    return screen_of(ledger(events, [record()]), state, "timeline")


def _links(screen: Screen, html: object) -> list[State]:
    """What each link of a block to this page shows."""
    states = []
    for link in Block(str(html)).links:
        address = urlsplit(link["href"])
        if not link["href"].startswith("#"):
            assert address.path == "/timeline"
            state, notices = decode(parse_query(address.query), screen.dataset, TODAY)
            assert notices == []
            states.append(state)
    return states


@pytest.mark.parametrize("state", [State(), State(period="all"), FULL])
def test_marks_open_their_cards_and_stretches_their_periods(state: State) -> None:
    screen = _small(state)
    marks = ["b", "b-1"] if state.period != "all" else ["a", "b", "b-1"]
    # the first report and the latest entry are named above
    expected = [replace(state, event=name) for name in ("a", "b-1")]
    expected += [replace(state, event=name) for name in marks]
    expected += [replace(state, period=code) for code in ("2019", "2020", "2021", "2022")]
    assert _links(screen, timeline.chart(screen)) == expected


@pytest.mark.parametrize("state", [State(), State(period="busy"), State(period="2022"), FULL])
def test_settings_are_links_and_the_chosen_ones_are_current(state: State) -> None:
    screen = _small(state)
    html = timeline.tools(screen)
    # what a page does by itself is no parameter
    rows = [replace(state, rows=code) for code in ("", "country")]
    own = [state.period] if state.period not in ("", "busy", "all") else []
    periods = [replace(state, period=code) for code in ("", "all", *own)]
    assert _links(screen, html) == rows + periods
    current = [_links(screen, f"<a href='{link['href']}'></a>")[0] for link in _current(html)]
    shown = "" if state.period == "busy" else state.period
    assert current == [state, replace(state, period=shown)]
    if "_" in state.period:
        assert "September to December 2022" in Page(html).text


def _current(html: object) -> list[dict[str, str]]:
    return [link for link in Block(str(html)).links if link.get("aria-current") == "true"]


def test_the_chart_says_what_lies_outside_of_its_period() -> None:
    shown = screen_on(on(TODAY), "timeline", period="2022-11-03_2022-12-04")
    outside = timeline.arranged(shown).outside
    text = Page(timeline.chart(shown)).text
    assert f"{outside} entries are outside the period shown" in text
    assert "outside the period" not in Page(timeline.chart(replace_period(shown, "all"))).text


def test_the_finding_is_the_title_of_the_page_and_of_no_other() -> None:
    shown = screen_on(on(TODAY), "timeline")
    title = finding_of(shown)
    assert re.fullmatch(
        "At least [0-9]+ of [0-9]+ statements by host authorities came within 100 days of the "
        "first report",
        title,
    )
    assert title in Page(opening(shown)).text
    assert (
        "Days are counted from the first report, 12 September 2022."
        in Page(timeline.chart(shown)).text
    )
    assert finding_of(screen_on(on(TODAY), "map")) == ""
    assert finding_of(screen_on(on(TODAY), "timeline", filters=Filters(country=("NL",)))) == ""


def replace_period(screen: Screen, period: str) -> Screen:
    return screen_of(screen.dataset, replace(screen.state, period=period), "timeline")


def test_the_chart_says_what_a_picture_of_it_must_say() -> None:
    text = Page(timeline.chart(screen_on(on(TODAY), "timeline"))).text
    assert "Each record is an attributed public claim, not a finding." in text
    assert "As of 22 November 2026." in text
    assert on(TODAY).dataset.version in text
    assert "Preview: not published; do not cite." in text


def test_an_empty_selection_has_a_sentence_and_no_other_block() -> None:
    shown = screen_on(on(TODAY), "timeline", filters=Filters(q="zzzz"))
    assert "No entries match." in timeline.chart(shown)
    for block in (timeline.words_over_time, timeline.entries, timeline.tools):
        assert block(shown) == ""


def test_blocks_of_a_page_agree() -> None:
    shown = screen_on(on(TODAY), "timeline", period="all")
    drawn = timeline.arranged(shown)
    assert str(timeline.chart(shown)).count("</title>") - 12 == len(drawn.marks)
    assert sentence(drawn) in Page(timeline.chart(shown)).text
    assert f"List of {len(shown.selection.events)}" in Page(timeline.tools(shown)).text
    assert "the latest word has changed on" in timeline.words_over_time(shown)
    few = screen_on(on(TODAY), "timeline", filters=Filters(country=("NL",)))
    assert "<h2>Latest word over time</h2>" in timeline.words_over_time(few)


def test_hostile_text_stays_text() -> None:
    page = Page(entries(_screen(event("a", summary=HOSTILE, authority=HOSTILE))))
    assert page.names() <= {"section", "h2", "h3", "ol", "li", "p", "span", "button", "a"}
    assert HOSTILE in straight(page.text)


def test_the_list_is_newest_first_and_holds_repeats() -> None:
    shown = _screen(
        event("root", about=("world",), country="ZZ", position=2),
        event("echo", repeat_of="root", position=3),
        event("later", "2023-02", event_type="statement"),
        event("year", "2022", event_type="statement"),
    )
    page = Page(entries(shown))
    assert page.values("data-event") == ["later", "year", "echo", "root"]
    assert "February 2023" in page.text
    assert "Restates: the NGO, 12 September 2022." in page.text
    assert "/timeline?event=root" in page.values("href")
    assert "A Newsroom" in page.text


def test_beside_a_card_the_lists_are_links_that_close_it() -> None:
    shown = screen_on(on(TODAY), "timeline", event="zz-2022-09-12-claim")
    total = len(shown.selection.events)
    for html, words, part in (
        (entries(shown), f"list {total} entries", "#entries"),
        (timeline.words_over_time(shown), "show the chart", ""),
    ):
        page = Page(html)
        assert words in page.text
        assert page.values("href") == [f"/timeline{part}"]


def test_the_list_offers_what_it_leaves_out() -> None:
    total = len(screen_on(on(TODAY), "timeline").selection.events)
    for listed, length, offers in (
        ("", STEP, [2 * STEP, total]),
        ("20", 20, [20 + STEP, total]),
        (str(total - 3), total - 3, [total]),
        (str(total), total, []),
        ("99999", total, []),
    ):
        shown = screen_on(on(TODAY), "timeline", listed=listed)
        html = entries(shown)
        assert len(Page(html).values("data-event")) == length
        more = [s.listed for s in _links(shown, _outside_items(html))]
        assert more == [str(number) for number in offers]


def _outside_items(html: object) -> str:
    return str(html).rpartition("</ol>")[2].removesuffix("</section>\n").removesuffix("</section>")


def test_a_repeat_of_what_came_later_names_nothing() -> None:
    early = replace(event("echo", repeat_of="root"), position=3)
    shown = _screen(early, event("root", "2023-01-01"), day=date(2022, 12, 1))
    page = Page(entries(shown))
    assert "Restates another entry." in page.text
    assert "root" not in str(entries(shown))
