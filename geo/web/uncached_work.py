"""
A bound on the time that goes into answers that no cache has.

A stranger can make any number of addresses that differ. Rendered one after the other without
a pause they would take half of the interpreter's time from the runs of live pages. So such
answers are made one at a time, and never while a run is under way. Each client has a budget
of CPU seconds, and what it asks for beyond that is refused (429) before anything is rendered.
While pages are live, all answers together have one: who comes when it is used up waits, and
is refused (503) when too many wait already.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from geo.web.live_runs import LiveRuns, live_runs
from geo.web.refusals import Busy
from geo.wording import _

#: seconds of work for each second in all, and at once before that holds
RATE, BURST = 0.4, 1.0
#: those of one client: some hundred pages at once, then about two a second. A newsroom whose
#: readers share an address reads pages that are in a cache
CLIENT_RATE, CLIENT_BURST = 0.1, 5.0
#: requests that wait at most; each keeps one of the server's forty threads
WAITING = 24
#: requests of one address among them
WAITING_PER_ADDRESS = 4
#: seconds after a run for which pages count as live
LIVE = 5.0
#: seconds that an answer waits for runs to end
PATIENCE = 1.0
#: clients that are remembered at most, each until its budget is whole again
REMEMBERED = 10_000


class TooMuchWork(Busy):
    """One more answer that no cache has is refused, because of a client or of all together."""


@dataclass(frozen=True, slots=True)
class Clock:
    """
    The clocks that a budget reads.

    Attributes
    ----------
    now, sleep, spent : callable
        As `time.monotonic`, `time.sleep` and `time.thread_time`.
    """

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    spent: Callable[[], float] = time.thread_time


class Allowance:
    """
    CPU seconds that may be spent, and that come back with time.

    Parameters
    ----------
    rate : float
        Seconds that each second gives back.
    burst : float
        Seconds that are there at most; all of them at first.
    now : float
        The time.
    """

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate, self._burst = rate, burst
        self._left, self._filled = burst, now

    def missing(self, now: float) -> float:
        """Return the seconds until something is left; 0 if it is."""
        self._refill(now)
        return max(0.0, -self._left / self._rate)

    def is_whole(self, now: float) -> bool:
        """Say whether everything is there again, as for a client that never came."""
        self._refill(now)
        return self._left == self._burst

    def take(self, seconds: float) -> None:
        """Spend what a piece of work has taken, even if less is left."""
        self._left -= seconds

    def _refill(self, now: float) -> None:
        self._left = min(self._burst, self._left + self._rate * (now - self._filled))
        self._filled = now


class WorkBudget:
    """
    CPU seconds that may be spent, one piece of work at a time.

    Parameters
    ----------
    rate, burst : float
        Of the `Allowance` of all clients.
    waiting : int
        Pieces of work that may be done or wait at the same time.
    per_address : int
        Those of one address among them.
    runs : LiveRuns, optional
        Those before which nothing is done; without it, none.
    clock : Clock, optional
        Another clock than the system's.
    """

    def __init__(
        self,
        rate: float = RATE,
        burst: float = BURST,
        waiting: int = WAITING,
        per_address: int = WAITING_PER_ADDRESS,
        *,
        runs: LiveRuns | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._most, self._per_address = waiting, per_address
        self._taken = 0
        self._by_address: Counter[str] = Counter()
        self._clock = clock or Clock()
        self._all = Allowance(rate, burst, self._clock.now())
        self._clients: dict[str, Allowance] = {}
        self._runs = runs or LiveRuns()
        self._entry, self._work = Lock(), Lock()

    def admit(self, client: str) -> None:
        """
        Refuse a client that has used up its own budget.

        Parameters
        ----------
        client : str
            As for `spend`.

        Raises
        ------
        TooMuchWork
            With the seconds until there is some again.
        """
        with self._entry:
            own = self._clients.get(client)
            seconds = own.missing(self._clock.now()) if own else 0.0
        if seconds:
            sentence = _(
                "Your network has asked for many different pages of the atlas. Please try again "
                "in {seconds} seconds."
            )
            raise TooMuchWork.after(seconds, 429, sentence)

    @contextmanager
    def spend(self, client: str = "", *, cached: bool = False) -> Iterator[None]:
        """
        Wait for the turn and for the budget, and take from it what the work lasts.

        Parameters
        ----------
        client : str
            Whose work it is (`geo.web.clients.client_of`); empty where it is not known.
        cached : bool
            Whether a cache keeps the result. The budget of all is then kept to only while
            pages are live: without them it would hold up readers and spare nobody.

        Yields
        ------
        None
            When the work may be done.

        Raises
        ------
        TooMuchWork
            When the client has used up its budget, or too much work waits already.
        """
        self.admit(client)
        bounded = not cached or self._runs.were_within(LIVE)
        self._enter(client, bounded)
        try:
            with self._work:
                self._runs.let_pass(PATIENCE)
                missing = self._all.missing(self._clock.now())
                if bounded and missing:
                    self._clock.sleep(missing)
                before = self._clock.spent()
                try:
                    yield
                finally:
                    self._charge(client, self._clock.spent() - before)
        finally:
            self._leave(client)

    def _charge(self, client: str, seconds: float) -> None:
        self._all.take(seconds)
        if not client:
            return
        with self._entry:
            now = self._clock.now()
            own = self._clients.pop(client, None) or Allowance(CLIENT_RATE, CLIENT_BURST, now)
            own.take(seconds)
            # the client that was served last is forgotten last
            self._clients[client] = own
            while oldest := next(iter(self._clients), ""):
                if len(self._clients) <= REMEMBERED and not self._clients[oldest].is_whole(now):
                    break
                del self._clients[oldest]

    def _enter(self, client: str, bounded: bool) -> None:
        with self._entry:
            own = self._by_address.get(client, 0) if client else 0
            if bounded and (self._taken >= self._most or own >= self._per_address):
                status = 429 if own >= self._per_address else 503
                sentence = _("The server is busy. Please try again in {seconds} seconds.")
                raise TooMuchWork.after(self._all.missing(self._clock.now()) + 1, status, sentence)
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


uncached_work = WorkBudget(runs=live_runs)
