"""Addresses full of values that nobody knows, each another: what of them stays in memory."""

from __future__ import annotations

import http.client
import time
from collections import Counter

from tools.attack.serving import Server

#: requests and seconds at most
MOST = 1_500
SECONDS = 40.0
#: bytes of a query: below the longest that is answered
LENGTH = 7_500
PATHS = ("/", "/timeline", "/v", "/api/records.csv", "/feeds/events.atom", "/s/nl-rotterdam-1")
#: seen by the server once before memory is looked at: what lasts is made then
WARM = 60


def _target(number: int) -> str:
    """Return an address with some hundred values, none of which an address before had."""
    kinds = ("flag=a{}_{}", "country=Z{}_{}", "type=b{}_{}", "status={}-{}")
    part = kinds[number % len(kinds)]
    pairs: list[str] = []
    length = 0
    while length < LENGTH:
        pairs.append(part.format(number, len(pairs)))
        length += len(pairs[-1]) + 1
    return f"{PATHS[number % len(PATHS)]}?{'&'.join(pairs)}"


def attack(server: Server) -> list[str]:
    """
    Send addresses that differ in what is ignored of them.

    Parameters
    ----------
    server : Server
        That runs.

    Returns
    -------
    list of str
        Figures.
    """
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    answers: Counter[int] = Counter()
    before, end = 0.0, time.monotonic() + SECONDS
    for number in range(MOST + WARM):
        if number == WARM:
            before = server.memory()
        line.request("GET", _target(number), headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        answer.read()
        answers[answer.status] += 1
        if time.monotonic() > end:
            break
    line.close()
    kept = server.memory() - before
    sent = ", ".join(f"{count:,} × {status}" for status, count in sorted(answers.items()))
    return [
        f"{number + 1:,} addresses of {LENGTH / 1000:g} kB: {sent}",
        f"memory: {before:.0f} MiB before, {kept:+.0f} MiB after (bar +20)",
    ]
