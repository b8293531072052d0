"""
Measure how long a filter takes, from the click on an option to the last symbol drawn.

The page as it is shipped, all filters with their counts and a card open, against a
Streamlit page of one checkbox, in the same browser and run: at the real size and with
10,000 invented records (``tools/synthetic.py``). It prints figures and never fails.
"""

from __future__ import annotations

import argparse
import base64
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# run by its path, the script has its own folder on the path and not the project's
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright  # noqa: E402
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: E402

from geo.ledger.dataset import Dataset, today  # noqa: E402
from geo.ledger.snapshot import Snapshot  # noqa: E402
from geo.link.parameters import facets  # noqa: E402
from geo.link.selection import Filters  # noqa: E402
from geo.paths import PROJECT  # noqa: E402
from geo.views.symbols import layer_data  # noqa: E402
from tests.browser.conftest import DESK, FLAGS, browser_path  # noqa: E402
from tests.browser.serving import serving  # noqa: E402
from tools import synthetic  # noqa: E402

REPEATS = 15
OPTION = ("province", "CN-ZJ")
BARS = {"real": 2.5, "synthetic": 4.0}
WAIT = 60_000  # milliseconds until a measurement is given up

ONE_WIDGET = 'import streamlit as st\n\napp = st.App("main.py")\n'
ONE_SCRIPT = """import streamlit as st

on = st.checkbox("on", key="on")
st.html(f"<p id='text'>{'on' if on else 'off'}</p>")
"""

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
    """What one direction of the option took: milliseconds and bytes, one value a repeat."""

    total: list[float] = field(default_factory=list)
    script: list[float] = field(default_factory=list)
    arrival: list[float] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Of the total, in milliseconds."""
        return statistics.median(self.total) if self.total else float("nan")

    @property
    def drawing(self) -> float:
        """What is left of the total when the symbols have arrived."""
        pairs = zip(self.total, self.arrival, strict=True)
        return statistics.median([total - arrival for total, arrival in pairs])


class Wire:
    """What goes over the page's websocket, with the browser's own time stamps."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self._session.on("Network.webSocketFrameSent", self._sent)
        self._session.on("Network.webSocketFrameReceived", self._received)
        self._maps: set[str] = set()
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
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


def _browser() -> Path | None:
    found = browser_path()
    if found is None:
        print("Not measured: no browser was found (ATLAS_BROWSER, /usr/bin/chromium).")
    return found


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    try:
        yield context.new_page()
    finally:
        context.close()


def _repeat(
    page: Page, wire: Wire, click: str, expected: tuple[Any, Any], repeats: int
) -> tuple[Run, Run]:
    """Click an option on and off; one round before the count warms everything up."""
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


def floor(browser: Browser, folder: Path, repeats: int) -> tuple[Run, Run]:
    """Measure the page of one checkbox, which nothing built with Streamlit can beat."""
    (folder / "app.py").write_text(ONE_WIDGET, encoding="utf-8")
    (folder / "main.py").write_text(ONE_SCRIPT, encoding="utf-8")
    with serving(folder, script=folder / "app.py") as server, _page(browser) as page:
        wire = Wire(page)
        page.goto(server.url)
        page.locator("#text").wait_for()
        return _repeat(page, wire, "input[type=checkbox]", ("on", "off"), repeats)


def atlas(
    browser: Browser, folder: Path, data: Path, snapshot: Snapshot, repeats: int
) -> tuple[Run, Run]:
    """Measure the map page as shipped, with the first record's card open."""
    name, code = OPTION
    picked = dict(Filters().replace(**{name: (code,)}).select(snapshot).countries)
    everything = dict(Filters().select(snapshot).countries)
    record = snapshot.records[0].id
    with serving(folder, data) as server, _page(browser) as page:
        wire = Wire(page)
        page.goto(f"{server.url}/?record={record}", timeout=WAIT * 3)
        page.locator("article.card").wait_for(timeout=WAIT * 3)
        page.wait_for_function(
            "(n) => { const f = document.querySelector('iframe[title*=\"st_folium\"]');"
            " return f && f.contentDocument.querySelectorAll('.atlas-country').length === n; }",
            arg=len(everything),
            timeout=WAIT * 3,
        )
        page.locator(f"#menu-{name} summary").click()
        return _repeat(page, wire, f"#f-{name}-{code}", (picked, everything), repeats)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = work()
    return (time.perf_counter() - start) * 1000, found


def _server_side(data: Path) -> Snapshot:
    """Print what the parts of a run cost without any browser."""
    load, dataset = _timed(lambda: Dataset.load(data, today()))

    def replay() -> Snapshot:
        made = Snapshot(dataset, today())
        assert all(made.standing(record).own_flags is not None for record in made.records)
        return made

    replayed, snapshot = _timed(replay)
    everything = Filters().select(snapshot)
    counted, _counts = _timed(lambda: [everything.counts(row.name) for row in facets()])
    selecting, layer = _timed(
        lambda: layer_data(Filters().replace(**{OPTION[0]: (OPTION[1],)}).select(snapshot))
    )
    print(
        f"  {len(snapshot.records)} records, {len(snapshot.events)} events: "
        f"reading and checking {load:.0f} ms (once a ledger); "
        f"snapshot and replay of one day {replayed:.1f} ms; its filters {counted:.1f} ms "
        f"(once a day shown); selection and symbols {selecting:.1f} ms, {len(layer) / 1024:.0f} KiB"
    )
    found: Snapshot = snapshot
    return found


def _say(name: str, run: Run, base: Run | None = None, bar: float | None = None) -> None:
    if not run.total:
        print(f"  {name}: nothing measured")
        return
    spread = f"{min(run.total):.0f}–{max(run.total):.0f}"
    line = f"  {name:<14} {run.median:5.0f} ms ({spread})"
    if base and bar:
        ratio = run.median / base.median
        verdict = "within" if ratio <= bar else "ABOVE"
        line += (
            f"   {ratio:.2f} × the floor, {verdict} the bar of {bar:g}"
            f"   script {statistics.median(run.script):.0f} ms"
            f" · until the symbols arrive {statistics.median(run.arrival):.0f} ms"
            f" · drawing {run.drawing:.0f} ms"
            f" · transfer {statistics.median(run.sent) / 1024:.0f} KiB"
        )
    print(line)


def measure(browser: Browser, folder: Path, repeats: int, records: int) -> None:
    """Measure floor and atlas at both sizes, and print all of it."""
    invented = folder / "synthetic"
    synthetic.write(invented, records=records, cities=2_000, countries=150, events=2 * records)
    for name in ("floor", "real", "large"):
        (folder / name).mkdir()
    print(f"Option clicked → last symbol changed, median of {repeats} (fastest–slowest).")
    on, off = floor(browser, folder / "floor", repeats)
    print("A page of one checkbox (the floor):")
    _say("on", on)
    _say("off", off)
    for title, data, place, bar in (
        ("The atlas at its real size:", PROJECT / "data", "real", BARS["real"]),
        (f"The atlas with {records} invented records:", invented, "large", BARS["synthetic"]),
    ):
        print(title)
        snapshot = _server_side(data)
        picked, opened = atlas(browser, folder / place, data, snapshot, repeats)
        _say("on", picked, on, bar)
        _say("off", opened, off, bar)


def main() -> int:
    """Measure; whatever happens, this is no test."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--records", type=int, default=10_000)
    options = parser.parse_args()
    path = _browser()
    if path is None:
        return 0
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            measure(browser, Path(folder), options.repeats, options.records)
        except Exception as error:  # a figure that is missing is no failure of the atlas
            print(f"Not measured further: {error}")
        finally:
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
