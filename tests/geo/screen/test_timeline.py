"""The list of the timeline: newest first, repeats included, text as text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from geo.ledger.snapshot import Snapshot
from geo.screen.context import Screen
from geo.screen.timeline import entries
from tests.entities import event, ledger, on, record
from tests.geo.views.test_rendering import Page
from tests.ledger_files import TODAY
from tests.screens import screen_on

HOSTILE = '<img src=x onerror="alert(1)">${alert(1)}`</script>'


def _screen(*events: Any, day: date = TODAY, opened: str = "") -> Screen:
    made = ledger(events, [record(), record("nl-b-1"), record("be-a-1", host_country="BE")])
    return screen_on(Snapshot(made, day), "timeline", event=opened)


def test_hostile_text_stays_text() -> None:
    page = Page(entries(_screen(event("a", summary=HOSTILE, authority=HOSTILE))))
    assert page.names() <= {"section", "h2", "h3", "ol", "li", "p", "span", "button", "a"}
    assert HOSTILE in page.text


def test_the_list_is_newest_first_and_holds_repeats() -> None:
    shown = _screen(
        event("root", about=("world",), country="ZZ", position=2),
        event("echo", repeat_of="root", position=3),
        event("later", "2023-02", event_type="statement"),
        event("year", "2022", event_type="statement"),
        opened="later",
    )
    page = Page(entries(shown))
    assert page.values("data-event") == ["later", "year", "echo", "root"]
    assert "February 2023" in page.text
    assert "Restates: the NGO, 12 September 2022." in page.text
    assert page.values("aria-current") == ["true"]
    assert "/timeline?event=root" in page.values("href")
    assert "A Newsroom" in page.text


def test_the_list_offers_what_it_leaves_out() -> None:
    shown = screen_on(on(TODAY), "timeline")
    selection = shown.selection
    page = Page(entries(shown))
    assert len(page.values("data-event")) == len(selection.events) <= 300
    short = Page(entries(shown, 20))
    assert len(short.values("data-event")) == 20
    assert f"Show more ({len(selection.events) - 20} are left)" in short.text


def test_a_repeat_of_what_came_later_names_nothing() -> None:
    early = replace(event("echo", repeat_of="root"), position=3)
    shown = _screen(early, event("root", "2023-01-01"), day=date(2022, 12, 1))
    page = Page(entries(shown))
    assert "Restates another report." in page.text
    assert "root" not in str(entries(shown))
