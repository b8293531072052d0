"""The parts that need Streamlit: the frame, its state, panels, map, chart and tables."""
