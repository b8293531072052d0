"""Streamlit only: the frame, its state, the filters and the cards."""
