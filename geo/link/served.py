"""A good reading as it is served: for a day, and without what is withheld since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from geo.files.tables import Row
from geo.ledger.reading import EntryKey, Reading
from geo.link.later_entries import LaterEntries
from geo.link.signatures import Signature

#: a day begins while requests of the day before are answered
DAYS = 2


class Served:
    """
    Keeps a good reading for the days on which it is served; for one thread at a time.

    Parameters
    ----------
    folder : Path
        The ledger, laid out like ``data/``.
    signature : Signature
        Of the files that were read.
    reading : Reading
        What they contain.
    """

    def __init__(self, folder: Path, signature: Signature, reading: Reading) -> None:
        self.signature = signature
        self.later = LaterEntries(folder, reading.listed, signature)
        self._own = reading
        self._entries: Mapping[EntryKey, Row] = {}
        self._by_day = {reading.day: reading}

    def withhold(self, entries: Mapping[EntryKey, Row]) -> bool:
        """
        Withhold what further entries of withheld.csv say, and no longer what earlier ones said.

        Parameters
        ----------
        entries : Mapping of EntryKey to Row
            All that the reading's own list does not have.

        Returns
        -------
        bool
            Whether anything changes.
        """
        if entries is self._entries or entries == self._entries:
            return False
        self._entries, self._by_day = entries, {}
        return True

    def on(self, day: date) -> Reading:
        """
        Return the reading for a day.

        Parameters
        ----------
        day : date
            Dates after it are in the future.

        Returns
        -------
        Reading
            Cached for the two latest days.
        """
        if day not in self._by_day:
            reading = self._own if day == self._own.day else self._own.on(day)
            if self._entries:
                reading = reading.withholding(self._entries.values())
            while len(self._by_day) >= DAYS:
                del self._by_day[next(iter(self._by_day))]
            self._by_day[day] = reading
        return self._by_day[day]
