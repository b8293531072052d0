"""The About page: the rules, the words, the gaps, and the publisher."""

import streamlit as st

from geo.ui import about
from geo.ui.atlas import here

with st.container(key="about"):
    about.draw(here())
