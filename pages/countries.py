"""The Countries page: one country's answer, all countries with their coverage, China's words."""

import streamlit as st

from geo.ui import countries
from geo.ui.atlas import here

screen = here()
with st.container(key="countries-stage"):
    left, right = st.columns([64, 36], gap="medium")
    with left:
        countries.draw(screen)
    with right:
        countries.aside(screen)
