"""Page settings and the style sheet."""

from __future__ import annotations

import streamlit as st

from geo.paths import ASSETS
from geo.screen.context import Screen
from geo.words.preview_text import describe


def apply() -> None:
    """Set up the page; the style sheet is a file that the atlas serves."""
    st.set_page_config(layout="wide")
    st.html(ASSETS / "atlas-1" / "atlas.css")


def title(screen: Screen) -> None:
    """Set the title of the browser's tab to that of the served document."""
    st.set_page_config(page_title=describe(screen.page, screen.state, screen.snapshot).title)
