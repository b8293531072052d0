"""Where a view can be read: the pages, its share page, its picture, its files, its feed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from geo.link.state import State, encode
from geo.model.vocabulary import EUROPEAN_UNION

#: the pages of the dashboard: code -> path
PAGES = {
    "map": "",
    "timeline": "timeline",
    "countries": "countries",
    "data": "data",
    "about": "about",
}
#: what is said of one record, one event, one country
SHARE_PAGES = {"record": "/s/", "event": "/e/", "country": "/c/"}
#: what is said of a selection, and of what has changed in it
SELECTION, CHANGES = "/v", "/changes"
NO_CARD: dict[str, Any] = {"record": "", "event": "", "place": ""}


def with_query(path: str, state: State) -> str:
    """A path with what a state says behind it."""
    query = encode(state)
    return f"{path}?{query}" if query else path


def same_day(state: State) -> State:
    """The same day of the same release, without filters and without a card."""
    return State(as_of=state.as_of, lang=state.lang, version=state.version)


def share_page_of(kind: str, code: str, state: State) -> str:
    """The share page of a record, an event or a country, on the day that a state shows."""
    return with_query(SHARE_PAGES[kind] + code, same_day(state))


def share_page(state: State) -> str:
    """
    The share page of a view: of its open card, else of its selection.

    A city has no page of its own: its records stand on the page of the selection.
    """
    rest = replace(state, view=None, layer="", **NO_CARD)
    for kind in ("record", "event"):
        if getattr(state, kind):
            return with_query(SHARE_PAGES[kind] + getattr(state, kind), rest)
    if state.place.isupper():
        return with_query(SHARE_PAGES["country"] + state.place, rest)
    return with_query(SELECTION, rest)


def changes_page(state: State) -> str:
    """Where it is told what has changed since the release that a link names."""
    return with_query(CHANGES, replace(state, view=None, layer=""))


def in_the_atlas(state: State) -> str:
    """The dashboard's address of a view; a country's part stands on its own page."""
    if not state.place.isupper():
        return with_query("/", state)
    filters = state.filters.replace(country=(state.place,))
    # the union has no symbol and no row: what was said of it stands among the entries
    page = "/timeline" if state.place == EUROPEAN_UNION else "/countries"
    return with_query(page, replace(state, filters=filters, **NO_CARD))


def picture(state: State) -> str:
    """The picture of a view for its preview."""
    return with_query("/preview.png", state)


def figure(state: State, ending: str) -> str:
    """The figure of a view for print; ending is ``svg`` or ``png``."""
    return with_query(f"/figure.{ending}", replace(state, view=None))


def data_file(state: State, name: str) -> str:
    """A file of the data API with the selection: ``records.csv``, ``events.json``, …"""
    return with_query(f"/api/{name}", replace(state, view=None, layer="", **NO_CARD))


def feed(state: State) -> str:
    """The feed that follows a selection: it goes on, so it keeps neither day nor version."""
    following = replace(state, view=None, layer="", as_of=None, version="", **NO_CARD)
    return with_query("/feeds/events.atom", following)


def country_feed(code: str) -> str:
    """The feed that follows one country."""
    return f"/feeds/{code}/events.atom"
