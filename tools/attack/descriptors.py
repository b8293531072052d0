"""Idle pages, until no further socket is taken."""

from __future__ import annotations

import time
from collections import Counter
from http.client import HTTPConnection, HTTPException

from tools.attack.frames import Socket
from tools.attack.serving import Server

#: sockets that are tried; a few more than one address may have
SOCKETS = 1700
SECONDS = 40.0


def _page(port: int) -> str:
    """Return how a page is answered beside them."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    begun = time.perf_counter()
    try:
        connection.request("GET", "/timeline")
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()
    return f"{status} in {1000 * (time.perf_counter() - begun):.0f} ms"


def attack(server: Server) -> list[str]:
    """
    Open idle sockets, ask for a page beside them, and drop them.

    Parameters
    ----------
    server : Server
        That runs.

    Returns
    -------
    list of str
        Figures.
    """
    before, end = (server.memory(), server.descriptors()), time.monotonic() + SECONDS
    sockets, statuses = list[Socket](), Counter[str]()
    try:
        while len(sockets) < SOCKETS and time.monotonic() < end:
            sockets.append(Socket(server.port))
            statuses[sockets[-1].status] += 1
    except OSError as error:
        statuses[type(error).__name__] += 1
    during, page = (server.memory(), server.descriptors()), _page(server.port)
    for socket in sockets:
        socket.drop()
    listed = ", ".join(f"{count} × {status}" for status, count in statuses.most_common())
    return [
        f"{len(sockets)} idle sockets: {listed}; a page beside them: {page}",
        f"memory: {before[0]:.0f} MiB before, {during[0]:.0f} with them, "
        f"{server.memory():.0f} after",
        f"descriptors: {before[1]} before, {during[1]} with them, {server.descriptors()} after",
    ]
