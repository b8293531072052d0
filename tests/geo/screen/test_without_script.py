"""Without a script every link and the filters' form lead where a click would have led."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from geo.link.addresses import PAGES
from geo.link.permalink import decode, parse_query
from geo.link.state import State, Viewport, encode
from geo.screen import countries, timeline
from geo.screen.about import about
from geo.screen.cards import card
from geo.screen.clicks import changes
from geo.screen.context import Screen
from geo.screen.filters import filters, strip
from geo.screen.foot import foot
from geo.screen.form import read_form
from geo.screen.header import header
from geo.screen.legend import legend
from geo.screen.record_list import record_list
from tests.entities import real
from tests.geo.link.test_selection import random_filters
from tests.geo.screen.forms import Block, Field, submitted
from tests.ledger_files import TODAY
from tests.screens import screen_of

STATES, BATCH = 200, 100
EVENT = "nl-2022-11-01-told-to-stop"
#: what links say; the newest ledger is offered only beside an older one
KINDS = {
    "page", "today", "clear", "close", "step", "loosen", "pick", "record", "event", "place",
}  # fmt: skip
#: how a page is set for the moment: no address says so, and only the dashboard needs it
ONLY_HERE = {"sort", "state"}
TYPED = {
    "q": ("police", "a b  c", "%&=+#?", "naïve “x”", "x" * 200),
    "from": ("2022", "2022-09", "2022-09-12", "2023/2024", "nonsense"),
    "to": ("2022-12", "2024", "2021", "2022-12-05", "nonsense"),
    "asof": ("2022-12-05", "2023-05-01", "2999-01-01", "1900-01-01", TODAY.isoformat()),
}


def _state(chance: random.Random) -> State:
    data = real()
    found = random_filters(chance.randrange(10**6))
    if chance.random() < 0.3:
        since, until = chance.choice(["", "2022", "2022-10"]), chance.choice(["", "2023"])
        certain = bool(since or until) and chance.random() < 0.5
        found = found.replace(since=since, until=until, certain=certain)
    day = data.first_day + timedelta(days=chance.randrange((TODAY - data.first_day).days))
    cards: dict[str, Any] = chance.choice(
        [
            {},
            {"record": chance.choice(data.records).id},
            {"event": chance.choice(data.events).id},
            {"place": chance.choice(data.records).host_country},
        ]
    )
    said = State(
        filters=found,
        as_of=chance.choice([None, None, TODAY, day]),
        view=chance.choice([None, Viewport(52.0, 5.0, 6.0), Viewport(-3.25, 0.5, 2.5)]),
        layer=chance.choice(["", "coverage"]),
        version=chance.choice(["", "0a1b2c3d"]),
        **cards,
    )
    # as an address says it: codes in the order of the vocabulary
    return _decoded(encode(said))


def _decoded(query: str) -> State:
    return decode(parse_query(query), real(), TODAY)[0]


def _screens(seed: int) -> list[Screen]:
    state = _state(random.Random(seed))
    return [screen_of(real(), state, page) for page in PAGES]


def _blocks(screen: Screen) -> dict[str, Block]:
    """The blocks of a page, read as a browser reads them."""
    made = {"top": header(screen), "foot": foot(screen)}
    if screen.page != "about":
        made |= {"strip": strip(screen), "filters": filters(screen), "card": card(screen)}
    if screen.page == "map":
        made |= {"legend": legend(screen), "list": record_list(screen)}
    if screen.page == "timeline":
        made |= {
            "list": timeline.entries(screen),
            "tools": timeline.tools(screen),
            "chart": timeline.chart(screen),
        }
    if screen.page == "countries":
        made |= {
            "country": countries.country(screen),
            "countries": countries.countries(screen),
            "china": countries.china(screen),
            "jurisdictions": countries.jurisdictions(screen),
        }
    if screen.page == "about":
        made["about"] = about(screen)
    return {name: Block(html) for name, html in made.items()}


def _shown(state: State) -> State:
    """A state by what it shows: to follow the ledger, and to name today, show the same."""
    return replace(state, as_of=None if state.as_of == TODAY else state.as_of)


@pytest.mark.parametrize("start", range(0, STATES, BATCH))
def test_an_address_leads_where_the_click_leads(start: int) -> None:
    clicked = set()
    for seed in range(start, start + BATCH, 3):
        for screen in _screens(seed):
            for block in _blocks(screen).values():
                clicked |= {kind for link in block.links for kind in _compared(link, screen)}
                sent = [json.loads(b["data-send"]) for b in block.buttons if "data-send" in b]
                assert all(message.keys() <= ONLY_HERE for message in sent)
    assert clicked == KINDS


def _compared(link: dict[str, str], screen: Screen) -> set[str]:
    """Compare the address of a link with the message of a click on it; return its kind."""
    if "data-send" not in link:
        return set()
    message = json.loads(link["data-send"])
    page = message.get("page", screen.page)
    values = {} if "page" in message else changes(message, screen.state, real(), TODAY)
    assert values or "page" in message, f"nobody understands {message}"
    address = urlsplit(link["href"])
    assert address.path == "/" + PAGES[page]
    assert _decoded(address.query) == replace(screen.state, **values), message
    return set(message)


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ({"close": True}, {"record": ""}),
        ({"clear": True}, {"filters": State().filters}),
        ({"today": True}, {"as_of": None}),
        ({"newest": True}, {"version": ""}),
        ({"step": -1}, {"as_of": date(2022, 12, 4)}),
        (
            {"event": "nl-2022-11-01-told-to-stop"},
            {"record": "", "event": "nl-2022-11-01-told-to-stop"},
        ),
        ({"place": "NL"}, {"record": "", "place": "NL"}),
    ],
)
def test_a_click_says_what_it_changes(message: dict[str, Any], wanted: dict[str, Any]) -> None:
    narrow = State().filters.replace(country=("NL",), q="police")
    state = State(
        filters=narrow,
        as_of=date(2022, 12, 5),
        record="nl-rotterdam-1",
        view=Viewport(1, 2, 3),
        version="0" * 8,
    )
    screen = screen_of(real(), state, "timeline")
    (link,) = Block(f"<a {screen.click(**message)}></a>").links
    assert json.loads(link["data-send"]) == message
    assert _decoded(urlsplit(link["href"]).query) == replace(state, **wanted)


@pytest.mark.parametrize("start", range(0, STATES, BATCH))
def test_the_form_leads_where_the_panel_s_script_leads(start: int) -> None:
    for seed in range(start, start + BATCH):
        chance = random.Random(seed)
        for screen in chance.sample(_screens(seed), 2):
            blocks = _blocks(screen)
            if screen.page == "about":
                assert not any(block.forms for block in blocks.values())
            else:
                _submit(screen, blocks, chance)


def _submit(screen: Screen, blocks: dict[str, Block], chance: random.Random) -> None:
    """Send the form as it is and with one change, and compare with the script's message."""
    form = blocks["filters"].forms["filters"]
    assert (form["method"], form["action"]) == ("get", "/" + PAGES[screen.page])
    shown = list(blocks.values())
    assert _shown(_decoded(submitted(shown, "filters"))) == _shown(screen.state)
    panel = blocks[chance.choice(["strip", "filters", "filters"])]
    names = sorted({field.name for field in panel.fields if field.data and field.name})
    name = chance.choice(names)
    _change(chance.choice([field for field in panel.fields if field.name == name]), chance)
    values, _notices = read_form(panel.sent(), screen.state, real(), TODAY)
    wanted = replace(screen.state, **values)
    assert _shown(_decoded(submitted(shown, "filters"))) == _shown(wanted), name


def _change(field: Field, chance: random.Random) -> None:
    if field.kind == "checkbox":
        field.checked = not field.checked
    else:
        field.value = chance.choice(("", *TYPED[field.name]))


@pytest.mark.parametrize("layer", ["", "coverage"])
def test_the_layer_s_box_belongs_to_the_form(layer: str) -> None:
    for page in ("map", "timeline"):
        screen = screen_of(real(), State(layer=layer), page)
        blocks = _blocks(screen)
        assert _decoded(submitted(list(blocks.values()), "filters")) == screen.state
    blocks = _blocks(screen_of(real(), State(layer=layer)))
    (box,) = [field for field in blocks["legend"].fields if field.name == "layer"]
    _change(box, random.Random(0))
    changed = _decoded(submitted(list(blocks.values()), "filters"))
    assert changed == State(layer="" if layer else "coverage")


def test_a_button_sends_the_form_where_no_script_runs() -> None:
    block = _blocks(screen_of(real(), State()))["filters"]
    (button,) = [b for b in block.buttons if b["type"] == "submit"]
    assert button["inside"] == "form noscript"
