"""The runs of live pages that are under way, before which nothing else should be rendered."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Condition


class LiveRuns:
    """
    Counts the runs that are under way, and remembers when there was one.

    Parameters
    ----------
    clock : callable
        As `time.monotonic`.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[object, float] = {}
        self._latest = -float("inf")
        self._changed = Condition()

    def begin(self, page: object, until: float) -> None:
        """
        Count a run of a page.

        Parameters
        ----------
        page : object
            Whose run it is; it has one at a time.
        until : float
            When it counts as ended, even if nothing says so.
        """
        with self._changed:
            self._until[page] = until
            self._latest = self._clock()

    def end(self, page: object) -> None:
        """Count the run of a page no more."""
        with self._changed:
            if self._until.pop(page, None) is not None:
                self._latest = self._clock()
                self._changed.notify_all()

    def were_within(self, seconds: float) -> bool:
        """Say whether a run is under way, or was until a moment ago."""
        with self._changed:
            return self._under_way() or self._clock() - self._latest < seconds

    def let_pass(self, patience: float) -> None:
        """
        Wait until no run is under way.

        Parameters
        ----------
        patience : float
            Seconds after which not to wait any more.
        """
        with self._changed:
            self._changed.wait_for(lambda: not self._under_way(), timeout=patience)

    def _under_way(self) -> bool:
        now = self._clock()
        return any(until > now for until in self._until.values())


live_runs = LiveRuns()
