"""Websockets that are opened and dropped: at once, with a request for a run, within the run."""

from __future__ import annotations

import time
from collections import Counter

from tools.attack.frames import Socket, ask, frame
from tools.attack.raw import listed
from tools.attack.serving import Server

#: sockets that are opened, one after the other, and seconds at most
MOST = 6000
SECONDS = 20.0
#: not the reader's address, for this machine's network has many
SOURCE = "127.0.0.2"


def attack(server: Server) -> list[str]:
    """
    Open sockets and drop them at once.

    Parameters
    ----------
    server : Server
        That runs.

    Returns
    -------
    list of str
        Figures.
    """
    statuses, begun = Counter[str](), time.monotonic()
    memory, descriptors = server.memory(), server.descriptors()
    number = 0
    while number < MOST and time.monotonic() < begun + SECONDS:
        try:
            with Socket(server.port, source=SOURCE) as socket:
                statuses[socket.status] += 1
                if number % 3 > 0:
                    socket.send(frame(ask("country=NL")))
                if number % 3 > 1:
                    socket.receive()
        except OSError as error:
            statuses[type(error).__name__] += 1
        number += 1
    seconds = time.monotonic() - begun
    return [
        f"{number:,} sockets in {seconds:.0f} s, {number / seconds:.0f} a second: "
        f"{listed(statuses)}",
        f"memory: {memory:.0f} MiB before, {server.memory():.0f} after; "
        f"descriptors: {descriptors} before, {server.descriptors()} after",
        f"tracebacks: {server.log().count('Traceback')}",
    ]
