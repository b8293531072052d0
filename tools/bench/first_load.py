"""
Time the first load of each page, cold and warm, at a desk and on a slow phone.

Cold is a browser that has loaded nothing; warm is another page of the same browser. The server
runs already, as it does for readers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

from tools.bench.browsers import DESKTOP, SLOW_PHONE, Device, Traffic, context, throttle
from tools.bench.report import median, number, ratio, table
from tools.bench.views import SEEN, View

WAIT = 60_000  # milliseconds until a load is given up
QUIET = 0.8  # seconds without traffic after which nothing more is to come
LATEST = 6.0  # seconds that are waited for that

_CLOCK = """(() => {
  if (window.top !== window) return;
  %(seen)s
  const clock = { paint: null, largest: null, shift: 0, readable: null, live: null };
  const watch = (type, took) => new PerformanceObserver((list) => list.getEntries().forEach(took))
    .observe({ type, buffered: true });
  watch("paint", (e) => { if (e.name === "first-contentful-paint") clock.paint = e.startTime; });
  watch("largest-contentful-paint", (e) => { clock.largest = e.startTime; });
  watch("layout-shift", (e) => { if (!e.hadRecentInput) clock.shift += e.value; });
  const conditions = { readable: () => %(readable)s, live: () => %(live)s };
  let ended;
  window.benchClock = { clock, ended: new Promise((done) => { ended = done; }) };
  setTimeout(ended, %(wait)d);
  // what is in the page when a frame begins is what that frame paints
  const look = () => {
    if (document.body) {
      for (const [name, reached] of Object.entries(conditions)) {
        try {
          if (clock[name] === null && reached()) clock[name] = performance.now();
        } catch (error) { /* a frame of another origin, or none yet */ }
      }
    }
    if (clock.live === null) requestAnimationFrame(look); else ended();
  };
  requestAnimationFrame(look);
})();"""


@dataclass(frozen=True)
class Load:
    """
    One load: milliseconds since the navigation began, None for what did not come.

    Attributes
    ----------
    paint, largest : float or None
        First and largest contentful paint.
    shift : float
        All layout shifts added up, the hand-over among them: at least what browsers call CLS.
    readable, live : float or None
        When the conditions of the view were met.
    requests, received : int
        As `Traffic` counts them.
    """

    paint: float | None
    largest: float | None
    shift: float
    readable: float | None
    live: float | None
    requests: int
    received: int


@dataclass(frozen=True)
class Subject:
    """
    A view on a server.

    Attributes
    ----------
    view : View
        What is loaded.
    url : str
        Of the server.
    peer : bool
        Whether it is there to be compared with.
    """

    view: View
    url: str
    peer: bool = False


Key = tuple[Subject, Device, bool]


def load(opened: BrowserContext, subject: Subject, device: Device) -> Load:
    """
    Load a view in a new page.

    Parameters
    ----------
    opened : BrowserContext
        Cold if it has had no page yet.
    subject : Subject
        What is loaded.
    device : Device
        How slow it is.

    Returns
    -------
    Load
        Its figures.
    """
    page = opened.new_page()
    traffic, session = Traffic.of(page)
    throttle(session, device)
    view = subject.view
    page.add_init_script(
        _CLOCK % {"seen": SEEN, "readable": view.readable, "live": view.live, "wait": WAIT}
    )
    page.goto(subject.url + view.path, wait_until="commit", timeout=WAIT)
    page.evaluate("() => window.benchClock.ended")
    _settle(page, traffic)
    clock = page.evaluate("() => window.benchClock.clock")
    page.close()
    return Load(**clock, requests=traffic.requests, received=traffic.received)


def _settle(page: Page, traffic: Traffic) -> None:
    """Wait until nothing comes any more, so that late layout shifts count too."""
    end, since, before = time.monotonic() + LATEST, time.monotonic(), -1
    while time.monotonic() < end and time.monotonic() - since < QUIET:
        if traffic.pending or traffic.received != before:
            since, before = time.monotonic(), traffic.received
        page.wait_for_timeout(50)


def measure(
    browser: Browser, subjects: Sequence[Subject], rounds: int, seconds: float
) -> dict[Key, list[Load]]:
    """
    Load every subject, cold and warm, on every device, round after round.

    Parameters
    ----------
    browser : Browser
        A running one.
    subjects : sequence of Subject
        What is loaded.
    rounds : int
        At most so many.
    seconds : float
        After which no other round begins; the first is always whole.

    Returns
    -------
    dict of Key to list of Load
        One load a round, by subject, device, and whether the browser was warm.
    """
    loads: dict[Key, list[Load]] = {}
    for subject in {one.url: one for one in reversed(subjects)}.values():
        # a server's first visit is no reader's
        with context(browser, DESKTOP) as opened:
            load(opened, subject, DESKTOP)
    begun = time.monotonic()
    for done in range(rounds):
        lasted = time.monotonic() - begun
        # what a round takes is known from those before
        if done and lasted + lasted / done > seconds:
            break
        for device in (DESKTOP, SLOW_PHONE):
            for subject in subjects:
                with context(browser, device) as opened:
                    for warm in (False, True):
                        loads.setdefault((subject, device, warm), []).append(
                            load(opened, subject, device)
                        )
    return loads


HEADINGS = (
    "view", "first paint", "largest", "readable", "live", "live ÷ empty",
    "CLS", "KiB", "requests",
)  # fmt: skip


def tables(loads: dict[Key, list[Load]]) -> Iterator[str]:
    """
    Write the figures as tables, one for each device, cold and warm.

    Parameters
    ----------
    loads : dict of Key to list of Load
        As `measure` returns them; the first peer is what others are compared with.

    Yields
    ------
    str
        A heading with its table: medians in milliseconds, of CLS the worst.
    """
    for device in (DESKTOP, SLOW_PHONE):
        for warm in (False, True):
            chosen = {key[0]: all_ for key, all_ in loads.items() if key[1:] == (device, warm)}
            base = next(
                (median(x.live for x in all_) for s, all_ in chosen.items() if s.peer), None
            )
            rows = [_row(subject, all_, base) for subject, all_ in chosen.items()]
            kind = "warm" if warm else "cold"
            count = max((len(all_) for all_ in chosen.values()), default=0)
            yield f"First load, {device.name}, {kind}, median of {count} (ms)\n\n" + table(
                HEADINGS, rows
            )


def _row(subject: Subject, loads: Sequence[Load], base: float | None) -> list[str]:
    live = median(one.live for one in loads)
    received = median(one.received for one in loads)
    return [
        subject.view.name,
        number(median(one.paint for one in loads)),
        number(median(one.largest for one in loads)),
        number(median(one.readable for one in loads)),
        number(live),
        ratio(live, base),
        number(max(one.shift for one in loads), 3),
        number(received / 1024 if received is not None else None),
        number(median(one.requests for one in loads)),
    ]
