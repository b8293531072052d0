"""The parts that need Streamlit: the frame, the runs of a page, the map's frame, settings."""
