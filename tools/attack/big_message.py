"""Websocket messages that are too big, and ones that never end; many sockets of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator

from tools.attack.frames import CONTINUED, PING, Socket, frame
from tools.attack.serving import Server

#: sockets of each kind, and bytes that each sends at most
SOCKETS, MOST = 30, 20_000_000
#: seconds that each kind lasts at most
SECONDS = 8.0
PART = bytes(500_000)


def _whole() -> Iterator[bytes]:
    yield frame(b"", length=200_000_000)
    for _number in range(MOST // len(PART)):
        yield PART


def _fragments() -> Iterator[bytes]:
    yield frame(PART, last=False)
    for _number in range(MOST // len(PART)):
        yield frame(PART, CONTINUED, last=False)


def _below() -> Iterator[bytes]:
    yield frame(PART, last=False)
    yield frame(PART, CONTINUED, last=False)


def _empty() -> Iterator[bytes]:
    yield frame(b"", last=False)
    for _number in range(100):
        yield frame(b"", CONTINUED, last=False) * 1000


def _pings() -> Iterator[bytes]:
    for _number in range(100):
        yield frame(b"", PING) * 1000


KINDS = {
    "announced as 200 MB": _whole,
    "fragments without an end": _fragments,
    "1 MB without an end": _below,
    "empty fragments": _empty,
    "pings": _pings,
}


def attack(server: Server) -> list[str]:
    """
    Send messages that are too big or never end, and drop their sockets.

    Parameters
    ----------
    server : Server
        That runs.

    Returns
    -------
    list of str
        Figures.
    """
    lines, before = [], server.memory()
    for name, parts in KINDS.items():
        end, sockets, taken = time.monotonic() + SECONDS, list[Socket](), 0
        while len(sockets) < SOCKETS and time.monotonic() < end:
            socket = Socket(server.port)
            sockets.append(socket)
            for part in parts():
                if not socket.send(part):
                    break
                taken += len(part)
        open_ = server.memory()
        codes = Counter(
            "open" if socket.is_open(0.05) else str(socket.close_code() or "closed")
            for socket in sockets
        )
        for socket in sockets:
            socket.drop()
        answers = ", ".join(f"{count} × {code}" for code, count in codes.most_common())
        lines.append(
            f"{len(sockets)} sockets, {name}: {taken / 1e6:.0f} MB sent, {answers}; memory "
            f"{before:.0f} MiB before, {open_:.0f} with them, {server.memory():.0f} without"
        )
    return lines
