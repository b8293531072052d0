"""The real server in a process of its own, watched for connections that it must not open."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from geo.paths import PROJECT
from tests.ledger_files import DATA

SECONDS_TO_START = 60
#: flags of Streamlit for an application without settings of its own: nothing leaves
SILENT = [
    "--server.headless=true",
    "--browser.gatherUsageStats=false",
    "--browser.serverAddress=localhost",
]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """
    A server that answers.

    Attributes
    ----------
    url : str
        Its address, without a slash at the end.
    log_file : Path
        What its process writes.
    """

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.log_file = folder / "server.log"
        self._reached = folder / "reached.txt"

    @property
    def log(self) -> str:
        """What the process has written so far."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    @property
    def reached(self) -> list[str]:
        """Attempts of the process to reach another machine, one a line."""
        found = self._reached
        return found.read_text(encoding="utf-8").splitlines() if found.exists() else []


def environment_of(folder: Path, data: Path) -> dict[str, str]:
    """
    Return the environment of a server, watched and without settings of this machine.

    Parameters
    ----------
    folder : Path
        Gets the list of what it tried to reach.
    data : Path
        Laid out like ``data/``.
    """
    watching = ("ATLAS_TEST_OPENED", "PYTHONPATH")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in watching or not name.startswith(("ATLAS_", "STREAMLIT_"))
    }
    return kept | {
        "ATLAS_DATA": str(data),
        "ATLAS_TEST_REACHED": str(folder / "reached.txt"),
        "PYTHONUNBUFFERED": "1",
    }


def _wait(process: subprocess.Popen[bytes], server: Server) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped at once:\n{server.log}")
        try:
            with urlopen(f"{server.url}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.05)  # between two looks
    raise RuntimeError(f"the server did not answer in {SECONDS_TO_START} s:\n{server.log}")


@contextmanager
def running(
    command: list[str], server: Server, environment: Mapping[str, str], **options: Any
) -> Iterator[subprocess.Popen[bytes]]:
    """
    Run the command of a server until it answers, and end it.

    Parameters
    ----------
    command : list of str
        With the port of the server.
    server : Server
        Gets the log.
    environment : mapping of str to str
        All of it.
    **options
        Of `subprocess.Popen`, such as the working directory and the user.
    """
    with server.log_file.open("wb") as log:
        process = subprocess.Popen(
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            **options,
        )
        try:
            _wait(process, server)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def serving(folder: Path, data: Path = DATA, script: Path = PROJECT / "app.py") -> Iterator[Server]:
    """
    Start a server as a user does, and end it.

    Parameters
    ----------
    folder : Path
        For its log; empty.
    data : Path, optional
        Laid out like ``data/``; without it the frozen ledger.
    script : Path, optional
        Another application, for comparison.
    """
    port = free_port()
    server = Server(f"http://localhost:{port}", folder)
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    if script.parent != PROJECT:
        command += SILENT
    # from its own folder: another application has Streamlit's defaults, not the atlas's settings
    with running(command, server, environment_of(folder, data), cwd=script.parent):
        yield server
