"""
When each record and each event was entered: the register of ``entered.csv``, brought up to date.

A ledger is ordered by the day said, and curators enter what was said years ago. The register
says since when readers could have seen a row, and since when as it is now. It lists only what
may be shown, so a record that is taken off hold is new on that day.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from geo.files.package import resources
from geo.files.tables import Row, Tables, rows_of

REGISTER = "entered"
#: kind of a row of the register -> the table that has the row it is about
OWNERS: Mapping[str, str] = {"record": "stations", "event": "investigations"}
#: columns whose change is no news of the row
_SILENT = frozenset({"id", "review", "last_checked"})

#: kind and id of a row
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """
    A row of the register.

    Attributes
    ----------
    kind, id : str
        ``record`` or ``event``, and its id.
    entered_on, changed_on : str
        The day (``YYYY-MM-DD``) on which it was entered, and was changed last; empty for what
        the register does not have yet.
    first_id : str
        The id under which it was entered; empty where it is the same.
    content : str
        Digest of its cells, by which a change and a renaming are recognised.
    """

    kind: str
    id: str
    entered_on: str
    changed_on: str
    first_id: str
    content: str

    @property
    def key(self) -> Key:
        """Its kind and id."""
        return self.kind, self.id

    @property
    def lasting_id(self) -> str:
        """The id that stays the same when the row is renamed."""
        return self.first_id or self.id

    @property
    def is_pending(self) -> bool:
        """Whether the register lacks the row, or has it as it was."""
        return not self.changed_on

    def days(self, today: date) -> tuple[date, date]:
        """
        Return the days of entry and of the last change.

        Parameters
        ----------
        today : date
            Stands for what the register does not have yet.

        Returns
        -------
        tuple of (date, date)
            None of them in the future.
        """
        entered, changed = (
            min(date.fromisoformat(day), today) if day else today
            for day in (self.entered_on, self.changed_on)
        )
        return entered, max(entered, changed)


def _content(table: str, row: Row) -> str:
    """Digest the cells of a row that has a value; a new and empty column changes nothing."""
    (names,) = (one.names for one in resources() if one.name == table)
    cells = [f"{n}\0{row[n].strip()}" for n in names if n not in _SILENT and row[n].strip()]
    return hashlib.sha256("\0\0".join(cells).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def listed(tables: Tables) -> dict[Key, Entered]:
    """
    Return the rows of the register as they are in its file.

    Parameters
    ----------
    tables : Mapping
        The files, as `read_tables` returns them.

    Returns
    -------
    dict of (str, str) to Entered
        By kind and id; empty where the register has not been begun.
    """
    rows = (
        Entered(**{name: row[name] for name in Entered.__slots__})
        for row in rows_of(tables, REGISTER)
    )
    return {row.key: row for row in rows if row.kind in OWNERS}


def _contents(tables: Tables) -> dict[Key, str]:
    """Map each record and event to the digest of its cells."""
    return {
        (kind, row["id"]): _content(name, row)
        for kind, name in OWNERS.items()
        for row in rows_of(tables, name)
    }


def brought_up_to_date(
    register: Mapping[Key, Entered], tables: Tables, shown: Tables
) -> dict[Key, Entered]:
    """
    Return the register with what it lacks.

    Parameters
    ----------
    register : mapping of (str, str) to Entered
        As `listed` returns it.
    tables : Mapping
        The files with all their rows: a row that is hidden is not gone.
    shown : Mapping
        The same as they may be shown.

    Returns
    -------
    dict of (str, str) to Entered
        By kind and id: each row of the file, and each row shown; days are empty where they
        are still to be written. A row with the content of one that is gone is that row under
        another id.
    """
    contents = _contents(tables)
    there = [(kind, row["id"]) for kind, name in OWNERS.items() for row in rows_of(shown, name)]
    new = Counter(
        (kind, contents[kind, name]) for kind, name in there if (kind, name) not in register
    )
    gone = _by_content(row for key, row in register.items() if key not in contents)
    result = dict(register)
    for key in there:
        content = contents[key]
        if (known := register.get(key)) is None:
            same = key[0], content
            former = gone.get(same) if new[same] == 1 else None
            result[key] = _named(key, content, former)
            if former:
                del result[former.key]
        elif known.content != content:
            result[key] = replace(known, content=content, changed_on="")
    return result


def _named(key: Key, content: str, former: Entered | None) -> Entered:
    """Return the register's row of a new id: of a renamed row, or of a new one."""
    kind, name = key
    if former is None:
        return Entered(
            kind=kind, id=name, entered_on="", changed_on="", first_id="", content=content
        )
    first = former.lasting_id
    return replace(former, id=name, first_id="" if first == name else first)


def _by_content(rows: Iterable[Entered]) -> dict[tuple[str, str], Entered]:
    """Map kind and content to the one row that has them; left out where several have."""
    found = list(rows)
    count = Counter((row.kind, row.content) for row in found)
    return {(r.kind, r.content): r for r in found if count[r.kind, r.content] == 1}


def missing(register: Mapping[Key, Entered], complete: Mapping[Key, Entered]) -> list[Entered]:
    """
    List what a register lacks.

    Parameters
    ----------
    register, complete : mapping of (str, str) to Entered
        As it is, and as `brought_up_to_date` returns it.

    Returns
    -------
    list of Entered
        New rows, rows that have changed, and renamed ones.
    """
    return [row for key, row in complete.items() if row.is_pending or key not in register]
