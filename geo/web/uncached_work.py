"""
A bound on the time that goes into answers that no cache keeps.

A stranger can make any number of addresses that differ in what is ignored of them. Rendered
one after the other without a pause they would take half of the interpreter's time from the
runs of live pages. So such answers are made one at a time and share a budget of seconds; who
comes when it is used up waits until there is some again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from geo.errors import AtlasError
from geo.wording import _

#: seconds of work for each second, and at once before that holds
RATE, BURST = 0.4, 1.0
#: requests that wait at most; each keeps one of the server's forty threads
WAITING = 24


class TooMuchWork(AtlasError):
    """So many answers that no cache keeps are waited for that one more is refused."""


class WorkBudget:
    """
    Seconds of work that may be spent, one piece of work at a time.

    Parameters
    ----------
    rate : float
        Seconds of work that each second allows.
    burst : float
        Seconds of work that are there at most; all of them at first.
    waiting : int
        Pieces of work that may be done or wait at the same time.
    clock, sleep : callable
        As `time.monotonic` and `time.sleep`.
    """

    def __init__(
        self,
        rate: float = RATE,
        burst: float = BURST,
        waiting: int = WAITING,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate, self._burst, self._most = rate, burst, waiting
        self._taken = 0
        self._clock, self._sleep = clock, sleep
        self._left, self._filled = burst, clock()
        self._entry, self._work = Lock(), Lock()

    @contextmanager
    def spend(self) -> Iterator[None]:
        """
        Wait for the turn and for the budget, and take from it what the work lasts.

        Raises
        ------
        TooMuchWork
            When too much work waits already.
        """
        with self._entry:
            if self._taken >= self._most:
                raise TooMuchWork(_("The server is busy. Please try again in a moment."))
            self._taken += 1
        try:
            with self._work:
                if (missing := -self._refilled()) > 0:
                    self._sleep(missing / self._rate)
                    self._refilled()
                started = self._clock()
                try:
                    yield
                finally:
                    self._left -= self._clock() - started
        finally:
            with self._entry:
                self._taken -= 1

    @property
    def taken(self) -> int:
        """How many pieces of work are being done or wait."""
        return self._taken

    def _refilled(self) -> float:
        """Add what the time since the last call allows, and return what is left."""
        now = self._clock()
        self._left = min(self._burst, self._left + self._rate * (now - self._filled))
        self._filled = now
        return self._left


uncached_work = WorkBudget()
