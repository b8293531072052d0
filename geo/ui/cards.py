"""The open card and the list of the selection as panels."""

from __future__ import annotations

import streamlit as st

from geo.screen.cards import card
from geo.screen.context import Screen
from geo.screen.record_list import record_list
from geo.ui.messages import receive
from geo.ui.panel import panel


def draw(screen: Screen) -> None:
    """Draw the open card if there is one, and the list of the selection."""
    # both are always in the page: a list that is drawn again would forget which countries
    # the reader had opened, and where the keyboard was
    with st.container(key="card"):
        panel("card", card(screen), receive)
    with st.container(key="list"):
        panel("list", record_list(screen), receive)


def open_card(screen: Screen) -> None:
    """Draw the open card alone, for pages without a list."""
    html = card(screen)
    if html:
        with st.container(key="card"):
            panel("card", html, receive)
