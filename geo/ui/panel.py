"""
A panel: HTML made on the server, shown in the page itself, whose clicks come back.

The one Streamlit component of header, filters, cards and lists. Its script is a file that
the atlas serves (``geo/assets/atlas-1/panel.js``), so a rerun sends HTML alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from geo.screen.clicks import Message
from geo.ui import session
from geo.views.asset_urls import asset_url

_LOADER = """
const panel = import(new URL("{url}", window.location.origin).href);
export default (component) => {{ panel.then((module) => module.default(component)); }};
"""
_HANDLERS = "panels-handlers"


def _component() -> Any:
    return st.components.v2.component(
        "atlas-panel", js=_LOADER.format(url=asset_url("panel.js")), isolate_styles=False
    )


def handle(message: Any) -> None:
    """
    Handle a message, once.

    A click shortly after another can end the callback of the first before it has changed
    anything. So a page sends each message again until it has been answered, in the order of
    the clicks, in all panels.
    """
    memory = session.kept()
    # also a message that was answered before: it was sent with the address of then, which the
    # run that it asks for must not take for a move of the reader
    memory.clicked = True
    handlers = st.session_state.get(_HANDLERS, {})
    sequence = message.get("sequence") if isinstance(message, Mapping) else None
    if not isinstance(sequence, int) or sequence <= memory.handled:
        return
    handler = handlers.get(message.get("panel"))
    if handler:
        handler(message)
    # nothing can come between this and the change that the handler made last
    memory.handled = sequence


def panel(
    name: str, html: str, on_message: Callable[[Message], None], view: str | None = None
) -> None:
    """
    Show a panel.

    Parameters
    ----------
    name : str
        Unique on the page; also names the panel for style sheets.
    html : str
        Escaped by the template that made it.
    on_message : callable
        Receives each message, before the next run of the script.
    view : str, optional
        The map view for the address, without a new entry in the history.
    """
    key = f"panel-{name}"

    def sent() -> None:
        sent_now = getattr(st.session_state.get(key), "sent", None)
        messages = sent_now.get("messages") if isinstance(sent_now, Mapping) else None
        for message in messages if isinstance(messages, list) else ():
            handle(message)

    st.session_state.setdefault(_HANDLERS, {})[name] = on_message
    data = {"name": name, "html": str(html), "sequence": session.kept().handled}
    if view is not None:
        data["view"] = view
    _component()(key=key, data=data, on_sent_change=sent)
