"""The rule that ``withheld.csv`` names rows and columns that there are or once were."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from geo.files.package import columns_of, keys
from geo.files.register import REGISTERS
from geo.files.schema import Suggester
from geo.files.tables import Problem, Row, Tables, at, key_of, quoted, rows_of
from geo.files.withheld_rows import KINDS, Entry, entries
from geo.model.dates import is_day
from geo.model.text import fold
from geo.wording import _

#: tables about the ledger itself, whose rows are not shown or hidden one by one
META = REGISTERS | {"withheld"}
#: kind of an entry -> the tables whose rows it may name
OWNERS: Mapping[str, tuple[str, ...]] = {
    "record": ("stations",),
    "event": ("investigations",),
    "field": tuple(name for name in keys() if name not in META),
}

Named = dict[str, set[str]]


def _named(versions: Iterable[Tables]) -> Named:
    """Collect the names of the rows of each table, and the tables that have them."""
    found: Named = {}
    for tables in versions:
        for name in OWNERS["field"]:
            for row in rows_of(tables, name):
                found.setdefault(key_of(name, row), set()).add(name)
    return found


def _meant(entry: Entry, named: Named, suggest: Suggester) -> str:
    """Say which row was probably meant."""
    owners = set(OWNERS[entry.kind])
    others = named.get(entry.key, set())
    if others:
        form = " " + _("(it is in {file}: the kind would be {kind})")
        name = min(others)
        kind = next(kind for kind, tables in OWNERS.items() if name in tables)
        return form.format(file=f"{name}.csv", kind=kind)
    candidates = [key for key, tables in named.items() if tables & owners]
    for key in candidates:
        # a key of several cells, named by the last of them
        last = re.sub("[^a-z0-9]+", "-", fold(key.rpartition("/")[2])).strip("-")
        if "/" in key and last == fold(entry.key):
            return " " + _("(did you mean {word}?)").format(word=key)
    return suggest(entry.key, candidates)


def _misplaced(entry: Entry, tables: Collection[str]) -> bool:
    columns = columns_of()
    return entry.kind == "field" and not any(entry.field in columns[name] for name in tables)


def withholdings(
    tables: Tables,
    lost: Collection[str],
    older: Callable[[], Iterable[Tables]],
    last_release: str = "",
) -> Iterator[Problem]:
    """
    Require that entries of ``withheld.csv`` name rows and columns that exist.

    A misspelt id would leave the row that was meant visible. A row may be in an older release
    alone: to withhold it there is what the list is for.

    Parameters
    ----------
    tables : Mapping
        The files, as `read_tables` returns them.
    lost : collection of str
        Names of the tables that could not be read whole; rows of these are not looked up.
    older : callable
        Reads the files of the releases; called only for an id that no file has.
    last_release : str
        Day of the latest release (``YYYY-MM-DD``); empty without one. A release removes from
        those before it what is withheld, so an older entry may name what no file has any more.

    Yields
    ------
    Problem
        One for each wrong id and each wrong column; a warning for an id that a release may
        have removed.
    """
    table = tables["withheld"]
    listed = [entry for entry in entries(table) if entry.kind in KINDS]
    if not listed:
        return
    now, suggest = _named([tables]), Suggester()
    before: Named | None = None
    numbered = {row.number: row for row in table.rows}
    for entry in listed:
        row, owners = numbered[entry.number], set(OWNERS[entry.kind])
        found = now.get(entry.key, set()) & owners
        if not found and owners.isdisjoint(lost):
            before = _named(older()) if before is None else before
            found = before.get(entry.key, set()) & owners
        if found:
            if _misplaced(entry, found):
                yield _no_column(tables, row, entry)
        elif owners.isdisjoint(lost):
            removed = is_day(entry.why.since) and entry.why.since <= last_release
            message = _unknown(entry, removed) + _meant(entry, {**(before or {}), **now}, suggest)
            yield replace(at(table, row, "id", "withheld-id", message), warning=removed)


def _unknown(entry: Entry, removed: bool) -> str:
    """Say that no row has the id of an entry, and whether a release may have removed one."""
    if removed:
        form = _("no {kind} has the id {id} now: a release may have removed it")
    else:
        form = _("no {kind} has the id {id}, so this row withholds nothing")
    return form.format(kind=entry.kind, id=quoted(entry.key))


def _no_column(tables: Tables, row: Row, entry: Entry) -> Problem:
    message = _("{field} is not a column of the row with the id {id}: the whole row is withheld")
    message = message.format(field=quoted(entry.field), id=quoted(entry.key))
    return at(tables["withheld"], row, "field", "withheld-field", message)
