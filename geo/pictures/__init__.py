"""A view as a picture: its content, its drawing as SVG, and its pixels."""
