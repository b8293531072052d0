"""
Put sessions on a Streamlit server, over real websockets, and print how it answers.

Each session opens a page and moves to another address again and again, as a browser does:
one message that asks for a run, and the answer's messages up to the one that ends it. The
server is started on this machine. It prints figures and never fails: errors are counted.

``python tools/sessions.py`` loads the atlas with 50 sessions that each change a filter every
4 seconds; ``--soak 20`` runs at ten times that pace for 20 minutes and prints the memory by
thirds; ``--churn 3000`` opens and closes so many sessions. ``--app`` names another script.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from geo.paths import PROJECT  # noqa: E402
from tests.browser.serving import SILENT, Server, environment_of, free_port, running  # noqa: E402
from tools.session_client import AT_ONCE, PACE, churn, load  # noqa: E402


@dataclass(frozen=True)
class Process:
    """What the server takes: resident memory in MiB, threads, open files."""

    memory: float
    threads: int
    files: int

    @classmethod
    def of(cls, pid: int) -> Process:
        """Read the figures of a process; for Linux."""
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
        values = dict(line.split(":", 1) for line in lines)
        return cls(
            int(values["VmRSS"].split()[0]) / 1024,
            int(values["Threads"]),
            len(os.listdir(f"/proc/{pid}/fd")),
        )

    def __str__(self) -> str:
        return f"{self.memory:.0f} MiB, {self.threads} threads, {self.files} files"


async def watch(pid: int, samples: list[Process], every: float) -> None:
    """Add what a process takes to a list, again and again until this is cancelled."""
    while True:
        samples.append(Process.of(pid))
        await asyncio.sleep(every)


def _times(name: str, seconds: Sequence[float]) -> str:
    if len(seconds) < 2:
        return f"{name:9} {len(seconds)} runs"
    cuts = statistics.quantiles(seconds, n=100)
    figures = "  ".join(f"p{n} {1000 * cuts[n - 1]:6.0f} ms" for n in (50, 95, 99))
    return f"{name:9} {len(seconds):6} runs  {figures}  max {1000 * max(seconds):6.0f} ms"


def _thirds(samples: Sequence[Process]) -> str:
    """Print the mean memory of each third of a time, and the last in percent of the middle."""
    third = max(1, len(samples) // 3)
    parts = (samples[:third], samples[third : 2 * third], samples[2 * third :])
    means = [statistics.fmean(s.memory for s in part or samples) for part in parts]
    change = 100 * (means[2] / means[1] - 1)
    text = " · ".join(f"{mean:.1f}" for mean in means)
    return f"memory by thirds: {text} MiB, the last {change:+.1f} % of the middle one"


async def measured(given: argparse.Namespace, url: str, pid: int) -> list[str]:
    """Load a server as the command asks, and return the lines to print."""
    await load(url, 2, 1.0, 0.5, given.page)  # what is imported and read once
    before, samples = Process.of(pid), list[Process]()
    watching = asyncio.create_task(watch(pid, samples, given.sample))
    if given.churn:
        figures = await churn(url, given.churn, given.page)
        head = f"{given.churn} sessions opened and closed, {AT_ONCE} at once"
    else:
        pace, seconds = given.pace, given.seconds
        if given.soak:
            pace, seconds = given.pace / 10, 60 * given.soak
        figures = await load(url, given.sessions, seconds, pace, given.page)
        head = f"{given.sessions} sessions, {seconds:.0f} s, a change every {pace:g} s each"
    watching.cancel()
    most = Process(
        max(sample.memory for sample in samples),
        max(sample.threads for sample in samples),
        max(sample.files for sample in samples),
    )
    await asyncio.sleep(given.rest)
    lines = [head, _times("first run", figures.first), _times("rerun", figures.reruns)]
    lines += [f"errors: {sum(figures.errors.values())} {dict(figures.errors) or ''}"]
    lines += [f"before: {before}", f"at most: {most}", f"after: {Process.of(pid)}"]
    return [*lines, _thirds(samples)]


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--pace", type=float, default=PACE, help="seconds between two changes")
    parser.add_argument("--soak", type=float, default=0, help="minutes at ten times the pace")
    parser.add_argument("--churn", type=int, default=0, help="sessions to open and to close")
    parser.add_argument("--page", default="", help="path of the page")
    parser.add_argument("--app", type=Path, default=PROJECT / "app.py")
    parser.add_argument("--data", type=Path, default=PROJECT / "data")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--sample", type=float, default=2, help="seconds between two samples")
    parser.add_argument("--rest", type=float, default=3, help="seconds before the last sample")
    parser.add_argument("options", nargs="*", help="of streamlit run, behind --")
    return parser.parse_args()


def main() -> None:
    """Start the server, send the sessions, print."""
    given = arguments()
    port = given.port or free_port()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(f"http://localhost:{port}", Path(folder))
        command = [sys.executable, "-m", "streamlit", "run", str(given.app.resolve())]
        command += ["--server.port", str(port), *SILENT, *given.options]
        environment = environment_of(Path(folder), given.data)
        with running(command, server, environment, cwd=given.app.resolve().parent) as process:
            print("\n".join(asyncio.run(measured(given, server.url, process.pid))))
            print(f"tracebacks in the server's log: {server.log.count('Traceback') or 'none'}")


if __name__ == "__main__":
    main()
