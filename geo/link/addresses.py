"""The addresses of a view: the pages, its share page, its picture, its files, its feed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from geo.link.state import State, encode, unarranged
from geo.model.vocabulary import EUROPEAN_UNION

#: the pages of the dashboard: code -> path
PAGES = {
    "map": "",
    "timeline": "timeline",
    "countries": "countries",
    "data": "data",
    "about": "about",
}
#: share pages of one record, one event, one country
SHARE_PAGES = {"record": "/s/", "event": "/e/", "country": "/c/"}
#: share page of a selection, and the page of what has changed in it
SELECTION, CHANGES = "/v", "/changes"
NO_CARD: dict[str, Any] = {"record": "", "event": "", "place": ""}


def with_query(path: str, state: State) -> str:
    """
    Return a path with the parameters of a state.

    Parameters
    ----------
    path : str
        Without a query.
    state : State
        What the link carries.

    Returns
    -------
    str
        The path alone where the state has no parameters.
    """
    query = encode(state)
    return f"{path}?{query}" if query else path


def same_day(state: State) -> State:
    """Return the same day of the same release, without filters and without a card."""
    return State(as_of=state.as_of, lang=state.lang, version=state.version)


def share_page_of(kind: str, code: str, state: State) -> str:
    """
    Return the share page of a record, an event or a country, on the day that a state shows.

    Parameters
    ----------
    kind : str
        ``record``, ``event`` or ``country``.
    code : str
        Its id or its code.
    state : State
        Only its day, language and version are kept.

    Returns
    -------
    str
        Path and query.
    """
    return with_query(SHARE_PAGES[kind] + code, same_day(state))


def share_page(state: State) -> str:
    """
    Return the share page of a view: of its open card, else of its selection.

    A city has no page: its records are on the page of the selection.
    """
    rest = replace(unarranged(state), **NO_CARD)
    for kind in ("record", "event"):
        if getattr(state, kind):
            return with_query(SHARE_PAGES[kind] + getattr(state, kind), rest)
    if state.place.isupper():
        return with_query(SHARE_PAGES["country"] + state.place, rest)
    return with_query(SELECTION, rest)


def changes_page(state: State) -> str:
    """Return the page of what has changed since the release that a link names."""
    return with_query(CHANGES, unarranged(state))


def in_the_atlas(state: State) -> str:
    """Return the dashboard's address of a view; of a country's card, its row on a page of lists."""
    if not state.place.isupper():
        return with_query("/", state)
    filters = state.filters.replace(country=(state.place,))
    # the European Union has no symbol and no row, only entries on the timeline
    page = "/timeline" if state.place == EUROPEAN_UNION else "/countries"
    return with_query(page, replace(state, filters=filters, **NO_CARD))


def picture(state: State) -> str:
    """Return the address of a view's preview picture."""
    return with_query("/preview.png", state)


def figure(state: State, ending: str) -> str:
    """
    Return the address of a view's figure for print.

    Parameters
    ----------
    state : State
        What the link carries; the viewport is left out.
    ending : str
        ``svg`` or ``png``.

    Returns
    -------
    str
        Path and query.
    """
    return with_query(f"/figure.{ending}", replace(unarranged(state), layer=state.layer))


def data_file(state: State, name: str) -> str:
    """
    Return the address of a file of the data API with the selection.

    Parameters
    ----------
    state : State
        What the link carries; card, viewport and layer are left out.
    name : str
        ``records.csv``, ``events.json`` and so on.

    Returns
    -------
    str
        Path and query.
    """
    return with_query(f"/api/{name}", replace(unarranged(state), **NO_CARD))


def feed(state: State) -> str:
    """Return the feed of a selection, without day and version, since a feed goes on."""
    following = replace(unarranged(state), as_of=None, version="", **NO_CARD)
    return with_query("/feeds/events.atom", following)


def country_feed(code: str) -> str:
    """Return the feed of one country."""
    return f"/feeds/{code}/events.atom"
