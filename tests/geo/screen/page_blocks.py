"""The blocks of each page, read as a browser reads them."""

from __future__ import annotations

from geo.link.permalink import decode, parse_query
from geo.link.state import State
from geo.screen import countries, data, timeline
from geo.screen.about import about
from geo.screen.cards import card
from geo.screen.context import Screen
from geo.screen.filters import filters, strip
from geo.screen.foot import foot
from geo.screen.header import header
from geo.screen.legend import legend
from geo.screen.record_list import record_list
from geo.views.timeline import Timeline
from tests.entities import real
from tests.geo.screen.forms import Block
from tests.ledger_files import TODAY


def read(query: str) -> tuple[State, list[str]]:
    """What an address says of the frozen ledger, and a notice for each value ignored."""
    return decode(parse_query(query), real(), TODAY)


def form_blocks(screen: Screen) -> dict[str, Block]:
    """The blocks with a field of the filters' form."""
    made = {"strip": strip(screen), "filters": filters(screen)}
    if screen.page == "map":
        made["legend"] = legend(screen)
    return {name: Block(html) for name, html in made.items()}


def blocks(screen: Screen) -> dict[str, Block]:
    """All blocks of a page."""
    made = {"top": header(screen), "foot": foot(screen)}
    if screen.page != "about":
        made["card"] = card(screen)
    if screen.page == "map":
        made["list"] = record_list(screen)
    if screen.page == "timeline":
        chart = Timeline(screen.selection)
        made |= {"list": timeline.entries(screen, 20), "tools": timeline.tools(chart)}
    if screen.page == "data":
        made |= {"records": data.records_table(screen), "events": data.events_table(screen)}
    if screen.page == "countries":
        made |= {
            "country": countries.country(screen),
            "countries": countries.countries(screen),
            "china": countries.china(screen),
            "jurisdictions": countries.jurisdictions(screen),
        }
    if screen.page == "about":
        made["about"] = about(screen)
    of_form = {} if screen.page == "about" else form_blocks(screen)
    return {name: Block(html) for name, html in made.items()} | of_form
