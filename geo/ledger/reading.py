"""One reading of a ledger: its files in memory, what the check finds, and what may be shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from geo.files import withheld_rows
from geo.files.check import Examination
from geo.files.contents import Contents, read_contents
from geo.files.tables import Row, Table
from geo.files.withholding import Withheld, withheld
from geo.ledger.dataset import Dataset, fingerprint
from geo.model.vocabulary import GROUNDS

LIST = "withheld"
#: kind, id and column of an entry of withheld.csv, which it is known by
EntryKey = tuple[str, str, str]


def entries_by_key(table: Table, *, is_whole: bool = True) -> dict[EntryKey, Row]:
    """
    List the entries of withheld.csv that can be read.

    Parameters
    ----------
    table : Table
        The file.
    is_whole : bool
        Whether it has been written to its end. If not, its last row may be cut.

    Returns
    -------
    dict of EntryKey to Row
        Of a file that may be half written without rows that end with their id: one that is
        cut within its id could name another row.
    """
    numbered = {row.number: row for row in table.rows}
    return {
        (entry.kind, entry.key, entry.field): numbered[entry.number]
        for entry in withheld_rows.entries(table)
        if is_whole
        or "id" not in (row := numbered[entry.number]).cells
        or len(row.cells) > list(row.cells).index("id") + 1
    }


def _finished(row: Row, day: date) -> dict[str, str]:
    """Return an entry with a day and a ground, which may not be written yet or be mistyped."""
    try:
        since = date.fromisoformat(row["since"]).isoformat()
    except ValueError:
        since = day.isoformat()
    ground = row["ground"]
    # of this ground readers are told least
    return {**row.cells, "since": since, "ground": ground if ground in GROUNDS else "privacy"}


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
        """Return the same files as they are to be checked on another day."""
        return Reading.of(self.contents, self.contents.examined(day), day)

    @property
    def listed(self) -> Mapping[EntryKey, Row]:
        """The entries of withheld.csv."""
        return entries_by_key(self.contents.tables[LIST])

    def withholding(self, more: Iterable[Row]) -> Reading:
        """
        Return the same reading without what further entries withhold.

        Parameters
        ----------
        more : iterable of Row
            Entries of withheld.csv that this reading's own list does not have.

        Returns
        -------
        Reading
            With the same version and another digest.
        """
        table = self.contents.tables[LIST]
        last = table.rows[-1].number if table.rows else 1
        added = [Row(n, _finished(row, self.day)) for n, row in enumerate(more, last + 1)]
        longer = table.with_rows((*table.rows, *added))
        digest = hashlib.sha256(self.contents.digest.encode())
        for row in added:
            digest.update(repr(sorted(row.cells.items())).encode("utf-8", "surrogatepass"))
        contents = replace(
            self.contents,
            tables={**self.contents.tables, LIST: longer},
            digest=digest.hexdigest(),
        )
        tables = {**self.examination.tables, LIST: longer}
        return Reading.of(contents, replace(self.examination, tables=tables), self.day)
