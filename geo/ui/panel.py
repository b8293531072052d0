"""
A panel: HTML made on the server, shown in the page itself, whose clicks come back.

The one Streamlit component behind header, filters, cards and lists. Its script is a file
that the atlas serves (``geo/assets/atlas-1/panel.js``), so a rerun sends HTML alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from geo.views.asset_urls import asset_url

_LOADER = """
const panel = import(new URL("{url}", window.location.origin).href);
export default (component) => {{ panel.then((module) => module.default(component)); }};
"""
_SEQUENCE = "panel-sequence-"

Message = Mapping[str, Any]


def _component() -> Any:
    return st.components.v2.component(
        "atlas-panel", js=_LOADER.format(url=asset_url("panel.js")), isolate_styles=False
    )


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
        Gets what the reader did, before the next run of the script.
    view : str, optional
        The map view to keep in the address, without a new entry in the history.
    """
    key = f"panel-{name}"

    def sent() -> None:
        message = getattr(st.session_state.get(key), "sent", None)
        if isinstance(message, Mapping):
            st.session_state[_SEQUENCE + name] = int(message.get("sequence") or 0)
            on_message(message)

    data = {"name": name, "html": str(html), "sequence": st.session_state.get(_SEQUENCE + name, 0)}
    if view is not None:
        data["view"] = view
    _component()(key=key, data=data, on_sent_change=sent)
