"""The rows of ``withheld.csv``, read as far as they can be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from geo.files.tables import Row, Table
from geo.model.characters import without_hidden
from geo.model.dates import is_day
from geo.model.vocabulary import GROUNDS

#: kinds of entries, and whether one is about a single column
KINDS: Mapping[str, bool] = {"record": False, "event": False, "field": True}
#: in a cell after a stray quotation mark
_STRAY = re.compile('["\\r\\n]')
#: between cells, in files of other programs and in a row with a stray quotation mark
CELL_ENDS = re.compile('[,;"\\t\\r\\n]')


@dataclass(frozen=True, slots=True, order=True)
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


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """
    One row of the list.

    Attributes
    ----------
    number : int
        Of the row in the file; entries that differ in nothing else are equal.
    kind : str
        One of `KINDS`, or another word where the cell is wrong.
    key : str
        The name of the row that is withheld, as `key_of` returns it.
    field : str
        The column; empty where the whole row is withheld.
    why : Withdrawn
        Since when and on what ground.
    """

    number: int = field(compare=False)
    kind: str
    key: str
    field: str
    why: Withdrawn

    @property
    def cell(self) -> tuple[str, str, str]:
        """Kind, name and column: what the entry is about, whenever and why."""
        return self.kind, self.key, self.field


def _may_be_cut(row: Row) -> bool:
    """Say whether the end of a row is the end of a name, so that a longer one may be meant."""
    last = list(row.cells)[-1:]
    return last == ["id"] or (last == ["field"] and KINDS.get(row["kind"].strip().lower(), True))


def _keys(cell: str) -> list[str]:
    """Return the names in a cell: ids without what other programs put into them, or one key."""
    if "/" in cell:
        return [cell]  # a key of other cells is as these are written
    # a line break parts two names
    seen = " ".join(map(without_hidden, cell.split()))
    plain = "".join("-" if unicodedata.category(sign) == "Pd" else sign for sign in seen)
    return plain.lower().split()


def entries(table: Table, *, unfinished: bool = False) -> Iterator[Entry]:
    """
    Read a table laid out like ``withheld.csv``, as far as it can be read.

    Parameters
    ----------
    table : Table
        The file.
    unfinished : bool
        Whether its last line may not be written to its end.

    Yields
    ------
    Entry
        One for each name in a row, which should be one. In a row without a known kind or an
        id, or with a stray quotation mark, whose cells may be in the wrong columns or be those
        of two rows, each word is taken for the name of a row. A last row that may be cut within
        an id or the name of a column is left out, since it could name another one.
    """
    rows = table.rows
    if unfinished and rows and _may_be_cut(rows[-1]):
        rows = rows[:-1]
    for row in rows:
        cells = {name: cell.strip() for name, cell in row.cells.items()}
        kind, names = cells.get("kind", "").lower(), _keys(cells.get("id", ""))
        why = Withdrawn(cells.get("since", ""), cells.get("ground", "").lower())
        if kind in KINDS and names:
            column = cells.get("field", "").lower() if KINDS[kind] else ""
            yield from (Entry(row.number, kind, key, column, why) for key in names)
            if not any(map(CELL_ENDS.search, names)) and not any(
                map(_STRAY.search, row.cells.values())
            ):
                continue
            kind = ""
        parts = (part.strip() for cell in row.cells.values() for part in CELL_ENDS.split(cell))
        for part in dict.fromkeys(filter(None, (*parts, *cells.values(), *names))):
            yield Entry(row.number, kind, part, "", why)
