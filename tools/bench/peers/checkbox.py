"""A Streamlit page of one checkbox."""

import streamlit as st

on = st.checkbox("on", key="on")
st.html(f"<p id='text'>{'on' if on else 'off'}</p>")
