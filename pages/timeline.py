"""The Timeline page: who spoke when, one mark a report, and the same as a list."""

import streamlit as st

from geo.ui import timeline
from geo.ui.atlas import here

screen = here()
timeline.tools(screen)
with st.container(key="timeline-stage"):
    left, right = st.columns([64, 36], gap="medium")
    with left:
        timeline.charts(screen)
        timeline.listed(screen)
    with right:
        timeline.aside(screen)
