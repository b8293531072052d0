"""
Time clicks in a page of Streamlit, from the click to the last change of the page.

``tools/bench.py`` times the atlas and a page of one checkbox by it.
"""

from __future__ import annotations

import base64
import statistics
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Page
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

WAIT = 60_000  # milliseconds until a measurement is given up

# both pages are measured by the same clock, started at the click and stopped by what changed
# last; the change must be the expected one, and nothing may follow it for a while
MEASURE = """async ([click, expected, quiet, wait]) => {
  const frame = document.querySelector('iframe[title*="st_folium"]');
  const target = frame ? frame.contentDocument.querySelector(".leaflet-marker-pane")
    : document.querySelector(".stApp");
  const reached = () => {
    if (!frame) {
      const text = document.querySelector("#text");
      return text && text.textContent === expected;
    }
    const symbols = [...target.querySelectorAll(".atlas-country")];
    return symbols.length === Object.keys(expected).length &&
      symbols.every((e) => expected[e.dataset.id] === Number(e.dataset.count));
  };
  const box = document.querySelector(click);
  let last = null;
  let right = false;
  const observer = new MutationObserver(() => {
    const now = performance.now();
    if (right) { if (frame) last = now; return; }
    if (reached()) { right = true; last = now; }
  });
  observer.observe(target,
    { childList: true, subtree: true, characterData: true, attributes: Boolean(frame) });
  const start = performance.now();
  box.click();
  while (performance.now() - start < wait) {
    await new Promise((done) => setTimeout(done, 10));
    if (last !== null && performance.now() - last > quiet) break;
  }
  observer.disconnect();
  return last === null ? null : last - start;
}"""


@dataclass
class Run:
    """The times of one direction of the option: milliseconds and bytes, one value a repeat."""

    total: list[float] = field(default_factory=list)
    script: list[float] = field(default_factory=list)
    arrival: list[float] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Median of the total, in milliseconds."""
        return statistics.median(self.total) if self.total else float("nan")

    @property
    def drawing(self) -> float:
        """Median of the time from the arrival of the symbols to the end, in milliseconds."""
        pairs = zip(self.total, self.arrival, strict=True)
        return statistics.median([total - arrival for total, arrival in pairs])


class Wire:
    """The traffic of the page's websocket, with the browser's time stamps."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self._session.on("Network.webSocketFrameSent", self._sent)
        self._session.on("Network.webSocketFrameReceived", self._received)
        self._maps: set[str] = set()
        self.clear()

    def clear(self) -> None:
        """Drop all values, for the next click."""
        self.start: float | None = None
        self.finished = self.map = 0.0
        self.bytes = 0

    def _sent(self, event: dict[str, Any]) -> None:
        if self.start is None:
            self.start = event["timestamp"]

    def _received(self, event: dict[str, Any]) -> None:
        payload = event["response"]["payloadData"]
        data = base64.b64decode(payload) if event["response"]["opcode"] == 2 else payload.encode()
        message = ForwardMsg()
        message.ParseFromString(data)
        kind = message.WhichOneof("type")
        if kind == "delta" and b"st_folium" in data:
            self._maps.add(message.hash)
        if self.start is None:
            return
        self.bytes += len(data)
        taken = (event["timestamp"] - self.start) * 1000
        if kind == "script_finished":
            self.finished = self.finished or taken
        # what the browser has seen before is sent as the hash of it alone
        elif (message.ref_hash if kind == "ref_hash" else message.hash) in self._maps:
            self.map = self.map or taken


def repeat(
    page: Page, wire: Wire, click: str, expected: tuple[Any, Any], repeats: int
) -> tuple[Run, Run]:
    """
    Click an option on and off; a first round, which is not counted, fills the caches.

    Parameters
    ----------
    page : Page
        Showing the option.
    wire : Wire
        Of the page.
    click : str
        CSS selector of the option.
    expected : (object, object)
        What the page shows with the option on, and off.
    repeats : int
        Rounds that are counted.

    Returns
    -------
    Run
        Of the clicks on.
    Run
        Of the clicks off.
    """
    on, off = Run(), Run()
    for number in range(repeats + 1):
        for run, wanted in ((on, expected[0]), (off, expected[1])):
            wire.clear()
            taken = page.evaluate(MEASURE, [click, wanted, 150, WAIT])
            if taken is None:
                print(f"  the expected symbols did not come within {WAIT // 1000} s")
                continue
            if number:
                run.total.append(taken)
                run.script.append(wire.finished)
                run.arrival.append(wire.map)
                run.sent.append(wire.bytes)
    return on, off
