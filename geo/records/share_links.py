"""
The addresses of the plain pages, beside those of the dashboard.

A record, an event or a country stands in the path; the query is that of the link, so the
same day of the same release can be asked for everywhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from geo.records.permalink import State, encode
from geo.records.vocabulary import EUROPEAN_UNION

#: kind of page -> its path, as far as it is the same for all of the kind
PATHS = {
    "record": "/s/",
    "event": "/e/",
    "country": "/c/",
    "view": "/v",
    "changes": "/changes",
}
NO_CARD: dict[str, Any] = {"record": "", "event": "", "place": ""}


def with_query(path: str, state: State) -> str:
    """A path with what a state says behind it."""
    query = encode(state)
    return f"{path}?{query}" if query else path


def same_day(state: State) -> State:
    """The same day of the same release, without filters and without a card."""
    return State(as_of=state.as_of, lang=state.lang, version=state.version)


def linked(kind: str, code: str, state: State) -> str:
    """The plain page of a record, an event or a country, on the day that a state shows."""
    return with_query(PATHS[kind] + code, same_day(state))


def view(state: State) -> str:
    """The plain page of a selection."""
    return with_query(PATHS["view"], replace(state, view=None, layer="", **NO_CARD))


def changes(state: State) -> str:
    """Where it stands what has changed since the release that a link names."""
    return with_query(PATHS["changes"], replace(state, view=None, layer=""))


def shown(state: State) -> str:
    """The plain page of what a link shows: its card, or its selection."""
    if state.record:
        return linked("record", state.record, state)
    if state.event:
        return linked("event", state.event, state)
    if state.place.isupper():
        return linked("country", state.place, state)
    return view(state)


def in_the_atlas(state: State) -> str:
    """The dashboard's address of the same view; a country's part stands on its own page."""
    if not state.place.isupper():
        return with_query("/", state)
    filters = replace(state.filters, country=(state.place,))
    if state.place == EUROPEAN_UNION:
        # it has no symbol: what its institutions said stands among the entries
        return with_query("/timeline", replace(state, filters=filters, **NO_CARD))
    return with_query("/countries", replace(state, filters=filters, **NO_CARD))
