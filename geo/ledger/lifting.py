"""Which entries of withheld.csv are lifted, so that what they named may be shown again."""

from __future__ import annotations

from collections.abc import Iterable

from geo.checks.contents import Contents
from geo.checks.rules_withholding import META
from geo.files.tables import key_of
from geo.files.withheld_rows import KINDS, Entry


def lifted(
    before: Iterable[Entry], after: Iterable[Entry], contents: Contents
) -> tuple[Entry, ...]:
    """
    List the entries that were in force and are no longer.

    Parameters
    ----------
    before, after : iterable of Entry
        All that were in force, and all that are.
    contents : Contents
        The files to which those before applied.

    Returns
    -------
    tuple of Entry
        In order, each once for each ground that it had. One that has given way to an entry
        for the same cell, or for its whole row, is not lifted. A word of a damaged row, which
        was taken for the name of a row, counts if there is one of that name.
    """
    remaining = {(entry.key, entry.field) for entry in after}
    gone = [
        entry
        for entry in before
        if remaining.isdisjoint({(entry.key, entry.field), (entry.key, "")})
    ]
    if not gone:
        return ()
    named = {
        key_of(name, row)
        for name, table in contents.tables.items()
        if name not in META
        for row in table.rows
    }
    return tuple(sorted(entry for entry in gone if entry.kind in KINDS or entry.key in named))
