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
    """Show in one sentence why nothing can be shown."""
    panel("sorry", last.sorry(message), lambda _message: None)


def header_places(screen: Screen) -> dict[str, DeltaGenerator]:
    """Return the places of the header's blocks on this page, each still empty."""
    names = ("top",) if screen.page == "about" else tuple(_HEADER)
    return {name: st.container(key=name) for name in names}


def header(screen: Screen, places: Mapping[str, DeltaGenerator]) -> None:
    """
    Draw title, permanent line, the sentence of the selection, answers and filters.

    Parameters
    ----------
    screen : Screen
        The screen of this run.
    places : mapping of str to DeltaGenerator
        As `header_places` returns them.
    """
    for name, place in places.items():
        with place:
            panel(name, _HEADER[name](screen), receive)


def foot(screen: Screen) -> None:
    """Draw the foot of every page: publisher, dates and version."""
    with st.container(key="foot"):
        panel("foot", last.foot(screen), receive)
