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
    The state of one open page from run to run.

    One object, because each access to ``st.session_state`` may abort the run while a click is
    queued: an update that needs two could be left half-applied. Here one access returns the
    object, and a change sets plain attributes.

    Attributes
    ----------
    state : State
        The selection, the day, the map's view and the open card.
    notices : list of str
        A sentence for each value of the link that was ignored.
    written, synced
        The address as last written or read, and the state that it represents.
    seeds : int
        How often the state was read from the address.
    clicked : bool
        Whether a click started this run.
    handled : int
        Number of the latest message that was answered.
    choices : dict
        Settings of the tools of single pages.
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
    """Return the session of this page, made on its first run."""
    session: Session | None = st.session_state.get(_KEY)
    if session is None:
        session = st.session_state[_KEY] = Session()
    return session


def address() -> Address:
    """Return the query of the address as the browser last sent it."""
    return {name: list(st.query_params.get_all(name)) for name in st.query_params}


def _lasting(query: Mapping[str, Sequence[str]]) -> Address:
    # the view is kept in the address by the browser alone and never makes an entry
    return {name: list(values) for name, values in query.items() if name != "view"}


def read(folder: Path, today: date) -> Opened:
    """
    Return what this run shows: by the address if the reader moved, else by the session.

    Parameters
    ----------
    folder : Path
        The data folder.
    today : date
        The current day, in UTC.

    Returns
    -------
    Opened
        With a card only if the ledger still has it.
    """
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
    release = edition(folder, memory.state.version, today)
    # the ledger may have changed under an open page: the card of a withdrawn record closes
    state = memory.state
    closed: dict[str, Any] = {
        kind: ""
        for kind in CARDS
        if getattr(state, kind) and not holds(release.dataset, kind, getattr(state, kind))
    }
    memory.state = replace(state, **closed)
    return Opened(release, memory.state, tuple(memory.notices), today)


def current() -> State:
    """Return the state of this page."""
    return kept().state


def notices() -> list[str]:
    """List the values of the link that were ignored, a sentence each."""
    return list(kept().notices)


def seeds() -> int:
    """Return how often the state was read from the address: after a change the map follows it."""
    return kept().seeds


def change(said: Sequence[str] = (), **values: Any) -> None:
    """
    Replace parts of the state.

    Parameters
    ----------
    said : sequence of str
        Notices on values that were ignored; they replace the earlier ones.
    **values
        Fields of `State`.
    """
    memory = kept()
    memory.state = replace(memory.state, **values)
    memory.notices = list(said)
    memory.clicked = True


def move(view: Viewport) -> None:
    """Store the map's view; notices stay, for the reader has not changed the selection."""
    memory = kept()
    memory.state = replace(memory.state, view=view)


def choice(name: str, default: Any = None) -> Any:
    """
    Return the setting of a page's tool.

    Parameters
    ----------
    name : str
        Of the tool.
    default : object
        Its setting before the reader changes it.

    Returns
    -------
    object
        As `choose` stored it.
    """
    return kept().choices.get(name, default)


def choose(name: str, value: Any) -> None:
    """
    Store the setting of a page's tool.

    Parameters
    ----------
    name : str
        Of the tool.
    value : object
        Its setting.
    """
    kept().choices[name] = value


def view_text() -> str:
    """Return the map's view as in the address; empty while the map has its opening view."""
    return parse_query(encode(State(view=current().view))).get("view", [""])[0]


def write() -> None:
    """Write the state into the address, if they differ."""
    memory = kept()
    lasting = replace(memory.state, view=None)
    if lasting == memory.synced:
        return
    query = parse_query(encode(memory.state))
    # the run can end in here, and then nothing was sent: what was written is noted afterwards
    st.query_params.from_dict(query)
    memory.synced = lasting
    memory.written = _lasting(query)
