"""The screen of one run: read from the address, kept for pages and fragments."""

from __future__ import annotations

import streamlit as st

from geo.configuration import Configuration
from geo.ledger.dataset import today
from geo.paths import data_folder
from geo.screen.context import Screen
from geo.ui import session

_KEY = "atlas"


def begin(page: str) -> Screen:
    """Read ledger and address, and return the screen of this run."""
    opened = session.read(data_folder(), today())
    screen = Screen(opened, Configuration.from_environment(), page, st.context.url or "")
    before = st.session_state.get(_KEY)
    if before is None or before.page != page:
        # a page that is entered again asks the map for its view again
        st.session_state["visits"] = st.session_state.get("visits", 0) + 1
    st.session_state[_KEY] = screen
    return screen


def here() -> Screen:
    """Return the screen of this run, for pages and fragments."""
    screen: Screen = st.session_state[_KEY]
    return screen
