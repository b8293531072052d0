"""The timeline page: who spoke when, one mark a report, and the same as a list."""

import streamlit as st

from geo.ui import timeline
from geo.ui.atlas import here

atlas = here()
shown = timeline.build(atlas)
timeline.tools(shown)
with st.container(key="timeline-stage"):
    left, right = st.columns([64, 36], gap="medium")
    with left:
        timeline.draw(atlas, shown)
        timeline.words_over_time(atlas)
        timeline.listed(atlas)
    with right:
        timeline.aside(atlas, shown)
