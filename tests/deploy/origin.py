"""A server in place of a replica, which says what a test lets it say about caching."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TAG = '"one"'


class Origin:
    """
    One resource at every address, and the requests for it.

    Attributes
    ----------
    cache_control : str
        Sent with every response.
    status : int
        Of every response to a request without a matching tag.
    requests : list of (str, mapping)
        The path with its query, and the headers by name in lower case.
    port : int
        Where it listens.
    """

    def __init__(self) -> None:
        self.cache_control = "no-cache"
        self.status = 200
        self.requests: list[tuple[str, Mapping[str, str]]] = []
        self.port = 0

    def body(self, encoding: str) -> bytes:
        """Return the body in an encoding: not compressed, but another one for each."""
        return f"{self.status} as {encoding or 'identity'}".encode()


@contextmanager
def serve_origin() -> Iterator[Origin]:
    """Serve an origin on this machine until the test ends."""
    origin = Origin()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            origin.requests.append((self.path, headers))
            matches = headers.get("if-none-match") == TAG and origin.status == 200
            encoding = headers.get("accept-encoding", "")
            body = b"" if matches else origin.body(encoding)
            self.send_response(304 if matches else origin.status)
            self.send_header("Cache-Control", origin.cache_control)
            self.send_header("Vary", "Accept-Encoding")
            if origin.status == 200:
                self.send_header("ETag", TAG)
            if not matches:
                if encoding:
                    self.send_header("Content-Encoding", encoding)
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Write nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    origin.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield origin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
