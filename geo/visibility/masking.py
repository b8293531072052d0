"""
What of the ledger's rows may be repeated: one rule for comparisons and for the register.

Both quote cells of rows that may have been hidden since, and cells that name such rows. A
row may be named if it is seen now and was not hidden before. A row that is gone may be named
if its removal is itself a public entry, and an older release shows it as that may be shown
today. All else is the word ``withheld``: what a row was about that is in no file any more
cannot be known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from geo.checks.rules_withholding import META
from geo.files.building import ROW, words
from geo.files.package import keys
from geo.files.tables import Row, Table, Tables, key_of, rows_of
from geo.model.vocabulary import GENERAL
from geo.visibility.withholding import WITHHELD, Withheld

STATIONS, EVENTS, QUOTES = "stations", "investigations", "quotes"
#: column -> the table whose ids it contains
REFERENCES = {
    "about": STATIONS,
    "repeat_of": EVENTS,
    "differs_from": EVENTS,
    "source_ids": "sources",
    "event": EVENTS,
    "source": "sources",
}
#: columns of the register that say what changed and why
_CONTENT = ("before", "after", "reason")
#: what may be the name of a row in a sentence: an id
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")

Keys = Mapping[str, frozenset[str]]
#: files as they are, and as they may be shown
Version = tuple[Tables, Tables]


def known(tables: Tables) -> Keys:
    """List the keys of each table's rows, except those of the register and of ``withheld.csv``."""
    return {
        name: frozenset(key_of(name, row) for row in rows_of(tables, name))
        for name in keys()
        if name not in META
    }


def removed(register: Table) -> frozenset[str]:
    """List the rows of which the register last says that they were removed."""
    last = {row["record"]: row["before"] == ROW for row in register.rows if not row["field"]}
    return frozenset(key for key, gone in last.items() if gone)


class Mask:
    """
    Puts the word ``withheld`` in the place of what may not be repeated.

    Parameters
    ----------
    now : (Mapping, Mapping)
        The latest files as they are and as they may be shown.
    older : iterable of (Mapping, Mapping)
        Older versions, each in the same two ways.
    withheld : Withheld
        The list in force.
    gone : collection of str, optional
        Rows whose removal is public; without it, that of each row that only an older version
        has.
    """

    def __init__(
        self,
        now: Version,
        older: Iterable[Version],
        withheld: Withheld,
        gone: Collection[str] | None = None,
    ) -> None:
        self._withheld = withheld
        files, self._seen = (known(tables) for tables in now)
        before = [(known(one), known(shown)) for one, shown in older]
        #: of each table, the rows that may be named
        self._named = {
            name: self._seen[name].union(
                key
                for _all, shown in before
                for key in shown[name] - files[name]
                if gone is None or key in gone
            )
            for name in files
        }
        # what a row said while it was hidden may not be repeated once it is seen
        self._hidden = [files[name] - self._named[name] for name in files]
        self._hidden += [one[name] - shown[name] for one, shown in before for name in one]
        self._secret = {
            key
            for versions in (files, *(one for one, _shown in before))
            for found in versions.values()
            for key in found
        } | withheld.rows | withheld.fields.keys()  # fmt: skip
        self._cells = sorted((k for k in self._secret if "/" in k and not self.names(k)), key=len)

    def names(self, key: str) -> bool:
        """Say whether a row, whose table is not known, may be named."""
        return any(key in found for found in self._named.values()) and not any(
            key in found for found in self._hidden
        )

    def shows(self, key: str, field: str) -> bool:
        """
        Say whether a cell of a row, whose table is not known, may be repeated.

        Parameters
        ----------
        key : str
            The name of the row.
        field : str
            The column; empty for the whole row.

        Returns
        -------
        bool
            False if the row may not be named, or the cell is withheld.
        """
        return self.names(key) and field not in self._withheld.fields.get(key, ())

    def references(self, field: str, cell: str) -> str:
        """
        Mask the ids of rows that may not be named in a cell.

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
        public = self._named[REFERENCES[field]] | GENERAL
        masked = [i if i in public else WITHHELD for i in words(cell)]
        return " ".join(masked) if WITHHELD in masked else cell

    def sentence(self, text: str) -> str:
        """Mask the names of rows that may not be named in a sentence."""

        def plain(name: str) -> str:
            return WITHHELD if name in self._secret and not self.names(name) else name

        # the longest first: one may be the beginning of another
        for key in reversed(self._cells):
            text = text.replace(key, WITHHELD)
        return _ID.sub(lambda found: plain(found[0]), text)

    def name(self, key: str) -> str:
        """Return the name of a row as curators may read it: an id says nothing, cells may."""
        return WITHHELD if "/" in key and not self.names(key) else key

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
            The word ``withheld`` for a cell of a row that is not seen now, or a withheld one.
        """
        if (
            key not in self._seen[table]
            or not self.names(key)
            or field in self._withheld.columns(table, row)
        ):
            return WITHHELD
        return self.references(field, row[field])

    def _entry(self, row: Row, *, readers: bool) -> Row:
        key, field = row["record"], row["field"]
        if row["reason"] == WITHHELD or not self.shows(key, field):
            cells = dict.fromkeys(_CONTENT, WITHHELD)
            names = {"record": "", "field": ""} if readers else {"record": self.name(key)}
            return Row(row.number, {**row.cells, **cells, **names})
        cells = {
            "before": self.references(field, row["before"]),
            "after": self.references(field, row["after"]),
            "reason": self.sentence(row["reason"]),
        }
        return Row(row.number, {**row.cells, **cells})

    def register(self, register: Table, *, readers: bool) -> Table:
        """
        Return the register without what may not be repeated, with all its rows.

        Parameters
        ----------
        register : Table
            Laid out like ``corrections.csv``.
        readers : bool
            Whether it is for readers: a masked entry then names neither row nor column. For
            curators it keeps the id, since that is in ``withheld.csv`` too.

        Returns
        -------
        Table
            With all its rows.
        """
        return register.with_rows(self._entry(row, readers=readers) for row in register.rows)
