"""Every link leads where its click says, and nothing but a copy button needs a script."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from geo.link.addresses import PAGES
from geo.link.state import State, Viewport, encode
from geo.screen.clicks import changes
from tests.entities import real
from tests.geo.link.test_selection import random_filters
from tests.geo.screen.forms import Block
from tests.geo.screen.page_blocks import blocks, read
from tests.ledger_files import TODAY
from tests.screens import screen_of

STATES, BATCH = 200, 100


def _state(chance: random.Random) -> State:
    ledger = real()
    day = ledger.first_day + timedelta(days=chance.randrange((TODAY - ledger.first_day).days))
    cards: dict[str, Any] = chance.choice(
        [
            {},
            {"record": chance.choice(ledger.records).id},
            {"event": chance.choice(ledger.events).id},
            {"place": chance.choice(ledger.records).host_country},
        ]
    )
    state = State(
        filters=random_filters(chance.randrange(10**6)),
        as_of=chance.choice([None, None, TODAY, day]),
        view=chance.choice([None, Viewport(52.0, 5.0, 6), Viewport(-3.25, 0.5, 4)]),
        layer=chance.choice(["", "coverage"]),
        sort=chance.choice(["", "-claimed_on", "event", "-coverage"]),
        rest=chance.choice(["", "1"]),
        coverage=chance.choice(["", "", "not_listed"]),
        version=chance.choice(["", "0a1b2c3d"]),
        **cards,
    )
    # as an address says it: codes in the order of the vocabulary
    return read(encode(state))[0]


@pytest.mark.parametrize("start", range(0, STATES, BATCH))
def test_every_link_of_a_page_leads_to_a_page_that_can_be_read(start: int) -> None:
    for seed in range(start, start + BATCH, 5):
        state = _state(random.Random(seed))
        for page in PAGES:
            screen = screen_of(real(), state, page)
            for block in blocks(screen).values():
                for link in block.links:
                    address = urlsplit(link["href"])
                    if address.netloc or address.path.strip("/") not in PAGES.values():
                        continue
                    said, notices = read(address.query)
                    assert not [n for n in notices if "changed since" not in n], link
                    assert encode(said) == address.query, link


@pytest.mark.parametrize("page", [page for page in PAGES if page != "timeline"])
def test_only_what_copies_or_narrows_needs_a_script(page: str) -> None:
    state = State(record="nl-amsterdam-1", layer="coverage", sort="-record")
    for name, block in blocks(screen_of(real(), state, page)).items():
        for button in block.buttons:
            # the browser's own menu for sharing is shown where there is one
            if (
                "data-copy" in button
                or "data-send" in button
                or button["type"] == "submit"
                or "disabled" in button
            ):
                continue
            raise AssertionError(f"{name}: nothing but a script serves {button}")
        for button in block.buttons:
            served = "data-copy" in button or "data-send" in button
            assert served == ("needs-script" in button.get("class", ""))


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"close": True}, {"record": ""}),
        ({"clear": True}, {"filters": State().filters}),
        ({"today": True}, {"as_of": None}),
        ({"newest": True}, {"version": ""}),
        ({"step": -1}, {"as_of": date(2022, 12, 4)}),
        ({"loosen": "q"}, {"filters": State().filters.replace(country=("NL",))}),
        ({"pick": "FR"}, {"filters": State().filters.replace(country=("FR",), q="police"),
                          "record": ""}),
        ({"record": "nl-amsterdam-1"}, {"record": "nl-amsterdam-1"}),
        (
            {"event": "nl-2022-11-01-told-to-stop"},
            {"record": "", "event": "nl-2022-11-01-told-to-stop"},
        ),
        ({"place": "NL"}, {"record": "", "place": "NL"}),
        ({"loosen": "status"}, {}),
        ({"pick": "ZZ"}, {}),
        ({"record": "no-such-record"}, {}),
        ({"step": 7}, {}),
        ({}, {}),
    ],
)  # fmt: skip
def test_a_click_says_what_it_changes(change: dict[str, Any], wanted: dict[str, Any]) -> None:
    narrow = State().filters.replace(country=("NL",), q="police")
    state = State(
        filters=narrow,
        as_of=date(2022, 12, 5),
        record="nl-rotterdam-1",
        view=Viewport(1, 2, 3),
        version="0" * 8,
    )
    screen = screen_of(real(), state, "timeline")
    assert changes(change, state, real(), TODAY).keys() >= wanted.keys()
    (link,) = Block(f"<a {screen.click(**change)}></a>").links
    assert link.keys() == {"href"}
    address = urlsplit(link["href"])
    assert address.path == "/timeline"
    assert read(address.query)[0] == replace(state, **wanted)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_named_and_nothing_else_changes(page: str) -> None:
    state = State(as_of=date(2022, 12, 5), place="NL", sort="-what")
    (link,) = Block(f"<a {screen_of(real(), state, 'about').click(page=page)}></a>").links
    address = urlsplit(link["href"])
    assert address.path == "/" + PAGES[page]
    assert read(address.query)[0] == state
