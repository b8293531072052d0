"""
The ledger's files without what may not be shown.

Files go in and files come out. Serving joins the result, a release writes it, and a
comparison repeats nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from geo.checks.rules_withholding import META
from geo.files.building import words
from geo.files.package import keys
from geo.files.tables import Row, Table, Tables, joined_key, key_of, rows_of
from geo.files.withheld_rows import Entry, entries
from geo.model.vocabulary import CLAIM, GENERAL
from geo.visibility.citing import CITING, sourced
from geo.visibility.exclusions import exclusions
from geo.visibility.masking import EVENTS, QUOTES, REFERENCES, STATIONS, Mask, removed
from geo.visibility.withholding import Withheld


def _cleared(table: Table, withheld: Withheld, held: bool) -> Table:
    """Return a table without hidden rows and with empty withheld cells."""

    def hidden(row: Row) -> bool:
        if table.name == STATIONS and (
            row["id"] in withheld.held or (held and row["review"] != "publish")
        ):
            return True
        return withheld.whole(table.name, row)

    def cells(row: Row) -> Row:
        emptied = withheld.columns(table.name, row) & row.cells.keys()
        return Row(row.number, {**row.cells, **dict.fromkeys(emptied, "")}) if emptied else row

    return table.with_rows(cells(row) for row in table.rows if not hidden(row))


def _narrowed(row: Row, ids: dict[str, Collection[str]]) -> Row:
    """Return a row without references to rows that are missing."""
    cells = {}
    for column in REFERENCES.keys() & row.cells.keys():
        listed = words(row[column])
        there = [i for i in listed if i in ids[REFERENCES[column]]]
        if len(there) < len(listed):
            cells[column] = " ".join(there)
    return Row(row.number, {**row.cells, **cells}) if cells else row


def _linked(tables: Tables) -> dict[str, Table]:
    """Drop records without a claim, events about nothing, and sources that nothing cites."""
    events = rows_of(tables, EVENTS)
    claimed = {i for e in events if e["event_type"] == CLAIM for i in words(e["about"])}
    records = {row["id"] for row in rows_of(tables, STATIONS)} & claimed
    topics = records | GENERAL
    entries = {e["id"] for e in events if not topics.isdisjoint(words(e["about"]))}
    pages = {row["id"] for row in rows_of(tables, "sources")}
    ids: dict[str, Collection[str]] = {STATIONS: topics, EVENTS: entries, "sources": pages}
    result = dict(tables)
    for name, remaining in ((STATIONS, records), (EVENTS, entries)):
        if name in result:
            table = result[name]
            result[name] = table.with_rows(row for row in table.rows if row["id"] in remaining)
    citing = [name for name in CITING if name in result]
    for name in citing:
        table = result[name]
        result[name] = table.with_rows(_narrowed(row, ids) for row in table.rows)
    if "sources" in result:
        cited = {i for name in citing for r in result[name].rows for i in words(r["source_ids"])}
        table = result["sources"]
        result["sources"] = table.with_rows(row for row in table.rows if row["id"] in cited)
    if QUOTES in result:
        result[QUOTES] = result[QUOTES].with_rows(_quoted(result))
    return result


def _quoted(tables: Tables) -> Iterable[Row]:
    """Yield the quotations of events that are shown, from pages that these cite as shown."""
    pages = {row["id"]: words(row["source_ids"]) for row in rows_of(tables, EVENTS)}
    return (row for row in rows_of(tables, QUOTES) if row["source"] in pages.get(row["event"], ()))


def _places(shown: Tables) -> Iterable[Row]:
    """Yield the places of records that are shown: any other would give away one that is not."""
    columns = ("host_country", "host_region", "host_city")
    used = {joined_key(row[c] for c in columns) for row in rows_of(shown, STATIONS)}
    return (row for row in rows_of(shown, "places") if key_of("places", row) in used)


def _listed(table: Table, shown: Tables, withheld: Withheld) -> Iterable[Row]:
    """
    List the withheld cells of rows that are shown, so that a check knows why they are empty.

    Rows that are gone are left out, since their ids may name places; notes are emptied.
    """
    by_cell: dict[tuple[str, str], Entry] = {}
    for entry in (*entries(table), *withheld.every):
        by_cell.setdefault((entry.key, entry.field), entry)
    named = {key for key, _column in by_cell}
    there = {
        (key, column)
        for name in keys().keys() - META
        for row in rows_of(shown, name)
        if (key := key_of(name, row)) in named
        for column in row.cells
    }
    for cell, entry in sorted(by_cell.items()):
        if entry.field and cell in there:
            cells = {"kind": "field", "id": entry.key, "field": entry.field}
            why = {"since": entry.why.since, "ground": entry.why.ground, "note": ""}
            yield Row(entry.number, cells | why)


def _rows_shown(tables: Tables, withheld: Withheld, held: bool) -> dict[str, Table]:
    """Return the files as they may be shown, with the register as it is."""
    cleared = {name: _cleared(table, withheld, held) for name, table in tables.items()}
    shown = _linked(sourced(tables, cleared))
    if "places" in tables:
        shown["places"] = tables["places"].with_rows(_places(shown))
    if "excluded" in tables:
        left = exclusions(tables, shown, withheld, held=held)
        shown["excluded"] = tables["excluded"].with_rows(left)
    if "entered" in tables:
        there = {row["id"] for name in (STATIONS, EVENTS) for row in rows_of(shown, name)}
        entered = tables["entered"]
        shown["entered"] = entered.with_rows(row for row in entered.rows if row["id"] in there)
    if "withheld" in tables:
        listed = _listed(tables["withheld"], shown, withheld)
        shown["withheld"] = tables["withheld"].with_rows(listed)
    return shown


def _on_hold(tables: Tables, withheld: Withheld) -> Withheld:
    """Return the list with what is on hold in these files, for other versions of them."""
    stations = rows_of(tables, STATIONS)
    on_hold = {row["id"] for row in stations if row["review"] != "publish"}
    return withheld.holding(frozenset(on_hold))


def visible(
    tables: Tables, withheld: Withheld, *, held: bool, older: Iterable[Tables] = ()
) -> dict[str, Table]:
    """
    Return the files as they may be shown.

    Hidden rows are removed, with the events, sources and places that are only about them and
    all references to them. Withheld cells are empty. What cannot be shown without its source,
    its claim or its answer is removed too. The function is idempotent.

    Parameters
    ----------
    tables : Mapping
        The files, as `read_tables` returns them.
    withheld : Withheld
        The list in force, which need not be that of these files.
    held : bool
        Whether rows on hold are hidden too: True for readers, False for curators.
    older : iterable of Mapping
        The files of older releases: the register may quote rows that only these have.

    Returns
    -------
    dict of str to Table
        The same files, rows with their numbers. ``withheld.csv`` lists only the cells that
        are empty because of it. The register has the word ``withheld`` in the place of
        what it may not repeat; for readers it does not name the row either.
    """
    shown = _rows_shown(tables, withheld, held)
    if "corrections" in tables:
        listed = _on_hold(tables, withheld) if held else withheld
        versions = [(files, _rows_shown(files, listed, held)) for files in older]
        register = tables["corrections"]
        mask = Mask((tables, shown), versions, listed, removed(register))
        shown["corrections"] = mask.register(register, readers=held)
    return shown
