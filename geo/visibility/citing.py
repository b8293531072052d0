"""
The ledger's files without rows that have lost their last source.

A claim is never shown without its answers: an event that loses its last source takes the
records that it answers with it (docs/DATA_MODEL.md, rule 3).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from geo.files.building import words
from geo.files.tables import Row, Table, Tables, rows_of
from geo.model.vocabulary import OF_COUNTRY

#: tables whose rows cite pages
CITING = ("stations", "investigations", "counts", "origins")


def unsourced(row: Row, lost: Collection[str], left: Collection[str]) -> bool:
    """
    Say whether a row has lost the last source that it cites.

    Parameters
    ----------
    row : Row
        Of one of the tables in `CITING`.
    lost, left : collection of str
        Ids of the sources that are gone, and of those that remain.

    Returns
    -------
    bool
        False for a row that cited none.
    """
    cited = words(row["source_ids"])
    return any(page in lost for page in cited) and not any(page in left for page in cited)


def answered(event: Row, stations: Iterable[Row]) -> set[str]:
    """
    List the ids of the records that an event is about.

    Parameters
    ----------
    event : Row
        A row of investigations.csv; one about its country is about each record there.
    stations : iterable of Row
        The rows of stations.csv.

    Returns
    -------
    set of str
        Only ids in ``stations``.
    """
    about = words(event["about"])
    country = event["country"] if OF_COUNTRY.intersection(about) else None
    return {r["id"] for r in stations if r["id"] in about or r["host_country"] == country}


def sourced(before: Tables, after: Tables) -> dict[str, Table]:
    """
    Return the files without what has lost its last source.

    The records that an unsourced event is about are removed with it. Rows stay as they are;
    removing references to removed rows is left to the caller.

    Parameters
    ----------
    before, after : Mapping
        The files with all their sources, and with those that are left.

    Returns
    -------
    dict of str to Table
        The files ``after``, without these rows.
    """
    left = {row["id"] for row in rows_of(after, "sources")}
    lost = {row["id"] for row in rows_of(before, "sources")} - left
    stations = rows_of(after, "stations")
    gone: set[str] = set()
    for event in rows_of(after, "investigations"):
        if unsourced(event, lost, left):
            gone |= answered(event, stations)

    def stays(name: str, row: Row) -> bool:
        return not (unsourced(row, lost, left) or (name == "stations" and row["id"] in gone))

    return {
        name: table.with_rows(row for row in table.rows if stays(name, row))
        if name in CITING
        else table
        for name, table in after.items()
    }
