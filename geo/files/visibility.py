"""
What of the ledger's files may be seen, still as files.

The same rules as in `joining`, which makes things of rows; here rows stay rows, so that
two versions can be compared and a release can be written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geo.files.building import words
from geo.files.package import resources
from geo.files.tables import Row, Table, Tables
from geo.files.withholding import Withheld
from geo.model.vocabulary import CLAIM, COUNTRY, WORLD

ON_HOLD = "on hold"
CITING = ("stations", "investigations", "counts", "origins")
#: columns of events that list what may be hidden
POINTING = ("about", "repeat_of", "differs_from")

#: name of a table -> keys of its rows
Keys = Mapping[str, frozenset[str]]


def keys() -> dict[str, tuple[str, ...]]:
    """The columns that tell the rows of each table apart."""
    return {resource.name: resource.key for resource in resources()}


def key_of(columns: Iterable[str], row: Row) -> str:
    """What a row is called: its id, or the cells of its key with ``/`` between."""
    return "/".join(row[column] for column in columns)


def _rows(tables: Tables, name: str) -> tuple[Row, ...]:
    table = tables.get(name)
    return table.rows if table else ()


def _about(row: Row) -> set[str]:
    return set(words(row["about"])) - {COUNTRY, WORLD}


def _records_and_events(
    tables: Tables, withheld: Withheld, held: bool
) -> tuple[set[str], set[str]]:
    stations, events = _rows(tables, "stations"), _rows(tables, "investigations")
    records = {
        r["id"]
        for r in stations
        if withheld.whole("stations", r) or (held and r["review"] != "publish")
    }
    records |= withheld.records | withheld.held
    gone = {r["id"] for r in events if withheld.whole("investigations", r)} | withheld.events
    # a withheld claim leaves no allegation to show
    hidden_claims = {
        i for r in events if r["event_type"] == CLAIM and r["id"] in gone for i in _about(r)
    }
    claims = {
        i for r in events if r["event_type"] == CLAIM and r["id"] not in gone for i in _about(r)
    }
    records |= hidden_claims - claims
    gone |= {r["id"] for r in events if _about(r) and _about(r) <= records}
    return records, gone


def _sources(tables: Tables, hidden: Keys, withheld: Withheld) -> set[str]:
    """Pages that only hidden rows cite: a title would tell of them."""
    cited: set[str] = set()
    others: set[str] = set()
    for name in CITING:
        for row in _rows(tables, name):
            concealed = bool(row["id"]) and row["id"] in hidden.get(name, frozenset())
            (others if concealed else cited).update(words(row["source_ids"]))
    pages = _rows(tables, "sources")
    return (others - cited) | {r["id"] for r in pages if withheld.whole("sources", r)}


def _places(tables: Tables, records: set[str]) -> set[str]:
    shown: set[str] = set()
    others: set[str] = set()
    for row in _rows(tables, "stations"):
        place = key_of(("host_country", "host_region", "host_city"), row)
        (others if row["id"] in records else shown).add(place)
    return others - shown


def _excluded(tables: Tables) -> set[str]:
    reviews = {(r["host_country"], r["review"]) for r in _rows(tables, "stations")}
    held = {c for c, _review in reviews if (c, "publish") not in reviews}
    return {
        key_of(("country", "what"), r)
        for r in _rows(tables, "excluded")
        if ON_HOLD in r["what"] + r["why"] or r["country"] in held
    }


def hidden(tables: Tables, withheld: Withheld, *, held: bool) -> dict[str, frozenset[str]]:
    """
    Say which rows may not be seen.

    Parameters
    ----------
    tables : Mapping
        The files, as `read_tables` returns them.
    withheld : Withheld
        The list in force, which need not be that of these files.
    held : bool
        Whether rows on hold are hidden too: from readers, not from curators.

    Returns
    -------
    dict
        For each table the keys of its rows. What is only about a hidden record, cited by
        one or the place of one goes with it.
    """
    records, events = _records_and_events(tables, withheld, held)
    found = {
        "stations": frozenset(records),
        "investigations": frozenset(events),
        "counts": frozenset(
            r["id"] for r in _rows(tables, "counts") if withheld.whole("counts", r)
        ),
    }
    found["sources"] = frozenset(_sources(tables, found, withheld))
    found["places"] = frozenset(_places(tables, records))
    if held:
        found["excluded"] = frozenset(_excluded(tables))
    return found


def _cells(name: str, row: Row, gone: Keys, withheld: Withheld) -> Row:
    cells = {**row.cells, **dict.fromkeys(withheld.columns(row) & row.cells.keys(), "")}
    if name == "investigations":
        for column in POINTING:
            secret = gone["stations" if column == "about" else "investigations"]
            cells[column] = " ".join(i for i in words(cells.get(column, "")) if i not in secret)
    if "source_ids" in cells:
        cells["source_ids"] = " ".join(
            i for i in words(cells["source_ids"]) if i not in gone["sources"]
        )
    return Row(row.number, cells)


def public(tables: Tables, withheld: Withheld) -> dict[str, Table]:
    """
    Return the files as a release holds them.

    Rows that may not be seen are gone and withheld cells are empty; ``withheld.csv`` keeps
    its header alone, since what it lists is no longer there, and the ids in it may name
    places. The register of corrections is in no release: it speaks about them.
    """
    gone = hidden(tables, withheld, held=True)
    found = {}
    for name, columns in keys().items():
        if name not in tables or name == "corrections":
            continue
        table = tables[name]
        secret = gone.get(name, frozenset())
        rows = () if name == "withheld" else table.rows
        kept = (row for row in rows if key_of(columns, row) not in secret)
        found[name] = Table(
            name, table.file, table.columns, tuple(_cells(name, r, gone, withheld) for r in kept)
        )
    return found
