"""The Timeline page: sentence and settings, the charts, the open card, and the list below."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.screen import timeline as blocks
from geo.screen.context import Screen
from geo.ui import cards, messages
from geo.ui.panel import panel


def _block(name: str, html: Markup) -> None:
    if html:
        with st.container(key=name):
            panel(name, html, messages.receive)


def tools(screen: Screen) -> None:
    """Show the sentence of the chart, and the links that arrange it."""
    _block("timeline-tools", blocks.tools(screen))


def charts(screen: Screen) -> None:
    """Show the timeline, and how the latest words have changed."""
    _block("timeline", blocks.chart(screen))
    _block("timeline-words", blocks.words_over_time(screen))


def listed(screen: Screen) -> None:
    """Show the same entries as a list."""
    _block("timeline-list", blocks.entries(screen))


def aside(screen: Screen) -> None:
    """Show the open card; while there is none, how to read the chart."""
    state = screen.state
    if state.record or state.event or state.place:
        cards.open_card(screen)
    else:
        _block("timeline-key", blocks.key(screen))
