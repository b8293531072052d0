"""The blocks of the frame as panels: header, strip of answers, filters, foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from geo.screen import foot as last
from geo.screen.context import Screen
from geo.screen.filters import filters, strip
from geo.screen.header import header as top
from geo.ui.messages import receive
from geo.ui.panel import panel

_HEADER: Mapping[str, Callable[[Screen], Markup]] = {"top": top, "strip": strip, "filters": filters}


def sorry(message: str) -> None:
    """Say in one sentence why nothing can be shown."""
    panel("sorry", last.sorry(message), lambda _message: None)


def header_places(screen: Screen) -> dict[str, DeltaGenerator]:
    """Where the blocks of the header stand on this page, each still empty."""
    names = ("top",) if screen.page == "about" else tuple(_HEADER)
    return {name: st.container(key=name) for name in names}


def header(screen: Screen, places: Mapping[str, DeltaGenerator]) -> None:
    """Title, the permanent line, the sentence of the selection, answers and filters."""
    for name, place in places.items():
        with place:
            panel(name, _HEADER[name](screen), receive)


def foot(screen: Screen) -> None:
    """Publisher, dates and version: on every page."""
    with st.container(key="foot"):
        panel("foot", last.foot(screen), receive)
