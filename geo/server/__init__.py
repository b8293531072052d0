"""The border of the server: what of a stranger's requests and websocket messages gets in."""
