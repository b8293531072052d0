"""
The servers that are measured: the atlas as ``make run`` starts it, and its peers.

A peer has Streamlit's defaults. It is only told what does not bear on the figures: that it is
not to open a browser, not to look for its address elsewhere and not to send statistics.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from geo.paths import ASSETS, PROJECT
from geo.views.anchors import anchors
from tests.browser.serving import SILENT, Server, environment_of, free_port, running

PEERS = Path(__file__).parent / "peers"
#: the environment that ``make bench`` sets up for dash-leaflet
DASH = PROJECT / "build" / "peers" / "bin" / "python"
#: the option that is clicked, everywhere
OPTION = ("province", "CN-ZJ")
_SECONDS = 30  # until a server that is no Streamlit answers


@dataclass(frozen=True)
class Served:
    """A server that runs: its address and the id of its process."""

    url: str
    process: int


@contextmanager
def atlas(folder: Path, data: Path) -> Iterator[Served]:
    """
    Serve the atlas.

    Parameters
    ----------
    folder : Path
        For its log; made.
    data : Path
        Of the ledger.

    Yields
    ------
    Served
        Once it answers.
    """
    with _streamlit(folder, PROJECT / "app.py", PROJECT, data, []) as served:
        yield served


@contextmanager
def streamlit_peer(folder: Path, script: str, snapshot: Snapshot) -> Iterator[Served]:
    """
    Serve a page of the folder ``peers`` with Streamlit's defaults.

    Parameters
    ----------
    folder : Path
        For the page and its log; made.
    script : str
        Name of the file.
    snapshot : Snapshot
        Has the points that a map shows.

    Yields
    ------
    Served
        Once it answers.
    """
    _lay(folder, snapshot)
    with _streamlit(folder, folder / script, folder, folder, SILENT) as served:
        yield served


@contextmanager
def dash_peer(folder: Path, snapshot: Snapshot) -> Iterator[Served | None]:
    """
    Serve the page of dash-leaflet.

    Parameters
    ----------
    folder : Path
        For the page and its log; made.
    snapshot : Snapshot
        Has the points that the map shows.

    Yields
    ------
    Served or None
        Once it answers; None where its environment could not be set up.
    """
    if not os.access(DASH, os.X_OK):
        yield None
        return
    _lay(folder, snapshot)
    port = free_port()
    url = f"http://localhost:{port}"
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [str(DASH), "dash_markers.py", str(port)],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Served(url, process.pid) if _answers(url, process) else None
    finally:
        process.terminate()
        process.wait(timeout=10)


def _answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(url, timeout=5):
                return True
        except OSError:
            time.sleep(0.05)  # between two looks
    return False


@contextmanager
def _streamlit(
    folder: Path, script: Path, cwd: Path, data: Path, options: list[str]
) -> Iterator[Served]:
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    server = Server(f"http://localhost:{port}", folder)
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    with running([*command, *options], server, environment_of(folder, data), cwd=cwd) as process:
        yield Served(server.url, process.pid)


def _lay(folder: Path, snapshot: Snapshot) -> None:
    """Put the peers' pages and the points of the ledger into a folder."""
    shutil.copytree(PEERS, folder, dirs_exist_ok=True)
    name, code = OPTION
    chosen = Filters().replace(**{name: (code,)}).select(snapshot)
    picked = {record.id for record in chosen.records}
    points = []
    for record in snapshot.records:
        lat, lon = record.point or anchors().get(record.host_country, (0.0, 0.0))
        points.append({"lat": lat, "lon": lon, "name": record.id, "picked": record.id in picked})
    (folder / "points.json").write_text(json.dumps(points), encoding="utf-8")
    leaflet = next(ASSETS.glob("leaflet-*"))
    (folder / "leaflet.json").write_text(json.dumps(str(leaflet)), encoding="utf-8")
