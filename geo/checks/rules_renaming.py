"""Warnings about entries of ``withheld.csv`` whose row has, or may have, another name elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches

from geo.checks.renaming import former_names, later_names, renames
from geo.checks.rules_withholding import OWNERS
from geo.files.tables import Problem, Tables, at, key_of, quoted, rows_of
from geo.files.withheld_rows import KINDS, Entry, entries
from geo.wording import _

Named = dict[str, frozenset[str]]


def _names(tables: Tables) -> Named:
    """List the names of the rows of each table that entries may name."""
    return {
        name: frozenset(key_of(name, row) for row in rows_of(tables, name))
        for name in OWNERS["field"]
    }


def _perhaps_former(
    entry: Entry, now: Named, before: Sequence[Named], known: Collection[str]
) -> Iterator[str]:
    """Yield the name of a row that is gone by now and may be the one that is meant, if any is."""
    for table in OWNERS[entry.kind]:
        if entry.key in now[table]:
            lacking = (one[table] for one in before if one[table].isdisjoint(known))
            gone = {name for names in lacking for name in names} - now[table]
            yield from get_close_matches(entry.key, sorted(gone), 1)


def _shown_later(entry: Entry, later: Collection[str], listed: Iterable[Entry]) -> Iterator[str]:
    """Yield the later names of a row under which it is not listed."""
    covered = {one.key for one in listed if one.field in ("", entry.field)}
    yield from sorted(frozenset(later) - covered)


def renamed_withholdings(
    tables: Tables, older: Callable[[], Iterable[Tables]]
) -> Iterator[Problem]:
    """
    Warn where an entry of ``withheld.csv`` may not reach its row in each version.

    What is listed under its latest name is withheld under its former names too. A curator is
    asked where a row goes on under another name than the one listed, which may be what the
    entry is for, and where a row of a release only has a similar name.

    Parameters
    ----------
    tables : Mapping
        The files, as `read_tables` returns them.
    older : callable
        Reads the files of the releases, the oldest first; called only if there are entries.

    Yields
    ------
    Problem
        A warning for each such name.
    """
    table = tables["withheld"]
    listed = [entry for entry in entries(table) if entry.kind in KINDS]
    if not listed:
        return
    versions = [*older(), tables]
    renamed, (*before, now) = renames(versions), [_names(one) for one in versions]
    there = frozenset().union(*now.values())
    every = {entry.key for entry in listed}
    every |= former_names(every, renamed)
    numbered = {row.number: row for row in table.rows}
    later_form = _(
        "the row {id} is called {other} now, and is shown: if that may not be shown either, add "
        "a line for it"
    )
    former_form = _(
        "a release has the row {other}, which is gone by now: if it is {id} under an earlier "
        "name, add a line for it"
    )
    for entry in listed:
        own = {entry.key} | former_names({entry.key}, renamed)
        later = later_names(entry.key, renamed) & there
        forms = (
            (later_form, _shown_later(entry, later, listed)),
            (former_form, (n for n in _perhaps_former(entry, now, before, own) if n not in every)),
        )
        for form, names in forms:
            for name in names:
                message = form.format(id=quoted(entry.key), other=quoted(name))
                row = numbered[entry.number]
                yield at(table, row, "id", "withheld-renamed", message, warning=True)
