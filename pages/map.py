"""The Map page: places about which a claim was made in public, and the answers."""

import streamlit as st

from geo.ui import atlas_map, cards
from geo.ui.atlas import here

screen = here()
with st.container(key="stage"):
    left, right = st.columns([62, 38], gap="small")
    with left:
        atlas_map.draw(screen)
    with right:
        cards.draw(screen)
