"""
Rows that have another name in an older release: another id, or another spelling of their key.

A row is the same under a later name if its former name is gone, or belongs to a row that says
something else, and the rows share a text that no other row of their version has: a summary, a
title, an address, or all cells but those of the key. The later name may have been that of
another row before, as where rows are numbered anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from geo.checks.rules_withholding import META
from geo.files.package import Resource, resources
from geo.files.tables import Row, Tables, key_of, rows_of

#: (former name, later name), the oldest first
Renames = tuple[tuple[str, str], ...]
#: a column, empty for all but the key, and what is in it
_Text = tuple[str, str]


def _free(resource: Resource) -> tuple[str, ...]:
    """List the columns of a table whose texts are free, or are in no two rows."""
    return tuple(
        column.name
        for column in resource.columns
        if column.name not in resource.key
        and column.kind == "string"
        and not (column.listed or column.refers)
        and (column.constraints.get("unique") or not {"enum", "pattern"} & {*column.constraints})
    )


def _texts(resource: Resource, rows: Sequence[Row]) -> dict[str, frozenset[_Text]]:
    """Return the texts by which each row of a version can be told from all others, by its name."""
    free, rest = _free(resource), [name for name in resource.names if name not in resource.key]
    found = {
        key_of(resource.name, row): [
            *((column, row[column]) for column in free if row[column]),
            ("", "\0".join(row[column] for column in rest)),
        ]
        for row in rows
    }
    count = Counter(text for texts in found.values() for text in texts)
    return {key: frozenset(t for t in texts if count[t] == 1) for key, texts in found.items()}


def _renamed(resource: Resource, versions: Sequence[Tables]) -> Iterator[tuple[str, str]]:
    tables = [rows_of(tables, resource.name) for tables in versions]
    names = [{key_of(resource.name, row) for row in rows} for rows in tables]
    if not any(one - later for one, later in pairwise(names)):
        return
    by_text: dict[_Text, set[str]] = defaultdict(set)
    said: dict[str, set[_Text]] = defaultdict(set)
    texts: dict[str, frozenset[_Text]] = {}
    found: list[tuple[str, str, frozenset[_Text]]] = []
    for rows, there in zip(tables, names, strict=True):
        texts = _texts(resource, rows)
        for key in sorted(there):
            # a name may be given to another row; one that goes on says what it said
            own = texts[key] if said[key].isdisjoint(texts[key]) else frozenset()
            former = {name for text in own for name in by_text.get(text, ())} - there
            found += [(name, key, frozenset(said[name])) for name in sorted(former)]
        for key, own in texts.items():
            said[key] |= own
            for text in own:
                by_text[text].add(key)
    # where the row of the former name is back, it is not the other one after all
    yield from (
        (former, later)
        for former, later, before in found
        if texts.get(former, frozenset()).isdisjoint(before)
    )


def renames(versions: Sequence[Tables]) -> Renames:
    """
    List the rows that have got another name.

    Parameters
    ----------
    versions : sequence of Mapping
        The files of the releases, the oldest first, and the latest files.

    Returns
    -------
    tuple of (str, str)
        Former and later name, as `key_of` returns them, table by table.
    """
    return tuple(
        pair
        for resource in resources()
        if resource.name not in META
        for pair in _renamed(resource, versions)
    )


def former_names(names: Collection[str], listed: Renames) -> frozenset[str]:
    """
    Return the names that rows had before.

    Parameters
    ----------
    names : collection of str
        Of some rows.
    listed : tuple of (str, str)
        As `renames` returns it.

    Returns
    -------
    frozenset of str
        Without these names themselves.
    """
    found = set(names)
    for former, later in reversed(listed):
        if later in found:
            found.add(former)
    return frozenset(found) - frozenset(names)


def later_names(name: str, listed: Renames) -> frozenset[str]:
    """
    Return the names that a row got later.

    Parameters
    ----------
    name : str
        Of the row.
    listed : tuple of (str, str)
        As `renames` returns it.

    Returns
    -------
    frozenset of str
        Without this name itself.
    """
    found = {name}
    for former, later in listed:
        if former in found:
            found.add(later)
    return frozenset(found) - {name}
