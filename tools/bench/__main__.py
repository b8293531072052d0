"""
Measure first loads, clicks and sessions, and print the figures; it never fails.

``python -m tools.bench`` measures all; ``loads``, ``clicks`` and ``sessions`` as arguments
choose parts. docs/PERFORMANCE.md explains the figures.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from geo.ledger.dataset import Dataset, today
from geo.ledger.snapshot import Snapshot
from geo.paths import PROJECT
from tests.browser.conftest import FLAGS, browser_path
from tools import synthetic
from tools.bench import clicks, first_load, servers, session_load, views

#: seconds in which each part begins further rounds
LOADING = 480.0


@dataclass(frozen=True)
class Options:
    """What the command line asks for; see `main`."""

    rounds: int
    repeats: int
    records: int
    sessions: list[int]
    seconds: float


def loads(browser: Browser, folder: Path, options: Options) -> None:
    """
    Measure and print the first loads.

    Parameters
    ----------
    browser : Browser
        A running one.
    folder : Path
        For the servers; empty.
    options : Options
        How much is measured.
    """
    snapshot = _ledger(PROJECT / "data")[1]
    with ExitStack() as stack:
        url = stack.enter_context(servers.atlas(folder / "atlas", PROJECT / "data")).url
        subjects = [
            first_load.Subject(view, url) for view in views.atlas_views(snapshot.records[0].id)
        ]
        for name, view, script in (
            ("empty", views.EMPTY, "empty.py"),
            ("folium", views.FOLIUM, "folium_app.py"),
        ):
            peer = stack.enter_context(servers.streamlit_peer(folder / name, script, snapshot))
            subjects.append(first_load.Subject(view, peer.url, peer=True))
        dash = stack.enter_context(servers.dash_peer(folder / "dash", snapshot))
        if dash:
            subjects.append(first_load.Subject(views.DASH, dash.url, peer=True))
        measured = first_load.measure(browser, subjects, options.rounds, LOADING)
    _print(*first_load.tables(measured))


def timed_clicks(browser: Browser, folder: Path, options: Options) -> None:
    """
    Measure and print the clicks.

    Parameters
    ----------
    browser : Browser
        A running one.
    folder : Path
        For the servers and the invented ledger; empty.
    options : Options
        How much is measured.
    """
    invented = folder / "synthetic"
    records = options.records
    synthetic.write(
        invented,
        records=records,
        cities=max(1, records // 5),
        countries=min(150, records),
        events=2 * records,
    )
    others = clicks.peers(browser, folder, _ledger(PROJECT / "data")[1], options.repeats)
    _print(clicks.peer_table(others))
    for number, data in enumerate((PROJECT / "data", invented)):
        dataset, snapshot = _ledger(data)
        with servers.atlas(folder / f"atlas-{number}", data) as served:
            steps = clicks.atlas(browser, served.url, dataset, snapshot, options.repeats)
        _print(clicks.atlas_table(f"{len(snapshot.records):,} records", steps, others))


def sessions(_browser: Browser, folder: Path, options: Options) -> None:
    """
    Measure and print many sessions at once.

    Parameters
    ----------
    _browser : Browser
        Not used: the sessions have no pages.
    folder : Path
        For the servers; empty.
    options : Options
        How much is measured.
    """
    snapshot = _ledger(PROJECT / "data")[1]
    measured = session_load.measure(folder, snapshot, options.sessions, options.seconds)
    _print(*session_load.tables(measured))


def _ledger(data: Path) -> tuple[Dataset, Snapshot]:
    dataset = Dataset.load(data, today())
    return dataset, Snapshot(dataset, today())


def _print(*texts: str) -> None:
    for text in texts:
        print(f"\n{text}", flush=True)


def _machine(browser: Browser) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "streamlit-folium"))
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}; Python {platform.python_version()}, {packages}, "
        f"Chromium {browser.version}"
    )


Measure = Callable[[Browser, Path, Options], None]
PARTS: Mapping[str, Measure] = {"loads": loads, "clicks": timed_clicks, "sessions": sessions}


def _part(name: str, measure: Callable[[], None]) -> None:
    """Measure one part; what stops it is printed, and the others go on."""
    begun = time.monotonic()
    try:
        measure()
    except Exception:  # a figure that is missing is no failure of the atlas
        print(f"\nNot measured further ({name}):\n{traceback.format_exc()}")
    print(
        f"\n({name}: {time.monotonic() - begun:.0f} s, load at its end {os.getloadavg()[0]:.1f})",
        flush=True,
    )


def main() -> int:
    """Measure the parts that the command line names, and return 0."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="|".join(PARTS))
    parser.add_argument("--rounds", type=int, default=3, help="loads of each page, at most")
    parser.add_argument("--repeats", type=int, default=15, help="clicks of each kind")
    parser.add_argument("--records", type=int, default=10_000, help="of the invented ledger")
    parser.add_argument("--sessions", type=int, nargs="+", default=[10, 50, 200])
    parser.add_argument("--seconds", type=float, default=40, help="that sessions go on")
    given = vars(parser.parse_args())
    chosen = given.pop("parts") or PARTS
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    options = Options(**given)
    path = browser_path()
    if path is None:
        print("Not measured: no browser was found (ATLAS_BROWSER, /usr/bin/chromium).")
        return 0
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        print(_machine(browser))
        for part in chosen:
            folder = Path(name) / part
            folder.mkdir()
            _part(part, partial(PARTS[part], browser, folder, options))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
