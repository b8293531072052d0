"""
The reader's state: read from the address, changed by messages, written back to it.

The address is the only lasting store. The state is taken from it whenever the reader has
moved (a link, Back, Forward), and written to it only when it differs, since every write is
an entry in the browser's history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from geo.records.dataset import Dataset
from geo.records.filters import FACETS, Filters
from geo.records.permalink import CARDS, CODES, State, View, decode, encode, holds, parse_query

_STATE, _WRITTEN, _NOTICES, _SEEDS = "state", "address-written", "notices", "seeds"
_CLICKED, _SYNCED = "clicked", "synced"
Address = dict[str, list[str]]


def address() -> Address:
    """The query of the address as the browser last sent it."""
    return {name: list(st.query_params.get_all(name)) for name in st.query_params}


def _lasting(query: Mapping[str, Sequence[str]]) -> Address:
    # the view is kept in the address by the browser alone and never makes an entry
    return {name: list(values) for name, values in query.items() if name != "view"}


def read(dataset: Dataset, today: date) -> State:
    """Return the state of this run: from the address if the reader moved, else as kept."""
    here = address()
    # a quick click is sent with the address of before the last write: it is no move
    clicked = st.session_state.pop(_CLICKED, False)
    moved = st.session_state.get(_WRITTEN) != _lasting(here) and not clicked
    if _STATE not in st.session_state or moved:
        state, notices = decode(here, dataset, today)
        st.session_state[_STATE] = state
        st.session_state[_NOTICES] = notices
        st.session_state[_WRITTEN] = _lasting(here)
        st.session_state[_SYNCED] = replace(state, view=None)
        st.session_state[_SEEDS] = st.session_state.get(_SEEDS, 0) + 1
    _forget_what_is_gone(dataset)
    return current()


def _forget_what_is_gone(dataset: Dataset) -> None:
    # the ledger may have changed under an open page: a withdrawn card closes
    gone: dict[str, Any] = {
        kind: ""
        for kind in CARDS
        if getattr(current(), kind) and not holds(dataset, kind, getattr(current(), kind))
    }
    if gone:
        st.session_state[_STATE] = replace(current(), **gone)


def current() -> State:
    """The state as it stands."""
    kept: State = st.session_state[_STATE]
    return kept


def notices() -> list[str]:
    """What the link said that could not be read, a sentence each."""
    return list(st.session_state.get(_NOTICES, []))


def seeds() -> int:
    """How often the state was taken from the address: a change asks the map to follow."""
    return int(st.session_state.get(_SEEDS, 0))


def change(**values: Any) -> None:
    """Replace parts of the state; what could not be read of the link is no longer said."""
    st.session_state[_STATE] = replace(current(), **values)
    st.session_state[_NOTICES] = []
    st.session_state[_CLICKED] = True


def move(view: View) -> None:
    """Keep where the map looks; notices stay, for the reader has not changed the selection."""
    st.session_state[_STATE] = replace(current(), view=view)


def view_text() -> str:
    """The view as the address carries it; empty when the map stands where it opened."""
    return parse_query(encode(State(view=current().view))).get("view", [""])[0]


def write() -> None:
    """Bring the address up to the state, if it says something else."""
    lasting = replace(current(), view=None)
    if lasting == st.session_state.get(_SYNCED):
        return
    query = parse_query(encode(current()))
    st.query_params.from_dict(query)
    st.session_state[_SYNCED] = lasting
    st.session_state[_WRITTEN] = _lasting(query)


@dataclass(frozen=True, slots=True)
class _Fields:
    offered: frozenset[str]
    picked: tuple[str, ...]


def _merged(name: str, old: tuple[str, ...], fields: _Fields) -> tuple[str, ...]:
    # a panel speaks for the values that it offers; those of another panel stay
    kept = (set(old) - fields.offered) | set(fields.picked)
    return tuple(code for code in CODES[name] if code in kept)


def take_fields(message: Mapping[str, Any], dataset: Dataset, today: date) -> None:
    """Apply the form of a panel: every filter that it shows, as the reader left it."""
    sent = message.get("fields") or {}
    found = {
        name: _Fields(
            frozenset(map(str, value.get("offered", ()))),
            tuple(map(str, value.get("picked", ()))),
        )
        for name, value in sent.items()
        if isinstance(value, Mapping)
    }
    state = current()
    picked: dict[str, Any] = {
        name: _merged(name, getattr(state.filters, name), found[name])
        for name in FACETS
        if name in found
    }
    filters = replace(state.filters, **picked)
    query: dict[str, Sequence[str]] = dict(parse_query(encode(State(filters))))
    for name in ("q", "asof", "from", "to", "certain"):
        if name in found:
            query[name] = found[name].picked
    read_back, said = decode(query, dataset, today)
    as_of = read_back.as_of if "asof" in found else state.as_of
    change(filters=read_back.filters, as_of=None if as_of == today else as_of)
    st.session_state[_NOTICES] = said


def clear() -> None:
    """Open every filter again; the day, the map and the card stay."""
    change(filters=Filters())
