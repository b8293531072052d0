"""The atlas that is attacked: a process of its own on a free port of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from geo.paths import PROJECT
from tests.browser import serving


class Server:
    """
    The atlas as ``make run`` starts it; a context manager, which ends it.

    Parameters
    ----------
    data : Path, optional
        The ledger; without it ``data/``.

    Attributes
    ----------
    port : int
        Where it listens.
    url : str
        Its address, without a slash at the end.
    pid : int
        Id of its process, once it answers.
    """

    def __init__(self, data: Path = PROJECT / "data") -> None:
        self.port = serving.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.pid = 0
        self._data = data
        self._log: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Server:
        """Start the server and wait until it answers."""
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        watched = serving.Server(self.url, folder)
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        command += ["--server.port", str(self.port), "--server.address", "127.0.0.1"]
        environment = serving.environment_of(folder, self._data)
        self._process = self._stack.enter_context(
            serving.running(command, watched, environment, cwd=PROJECT)
        )
        self.pid = self._process.pid
        self._log = watched.log_file
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the server."""
        self._stack.close()

    def memory(self) -> float:
        """Return the resident memory of the process in MiB; for Linux."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8").splitlines()
        (size,) = (line.split()[1] for line in lines if line.startswith("VmRSS:"))
        return int(size) / 1024

    def descriptors(self) -> int:
        """Return how many files and sockets the process has open; for Linux."""
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def log(self) -> str:
        """Return what the process has written so far."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log else ""

    def alive(self) -> bool:
        """Say whether the process still runs."""
        return self._process is not None and self._process.poll() is None
