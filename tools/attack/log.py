"""Requests that are not HTTP, each of which the server may write a line about."""

from __future__ import annotations

import time
from collections import Counter

from tools.attack.raw import exchange, listed
from tools.attack.serving import Server

#: seconds that the attack lasts, and requests, at most
SECONDS = 8.0
MOST = 20_000
_STREAM = b"GET /_stcore/stream HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
REQUESTS = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    _STREAM + b"Upgrade: websocket\r\nSec-WebSocket-Version: 1\r\n\r\n",
    _STREAM + b"Upgrade: websocket\r\nOrigin: http://[\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
)  # fmt: skip


def attack(server: Server) -> list[str]:
    """
    Send what cannot be parsed, and measure the log.

    Parameters
    ----------
    server : Server
        That runs.

    Returns
    -------
    list of str
        Figures.
    """
    before, begun = len(server.log()), time.monotonic()
    answers: Counter[str] = Counter()
    number = 0
    while time.monotonic() < begun + SECONDS and number < MOST:
        answers[exchange(server.port, REQUESTS[number % len(REQUESTS)])] += 1
        number += 1
    log = server.log()[before:]
    seconds = time.monotonic() - begun
    return [
        f"{number:,} bad requests in {seconds:.0f} s: {listed(answers)}",
        f"log: {len(log) / 1000:.1f} kB in {log.count(chr(10))} lines, "
        f"{len(log) / 1000 / seconds:.1f} kB/s; tracebacks: {log.count('Traceback')}",
    ]
