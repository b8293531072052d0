"""Time many sessions at once over real websockets: the atlas, and a page of one checkbox."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from geo.ledger.snapshot import Snapshot
from geo.paths import PROJECT
from tools.bench import servers
from tools.bench.report import median, number, percentile, table
from tools.session_client import PACE, Figures, load
from tools.sessions import Process, watch

#: as many sessions of the page of one checkbox
PLAIN = 50
_WARM_UP = 2  # sessions, so that what is imported and read once is not counted


@dataclass(frozen=True)
class Loaded:
    """
    What sessions have seen, and what they have cost.

    Attributes
    ----------
    sessions : int
        How many.
    figures : Figures
        Times of their runs, and their errors.
    before, most : float
        Resident memory of the server in MiB: with nobody there, and at most.
    """

    sessions: int
    figures: Figures
    before: float
    most: float


async def _sessions(served: servers.Served, sessions: int, seconds: float) -> Loaded:
    await load(served.url, _WARM_UP, 1.0, 0.5)
    before, samples = Process.of(served.process), list[Process]()
    watching = asyncio.create_task(watch(served.process, samples, 1.0))
    figures = await load(served.url, sessions, seconds)
    watching.cancel()
    most = max((sample.memory for sample in samples), default=before.memory)
    return Loaded(sessions, figures, before.memory, most)


def measure(
    folder: Path, snapshot: Snapshot, sizes: Sequence[int], seconds: float
) -> dict[str, Loaded]:
    """
    Put sessions on the atlas, each number on a server that has just started, and on a peer.

    Parameters
    ----------
    folder : Path
        For the servers; empty.
    snapshot : Snapshot
        Has the points that peers show.
    sizes : sequence of int
        Numbers of sessions.
    seconds : float
        That each session goes on.

    Returns
    -------
    dict of str to Loaded
        By what was loaded.
    """
    found = {}
    # in a thread, since the browser's driver has an event loop in this one
    with ThreadPoolExecutor(1) as thread:

        def run(served: servers.Served, sessions: int) -> Loaded:
            return thread.submit(asyncio.run, _sessions(served, sessions, seconds)).result()

        for size in sizes:
            with servers.atlas(folder / f"atlas-{size}", PROJECT / "data") as served:
                found[f"the atlas, {size}"] = run(served, size)
        with servers.streamlit_peer(folder / "plain", "checkbox.py", snapshot) as served:
            plain = min(PLAIN, max(sizes))
            found[f"one checkbox, defaults, {plain}"] = run(served, plain)
    return found


def tables(measured: Mapping[str, Loaded]) -> Iterator[str]:
    """
    Write the figures as a table.

    Parameters
    ----------
    measured : mapping of str to Loaded
        As `measure` returns it.

    Yields
    ------
    str
        A heading with its table: percentiles in milliseconds, memory in MiB.
    """
    headings = (
        "sessions", "first run, median", "reruns", "p50", "p95", "p99", "errors", "MiB",
        "MiB a session",
    )  # fmt: skip
    rows = []
    for name, one in measured.items():
        figures = one.figures
        first = median(figures.first)
        cuts = [percentile(figures.reruns, share) for share in (0.5, 0.95, 0.99)]
        grown = (one.most - one.before) / one.sessions
        rows.append(
            [
                name,
                number(None if first is None else 1000 * first),
                number(len(figures.reruns)),
                *(number(None if cut is None else 1000 * cut) for cut in cuts),
                number(sum(figures.errors.values())),
                number(one.most),
                number(grown, 2),
            ]
        )
    yield (
        f"Sessions, a change every {PACE:g} s each, client on the same cores (ms)\n\n"
        + table(headings, rows)
    )
