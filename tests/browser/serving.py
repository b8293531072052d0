"""The real server in a process of its own, watched for connections that it must not open."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from geo.paths import PROJECT

SECONDS_TO_START = 60

# python runs a module of this name before anything else; an audit hook cannot be removed,
# and sees every way in which the interpreter reaches out
GUARD = """
import os
import sys

LOCAL = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "::", "", None}


def outside(address):
    host = address[0] if isinstance(address, tuple) else None  # a path: no network at all
    if isinstance(host, (bytes, bytearray)):
        host = bytes(host).decode("ascii", "replace")
    return host not in LOCAL and not str(host).startswith("127.")


def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1] if len(arguments) > 1 else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        address = (arguments[0],)
    else:
        return
    if outside(address):
        with open(os.environ["ATLAS_TEST_REACHED"], "a", encoding="utf-8") as file:
            file.write(f"{event} {address}\\n")
        raise OSError("this server may not reach out")


sys.addaudithook(watch)
"""


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
    """

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self._log = folder / "server.log"
        self._reached = folder / "reached.txt"

    @property
    def log(self) -> str:
        """What the process has written so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    @property
    def reached(self) -> list[str]:
        """Attempts of the process to reach another machine, one a line."""
        found = self._reached
        return found.read_text(encoding="utf-8").splitlines() if found.exists() else []


def _environment(folder: Path, data: Path | None) -> dict[str, str]:
    (folder / "guard").mkdir(parents=True, exist_ok=True)
    (folder / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("ATLAS_", "STREAMLIT_"))}
    kept |= {
        "PYTHONPATH": str(folder / "guard"),
        "PYTHONUNBUFFERED": "1",
        "ATLAS_TEST_REACHED": str(folder / "reached.txt"),
    }
    return kept | ({"ATLAS_DATA": str(data)} if data else {})


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
def serving(
    folder: Path, data: Path | None = None, script: Path = PROJECT / "app.py"
) -> Iterator[Server]:
    """
    Start a server as a user does, and end it.

    Parameters
    ----------
    folder : Path
        For its log; empty.
    data : Path, optional
        Laid out like ``data/``, which is served without it.
    script : Path, optional
        Another application, for comparison.
    """
    port = free_port()
    server = Server(f"http://localhost:{port}", folder)
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    # a file saved in an editor meanwhile must not rerun the page under a test
    options = ["--server.port", str(port), "--server.fileWatcherType", "none"]
    environment = _environment(folder, data)
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, *options],
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, server)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
