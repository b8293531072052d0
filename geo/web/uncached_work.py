"""
A bound on the time that goes into answers that no cache keeps.

A stranger can make any number of addresses that differ in what is ignored of them. Rendered
one after the other without a pause they would take half of the interpreter's time from the
runs of live pages. So such answers are made one at a time and share a budget of seconds; who
comes when it is used up waits until there is some again. One address has a few of the places,
so that it cannot take those of all others.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from geo.errors import AtlasError
from geo.wording import _

#: seconds of work for each second, and at once before that holds
RATE, BURST = 0.4, 1.0
#: requests that wait at most; each keeps one of the server's forty threads
WAITING = 24
#: requests of one address among them
WAITING_PER_ADDRESS = 4


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
    per_address : int
        Those of one address among them.
    clock, sleep : callable
        As `time.monotonic` and `time.sleep`.
    """

    def __init__(
        self,
        rate: float = RATE,
        burst: float = BURST,
        waiting: int = WAITING,
        per_address: int = WAITING_PER_ADDRESS,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate, self._burst, self._most = rate, burst, waiting
        self._per_address = per_address
        self._taken = 0
        self._by_address: Counter[str] = Counter()
        self._clock, self._sleep = clock, sleep
        self._left, self._filled = burst, clock()
        self._entry, self._work = Lock(), Lock()

    @contextmanager
    def spend(self, client: str = "") -> Iterator[None]:
        """
        Wait for the turn and for the budget, and take from it what the work lasts.

        Parameters
        ----------
        client : str
            Whose work it is (`geo.web.clients.client_of`); empty where it is not known.

        Raises
        ------
        TooMuchWork
            When too much work waits already, in all or of this address.
        """
        self._enter(client)
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
            self._leave(client)

    def _enter(self, client: str) -> None:
        with self._entry:
            own = self._by_address.get(client, 0) if client else 0
            if self._taken >= self._most or own >= self._per_address:
                raise TooMuchWork(_("The server is busy. Please try again in a moment."))
            self._taken += 1
            self._by_address[client] += 1

    def _leave(self, client: str) -> None:
        with self._entry:
            self._taken -= 1
            self._by_address[client] -= 1
            if not self._by_address[client]:
                del self._by_address[client]

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
