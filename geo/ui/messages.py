"""Messages of the panels: each changes the state, or the page."""

from __future__ import annotations

import streamlit as st

from geo.link.addresses import NO_CARD, PAGES
from geo.link.permalink import LAYERS, encode, parse_query
from geo.screen.clicks import Message, changes
from geo.screen.form import read_form, ticked
from geo.ui import session
from geo.ui.atlas import here


def receive(message: Message) -> None:
    """Apply a message; one of another form changes nothing."""
    screen, state = here(), session.current()
    if message.get("changed") == "layer":
        session.change(layer=LAYERS[0] if ticked(message, "layer") else "")
    elif "changed" in message:
        fields = message.get("fields")
        values, notices = read_form(fields, state, screen.dataset, screen.today)
        session.change(notices, **values)
    elif message.get("page") in PAGES:
        session.choose("goto", message["page"])
    elif values := changes(message, state, screen.dataset, screen.today):
        session.change(**values)


def open_card(kind: str, code: str) -> None:
    """
    Open one card and close any other.

    Parameters
    ----------
    kind : str
        ``record``, ``event`` or ``place``.
    code : str
        Id of the card.
    """
    session.change(**{**NO_CARD, kind: code})


def follow() -> None:
    """Go to the page that a message named, with the whole state in its address."""
    page, pages = session.choice("goto"), st.session_state["pages"]
    if page:
        session.choose("goto", None)
        st.switch_page(pages[page], query_params=parse_query(encode(session.current())))
