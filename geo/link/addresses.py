"""The addresses of a view: the pages, its share page, its picture, its files, its feed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from geo.link.selection import Filters
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
#: fields of the state that the figure of the timeline shows
TIMELINE_SETTINGS = ("rows", "period")
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


def timeline_figure(state: State, ending: str) -> str:
    """
    Return the address of the timeline's figure for print.

    Parameters
    ----------
    state : State
        What the link carries; of its settings only the timeline's rows and period are kept.
    ending : str
        ``svg`` or ``png``.

    Returns
    -------
    str
        Path and query.
    """
    kept = {name: getattr(state, name) for name in TIMELINE_SETTINGS}
    return with_query(f"/figure-timeline.{ending}", replace(unarranged(state), **NO_CARD, **kept))


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


def selected(state: State) -> State:
    """
    Return the selection of a view for its files: of its open card, else of its filters.

    The id of a record or an event is a search that finds it alone. A city has no selection of
    its own.
    """
    plain = replace(unarranged(state), **NO_CARD)
    if code := state.record or state.event:
        return replace(plain, filters=Filters(q=code))
    if state.place.isupper():
        return replace(plain, filters=Filters(country=(state.place,)))
    return plain


def cited(state: State) -> str:
    """
    Return the address that a citation names: of the open card, or else of the selection.

    A record and an event are the same under every filter.
    """
    plain = unarranged(state)
    if state.record or state.event:
        plain = replace(same_day(state), record=state.record, event=state.event)
    return with_query("/", plain)


def citation(state: State, ending: str) -> str:
    """
    Return the address of a file with the citation of a view.

    Parameters
    ----------
    state : State
        What the link carries; viewport and layer are left out.
    ending : str
        ``bib``, ``ris``, ``json`` or ``txt``.

    Returns
    -------
    str
        Path and query.
    """
    return with_query(f"/api/citation.{ending}", unarranged(state))


def feed(state: State) -> str:
    """
    Return the feed of a view: of its open record or country, else of its selection.

    Parameters
    ----------
    state : State
        What the link carries; day and version are left out, since a feed goes on.

    Returns
    -------
    str
        Path and query.
    """
    if state.record:
        return record_feed(state.record)
    if state.place.isupper():
        return country_feed(state.place)
    following = replace(unarranged(state), as_of=None, version="", **NO_CARD)
    return with_query("/feeds/events.atom", following)


def country_feed(code: str) -> str:
    """Return the feed of one country."""
    return f"/feeds/{code}/events.atom"


def record_feed(name: str) -> str:
    """Return the feed of one record."""
    return f"/feeds/records/{name}.atom"
