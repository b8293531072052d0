"""An empty Streamlit page: one line of text."""

import streamlit as st

st.text("There")
