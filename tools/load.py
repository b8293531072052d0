"""
Put load on the HTTP beside the dashboard, and print how it answers.

First clients that ask for pictures that are in no cache; then fifty that ask for plain pages
and data without a pause, with ten open dashboards, each in a real browser page. In one of
them a filter is clicked all the while. It prints figures and never fails: errors are counted
and printed.
"""

from __future__ import annotations

import argparse
import http.client
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from geo.ledger.dataset import Dataset, today  # noqa: E402
from geo.paths import PROJECT  # noqa: E402
from tests.browser.conftest import DESK, FLAGS, browser_path  # noqa: E402
from tests.browser.serving import serving  # noqa: E402

#: what a newsroom asks for: single records most, files less often
SHARES = (("/s/", 5), ("/c/", 2), ("/v", 2), ("/api/", 2))
#: how many of the questions are about a day in the past
PAST = 0.3


@dataclass
class Heard:
    """The answers to the clients: their times in seconds, and their errors."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, seconds: float, error: str) -> None:
        """
        Count one answer.

        Parameters
        ----------
        kind : str
            Of address.
        seconds : float
            Until the answer was complete.
        error : str
            Empty for a good answer.
        """
        with self.lock:
            self.seconds.setdefault(kind, []).append(seconds)
            if error:
                self.errors[error] += 1


def addresses(dataset: Dataset) -> dict[str, list[str]]:
    """List the addresses that clients ask for, by kind."""
    countries = sorted({r.host_country for r in dataset.records})
    picked = [f"country={code}" for code in countries] + ["status=told_to_stop", "q=rotterdam", ""]
    files = ("records.csv", "records.geojson", "events.json", "sources.json", "version")
    return {
        "/s/": [f"/s/{r.id}" for r in dataset.records],
        "/c/": [f"/c/{code}" for code in countries],
        "/v": [f"/v?{query}" for query in picked],
        "/api/": [f"/api/{name}?{query}" for name in files for query in picked],
    }


def client(
    url: str, offered: dict[str, list[str]], days: list[str], end: float, heard: Heard, seed: int
) -> None:
    """
    Ask until the time is over, one request after the other on one connection.

    Parameters
    ----------
    url : str
        The server's.
    offered : dict of str to list of str
        As `addresses` returns them.
    days : list of str
        Past days, ``YYYY-MM-DD``.
    end : float
        A moment of `time.monotonic`.
    heard : Heard
        Gets the answers.
    seed : int
        Of the random choice.
    """
    chance = random.Random(seed)
    host = urlsplit(url).netloc
    connection = http.client.HTTPConnection(host, timeout=30)
    kinds = [kind for kind, weight in SHARES for _ in range(weight)]
    while time.monotonic() < end:
        kind = chance.choice(kinds)
        address = chance.choice(offered[kind])
        if chance.random() < PAST:
            # a day that is rarely asked for: the answer is in no cache
            address += ("&" if "?" in address else "?") + f"asof={chance.choice(days)}"
        begun = time.perf_counter()
        try:
            connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            body = answer.read()
            error = "" if answer.status == 200 and body else f"{answer.status} {kind}"
        except (OSError, http.client.HTTPException) as failure:
            error = f"{type(failure).__name__} {kind}"
            connection.close()
        heard.add(kind, time.perf_counter() - begun, error)


def drawings(url: str, queries: list[str], end: float, heard: Heard) -> None:
    """
    Ask for previews, each of another view, one after the other.

    Parameters
    ----------
    url : str
        The server's.
    queries : list of str
        One a view.
    end : float
        A moment of `time.monotonic`.
    heard : Heard
        Gets the answers.
    """
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    for query in queries:
        if time.monotonic() > end:
            return
        begun = time.perf_counter()
        connection.request("GET", f"/preview.png?{query}")
        answer = connection.getresponse()
        answer.read()
        error = "" if answer.status == 200 else f"{answer.status} picture"
        heard.add("picture", time.perf_counter() - begun, error)


def clicks(page: Page, end: float, least: int = 12) -> list[float]:
    """
    Click one filter on and off, and time each click.

    Parameters
    ----------
    page : Page
        An open dashboard.
    end : float
        A moment of `time.monotonic`.
    least : int
        Least number of clicks, also after the end.

    Returns
    -------
    list of float
        Seconds until the sentence has changed.
    """
    seconds: list[float] = []
    box = page.locator("[id^=legend-]").first
    while len(seconds) < least or time.monotonic() < end:
        before = page.locator("#sentence").get_attribute("data-total")
        begun = time.perf_counter()
        box.click()
        page.wait_for_function(
            "(before) => document.querySelector('#sentence').dataset.total !== before",
            arg=before,
            polling=10,
        )
        seconds.append(time.perf_counter() - begun)
    return seconds


def _clicked(when: str, seconds: list[float]) -> str:
    median, worst = 1000 * statistics.median(seconds), 1000 * max(seconds)
    return f"a click on the dashboard {when}: median {median:.0f} ms, max {worst:.0f} ms"


def _line(kind: str, seconds: list[float], lasted: float) -> str:
    cuts = statistics.quantiles(seconds, n=100) if len(seconds) > 1 else [0.0] * 99
    figures = "  ".join(f"p{n} {1000 * cuts[n - 1]:6.0f} ms" for n in (50, 95, 99))
    worst = 1000 * max(seconds)
    return (
        f"{kind:11} {len(seconds):6} answers  {len(seconds) / lasted:6.1f}/s  {figures}  "
        f"max {worst:6.0f} ms"
    )


def _beside(work: list[tuple[Any, tuple[Any, ...]]], page: Page, end: float) -> list[float]:
    """Time clicks while others are served."""
    threads = [threading.Thread(target=what, args=given) for what, given in work]
    for thread in threads:
        thread.start()
    found = clicks(page, end)
    for thread in threads:
        thread.join()
    return found


def main() -> None:
    """Serve the real ledger, open the dashboards, send the clients, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--dashboards", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    dataset = Dataset.load(PROJECT / "data", today())
    offered, heard = addresses(dataset), Heard()
    # before the first claim a record says only that it was not yet reported
    days = [day.isoformat() for day in dataset.days if day.isoformat() > "2022-09-12"]
    past = [f"record={r.id}&asof={day}" for day in reversed(days) for r in dataset.records]
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
            pages = [browser.new_page(viewport=DESK) for _ in range(given.dashboards)]  # type: ignore[arg-type]
            for page in pages:
                page.goto(server.url)
                page.wait_for_selector("html[data-live=true]")
            sentences = [_clicked("alone", clicks(pages[0], 0))]
            end = time.monotonic() + given.seconds / 4
            halves = (past[0::2], past[1::2])
            drawn = [(drawings, (server.url, half, end, heard)) for half in halves]
            sentences.append(_clicked("while pictures are drawn", _beside(drawn, pages[0], end)))
            end = time.monotonic() + given.seconds
            asked = [
                (client, (server.url, offered, days, end, heard, seed))
                for seed in range(given.clients)
            ]
            sentences.append(_clicked("under the load", _beside(asked, pages[0], end)))
            browser.close()
        crashed = "Traceback" in server.log
    print("\n".join(sentences))
    print(f"{given.clients} clients, {given.seconds:.0f} s, {given.dashboards} open dashboards")
    everything = [s for kind in offered for s in heard.seconds.get(kind, [])]
    for kind in offered:
        print(_line(kind, heard.seconds[kind], given.seconds))
    print(_line("all", everything, given.seconds))
    print(_line("new picture", heard.seconds["picture"], given.seconds / 4))
    print(f"errors: {sum(heard.errors.values())} {dict(heard.errors) or ''}")
    print(f"tracebacks in the server's log: {'yes' if crashed else 'none'}")


if __name__ == "__main__":
    main()
