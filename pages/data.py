"""The Data page: both tables of the selection, and their files."""

import streamlit as st

from geo.ui import tables
from geo.ui.atlas import here

screen = here()
with st.container(key="data-stage"):
    left, right = st.columns([64, 36], gap="medium")
    with left:
        tables.records(screen)
        tables.events(screen)
        tables.note()
    with right:
        tables.aside(screen)
