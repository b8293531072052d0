"""
The list of what may not be shown, ``withheld.csv``.

It applies to every version of the data. A list that cannot be read whole stops all serving,
because the unread part might name what would then be shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from geo.errors import WithholdingUnreadable
from geo.files.check import Examination
from geo.files.package import id_pattern
from geo.files.tables import Row, Table, owner_of, withheld_cells
from geo.wording import _

#: replaces what may not be repeated
WITHHELD = "withheld"
#: columns that every row that is shown needs: withholding one of them withholds the row
KEEPING: dict[str, frozenset[str]] = {
    "stations": frozenset({"id", "host_country", "claim_list", "review", "last_checked"}),
    "investigations": frozenset(
        {"id", "country", "said_on", "event_type", "actor_type", "authority", "summary", "about"}
    ),
    "sources": frozenset({"id", "publisher", "class"}),
    "counts": frozenset({"id", "country", "value", "claimed_by"}),
    "origins": frozenset({"origin_city", "public_body"}),
}


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Since when (``YYYY-MM-DD``) and on what ground something is no longer shown."""

    since: str
    ground: str


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """
    What may not be shown.

    Attributes
    ----------
    records, events : frozenset of str
        Ids.
    fields : frozenset of (str, str)
        Id of the row and column.
    withdrawn : Mapping of str to Withdrawn
        For each id in the list, since when and why: what a link says of a row that is gone.
    held : frozenset of str
        Records that are on hold in the latest files, where an older release is shown: a release
        does not show them either.
    held_countries : frozenset of str
        Countries that have no other records in the latest files.
    """

    records: frozenset[str]
    events: frozenset[str]
    fields: frozenset[tuple[str, str]]
    withdrawn: Mapping[str, Withdrawn]
    held: frozenset[str] = frozenset()
    held_countries: frozenset[str] = frozenset()

    def columns(self, row: Row) -> frozenset[str]:
        """List the columns of a row that are withheld one by one."""
        return frozenset(column for owner, column in self.fields if owner == owner_of(row))

    def kept_out(self, name: str) -> frozenset[str]:
        """
        List the ids of a table's rows that are hidden by a field, whether they exist or not.

        Where only the list is left of a row, its id and the column say of which table it was.
        """
        form = re.compile(id_pattern(name))
        return frozenset(
            owner
            for owner, column in self.fields
            if column in KEEPING.get(name, frozenset()) and form.fullmatch(owner)
        )

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
            True if its id is listed, or one of its columns in `KEEPING` is withheld.
        """
        own = {"stations": self.records, "investigations": self.events}.get(name, frozenset())
        return row["id"] in own or bool(self.columns(row) & KEEPING.get(name, frozenset()))


def _of(table: Table) -> Withheld:
    def ids(kind: str) -> frozenset[str]:
        return frozenset(r["id"] for r in table.rows if r["kind"] == kind)

    return Withheld(
        records=ids("record"),
        events=ids("event"),
        fields=withheld_cells(table),
        # the last one wins: a whole row goes before a field of it
        withdrawn={
            r["id"]: Withdrawn(r["since"], r["ground"])
            for r in sorted(table.rows, key=lambda r: r["kind"] != "field")
        },
    )


def withheld(examination: Examination) -> Withheld:
    """
    Read the list of a ledger that has been examined.

    Raises
    ------
    WithholdingUnreadable
        When ``withheld.csv`` is missing or anything is wrong with it.
    """
    table = examination.tables.get("withheld")
    broken = [p for p in examination.problems if p.file == "withheld.csv" and not p.warning]
    if table is None or broken:
        raise WithholdingUnreadable(
            _(
                "The list of withheld entries (withheld.csv) cannot be read, so nothing is "
                "shown until it can."
            )
        )
    return _of(table)
