"""The day since which records and events are no longer shown, where readers are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from geo.files.building import words
from geo.files.tables import Tables, rows_of
from geo.files.withheld_rows import KINDS, Withdrawn
from geo.model.dates import is_day
from geo.model.vocabulary import CLAIM, GENERAL
from geo.visibility.citing import answered, unsourced
from geo.visibility.masking import EVENTS, STATIONS
from geo.visibility.withholding import Withheld


@dataclass(frozen=True, slots=True, order=True)
class Withdrawal:
    """
    Something that was withdrawn, by day and kind alone.

    Attributes
    ----------
    since : str
        The day (``YYYY-MM-DD``).
    kind : str
        ``record``, ``event`` or ``field``.
    """

    since: str
    kind: str


Reasons = defaultdict[str, set[Withdrawn]]


def _own(before: Tables, withheld: Withheld) -> Reasons:
    """Say why rows are gone that are listed themselves, or one of whose needed cells is."""
    why: Reasons = defaultdict(set)
    for name in (STATIONS, EVENTS):
        # a row that is gone is withheld by what is left of it in the list
        ids = {row["id"] for row in rows_of(before, name)} | withheld.kept_out(name)
        for i in ids:
            if reasons := withheld.reasons(name, i):
                why[i] |= reasons
    return why


def _add_unsourced(before: Tables, withheld: Withheld, why: Reasons) -> None:
    """Add why records and events are gone whose only sources are withheld."""
    own = frozenset(why)
    pages = rows_of(before, "sources")
    gone = {r["id"]: withheld.reasons("sources", r["id"]) for r in pages}
    gone = {i: reasons for i, reasons in gone.items() if reasons}
    left = {row["id"] for row in pages} - gone.keys()
    # the link of a record on hold does not say why it is not shown
    stations = [row for row in rows_of(before, STATIONS) if row["review"] == "publish"]
    for row in (*rows_of(before, EVENTS), *stations):
        if row["id"] not in own and unsourced(row, gone, left):
            about: Collection[str] = answered(row, stations) if "about" in row.cells else ()
            for i in {row["id"], *about} - own:
                why[i].update(*(gone.get(page, ()) for page in words(row["source_ids"])))


def withdrawn(before: Tables, after: Tables, withheld: Withheld) -> Mapping[str, str]:
    """
    Say since when records and events are withdrawn, as far as a link may say so.

    Parameters
    ----------
    before, after : Mapping
        The files before and after `visible`.
    withheld : Withheld
        The list in force.

    Returns
    -------
    Mapping of str to str
        Days (``YYYY-MM-DD``) by id: of rows that are listed, rows whose only sources are
        withheld, records whose claims are gone, and events about such records alone. Rows on
        hold are left out, and all that is withheld for a reason that readers are not told.
    """
    why = _own(before, withheld)
    _add_unsourced(before, withheld, why)
    events = rows_of(before, EVENTS)
    remaining = {row["id"] for name in (STATIONS, EVENTS) for row in rows_of(after, name)}
    known = frozenset(why)
    for event in events:
        if event["event_type"] == CLAIM and event["id"] in known:
            for record in set(words(event["about"])) - known - remaining:
                why[record] |= why[event["id"]]
    known = frozenset(why)
    for event in events:
        if event["id"] not in known:
            for record in known.intersection(words(event["about"])) - remaining:
                why[event["id"]] |= why[record]
    return {
        i: min(reason.since for reason in reasons)
        for i, reasons in why.items()
        if i not in remaining | GENERAL and all(reason.told for reason in reasons)
    }


def withdrawals(withheld: Withheld) -> tuple[Withdrawal, ...]:
    """List what was withdrawn by day and kind, whatever the ground, the latest first."""
    # a doubled row withdraws nothing more
    cells = {(e.kind, e.key, e.field): e.why.since for e in withheld.entries}
    listed = (
        Withdrawal(since, kind)
        for (kind, _key, _field), since in cells.items()
        if kind in KINDS and is_day(since)
    )
    return tuple(sorted(listed, reverse=True))
