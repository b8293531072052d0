"""
The last good reading of a ledger's files, and when a newer one takes its place.

A newer reading is taken if the files were the same before and after it and for a second, and
if it takes nothing from readers that nobody has said to be gone (`geo.ledger.losses`). Until
then readers keep the last good one; of the newer files only withheld.csv is obeyed, at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from geo.checks.contents import Contents, read_contents
from geo.errors import LedgerUnreadable
from geo.files.tables import Problem
from geo.files.withheld_rows import Entry
from geo.ledger.dataset import fingerprint
from geo.ledger.lifting import lifted
from geo.ledger.losses import losses, lost_files
from geo.ledger.reading import Reading
from geo.link.reading_logs import log_lifted, log_reading, log_refusal
from geo.link.served import Served
from geo.link.signatures import Signature, changed, digest_of, ledger_files, written
from geo.wording import _

#: seconds for which the files must be still before they are read
STILL = 1.0
#: seconds to wait for that at most where there is nothing to show meanwhile
START = 3.0


@dataclass(frozen=True)
class Current:
    """
    What is served now.

    Attributes
    ----------
    reading : Reading
        The ledger.
    written : int
        When its files were written last, in nanoseconds since 1970.
    refused : tuple of str
        Why the files as they are now are not shown, a sentence each; empty if they are, or
        may be in a second.
    lifted : int
        How many entries of withheld.csv have gone since the start, so that what they named
        may be shown again.
    """

    reading: Reading
    written: int
    refused: tuple[str, ...] = ()
    lifted: int = 0


class LastGood:
    """
    Keeps the last good reading of one folder.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.
    outdated : callable
        Called when another reading is served, to drop what was made from the one before.
    seconds : float
        For how long the files must be still.
    clock : callable
        Returns the seconds since 1970.
    """

    def __init__(
        self,
        folder: Path,
        outdated: Callable[[], None] = lambda: None,
        *,
        seconds: float = STILL,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.folder = folder
        self._outdated, self._seconds, self._clock = outdated, seconds, clock
        #: held by the one request that reads the files
        self._reading = Lock()
        #: held while what is served is looked up or replaced
        self._serving = Lock()
        self._served: Served | None = None
        self._lifted = 0
        self._seen: tuple[Signature, float] = ((), 0.0)
        self._refused: tuple[Signature, tuple[str, ...]] = ((), ())
        self._failed: tuple[Signature, date, LedgerUnreadable] | None = None

    def current(self, day: date) -> Current:
        """
        Return what is served.

        Parameters
        ----------
        day : date
            Dates after it are in the future.

        Returns
        -------
        Current
            Shared by all callers.

        Raises
        ------
        LedgerUnreadable
            When there is no good reading and none can be made.
        """
        signature = ledger_files(self.folder)
        if self._served is None:
            with self._reading:
                if self._served is None:
                    self._serve(*self._first(day))
        current = self._obeying(signature, day)
        # one request reads; the others are answered from the last good reading meanwhile
        if self._may_be_read(signature) and self._reading.acquire(blocking=False):
            try:
                if self._newer(current.reading, signature):
                    current = self._obeying(signature, day)
            finally:
                self._reading.release()
        return current

    def _obeying(self, signature: Signature, day: date) -> Current:
        """Return what is served, without what withheld.csv withholds as it is now."""
        with self._serving:
            served = self._served
            assert served is not None
            last = written(served.signature)
            if served.signature != signature:
                listed = served.watched.file(signature)
                last = max(last, written(listed))
                before, contents = served.entries, served.contents
                if served.withhold(served.watched.now(signature, self._unmoved(listed))):
                    self._count_lifted(lifted(before, served.entries, contents))
                    self._outdated()
            reading, count = served.on(day), self._lifted
        refused = self._refused[1] if self._refused[0] == signature else ()
        return Current(reading, last, refused, count)

    def _unmoved(self, listed: Signature) -> bool:
        age = self._clock() - max((one[4] for one in listed), default=0) / 1e9
        return age >= self._seconds

    def _still(self, signature: Signature) -> bool:
        """Say whether the files have been as they are for long enough."""
        now = self._clock()
        if now - changed(self.folder, signature) / 1e9 >= self._seconds:
            return True
        # where the clock of the file system is ahead, it is as long as they are seen
        known, since = self._seen
        if known != signature or now < since:
            self._seen = signature, now
            return self._seconds <= 0
        return now - since >= self._seconds

    def _may_be_read(self, signature: Signature) -> bool:
        served = self._served
        known = served is not None and served.signature == signature
        return not known and self._refused[0] != signature and self._still(signature)

    def _first(self, day: date) -> tuple[Signature, Reading]:
        """Read a ledger that has never been read well."""
        started = time.monotonic()
        while True:
            signature = ledger_files(self.folder)
            if self._failed and self._failed[:2] == (signature, day):
                raise type(self._failed[2])(str(self._failed[2]))
            if self._still(signature):
                problems: tuple[Problem, ...] = ()
                try:
                    if contents := self._read(signature):
                        examination = contents.examined(day)
                        problems = examination.problems
                        return signature, Reading.of(contents, examination, day)
                except LedgerUnreadable as error:
                    self._failed = signature, day, error
                    log_refusal([str(error)], problems)
                    raise
            if time.monotonic() - started > START:
                raise LedgerUnreadable(
                    _("The files of the ledger are being replaced. Please try again in a moment.")
                )
            # there is nothing to show until then
            time.sleep(0.02)

    def _read(self, signature: Signature) -> Contents | None:
        """Read the files; return None if one of them has changed meanwhile."""
        digest = digest_of(self.folder, signature)
        try:
            contents = read_contents(self.folder, fingerprint(self.folder), digest)
        except LedgerUnreadable:
            if ledger_files(self.folder) != signature:
                return None
            raise
        return contents if ledger_files(self.folder) == signature else None

    def _newer(self, before: Reading, signature: Signature) -> bool:
        """Serve the files as they are now, unless something is lost; say if they could be read."""
        if not self._may_be_read(signature):
            # another request has read them since
            return True
        reading: Reading | None = None
        reasons: tuple[str, ...] = ()
        problems: tuple[Problem, ...] = ()
        try:
            contents = self._read(signature)
            if contents is None:
                return False
            examination = contents.examined(before.day)
            problems, reasons = examination.problems, tuple(lost_files(examination))
            if not reasons:
                reading = Reading.of(contents, examination, before.day)
                reasons = tuple(losses(before, reading))
            if reasons:
                self._follow(contents)
        except LedgerUnreadable as error:
            reasons = (str(error),)
        except Exception as error:
            # whatever it is, the files cause it, and there is a ledger to show
            reasons = (_("the files cannot be read ({kind})").format(kind=type(error).__name__),)
        if reading and not reasons:
            self._serve(signature, reading)
        else:
            self._refused = signature, reasons
            log_refusal(reasons, problems)
        return True

    def _serve(self, signature: Signature, reading: Reading) -> None:
        with self._serving:
            before, self._served = self._served, Served(self.folder, signature, reading)
            if before:
                self._count_lifted(lifted(before.entries, self._served.entries, before.contents))
        self._failed = None
        self._outdated()
        log_reading(reading)

    def _follow(self, newer: Contents) -> None:
        """Withhold also what is listed by the name that it has in files that are refused."""
        with self._serving:
            if self._served and self._served.follow(newer):
                self._outdated()

    def _count_lifted(self, entries: tuple[Entry, ...]) -> None:
        if entries:
            self._lifted += len({entry.cell for entry in entries})
            log_lifted(entries)
