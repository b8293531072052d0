"""Page settings and the style sheet."""

from __future__ import annotations

import streamlit as st

from geo.paths import ASSETS
from geo.screen.context import Screen
from geo.words.preview_text import describe


def apply() -> None:
    """Set the page up; the style sheet is a file of the atlas's own."""
    st.set_page_config(layout="wide")
    st.html(ASSETS / "atlas-1" / "atlas.css")


def title(screen: Screen) -> None:
    """Give the browser's tab the same title that the address was served with."""
    st.set_page_config(page_title=describe(screen.page, screen.state, screen.snapshot).title)
