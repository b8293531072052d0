"""The Timeline page: who spoke when, one mark a report, and the same as a list."""

import streamlit as st

from geo.ui import timeline
from geo.ui.atlas import here

screen = here()
chart = timeline.build(screen)
timeline.tools(chart)
with st.container(key="timeline-stage"):
    left, right = st.columns([64, 36], gap="medium")
    with left:
        timeline.draw(screen, chart)
        timeline.words_over_time(screen)
        timeline.listed(screen)
    with right:
        timeline.aside(screen, chart)
