"""
Time clicks, from the click until the page shows what was asked for and stays so.

All pages are timed by one clock inside the page. It ends at the last change that made the page
right, or that redrew the markers while it was right; nothing may follow for a while.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Page
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tools.bench.report import median
from tools.bench.views import SEEN

WAIT = 30_000  # milliseconds until a click is given up
QUIET = 150  # milliseconds without a change

_MEASURE = """async ([click, expected, quiet, wait]) => {
  %(seen)s
  const inner = () => find("#live iframe")?.contentDocument ?? null;
  const markers = () => [...(inner() ?? document).querySelectorAll(".leaflet-marker-pane > *")];
  const units = () => (inner()
    ? markers().filter((e) => e.dataset.unit).map((e) => [e.dataset.unit, Number(e.dataset.count)])
    : [...document.querySelectorAll("[data-map] [data-place]")]
      .map((e) => [e.dataset.place, e.dataset.records.split(" ").length]));
  const symbols = (counts) => {
    const all = units();
    return all.length === Object.keys(counts).length && all.every(([id, n]) => counts[id] === n);
  };
  const reached = () => { try { return Boolean(%(reached)s); } catch (error) { return false; } };
  let right = false;
  let last = null;
  const look = (redrawn) => {
    const now = reached();
    if (now && (!right || redrawn)) last = performance.now();
    if (!now) last = null;
    right = now;
  };
  const all = { childList: true, subtree: true, characterData: true, attributes: true };
  const page = new MutationObserver(() => look(false));
  page.observe(document.documentElement, all);
  const pane = (inner() ?? document).querySelector(".leaflet-marker-pane");
  const drawing = new MutationObserver(() => look(true));
  if (pane) drawing.observe(pane, all);
  const start = performance.now();
  find(click)?.click();
  while (performance.now() - start < wait) {
    await new Promise((done) => setTimeout(done, 5));
    // a frame that is made anew is seen by looking
    look(false);
    if (last !== null && performance.now() - last > quiet) break;
  }
  page.disconnect();
  drawing.disconnect();
  return last === null ? null : last - start;
}"""


@dataclass(frozen=True)
class Step:
    """
    One click and what it leads to.

    Attributes
    ----------
    name : str
        For the tables.
    click : str
        CSS selector of what is clicked.
    reached : str
        Condition in JavaScript; ``expected`` is the value below, ``symbols(expected)`` says
        whether the map shows these counts, ``markers()`` are all markers.
    expected : object
        Passed to the condition as JSON.
    """

    name: str
    click: str
    reached: str
    expected: Any = None


@dataclass
class Times:
    """
    The times of one step, a value a repeat.

    Attributes
    ----------
    total : list of float
        Milliseconds from the click to the end.
    script : list of float
        Milliseconds until Streamlit said that its run had ended.
    received : list of int
        Bytes of websocket messages.
    missed : int
        Clicks that led nowhere in time.
    """

    total: list[float] = field(default_factory=list)
    script: list[float] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    missed: int = 0

    @property
    def median(self) -> float | None:
        """Return the median of the total in milliseconds; None without any."""
        return median(self.total)


class Wire:
    """The traffic of the page's websocket, with the browser's time stamps."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self._session.on("Network.webSocketFrameSent", self._sent)
        self._session.on("Network.webSocketFrameReceived", self._received)
        self.clear()

    def clear(self) -> None:
        """Drop all values, for the next click."""
        self._start: float | None = None
        self.finished: float | None = None
        self.bytes = 0

    def _sent(self, event: dict[str, Any]) -> None:
        if self._start is None:
            self._start = event["timestamp"]

    def _received(self, event: dict[str, Any]) -> None:
        if self._start is None or event["response"]["opcode"] != 2:
            return
        data = base64.b64decode(event["response"]["payloadData"])
        self.bytes += len(data)
        message = ForwardMsg()
        message.ParseFromString(data)
        if message.WhichOneof("type") == "script_finished" and self.finished is None:
            self.finished = (event["timestamp"] - self._start) * 1000


def repeat(page: Page, wire: Wire, steps: Sequence[Step], repeats: int) -> list[Times]:
    """
    Take steps that lead in a circle; a first round, which is not counted, fills the caches.

    Parameters
    ----------
    page : Page
        Showing what the last step leads to.
    wire : Wire
        Of the page.
    steps : sequence of Step
        In their order.
    repeats : int
        Rounds that are counted.

    Returns
    -------
    list of Times
        One a step; a round that did not reach a step ends all.
    """
    times = [Times() for _ in steps]
    for number in range(repeats + 1):
        for step, taken in zip(steps, times, strict=True):
            wire.clear()
            source = _MEASURE % {"seen": SEEN, "reached": step.reached}
            total = page.evaluate(source, [step.click, step.expected, QUIET, WAIT])
            if total is None:
                taken.missed += 1
                return times
            if number:
                taken.total.append(total)
                taken.received.append(wire.bytes)
                if wire.finished is not None:
                    taken.script.append(wire.finished)
    return times
