"""
Measure how long a filter takes, from the click on an option to the last symbol drawn.

The page as it is shipped, all filters with their counts and a card open, against a
Streamlit page of one checkbox, in the same browser and run: at the real size and with
10,000 invented records (``tools/synthetic.py``). It prints figures and never fails.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# run by its path, the script has its own folder on the path and not the project's
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from geo.ledger.dataset import Dataset, today  # noqa: E402
from geo.ledger.snapshot import Snapshot  # noqa: E402
from geo.link.parameters import facets  # noqa: E402
from geo.link.selection import Filters  # noqa: E402
from geo.paths import PROJECT  # noqa: E402
from geo.views.symbols import layer_data  # noqa: E402
from tests.browser.conftest import DESK, FLAGS, browser_path  # noqa: E402
from tests.browser.serving import serving  # noqa: E402
from tools import synthetic  # noqa: E402
from tools.click_timing import WAIT, Run, Wire, repeat  # noqa: E402

REPEATS = 15
OPTION = ("province", "CN-ZJ")
BARS = {"real": 2.5, "synthetic": 4.0}

ONE_WIDGET = 'import streamlit as st\n\napp = st.App("main.py")\n'
ONE_SCRIPT = """import streamlit as st

on = st.checkbox("on", key="on")
st.html(f"<p id='text'>{'on' if on else 'off'}</p>")
"""


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


def floor(browser: Browser, folder: Path, repeats: int) -> tuple[Run, Run]:
    """
    Time the page of one checkbox, which no page built with Streamlit can beat.

    Parameters
    ----------
    browser : Browser
        A running one.
    folder : Path
        For the page and its server.
    repeats : int
        Clicks on, and as many off.

    Returns
    -------
    Run
        Of the clicks on.
    Run
        Of the clicks off.
    """
    (folder / "app.py").write_text(ONE_WIDGET, encoding="utf-8")
    (folder / "main.py").write_text(ONE_SCRIPT, encoding="utf-8")
    with serving(folder, script=folder / "app.py") as server, _page(browser) as page:
        wire = Wire(page)
        page.goto(server.url)
        page.locator("#text").wait_for()
        return repeat(page, wire, "input[type=checkbox]", ("on", "off"), repeats)


def atlas(
    browser: Browser, folder: Path, data: Path, snapshot: Snapshot, repeats: int
) -> tuple[Run, Run]:
    """
    Time the map page as shipped, with the first record's card open.

    Parameters
    ----------
    browser : Browser
        A running one.
    folder : Path
        For the server.
    data : Path
        The ledger's folder.
    snapshot : Snapshot
        The ledger today.
    repeats : int
        Clicks on, and as many off.

    Returns
    -------
    Run
        Of the clicks on.
    Run
        Of the clicks off.
    """
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
        return repeat(page, wire, f"#f-{name}-{code}", (picked, everything), repeats)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return (time.perf_counter() - start) * 1000, result


def _server_side(data: Path) -> Snapshot:
    """Print what the parts of a run cost without a browser; return the ledger today."""
    load, dataset = _timed(lambda: Dataset.load(data, today()))

    def replay() -> Snapshot:
        current = Snapshot(dataset, today())
        assert all(current.standing(record).own_flags is not None for record in current.records)
        return current

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
    result: Snapshot = snapshot
    return result


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
    """
    Measure floor and atlas at both sizes, and print the figures.

    Parameters
    ----------
    browser : Browser
        A running one.
    folder : Path
        For pages, servers and the invented ledger.
    repeats : int
        Clicks on, and as many off.
    records : int
        Of the invented ledger.
    """
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
    """Measure; return 0 always, because this is no test."""
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
