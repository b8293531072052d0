"""
Time what readers do on the open page, at the real size and with invented records.

Beside it, in the same run: a Streamlit page of one checkbox, streamlit-folium as its
documentation shows it, and dash-leaflet with one callback.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from tools.bench import click_steps, servers
from tools.bench.browsers import DESKTOP, context
from tools.bench.click_steps import OFF, ON
from tools.bench.click_timing import Step, Times, Wire, repeat
from tools.bench.report import median, number, ratio, table

LOADING = 180_000  # milliseconds until a page that does not come is given up
#: the peers by name; what the tables compare with
PLAIN, FOLIUM, DASH = "one checkbox, defaults", "streamlit-folium, defaults", "dash-leaflet"
_MARKERS = "markers().length === expected"


@contextmanager
def _page(browser: Browser, address: str, ready: str) -> Iterator[tuple[Page, Wire]]:
    with context(browser, DESKTOP) as opened:
        page = opened.new_page()
        wire = Wire(page)
        page.goto(address, timeout=LOADING)
        page.locator(ready).first.wait_for(state="attached", timeout=LOADING)
        yield page, wire


def atlas(browser: Browser, url: str, dataset: Dataset, snapshot: Snapshot, repeats: int) -> (
    dict[str, Times]
):  # fmt: skip
    """
    Time all steps of the atlas, each with the first record's card open.

    Parameters
    ----------
    browser : Browser
        A running one.
    url : str
        Of the server.
    dataset : Dataset
        What it serves.
    snapshot : Snapshot
        The same today.
    repeats : int
        Rounds that are counted.

    Returns
    -------
    dict of str to Times
        By the name of the step.
    """
    card = f"record={snapshot.records[0].id}"
    day, days = click_steps.day_steps(dataset)
    circles = (
        (f"/?{card}", click_steps.filter_steps(snapshot)),
        (f"/?asof={day}", days),
        *((f"/?{query}", steps) for query, steps in click_steps.card_steps(snapshot)),
        ("/", click_steps.page_steps(snapshot)),
    )
    times: dict[str, Times] = {}
    for path, steps in circles:
        with _page(browser, url + path, "html[data-live=true]") as (page, wire):
            found = repeat(page, wire, steps, repeats)
        times |= {step.name: taken for step, taken in zip(steps, found, strict=True)}
    return times


def peers(
    browser: Browser, folder: Path, snapshot: Snapshot, repeats: int
) -> dict[str, dict[str, Times]]:
    """
    Time the peers, each with its own server.

    Parameters
    ----------
    browser : Browser
        A running one.
    folder : Path
        For the servers.
    snapshot : Snapshot
        Has the points that they show.
    repeats : int
        Rounds that are counted.

    Returns
    -------
    dict of str to dict of str to Times
        By peer and step; without dash-leaflet where it could not be set up.
    """
    name, code = servers.OPTION
    every = len(snapshot.records)
    picked = len(Filters().replace(**{name: (code,)}).select(snapshot).records)
    text = "find('#text').textContent === expected"
    box = "input[type=checkbox]"

    def timed(url: str, ready: str, reached: str, on: object, off: object) -> dict[str, Times]:
        steps = [Step(ON, box, reached, on), Step(OFF, box, reached, off)]
        with _page(browser, url, ready) as (page, wire):
            found = repeat(page, wire, steps, repeats)
        return {step.name: taken for step, taken in zip(steps, found, strict=True)}

    times = {}
    with servers.streamlit_peer(folder / "plain", "checkbox.py", snapshot) as served:
        times[PLAIN] = timed(served.url, "#text", text, "on", "off")
    with servers.streamlit_peer(folder / "folium", "folium_app.py", snapshot) as served:
        times[FOLIUM] = timed(served.url, "iframe[title*=st_folium]", _MARKERS, picked, every)
    with servers.dash_peer(folder / "dash", snapshot) as found:
        if found:
            times[DASH] = timed(found.url, ".leaflet-marker-icon", _MARKERS, picked, every)
    return times


def peer_table(others: Mapping[str, Mapping[str, Times]]) -> str:
    """
    Write the figures of the peers.

    Parameters
    ----------
    others : mapping of str to mapping of str to Times
        By peer and step.

    Returns
    -------
    str
        A heading with its table.
    """
    rows = [
        [f"{peer}, {name}", *_spread(times)]
        for peer, steps in others.items()
        for name, times in steps.items()
    ]
    headings = ("peer, step", "median", "fastest", "slowest")
    return "Clicks on the peers, to the last change (ms)\n\n" + table(headings, rows)


def atlas_table(
    size: str, steps: Mapping[str, Times], others: Mapping[str, Mapping[str, Times]]
) -> str:
    """
    Write the figures of the atlas beside those of the peers.

    Parameters
    ----------
    size : str
        Of the ledger, in words.
    steps : mapping of str to Times
        Of the atlas, by step.
    others : mapping of str to mapping of str to Times
        Of the peers, by peer and step.

    Returns
    -------
    str
        A heading with its table. A step that is no option is compared with the slower of
        the checkbox's two directions.
    """
    plain = others.get(PLAIN, {})
    usual, slower = _slower(plain), _slower(others.get(DASH, {}))
    rows = []
    for name, times in steps.items():
        base = plain[name].median if name in plain else usual
        received = median(times.received)
        rows.append(
            [
                name,
                *_spread(times),
                ratio(times.median, base),
                ratio(times.median, slower),
                number(median(times.script)),
                number(received / 1024 if received is not None else None),
            ]
        )
    headings = (
        "step", "median", "fastest", "slowest", "÷ one checkbox", "÷ dash-leaflet, slower",
        "script", "KiB",
    )  # fmt: skip
    return f"Clicks on the atlas, {size}, to the last change (ms)\n\n" + table(headings, rows)


def _slower(steps: Mapping[str, Times]) -> float | None:
    return max((times.median or 0.0 for times in steps.values()), default=None)


def _spread(times: Times) -> list[str]:
    ends = [
        number(value) for value in (min(times.total, default=None), max(times.total, default=None))
    ]
    missed = f" ({times.missed} missed)" if times.missed else ""
    return [number(times.median) + missed, *ends]
