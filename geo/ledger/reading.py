"""One reading of a ledger: its files in memory, what the check finds, and what may be shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from geo.checks.check import Examination
from geo.checks.contents import Contents, read_contents
from geo.checks.renaming import Renames
from geo.files.withheld_rows import Entry
from geo.ledger.dataset import Dataset, fingerprint
from geo.visibility.withholding import Withheld, withheld


@dataclass(frozen=True, eq=False, kw_only=True)
class Reading:
    """
    One reading of a ledger, for one day.

    Attributes
    ----------
    contents : Contents
        The files.
    day : date
        Dates after it are in the future.
    examination : Examination
        What the check finds in the files.
    obeyed : Withheld
        What may not be shown.
    dataset : Dataset
        What may be shown.
    """

    contents: Contents
    day: date
    examination: Examination
    obeyed: Withheld
    dataset: Dataset

    @classmethod
    def of(cls, contents: Contents, examination: Examination, day: date) -> Reading:
        """
        Join files that have been read and checked.

        Parameters
        ----------
        contents : Contents
            The files.
        examination : Examination
            What the check finds in them.
        day : date
            The day of the check.

        Returns
        -------
        Reading
            Without what the files' own list withholds.

        Raises
        ------
        LedgerUnreadable
            When nothing can be shown.
        """
        obeyed = withheld(examination)
        return cls(
            dataset=Dataset.of(contents, examination, obeyed),
            contents=contents,
            day=day,
            examination=examination,
            obeyed=obeyed,
        )

    @classmethod
    def load(cls, folder: Path, day: date) -> Reading:
        """
        Read, check and join the files of a folder.

        Parameters
        ----------
        folder : Path
            Laid out like ``data/``.
        day : date
            Dates after it are in the future.

        Returns
        -------
        Reading
            Without a digest.

        Raises
        ------
        LedgerUnreadable
            When nothing can be shown.
        """
        contents = read_contents(folder, fingerprint(folder))
        return cls.of(contents, contents.examined(day), day)

    def on(self, day: date) -> Reading:
        """
        Return the same files as they are to be checked on another day.

        Parameters
        ----------
        day : date
            Dates after it are in the future.

        Returns
        -------
        Reading
            With the files' own list.

        Raises
        ------
        LedgerUnreadable
            When nothing can be shown.
        """
        return Reading.of(self.contents, self.contents.examined(day), day)

    def obeying(self, entries: Iterable[Entry], renamed: Renames = ()) -> Reading:
        """
        Return the same files without what other entries of withheld.csv withhold.

        Parameters
        ----------
        entries : iterable of Entry
            All that are in force, in the place of this reading's own.
        renamed : tuple of (str, str)
            Former and later names of rows that have been renamed since.

        Returns
        -------
        Reading
            With the same version and another digest.
        """
        names = (*self.obeyed.renames, *renamed)
        obeyed = replace(self.obeyed, entries=tuple(sorted(entries)), renames=names)
        digest = hashlib.sha256(self.contents.digest.encode())
        digest.update(repr(renamed).encode("utf-8", "surrogatepass"))
        for entry in obeyed.entries:
            told = (*entry.cell, entry.why.since, entry.why.ground)
            digest.update(repr(told).encode("utf-8", "surrogatepass"))
        contents = replace(self.contents, digest=digest.hexdigest())
        dataset = Dataset.of(contents, self.examination, obeyed)
        return replace(self, contents=contents, obeyed=obeyed, dataset=dataset)
