"""Distinct pictures and queries of one client within a minute, while ten pages are live."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tools.attack.reader import Reader
from tools.attack.serving import Server

PICTURES, QUERIES = 200, 2_000
SECONDS = 60.0
PAGES = 10
#: seconds between two clicks on one page, and for which pages are measured alone
PAUSE, ALONE = 2.0, 20.0
BAR = 2.0
#: addresses of this machine: one that the server takes for a client, and one that it takes for
#: a proxy which names none
CLIENTS = ("127.0.0.2", "127.0.0.1")
PATHS = ("/", "/timeline", "/v", "/api/records.csv", "/feeds/events.atom", "/data", "/countries")


def _target(number: int) -> str:
    """Return an address that no request before had, and of which nothing is ignored."""
    kind = number % (PICTURES + QUERIES) % 11
    day = f"20{22 + number % 4}-{1 + number // 4 % 12:02d}-{1 + number // 48 % 28:02d}"
    path = ("/preview.png", "/figure.svg")[number // 11 % 2] if kind == 10 else PATHS[number % 7]
    return f"{path}?asof={day}&q=w{number}"


def _flood(server: Server, client: str, first: int) -> Counter[str]:
    """Ask for every address within the time, sixteen at once."""
    found: Counter[str] = Counter()
    total = PICTURES + QUERIES
    begun = time.monotonic()

    def ask(number: int) -> None:
        # the pace of the attack
        threading.Event().wait(max(0.0, begun + SECONDS * number / total - time.monotonic()))
        line = http.client.HTTPConnection(
            "127.0.0.1", server.port, timeout=60, source_address=(client, 0)
        )
        try:
            line.request("GET", _target(first + number))
            answer = line.getresponse()
            answer.read()
            found[f"{answer.status}"] += 1
        except OSError as error:
            found[type(error).__name__] += 1
        finally:
            line.close()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(ask, range(total)))
    return found


def attack(server: Server) -> list[str]:
    """
    Flood the server from a client that is known, and from one that is not.

    Parameters
    ----------
    server : Server
        That runs.

    Returns
    -------
    list of str
        Figures.
    """
    lines = []
    for number, client in enumerate(CLIENTS):
        with Reader(server.url, PAGES, PAUSE) as alone:
            threading.Event().wait(ALONE)
        before = server.memory()
        with Reader(server.url, PAGES, PAUSE) as beside:
            found = _flood(server, client, number * (PICTURES + QUERIES))
        answers = ", ".join(f"{count:,} × {status}" for status, count in sorted(found.items()))
        lines += [
            f"{PICTURES} pictures and {QUERIES:,} queries of "
            f"{'one client' if number == 0 else 'clients that no proxy names'}: {answers}",
            f"{PAGES} live pages, p95 of {len(beside.seconds)} clicks: {1000 * alone.slow:.0f} ms "
            f"alone, {1000 * beside.slow:.0f} ms during it, {beside.slow / alone.slow:.1f} × "
            f"(bar {BAR:g})",
            f"memory: {before:.0f} MiB before, {server.memory():.0f} MiB after",
        ]
    return lines
