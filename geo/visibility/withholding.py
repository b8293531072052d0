"""
The list of what may not be shown, ``withheld.csv``.

It applies to every version of the data. Whatever can be read of it is obeyed: a doubled row,
a bad note or an unknown ground are problems that the check reports, and no reason to show
what the row names. A file that does not say which rows it names stops all serving.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from geo.checks.check import Examination
from geo.checks.renaming import Renames, former_names, renames
from geo.errors import WithholdingUnreadable
from geo.files.package import columns_of, id_pattern
from geo.files.tables import Row, key_of
from geo.files.withheld_rows import Entry, Withdrawn, entries
from geo.wording import _

#: replaces what may not be repeated
WITHHELD = "withheld"
#: columns that every row that is shown needs: withholding one of them withholds the row
KEEPING: Mapping[str, frozenset[str]] = {
    "stations": frozenset({"id", "host_country", "claim_list", "review", "last_checked"}),
    "investigations": frozenset(
        {"id", "country", "said_on", "event_type", "actor_type", "authority", "summary", "about"}
    ),
    "sources": frozenset({"id", "publisher", "class"}),
    "counts": frozenset({"id", "country", "value", "claimed_by", "claimed_on"}),
    # the cells of a key name the row wherever it is named
    "places": frozenset({"country", "region", "city", "latitude", "longitude", "precision"}),
    "origins": frozenset({"origin_province", "origin_city", "public_body"}),
    "excluded": frozenset({"country", "what", "why", "decided_on"}),
    # original and translation say the same: without one of them neither is shown
    "quotes": frozenset({"event", "source", "quote", "language", "translation", "speech"}),
}


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """
    What may not be shown.

    Attributes
    ----------
    entries : tuple of Entry
        The list.
    renames : tuple of (str, str)
        Former and later names of rows: what is withheld under the later one, an older release
        may have under the former.
    held : frozenset of str
        Records that are on hold in the latest files, where an older release is shown: a release
        does not show them either.
    """

    entries: tuple[Entry, ...]
    renames: Renames = ()
    held: frozenset[str] = frozenset()

    @cached_property
    def every(self) -> tuple[Entry, ...]:
        """The list, with an entry more for each former name of a row."""
        former = (
            replace(entry, key=name)
            for entry in self.entries
            for name in sorted(former_names({entry.key}, self.renames))
        )
        return (*self.entries, *former)

    def holding(self, ids: frozenset[str]) -> Withheld:
        """
        Return the list with further records on hold, for other versions of the files.

        Parameters
        ----------
        ids : frozenset of str
            Records on hold in the latest files.

        Returns
        -------
        Withheld
            With their former ids too.
        """
        return replace(self, held=self.held | ids | former_names(ids, self.renames))

    @cached_property
    def rows(self) -> frozenset[str]:
        """The names of the rows that are listed as a whole."""
        return frozenset(entry.key for entry in self.every if not entry.field)

    @cached_property
    def fields(self) -> Mapping[str, frozenset[str]]:
        """The columns that are listed, by the name of the row."""
        by_row: dict[str, set[str]] = {}
        for entry in self.every:
            if entry.field:
                by_row.setdefault(entry.key, set()).add(entry.field)
        return {key: frozenset(columns) for key, columns in by_row.items()}

    @cached_property
    def why(self) -> Mapping[tuple[str, str], frozenset[Withdrawn]]:
        """Since when and why, by the name of the row and the column."""
        reasons: dict[tuple[str, str], set[Withdrawn]] = {}
        for entry in self.every:
            reasons.setdefault((entry.key, entry.field), set()).add(entry.why)
        return {cell: frozenset(found) for cell, found in reasons.items()}

    def columns(self, name: str, row: Row) -> frozenset[str]:
        """
        List the columns of a row that are withheld one by one.

        Parameters
        ----------
        name : str
            Name of the table.
        row : Row
            A row of it.

        Returns
        -------
        frozenset of str
            Empty for a row that is not listed, or only as a whole.
        """
        return self.fields.get(key_of(name, row), frozenset())

    def _removing(self, name: str, key: str) -> frozenset[str]:
        """List the columns that are withheld of a row and without which it is not shown."""
        listed = self.fields.get(key, frozenset())
        # a column that the table does not have: which one was meant is not known
        return listed & KEEPING.get(name, frozenset()) | listed - columns_of()[name]

    def whole(self, name: str, row: Row) -> bool:
        """
        Say whether a row of a table is withheld as a whole.

        Parameters
        ----------
        name : str
            Name of the table.
        row : Row
            A row of it.

        Returns
        -------
        bool
            True if it is listed, or one of its columns in `KEEPING`, or a column that the
            table does not have.
        """
        key = key_of(name, row)
        return key in self.rows or bool(self._removing(name, key))

    def reasons(self, name: str, key: str) -> frozenset[Withdrawn]:
        """
        List since when and why a row of a table is withheld as a whole.

        Parameters
        ----------
        name : str
            Name of the table.
        key : str
            Name of the row, whether or not the table has it.

        Returns
        -------
        frozenset of Withdrawn
            Empty for a row that is not.
        """
        found = set(self.why.get((key, ""), ()))
        for column in self._removing(name, key):
            found |= self.why[key, column]
        return frozenset(found)

    def kept_out(self, name: str) -> frozenset[str]:
        """
        List the names of a table's rows that are withheld as a whole, whether they exist or not.

        Where only the list is left of a row, its id and the column say of which table it was.
        """
        form, needed = re.compile(id_pattern(name)), KEEPING[name]
        return self.rows | {
            key for key, columns in self.fields.items() if columns & needed and form.fullmatch(key)
        }


def withheld(examination: Examination) -> Withheld:
    """
    Read the list of a ledger that has been examined.

    Parameters
    ----------
    examination : Examination
        The files, of which only ``withheld.csv`` is read.

    Returns
    -------
    Withheld
        All that can be read of it.

    Raises
    ------
    WithholdingUnreadable
        When ``withheld.csv`` is missing, empty, or has no column that names rows.
    """
    table = examination.tables.get("withheld")
    if table is None or "id" not in table.columns:
        raise WithholdingUnreadable(
            _(
                "The list of withheld entries (withheld.csv) cannot be read, so nothing is "
                "shown until it can be."
            )
        )
    versions = (*examination.older(), examination.tables)
    return Withheld(entries=tuple(entries(table)), renames=renames(versions))
