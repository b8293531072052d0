"""The Countries page: one country's answer, all countries with their coverage, China's words."""

import streamlit as st

from geo.ui import countries
from geo.ui.atlas import here

atlas = here()
with st.container(key="countries-stage"):
    left, right = st.columns([64, 36], gap="medium")
    with left:
        countries.country(atlas)
        countries.table(atlas)
        countries.china(atlas)
        countries.jurisdictions(atlas)
    with right:
        countries.aside(atlas)
