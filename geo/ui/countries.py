"""The Countries page as panels, and the settings of its table."""

from __future__ import annotations

import streamlit as st

from geo.model.vocabulary import COVERAGE
from geo.screen import countries as blocks
from geo.screen.clicks import Message
from geo.screen.context import Screen
from geo.screen.countries import ALPHABETICAL, Order
from geo.screen.form import ticked
from geo.ui import cards, messages, session
from geo.ui.panel import panel
from geo.words.country_rows import SORTS

_ORDER, _REST, _ONLY = "countries-order", "countries-rest", "countries-only"


def receive(message: Message) -> None:
    """
    Apply a message of the page: sort, show the rest, or show one coverage state.

    Other messages are for every page.
    """
    if message.get("sort") in SORTS:
        _sort(str(message["sort"]))
    elif message.get("changed") == "rest":
        session.choose(_REST, ticked(message, "rest"))
    elif message.get("state") in COVERAGE:
        # a second click shows all of them again
        again = message["state"] == session.choice(_ONLY)
        session.choose(_ONLY, "" if again else message["state"])
    else:
        messages.receive(message)


def _order() -> Order:
    order: Order = session.choice(_ORDER, ALPHABETICAL)
    return order


def _sort(by: str) -> None:
    # a second click turns the order around
    before = _order()
    session.choose(_ORDER, Order(by, by == before.by and not before.descending))


def draw(screen: Screen) -> None:
    """Draw the picked country, the table of all, China's position and the jurisdictions."""
    rest, only = bool(session.choice(_REST)), session.choice(_ONLY, "")
    for name, html in (
        ("country", blocks.country(screen)),
        ("countries", blocks.countries(screen, _order(), rest, only)),
        ("china", blocks.china(screen)),
        ("jurisdictions", blocks.jurisdictions(screen)),
    ):
        with st.container(key=name):
            panel(name, html, receive)


def aside(screen: Screen) -> None:
    """Draw the open card."""
    cards.open_card(screen)
