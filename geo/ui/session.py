"""
The reader's state: read from the address, changed by messages, written back to it.

The address is the only lasting store. The state is taken from it whenever the reader has
moved (a link, Back, Forward), and written to it only when it differs, since every write is
an entry in the browser's history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from geo.link.opening import Opened, edition, open_address
from geo.link.permalink import CARDS, State, Viewport, encode, holds, parse_query

_KEY = "session"
Address = dict[str, list[str]]


@dataclass(slots=True, kw_only=True)
class Session:
    """
    What one open page remembers from run to run.

    One object, because every touch of ``st.session_state`` can end a run on the spot when a
    click is waiting: what took two touches could be done by half. Here a change is made in
    plain attributes, after the one touch that finds the object.

    Attributes
    ----------
    state : State
        The selection, the day, the map's view and the open card.
    notices : list of str
        What of the link could not be read.
    written, synced
        The address as last written or read, and the state that it stands for.
    seeds : int
        How often the state was taken from the address.
    clicked : bool
        Whether this run was asked for by a click.
    handled : int
        Number of the newest message that was answered.
    choices : dict
        How the tools of single pages were set.
    """

    state: State = field(default_factory=State)
    notices: list[str] = field(default_factory=list)
    written: Address | None = None
    synced: State | None = None
    seeds: int = 0
    clicked: bool = False
    handled: int = 0
    choices: dict[str, Any] = field(default_factory=dict)


def kept() -> Session:
    """The session of this page."""
    found: Session | None = st.session_state.get(_KEY)
    if found is None:
        found = st.session_state[_KEY] = Session()
    return found


def address() -> Address:
    """The query of the address as the browser last sent it."""
    return {name: list(st.query_params.get_all(name)) for name in st.query_params}


def _lasting(query: Mapping[str, Sequence[str]]) -> Address:
    # the view is kept in the address by the browser alone and never makes an entry
    return {name: list(values) for name, values in query.items() if name != "view"}


def read(folder: Path, today: date) -> Opened:
    """Return what this run shows: by the address if the reader moved, else as kept."""
    here = address()
    memory = kept()
    # a quick click is sent with the address of before the last write: it is no move
    if memory.written is None or (memory.written != _lasting(here) and not memory.clicked):
        opened = open_address(folder, here, today)
        memory.state, memory.notices = opened.state, list(opened.notices)
        memory.written = _lasting(here)
        memory.synced = replace(memory.state, view=None)
        memory.seeds += 1
    memory.clicked = False
    named = edition(folder, memory.state.version, today)
    # the ledger may have changed under an open page: a withdrawn card closes
    state = memory.state
    gone: dict[str, Any] = {
        kind: ""
        for kind in CARDS
        if getattr(state, kind) and not holds(named.dataset, kind, getattr(state, kind))
    }
    memory.state = replace(state, **gone)
    return Opened(named, memory.state, tuple(memory.notices), today)


def current() -> State:
    """The state as it stands."""
    return kept().state


def notices() -> list[str]:
    """What the link said that could not be read, a sentence each."""
    return list(kept().notices)


def seeds() -> int:
    """How often the state was taken from the address: a change asks the map to follow."""
    return kept().seeds


def change(said: Sequence[str] = (), **values: Any) -> None:
    """Replace parts of the state; of the link or form, only what is now said was not read."""
    memory = kept()
    memory.state = replace(memory.state, **values)
    memory.notices = list(said)
    memory.clicked = True


def move(view: Viewport) -> None:
    """Keep where the map looks; notices stay, for the reader has not changed the selection."""
    memory = kept()
    memory.state = replace(memory.state, view=view)


def choice(name: str, default: Any = None) -> Any:
    """How a tool of a page was set."""
    return kept().choices.get(name, default)


def choose(name: str, value: Any) -> None:
    """Keep how a tool of a page is set."""
    kept().choices[name] = value


def view_text() -> str:
    """The view as the address carries it; empty when the map stands where it opened."""
    return parse_query(encode(State(view=current().view))).get("view", [""])[0]


def write() -> None:
    """Bring the address up to the state, if it says something else."""
    memory = kept()
    lasting = replace(memory.state, view=None)
    if lasting == memory.synced:
        return
    query = parse_query(encode(memory.state))
    # the run can end in here, and then nothing was sent: what was written is noted afterwards
    st.query_params.from_dict(query)
    memory.synced = lasting
    memory.written = _lasting(query)
