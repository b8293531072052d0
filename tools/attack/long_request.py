"""Request lines and headers that no reader sends, a different one each time."""

from __future__ import annotations

import time
from collections import Counter

from tools.attack.raw import exchange, listed
from tools.attack.serving import Server

#: seconds that the attack lasts, and requests, at most
SECONDS = 12.0
MOST = 1_500
LINE = "GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{}\r\n"


def _request(number: int) -> tuple[str, bytes]:
    """Return one kind of request and its bytes."""
    kinds = {
        "60 kB of query": (f"/?country=X{number}" + "&status=x" * 6_600, ""),
        "9 kB of query": (f"/v?q={number}-" + "a" * 9_000, ""),
        "9 kB of path": (f"/s/{number}-" + "a" * 9_000, ""),
        "30 kB of headers": (f"/?country=NL&listed={number}", f"X-Long: {'a' * 30_000}\r\n"),
        "900 headers": ("/", "".join(f"X-{name}: {'a' * 20}\r\n" for name in range(900))),
    }
    name = list(kinds)[number % len(kinds)]
    target, headers = kinds[name]
    return name, LINE.format(target, headers).encode()


def attack(server: Server) -> list[str]:
    """
    Send requests of 9 to 60 kB, and measure what the server keeps of them.

    Parameters
    ----------
    server : Server
        That runs.

    Returns
    -------
    list of str
        Figures.
    """
    before, end = server.memory(), time.monotonic() + SECONDS
    answers: Counter[str] = Counter()
    number = 0
    while time.monotonic() < end and number < MOST:
        name, request = _request(number)
        answers[f"{name}: {exchange(server.port, request)}"] += 1
        number += 1
    return [
        f"{number:,} requests: {listed(answers)}",
        f"memory: {before:.0f} MiB before, {server.memory():.0f} MiB after",
    ]
