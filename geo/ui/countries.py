"""The Countries page: the picked country, the table of all, China's position over time."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo.link.addresses import NO_CARD
from geo.link.selection import Filters
from geo.model.vocabulary import COVERAGE, WORLDWIDE
from geo.screen import countries as views
from geo.screen.clicks import Message
from geo.screen.context import Screen
from geo.screen.countries import Order
from geo.screen.form import ticked
from geo.ui import cards, messages, session
from geo.ui.panel import panel
from geo.words.country_rows import SORTS, country_table

_ORDER, _REST, _ONLY = "countries-order", "countries-rest", "countries-only"


def receive(message: Message) -> None:
    """Sort, show the rest, or one state alone; what else is meant for every page."""
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
    kept: Order = session.choice(_ORDER, Order())
    return kept


def _sort(by: str) -> None:
    # a second click turns the order around
    before = _order()
    session.choose(_ORDER, Order(by, by == before.by and not before.descending))


def one(screen: Screen) -> str:
    """The country that stands above the table; empty when not exactly one is picked."""
    picked = screen.state.filters.country
    return picked[0] if len(picked) == 1 and picked[0] != WORLDWIDE else ""


def country(screen: Screen) -> None:
    """The picked country's part."""
    code = one(screen)
    html = views.country(code, screen.selection, screen.href("map", **NO_CARD)) if code else ""
    with st.container(key="country"):
        panel("country", html, receive)


def table(screen: Screen) -> None:
    """The sortable table of all countries."""

    def address(code: str) -> str:
        filters = replace(screen.state.filters, country=(code,))
        return screen.href("countries", filters=filters, view=None, **NO_CARD)

    rows = country_table(
        screen.selection,
        bool(session.choice(_REST)),
        session.choice(_ONLY, ""),
    )
    with st.container(key="countries"):
        panel("countries", views.countries(rows, screen.snapshot, _order(), address), receive)


def china(screen: Screen) -> None:
    """China's position over time, to which every card leads."""
    with st.container(key="china"):
        panel("china", views.china(screen.snapshot), receive)


def jurisdictions(screen: Screen) -> None:
    """The Chinese jurisdictions that the claims name."""

    def address(code: str) -> str:
        filters = Filters(jurisdiction=(code,))
        return screen.href("map", filters=filters, view=None, **NO_CARD)

    with st.container(key="jurisdictions"):
        panel("jurisdictions", views.jurisdictions(screen.snapshot, address), receive)


def aside(screen: Screen) -> None:
    """The open card."""
    cards.open_card(screen)
