"""A hundred new figures at once from one address, beside a reader who asks for previews."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections import Counter

from tools.attack.serving import Server

FIGURES = 100
#: seconds that the reader goes on, and previews, at most
SECONDS = 25.0
PREVIEWS = 85
#: of this machine, so that server and log see two clients
GREEDY, READER = "127.0.0.2", "127.0.0.1"


def _get(server: Server, path: str, source: str) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection(
        "127.0.0.1", server.port, timeout=60, source_address=(source, 0)
    )
    line.request("GET", path)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer


def _rounds(server: Server, over: threading.Event, found: Counter[str]) -> None:
    """Ask for a hundred figures at once, and again until it is over."""
    day = 0

    def ask(number: int) -> None:
        when = f"20{22 + number % 4}-{1 + number // 4 % 12:02d}-{1 + number // 48 % 28:02d}"
        answer = _get(server, f"/figure.png?asof={when}&q=w{number}", GREEDY)
        found[f"{answer.status}"] += 1

    while not over.is_set():
        threads = [
            threading.Thread(target=ask, args=(number,)) for number in range(day, day + FIGURES)
        ]
        day += FIGURES
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def attack(server: Server) -> list[str]:
    """
    Ask for figures without end, and measure a reader's previews.

    Parameters
    ----------
    server : Server
        That runs.

    Returns
    -------
    list of str
        Figures.
    """
    over, greedy = threading.Event(), Counter[str]()
    _get(server, "/preview.png", READER)
    attacker = threading.Thread(target=_rounds, args=(server, over, greedy))
    attacker.start()
    seconds: list[float] = []
    previews: Counter[str] = Counter()
    end = time.monotonic() + SECONDS
    try:
        while time.monotonic() < end and len(seconds) < PREVIEWS:
            number = len(seconds)
            begun = time.perf_counter()
            when = f"202{2 + number % 4}-{1 + number // 4 % 12:02d}"
            answer = _get(server, f"/preview.png?asof={when}&place=NL", READER)
            seconds.append(time.perf_counter() - begun)
            general = answer.getheader("Cache-Control") == "no-store"
            previews[f"{answer.status}{' of the whole atlas' if general else ''}"] += 1
    finally:
        over.set()
        attacker.join()
    slow = statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else float("nan")
    refused = sum(count for kind, count in previews.items() if not kind.startswith("2"))
    return [
        f"{sum(greedy.values())} figures of one client: "
        + ", ".join(f"{count} × {status}" for status, count in sorted(greedy.items())),
        f"{len(seconds)} previews of a reader: "
        + ", ".join(f"{count} × {kind}" for kind, count in sorted(previews.items()))
        + f"; {refused} refused (bar 0), p95 {slow:.2f} s",
    ]
