"""Requests that never end: heads and bodies by the byte, and answers that nobody reads."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack

from geo.paths import ASSETS
from geo.web.assets import manifest_files
from tools.attack.raw import connect
from tools.attack.serving import Server

#: connections of each kind
EACH = 200
#: seconds that they are fed, a byte each a second
SECONDS = 25
_GET = b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n"
#: the largest file, which costs the server nothing to make
_LARGE = max((file.stat().st_size, name) for name, file in manifest_files(ASSETS).items())[1]
#: what each kind sends first, what it goes on with, and whether it reads
KINDS = {
    "silent": (b"", b"", True),
    "slow heads": (_GET + b"X-Slow: ", b"x", True),
    "slow bodies": (_GET + b"Content-Length: 4000\r\n\r\n", b"x", True),
    "unread answers": (
        4 * f"GET /assets/{_LARGE} HTTP/1.1\r\nHost: a\r\n\r\n".encode(),
        b"",
        False,
    ),
}


class Slow:
    """
    A connection that is in no hurry.

    Parameters
    ----------
    connection : socket
        Open.
    begin, feed : bytes
        What is sent first, and then each second.
    reads : bool
        Whether it takes what the server sends.
    """

    def __init__(self, connection: socket.socket, begin: bytes, feed: bytes, reads: bool) -> None:
        self._socket, self._feed, self._reads = connection, feed, reads
        # as little room as the system allows for what is not read
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.setblocking(False)
        connection.send(begin)

    def lasts(self) -> bool:
        """Send a little more; say whether the server still has the connection."""
        try:
            self._socket.send(self._feed)
            while self._reads:
                if not self._socket.recv(65_536):
                    return False
        except BlockingIOError:
            return True
        except OSError:
            return False
        # one that reads nothing sees no end of the stream, but sees that it was reset
        return not self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)


def attack(server: Server) -> list[str]:
    """
    Open connections that never finish a request, and count those that the server keeps.

    Parameters
    ----------
    server : Server
        That runs.

    Returns
    -------
    list of str
        Figures.
    """
    before, memory, most = server.descriptors(), server.memory(), 0
    with ExitStack() as stack:
        kept = {
            name: [Slow(stack.enter_context(connect(server.port)), *how) for _ in range(EACH)]
            for name, how in KINDS.items()
        }
        for _second in range(SECONDS):
            time.sleep(1)  # the pace of the attack
            most = max(most, server.descriptors())
            kept = {name: [one for one in each if one.lasts()] for name, each in kept.items()}
        # the system goes on sending for a server that has closed, so who reads nothing cannot know
        counts = ", ".join(f"{len(each)} {n}" for n, each in kept.items() if KINDS[n][2])
        after = server.descriptors()
    return [
        f"{EACH} connections a kind; kept after {SECONDS} s: {counts}",
        f"descriptors: {before} before, {most} at most, {after} after",
        f"memory: {memory:.0f} MiB before, {server.memory():.0f} MiB after",
    ]
