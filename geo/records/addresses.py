"""Where else a view can be read: its share page, its picture, its files, its feed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from geo.records.link_state import State, encode

#: what is said of one record, one event, one country
SHARE_PAGES = {"record": "/s/", "event": "/e/", "country": "/c/"}
NO_CARD: dict[str, Any] = {"record": "", "event": "", "place": ""}


def _with(path: str, state: State) -> str:
    query = encode(state)
    return f"{path}?{query}" if query else path


def share_page(state: State) -> str:
    """
    The share page of a view: of its open card, else of its selection.

    A city has no page of its own: its records stand on the page of the selection.
    """
    rest = replace(state, view=None, layer="", **NO_CARD)
    for kind in ("record", "event"):
        if getattr(state, kind):
            return _with(SHARE_PAGES[kind] + getattr(state, kind), rest)
    if state.place.isupper():
        return _with(SHARE_PAGES["country"] + state.place, rest)
    return _with("/v", rest)


def changes_page(state: State) -> str:
    """Where it is told what has changed since the release that a link names."""
    return _with("/changes", replace(state, view=None, layer=""))


def figure(state: State, ending: str) -> str:
    """The figure of a view for print; ending is ``svg`` or ``png``."""
    return _with(f"/figure.{ending}", replace(state, view=None))


def data_file(state: State, name: str) -> str:
    """A file of the data API with the selection: ``records.csv``, ``events.json``, …"""
    return _with(f"/api/{name}", replace(state, view=None, layer="", **NO_CARD))


def feed(state: State) -> str:
    """The feed that follows a view: it goes on, so it keeps neither day nor version."""
    following = replace(state, view=None, layer="", as_of=None, version="", **NO_CARD)
    return _with("/feeds/events.atom", following)
