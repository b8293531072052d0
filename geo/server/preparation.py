"""Prepare each reading of the ledger in the background, so that no reader waits for what lasts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from threading import Lock, Thread

from geo.errors import AtlasError
from geo.link.opening import Opened

log = logging.getLogger(__name__)


class Preparation:
    """
    Work that is done once for each reading of the latest ledger and each day.

    Parameters
    ----------
    prepare : callable
        Does it, for the ledger as it is when it is called.
    """

    def __init__(self, prepare: Callable[[], None]) -> None:
        self._prepare = prepare
        self._latest: tuple[str, date] | None = None
        self._thread: Thread | None = None
        self._changing = Lock()
        self._working = Lock()

    def see(self, opened: Opened) -> Opened:
        """
        Start the work in a thread of its own where an address is the first of its ledger and day.

        Parameters
        ----------
        opened : Opened
            What an address shows; releases are opened too seldom to be prepared.

        Returns
        -------
        Opened
            The same.
        """
        key = (opened.dataset.digest, opened.today)
        if opened.edition.pinned is None and key != self._latest:
            with self._changing:
                if key != self._latest:
                    self._latest = key
                    self._thread = Thread(target=self._work, daemon=True)
                    self._thread.start()
        return opened

    def wait(self) -> None:
        """Wait until what was started last is done."""
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        # of two readings in quick succession the second waits: both would only be slower
        with self._working:
            try:
                self._prepare()
            except AtlasError as error:
                # what cannot be read now may be readable later: each page says so by itself
                log.warning("the ledger was not prepared: %s", error)
