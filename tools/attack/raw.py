"""Requests by the byte: what no HTTP library would send."""

from __future__ import annotations

import socket
from collections import Counter
from contextlib import suppress

#: seconds after which a server that says nothing counts as silent
PATIENCE = 5.0


def connect(port: int) -> socket.socket:
    """Return a connection to a port of this machine."""
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def status(data: bytes) -> str:
    """Return the status of an answer, or ``no answer``."""
    words = data.split(b" ", 2)
    return words[1].decode("ascii", "replace") if data.startswith(b"HTTP/") else "no answer"


def exchange(port: int, request: bytes) -> str:
    """
    Send bytes on a connection of their own and return the answer's status.

    Parameters
    ----------
    port : int
        Of this machine.
    request : bytes
        Sent as they are.

    Returns
    -------
    str
        The status, ``no answer`` or the name of the error.
    """
    try:
        with connect(port) as connection:
            # the server may have answered and closed before it had read all
            with suppress(OSError):
                connection.sendall(request)
            return status(connection.recv(65_536))
    except OSError as error:
        return type(error).__name__


def listed(counts: Counter[str]) -> str:
    """Return counts as text, the most frequent first."""
    return ", ".join(f"{count:,} × {name}" for name, count in counts.most_common()) or "none"
