"""A good reading as it is served: for a day, and without what is withheld since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from geo.checks.contents import Contents
from geo.checks.renaming import Renames, former_names, renames
from geo.files.withheld_rows import Entry
from geo.ledger.reading import Reading
from geo.link.entries_in_force import EntriesInForce
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
        #: in force now; those of the reading at first
        self.entries = frozenset(reading.obeyed.entries)
        self.watched = EntriesInForce(folder, self.entries, signature)
        self._own = reading
        self._renamed: Renames = ()
        self._by_day = {reading.day: reading}

    @property
    def contents(self) -> Contents:
        """The files, of which the entries in force withhold rows."""
        return self._own.contents

    def withhold(self, entries: frozenset[Entry]) -> bool:
        """
        Withhold what entries of withheld.csv say, and no longer what earlier ones said.

        Parameters
        ----------
        entries : frozenset of Entry
            All that are in force.

        Returns
        -------
        bool
            Whether anything changes.
        """
        if entries is self.entries or entries == self.entries:
            return False
        self.entries, self._by_day = entries, {}
        return True

    def follow(self, newer: Contents) -> bool:
        """
        Learn the names that rows have in newer files, which withheld.csv may use already.

        Parameters
        ----------
        newer : Contents
            The files, which are not shown.

        Returns
        -------
        bool
            Whether anything changes.
        """
        found = renames((*self.contents.older, self.contents.tables, newer.tables))
        known = frozenset(self._own.obeyed.renames)
        renamed = tuple(pair for pair in found if pair not in known)
        if renamed == self._renamed:
            return False
        self._renamed, self._by_day = renamed, {}
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
            listed = {entry.key for entry in self.entries}
            # a damaged name looks like a new one, so it counts only where it is listed
            renamed = self._renamed if former_names(listed, self._renamed) else ()
            if renamed or self.entries != frozenset(self._own.obeyed.entries):
                reading = reading.obeying(self.entries, renamed)
            while len(self._by_day) >= DAYS:
                del self._by_day[next(iter(self._by_day))]
            self._by_day[day] = reading
        return self._by_day[day]
