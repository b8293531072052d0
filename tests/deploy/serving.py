"""Replicas of the atlas as the container starts them, and nginx with the shipped settings."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol
from urllib.request import ProxyHandler, build_opener

from geo.paths import PROJECT
from tests.browser.serving import free_port
from tests.ledger_files import DATA
from tools import find_nginx

DEPLOY = PROJECT / "deploy"
NGINX_CONF = DEPLOY / "nginx.conf"
SECONDS_TO_START = 60
#: of all replicas, as an operator's file would give it
SECRET = "one secret for all replicas"
_UPSTREAM = re.compile(r"^( *server) atlas-\d+:8501( [^;]*;)$", re.MULTILINE)
#: no proxy of this machine's environment comes between a test and its server
opener = build_opener(ProxyHandler({}))


class Listening(Protocol):
    """Anything on a port of this machine that nginx may send requests to."""

    @property
    def port(self) -> int:
        """The port."""
        ...


class Process:
    """
    A server in a process of its own.

    Attributes
    ----------
    port : int
        Where it listens, on 127.0.0.1.
    url : str
        Its address, without a slash at the end.
    """

    def __init__(
        self, command: Sequence[str], port: int, log: Path, environment: Mapping[str, str]
    ) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._command = list(command)
        self._log = log
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """Everything that the process has written, over all its starts."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Start the process; `wait` waits until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=PROJECT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def wait(self, ready: Callable[[], bool]) -> None:
        """
        Wait until the process is ready.

        Raises
        ------
        RuntimeError
            If it ends instead, or is not ready in time.
        """
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"the process ended:\n{self.log}")
            if ready():
                return
            time.sleep(0.05)  # between two looks
        raise RuntimeError(f"not ready in {SECONDS_TO_START} s:\n{self.log}")

    def kill(self) -> None:
        """End the process at once, as a machine that fails does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the process to end, and kill it if it does not."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def listens(port: int) -> bool:
    """Say whether something accepts connections on a port of this machine."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            return True
    except OSError:
        return False


def healthy(url: str) -> bool:
    """Say whether a replica, or a proxy before some, can serve the ledger."""
    try:
        with opener.open(f"{url}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def container_command(port: int) -> list[str]:
    """Return what the container runs, on this machine and on this port."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    (command,) = re.findall(r"^CMD (\[.*?\])$", text.replace("\\\n", ""), re.MULTILINE)
    words = [str(word) for word in json.loads(command)]
    assert words[0] == "uvicorn"
    words[words.index("--host") + 1] = "127.0.0.1"
    words[words.index("--port") + 1] = str(port)
    return [str(DEPLOY / "start"), sys.executable, "-m", *words]


def _environment(folder: Path, data: Path, settings: Mapping[str, str]) -> dict[str, str]:
    watching = ("ATLAS_TEST_OPENED", "PYTHONPATH")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in watching or not name.startswith(("ATLAS_", "STREAMLIT_"))
    }
    secret = folder / "cookie_secret"
    secret.write_text(f"{SECRET}\n", encoding="utf-8")
    return kept | {
        "ATLAS_DATA": str(data),
        "ATLAS_TEST_REACHED": str(folder / "reached.txt"),
        "STREAMLIT_SERVER_COOKIE_SECRET_FILE": str(secret),
        "PYTHONUNBUFFERED": "1",
        **settings,
    }


@contextmanager
def replicas(
    count: int, folder: Path, data: Path = DATA, settings: Mapping[str, str] | None = None
) -> Iterator[list[Process]]:
    """
    Start replicas of the atlas as the container does, and end them.

    Parameters
    ----------
    count : int
        How many.
    folder : Path
        For their logs; empty.
    data : Path, optional
        Laid out like ``data/``; without it the frozen ledger.
    settings : mapping of str to str, optional
        Further environment variables.
    """
    environment = _environment(folder, data, settings or {})
    with ExitStack() as stack:
        started = []
        for number in range(count):
            port = free_port()
            log = folder / f"replica-{number}.log"
            replica = Process(container_command(port), port, log, environment)
            stack.callback(replica.stop)
            replica.start()
            started.append(replica)
        for replica in started:
            replica.wait(lambda url=replica.url: healthy(url))  # type: ignore[misc]
        yield started
    reached = folder / "reached.txt"
    assert not reached.exists(), reached.read_text(encoding="utf-8")


def nginx_settings(upstream: Sequence[Listening], port: int) -> str:
    """Return the shipped settings with other names and ports, and nothing else changed."""
    text = NGINX_CONF.read_text(encoding="utf-8")
    first = _UPSTREAM.search(text)
    assert first, "nginx.conf names the replicas atlas-1, atlas-2 …"
    before, after = first.groups()
    lines = "\n".join(f"{before} 127.0.0.1:{one.port}{after}" for one in upstream)
    text = text[: first.start()] + lines + _UPSTREAM.sub("", text[first.end() :])
    text, changed = re.subn(r"listen 8080;(?=\n        server_name _;)", f"listen {port};", text)
    assert changed == 1
    return text


@contextmanager
def nginx(folder: Path, upstream: Sequence[Listening]) -> Iterator[Process]:
    """
    Start nginx with the shipped settings before some replicas, and end it.

    Parameters
    ----------
    folder : Path
        For its settings, cache and log; empty.
    upstream : sequence
        The replicas, or anything else with a ``port`` on this machine.
    """
    program = find_nginx.find(install=False)
    assert program, "there is no nginx"
    port = free_port()
    settings = folder / "nginx.conf"
    settings.write_text(nginx_settings(upstream, port), encoding="utf-8")
    # as root, nginx would make its files another user's, who may not enter a test's folder
    run = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")
    command = [str(program), "-p", str(folder), "-c", str(settings), "-e", "stderr", "-g", run]
    proxy = Process(command, port, folder / "nginx.log", os.environ)
    proxy.start()
    try:
        proxy.wait(lambda: listens(port))
        yield proxy
    finally:
        proxy.stop()
