"""The date and ground of records and events that are no longer shown."""

from __future__ import annotations

from collections.abc import Mapping

from geo.files.building import words
from geo.files.citing import answered, unsourced
from geo.files.masking import EVENTS, STATIONS
from geo.files.tables import Tables, rows_of
from geo.files.withholding import Withdrawn, Withheld
from geo.model.vocabulary import CLAIM, COUNTRY, WORLD


def _own(before: Tables, withheld: Withheld) -> dict[str, Withdrawn]:
    """Say why rows are gone that are listed themselves, or one of whose needed cells is."""
    listed = withheld.withdrawn
    listed_ids = withheld.records | withheld.events
    # a row that is gone is withheld by what is left of it in the list
    listed_ids |= withheld.kept_out(STATIONS) | withheld.kept_out(EVENTS)
    why = {i: listed[i] for i in listed_ids}
    for name in (STATIONS, EVENTS):
        for row in rows_of(before, name):
            if withheld.whole(name, row):
                why[row["id"]] = listed[row["id"]]
    return why


def _unsourced(
    before: Tables, withheld: Withheld, own: Mapping[str, Withdrawn]
) -> dict[str, Withdrawn]:
    """Say why records and events are gone whose only sources are withheld."""
    pages = rows_of(before, "sources")
    gone = {r["id"]: withheld.withdrawn[r["id"]] for r in pages if withheld.whole("sources", r)}
    left = {row["id"] for row in pages} - gone.keys()
    # the link of a record on hold does not say why it is not shown
    stations = [row for row in rows_of(before, STATIONS) if row["review"] == "publish"]
    why: dict[str, Withdrawn] = {}
    for row in (*rows_of(before, EVENTS), *stations):
        if row["id"] not in own and unsourced(row, gone, left):
            page = next(page for page in words(row["source_ids"]) if page in gone)
            about = answered(row, stations) if "about" in row.cells else set()
            for i in {row["id"]} | about:
                why.setdefault(i, gone[page])
    return why


def withdrawn(before: Tables, after: Tables, withheld: Withheld) -> dict[str, Withdrawn]:
    """
    Say since when and why records and events are no longer shown.

    Parameters
    ----------
    before, after : Mapping
        The files before and after `visible`.
    withheld : Withheld
        The list in force.

    Returns
    -------
    dict of str to Withdrawn
        By id: rows that are listed, rows whose only sources are withheld, records whose claims
        are gone, and events about such records alone. Rows on hold are left out.
    """
    own = _own(before, withheld)
    why = {**_unsourced(before, withheld, own), **own}
    events = rows_of(before, EVENTS)
    for event in events:
        if event["event_type"] == CLAIM and event["id"] in why:
            for record in words(event["about"]):
                why.setdefault(record, why[event["id"]])
    remaining = {row["id"] for name in (STATIONS, EVENTS) for row in rows_of(after, name)}
    for event in events:
        about = [i for i in words(event["about"]) if i in why and i not in remaining]
        if about:
            why.setdefault(event["id"], why[about[0]])
    return {i: reason for i, reason in why.items() if i not in remaining | {COUNTRY, WORLD}}
