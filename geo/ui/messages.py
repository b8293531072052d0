"""What a click in a panel means: one message, one change of the state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from geo.ledger.dataset import Dataset
from geo.link.addresses import PAGES
from geo.link.permalink import CARDS, LAYERS, encode, holds, parse_query
from geo.link.selection import FACETS
from geo.ui import session
from geo.ui.atlas import here
from geo.ui.panel import Message


def receive(message: Message) -> None:
    """Apply a message; what is not understood changes nothing."""
    screen = here()
    if message.get("changed") == "layer":
        session.change(layer=LAYERS[0] if ticked(message, "layer") else "")
    elif "changed" in message:
        session.take_fields(message, screen.dataset, screen.today)
    elif message.get("clear"):
        session.clear()
    elif message.get("today"):
        session.change(as_of=None)
    elif message.get("newest"):
        session.change(version="")
    elif message.get("step") in (-1, 1):
        session.change(as_of=neighbour(screen.dataset, screen.snapshot.day, int(message["step"])))
    elif message.get("close"):
        open_card("", "")
    elif message.get("loosen") in (*FACETS, "q", "since", "until"):
        session.change(filters=session.current().filters.without(str(message["loosen"])))
    elif message.get("page") in PAGES:
        session.choose("goto", message["page"])
    else:
        for kind in CARDS:
            if kind in message and holds(screen.dataset, kind, str(message[kind])):
                open_card(kind, str(message[kind]))


def neighbour(dataset: Dataset, day: date, step: int) -> date | None:
    """The day before or after on which something became public; None for today."""
    if step < 0:
        earlier = [d for d in dataset.days if d < day]
        return earlier[-1] if earlier else dataset.first_day
    return next((d for d in dataset.days if d > day), None)


def ticked(message: Message, name: str) -> bool:
    """Whether a box of the panel is ticked; a message of another form ticks nothing."""
    fields = message.get("fields")
    field = fields.get(name) if isinstance(fields, Mapping) else None
    return isinstance(field, Mapping) and bool(field.get("picked"))


def open_card(kind: str, code: str) -> None:
    """Open one card and close any other."""
    session.change(**{name: code if name == kind else "" for name in CARDS})


def follow() -> None:
    """Go to the page that a message asked for, with the whole state in its address."""
    page, pages = session.choice("goto"), st.session_state["pages"]
    if page:
        session.choose("goto", None)
        st.switch_page(pages[page], query_params=parse_query(encode(session.current())))
