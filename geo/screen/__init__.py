"""The blocks of every page as HTML, without Streamlit."""
