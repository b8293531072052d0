"""Allow-list of addresses, and limits for requests, connections and websocket messages."""
