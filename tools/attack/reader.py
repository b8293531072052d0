"""
A reader whose clicks are timed, in a process of its own beside an attack.

In the attack's own process the two would wait for each other's lock, and the figures would
be the attacker's. A click is one message over the page's websocket and the run that answers.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import cycle
from types import TracebackType

from geo.paths import PROJECT
from tests.deploy.sessions import Session

#: seconds between two clicks
PAUSE = 0.1
#: addresses that are clicked in turn
QUERIES = ("country=NL", "", "status=told_to_stop", "province=CN-ZJ", "asof=2022-12-05")


async def _click(url: str, over: threading.Event, pause: float) -> None:
    """Print the seconds of each click until the event is set."""
    queries = cycle(QUERIES)
    async with Session(url) as session:
        for _first in QUERIES:  # what is made once is made before the clock runs
            await session.run(next(queries))
        print("ready", flush=True)
        while not over.is_set():
            begun = time.perf_counter()
            await session.run(next(queries))
            print(time.perf_counter() - begun, flush=True)
            await asyncio.sleep(pause)


async def _clicks(url: str, over: threading.Event, pages: int, pause: float) -> None:
    await asyncio.gather(*(_click(url, over, pause) for _page in range(pages)))


class Reader:
    """
    The reader; a context manager, within which the clicks are timed.

    Parameters
    ----------
    url : str
        Of the server.
    pages : int
        How many pages are live at the same time.
    pause : float
        Seconds between two clicks on one page.

    Attributes
    ----------
    seconds : list of float
        Of each click, once the context is left. Empty if the reader could not go on.
    """

    def __init__(self, url: str, pages: int = 1, pause: float = PAUSE) -> None:
        self.seconds: list[float] = []
        self._url, self._pages, self._pause = url, pages, pause
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Reader:
        """Open the reader's page and wait until it is live."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.attack.reader", self._url, *map(str, self._numbers)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        for _page in range(self._pages):
            self._process.stdout.readline()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the page and read the figures."""
        assert self._process
        output, _errors = self._process.communicate("")
        self.seconds = [float(line) for line in output.split() if line != "ready"]

    @property
    def _numbers(self) -> tuple[int, float]:
        return self._pages, self._pause

    @property
    def slow(self) -> float:
        """The time that one click in twenty takes longer than; NaN without any."""
        found = self.seconds
        return statistics.quantiles(found, n=20)[-1] if len(found) > 1 else float("nan")

    @property
    def median(self) -> float:
        """The median of the clicks in seconds; NaN without any."""
        return statistics.median(self.seconds) if self.seconds else float("nan")


def alone(url: str, seconds: float) -> float:
    """
    Return the median of a reader's clicks while nothing else happens.

    Parameters
    ----------
    url : str
        Of the server.
    seconds : float
        How long is measured.
    """
    with Reader(url) as reader:
        threading.Event().wait(seconds)
    return reader.median


def _closed(over: threading.Event) -> None:
    """Set the event when the process that started this one closes the pipe."""
    lines: Iterator[str] = iter(sys.stdin)
    for _line in lines:
        pass
    over.set()


def main() -> None:
    """Click until the standard input ends."""
    over = threading.Event()
    threading.Thread(target=_closed, args=(over,), daemon=True).start()
    asyncio.run(_clicks(sys.argv[1], over, int(sys.argv[2]), float(sys.argv[3])))


if __name__ == "__main__":
    main()
