"""The blocks of each page, read as a browser reads them."""

from __future__ import annotations

from geo.link.permalink import decode, parse_query
from geo.link.state import State
from geo.screen.context import Screen
from geo.screen.filters import filters
from geo.screen.legend import legend
from geo.screen.page import blocks as written
from tests.entities import real
from tests.geo.screen.forms import Block
from tests.ledger_files import TODAY


def read(query: str) -> tuple[State, list[str]]:
    """What an address says of the frozen ledger, and a notice for each value ignored."""
    return decode(parse_query(query), real(), TODAY)


def form_blocks(screen: Screen) -> dict[str, Block]:
    """The blocks with a field of the filters' form."""
    made = {"filters": filters(screen)}
    if screen.page == "map":
        made["legend"] = legend(screen)
    return {name: Block(html) for name, html in made.items()}


def blocks(screen: Screen) -> dict[str, Block]:
    """All blocks of a page."""
    return {name: Block(str(html)) for name, html in written(screen).items() if html}
