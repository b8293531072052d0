"""The rows of ``withheld.csv``, read as far as they can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geo.files.tables import Row, Table
from geo.model.dates import is_day
from geo.model.vocabulary import GROUNDS

#: kinds of entries, and whether one is about a single column
KINDS: Mapping[str, bool] = {"record": False, "event": False, "field": True}
#: in a cell after a stray quotation mark
_STRAY = re.compile('["\\r\\n]')
#: between cells, in files of other programs and in a row with a stray quotation mark
CELL_ENDS = re.compile('[,;"\\t\\r\\n]')


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Since when (``YYYY-MM-DD``) and on what ground something is no longer shown."""

    since: str
    ground: str

    @property
    def told(self) -> bool:
        """
        Whether a link says that what it names was withdrawn.

        For privacy and safety it does not: whoever tries ids would learn which of them were
        withdrawn.
        """
        return GROUNDS.get(self.ground, False) and is_day(self.since)


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One row of the list.

    Attributes
    ----------
    number : int
        Of the row in the file.
    kind : str
        One of `KINDS`, or another word where the cell is wrong.
    key : str
        The name of the row that is withheld, as `key_of` returns it.
    field : str
        The column; empty where the whole row is withheld.
    why : Withdrawn
        Since when and on what ground.
    """

    number: int
    kind: str
    key: str
    field: str
    why: Withdrawn


def _plain(row: Row) -> dict[str, str]:
    """Return the cells of a row by the names of their columns, without odd spaces and case."""
    return {name.strip().lower(): cell.strip() for name, cell in row.cells.items()}


def entries(table: Table) -> Iterator[Entry]:
    """
    Read a table laid out like ``withheld.csv``, as far as it can be read.

    Parameters
    ----------
    table : Table
        The file.

    Yields
    ------
    Entry
        One for each row. In a row without a known kind or an id, or with a stray quotation
        mark, whose cells may be in the wrong columns or be those of two rows, each word is
        taken for the name of a row.
    """
    for row in table.rows:
        cells = _plain(row)
        kind, key = cells.get("kind", "").lower(), cells.get("id", "")
        # ids are in small letters; a key of other cells is as these are written
        key = key if "/" in key else key.lower()
        why = Withdrawn(cells.get("since", ""), cells.get("ground", "").lower())
        if kind in KINDS and key:
            field = cells.get("field", "").lower() if KINDS[kind] else ""
            yield Entry(row.number, kind, key, field, why)
            if not CELL_ENDS.search(key) and not any(map(_STRAY.search, row.cells.values())):
                continue
            kind = ""
        parts = (part.strip() for cell in row.cells.values() for part in CELL_ENDS.split(cell))
        for part in dict.fromkeys(filter(None, (*parts, *cells.values(), key))):
            yield Entry(row.number, kind, part, "", why)
