"""
What of the ledger's rows may not be repeated: one rule for comparisons and for the register.

Both quote cells of rows that may have been hidden since, and cells that name such rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from geo.files.building import words
from geo.files.package import keys
from geo.files.silencing import silenced
from geo.files.tables import Row, Table, Tables, key_of, owner_of, rows_of
from geo.files.withholding import KEEPING, WITHHELD, Withheld
from geo.model.vocabulary import COUNTRY, WORLD

STATIONS, EVENTS = "stations", "investigations"
#: column -> the table whose ids it contains
REFERENCES = {
    "about": STATIONS,
    "repeat_of": EVENTS,
    "differs_from": EVENTS,
    "source_ids": "sources",
}
#: tables about the ledger itself, whose rows are not shown or hidden one by one
META = frozenset({"corrections", "withheld"})
#: columns of stations.csv that say where a record is
_PLACE = frozenset({"host_country", "host_region", "host_city", "place_label"})


def known(tables: Tables) -> dict[str, frozenset[str]]:
    """List the keys of each table's rows, except those of the register and of ``withheld.csv``."""
    return {
        name: frozenset(key_of(columns, row) for row in rows_of(tables, name))
        for name, columns in keys().items()
        if name not in META
    }


class Mask:
    """
    Puts the word ``withheld`` in the place of what may not be repeated.

    Parameters
    ----------
    versions : iterable of (Mapping, Mapping)
        Files as they are and as they may be shown; what is hidden in one version is hidden.
    withheld : Withheld
        The list in force.
    readers : bool
        Whether the result is for readers. While a record is withheld, they are not told of
        rows that no version has: these may have been about it.

    Attributes
    ----------
    rows : mapping of str to set
        The keys of hidden rows by table.
    """

    def __init__(
        self,
        versions: Iterable[tuple[Tables, Tables]],
        withheld: Withheld,
        *,
        readers: bool = False,
    ) -> None:
        self.withheld = withheld
        self.readers = readers
        self.rows: dict[str, set[str]] = defaultdict(set)
        self._keys: set[str] = set()
        self._cells = set(withheld.fields)
        for before, after in versions:
            shown = known(after)
            for name, found in known(before).items():
                self.rows[name] |= found - shown[name]
                self._keys |= found
            self._cells |= {
                (key_of(columns, row), column)
                for name, columns in keys().items()
                for row in rows_of(before, name)
                for column in withheld.columns(row)
            }
        self.rows[STATIONS] |= withheld.records | withheld.held
        self.rows[EVENTS] |= withheld.events
        for name in KEEPING:
            self.rows[name] |= withheld.kept_out(name)
        self._doubtful = readers and bool(withheld.records | withheld.kept_out(STATIONS))
        self._placeless = readers and any(column in _PLACE for _id, column in withheld.fields)

    def _unknown(self, key: str) -> bool:
        """Say whether a row that no version has may have been about something hidden."""
        if key in self._keys or key in (COUNTRY, WORLD):
            return False
        return self._doubtful or (self._placeless and "/" in key)

    def hides(self, key: str, field: str) -> bool:
        """
        Say whether a cell of a row, whose table is not known, may not be repeated.

        Parameters
        ----------
        key : str
            The key of the row.
        field : str
            The column; empty for the whole row.

        Returns
        -------
        bool
            True if the row is hidden in any table or may be, or the cell is withheld.
        """
        # a row of origins.csv that is gone is still named by its jurisdiction
        named = owner_of(Row(0, {"origin_city": key.rpartition("/")[2]})) if "/" in key else key
        return (
            not {(key, field), (named, field)}.isdisjoint(self._cells)
            or any(key in rows for rows in self.rows.values())
            or named in self.rows["origins"]
            or self._unknown(key)
        )

    def references(self, field: str, cell: str) -> str:
        """
        Mask the ids of hidden rows in a cell.

        Parameters
        ----------
        field : str
            The column of the cell.
        cell : str
            Its text.

        Returns
        -------
        str
            The same text where the column contains no ids.
        """
        if field not in REFERENCES:
            return cell
        secret = self.rows[REFERENCES[field]]
        ids = words(cell)
        masked = [WITHHELD if i in secret or self._unknown(i) else i for i in ids]
        return " ".join(masked) if WITHHELD in masked else cell

    def sentence(self, text: str) -> str:
        """Mask the ids of hidden records, events and sources in a sentence."""
        secret = self.rows[STATIONS] | self.rows[EVENTS] | self.rows["sources"]
        return re.sub(
            r"[a-z0-9]+(?:-[a-z0-9]+)+", lambda i: WITHHELD if i[0] in secret else i[0], text
        )

    def value(self, table: str, key: str, field: str, row: Row) -> str:
        """
        Return a cell of a row as it may be repeated.

        Parameters
        ----------
        table, key, field : str
            Names of the table, the row and the column.
        row : Row
            The row.

        Returns
        -------
        str
            The word ``withheld`` for a hidden cell.
        """
        if key in self.rows[table] or field in self.withheld.columns(row):
            return WITHHELD
        return self.references(field, row[field])

    def _entry(self, row: Row) -> Row:
        """Return an entry of the register without the ids of hidden rows in its content."""
        field = row["field"]
        cells = {
            **row.cells,
            "before": self.references(field, row["before"]),
            "after": self.references(field, row["after"]),
            "reason": self.sentence(row["reason"]),
        }
        return row if cells == row.cells else Row(row.number, cells)

    def register(self, register: Table) -> Table:
        """Return the register without what may not be repeated, with all its rows."""
        return silenced(
            register.with_rows(self._entry(row) for row in register.rows),
            lambda entry: self.hides(entry["record"], entry["field"]),
            named=not self.readers,
        )
