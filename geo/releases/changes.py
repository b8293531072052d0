"""
The field-by-field difference of two versions of the ledger, by stable id.

A row that only one version has is one change with an empty field: ``before`` is empty and
``after`` is ``(row)`` where it was added, the other way round where it was removed. What
the newer version withholds is not repeated: both values are the word ``withheld``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from geo.checks.check import Examination, examine
from geo.checks.rules_withholding import META
from geo.errors import LedgerUnreadable
from geo.files.building import ROW
from geo.files.package import keys, resources
from geo.files.reading import BROKEN, LOST
from geo.files.register import REGISTERS
from geo.files.tables import Row, Tables, key_of, quoted, rows_of
from geo.model.dates import latest_day
from geo.visibility.masking import Mask
from geo.visibility.visible import visible
from geo.visibility.withholding import Withheld, withheld
from geo.wording import _

#: the tables whose rows are compared
COMPARED = tuple(name for name in keys() if name not in REGISTERS)
#: characters of a value in a line
LONGEST = 400
#: of these, characters before the first one that differs
CONTEXT = 80


@dataclass(frozen=True, slots=True)
class Change:
    """
    One field of one row that differs, or a row that only one version has.

    Attributes
    ----------
    table : str
        Name of the file without its ending.
    id : str
        The row's id; without one, the cells of its key with ``/`` between.
    field : str
        The column; empty where the whole row was added or removed.
    before, after : str
        The values; ``(row)`` and nothing where the whole row was added or removed.
    """

    table: str
    id: str
    field: str
    before: str
    after: str

    @property
    def added(self) -> bool:
        """Whether the row is new."""
        return not self.field and self.after == ROW

    def __str__(self) -> str:
        place = f"{self.table}.csv {self.id}"
        if not self.field:
            words = _("{place}: row added") if self.added else _("{place}: row removed")
            return words.format(place=place)
        excerpts = _excerpts(self.before, self.after)
        before, after = (quoted(text, LONGEST) for text in excerpts)
        return f"{place} {self.field}: {before} → {after}"


def _excerpts(before: str, after: str) -> tuple[str, str]:
    """Leave out the beginning that both have, where what differs would be cut off after it."""
    pairs = enumerate(zip(before, after, strict=False))
    shared = next((n for n, (one, other) in pairs if one != other), min(len(before), len(after)))
    if max(len(before), len(after)) <= LONGEST or shared + CONTEXT <= LONGEST:
        return before, after
    start = shared - CONTEXT
    return f"…{before[start:]}", f"…{after[start:]}"


def _by_key(tables: Tables, name: str) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for row in rows_of(tables, name):
        key = key_of(name, row)
        if key.strip("/"):
            rows.setdefault(key, row)
    return rows


def compare(old: Tables, new: Tables, obeyed: Withheld | None = None) -> Iterator[Change]:
    """
    Yield what differs between two sets of files, in the order of files, rows and columns.

    Rows have the order of the newer version; those that it lacks follow.

    Parameters
    ----------
    old, new : Mapping
        The files, as `read_tables` returns them.
    obeyed : Withheld, optional
        What may not be repeated; without it nothing is hidden.

    Yields
    ------
    Change
        One for each differing field of a row in both, one for a row that only one has.
    """
    mask = None
    if obeyed and obeyed.entries:
        before, now = ((files, visible(files, obeyed, held=False)) for files in (old, new))
        mask = Mask(now, [before], obeyed)
    for resource in resources():
        if resource.name not in COMPARED:
            continue
        one, other = _by_key(old, resource.name), _by_key(new, resource.name)
        for key in dict.fromkeys((*other, *one)):
            name = mask.name(key) if mask and resource.name not in META else key
            if key not in one:
                yield Change(resource.name, name, "", "", ROW)
            elif key not in other:
                yield Change(resource.name, name, "", ROW, "")
            else:
                rows = one[key], other[key]
                for change in _fields(resource.name, resource.names, key, rows, mask):
                    yield replace(change, id=name)


def _fields(
    table: str,
    columns: tuple[str, ...],
    key: str,
    rows: tuple[Row, Row],
    mask: Mask | None,
) -> Iterator[Change]:
    one, other = rows
    for field in columns:
        if one[field] != other[field]:
            before, after = (
                mask.value(table, key, field, row) if mask else row[field] for row in rows
            )
            yield Change(table, key, field, before, after)


def readable(folder: Path, name: str = "") -> Examination:
    """
    Examine a folder whose rows can be told apart.

    Parameters
    ----------
    folder : Path
        Laid out like ``data/``.
    name : str
        Of the folder in the sentence of an error; without it the path, as curators gave it.

    Returns
    -------
    Examination
        Its files and what is wrong with them.

    Raises
    ------
    LedgerUnreadable
        With a sentence, when a file or a row cannot be read: what is withheld there might
        not be recognised.
    """
    if not folder.is_dir():
        raise LedgerUnreadable(_("There is no folder “{folder}”.").format(folder=folder))
    return told_apart(examine(folder, latest_day()), name or str(folder))


def told_apart(examination: Examination, name: str) -> Examination:
    """
    Return an examination in which all rows can be told apart.

    Parameters
    ----------
    examination : Examination
        The files and what is wrong with them.
    name : str
        Of their folder, for the sentence.

    Returns
    -------
    Examination
        The same.

    Raises
    ------
    LedgerUnreadable
        With a sentence, when a file or a row cannot be read.
    """
    for problem in examination.problems:
        if problem.code in LOST | BROKEN:
            raise LedgerUnreadable(
                _("The folder “{folder}” cannot be compared. {problem}.").format(
                    folder=name, problem=problem
                )
            )
    return examination


def differences(old: Path, new: Path) -> tuple[Change, ...]:
    """
    Compare two data folders.

    Parameters
    ----------
    old, new : Path
        Laid out like ``data/``; the newer one's ``withheld.csv`` is applied to both.

    Returns
    -------
    tuple of Change
        As `compare` yields them; empty if nothing differs.

    Raises
    ------
    LedgerUnreadable
        When one of them cannot be read.
    WithholdingUnreadable
        When the newer one's ``withheld.csv`` cannot be applied.
    """
    before, after = readable(old), readable(new)
    return tuple(compare(before.tables, after.tables, withheld(after)))
