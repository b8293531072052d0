"""A view as a picture: its content, its drawing, and its pixels."""
