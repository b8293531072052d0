"""What limits an answer: older than the claim, about another place, or said before."""

from __future__ import annotations

from datetime import date

from geo.ledger.snapshot import Snapshot
from geo.model.entities import Event
from geo.model.vocabulary import ANSWERING, CLAIM, WORLD
from geo.wording import N_

BEFORE_CLAIM = "before_claim"
OTHER_PLACE = "other_place"
REPEATS = "repeats"
#: what limits an answer -> how its line says so
MARKS: dict[str, str] = {
    BEFORE_CLAIM: N_("before the claim"),
    OTHER_PLACE: N_("about another place"),
    REPEATS: N_("repeats another entry"),
}


def _first_claims(snapshot: Snapshot) -> dict[str, date]:
    """Return the first day on which each record may have been claimed, by its id."""
    first: dict[str, date] = {}
    for event in snapshot.events:
        if event.event_type == CLAIM:
            for record in event.about_records:
                first[record] = min(first.get(record, date.max), event.said.first)
    return first


def _first_by_country(snapshot: Snapshot) -> dict[str, date]:
    """Return the same by the code of the host country, and for the world."""
    days = snapshot.derived(_first_claims)
    first: dict[str, date] = {}
    for record in snapshot.records:
        for place in (record.host_country, WORLD):
            first[place] = min(first.get(place, date.max), days[record.id])
    return first


def _is_before_claims(event: Event, snapshot: Snapshot, shown: tuple[str, ...]) -> bool:
    """Say whether an event was certainly public before each claim that it can answer."""
    records = shown or event.about_records
    if records:
        days = snapshot.derived(_first_claims)
        claimed = [days[record] for record in records if record in days]
    else:
        place = WORLD if event.about == (WORLD,) else event.country
        first = snapshot.derived(_first_by_country)
        claimed = [first[place]] if place in first else []
    return bool(claimed) and event.said.end <= min(claimed)


def _is_of_other_place(event: Event, shown: tuple[str, ...]) -> bool:
    return event.elsewhere or bool(
        shown and event.about_records and not set(shown) & set(event.about_records)
    )


def marks(event: Event, snapshot: Snapshot, *shown: str) -> tuple[str, ...]:
    """
    List what a reader has to know of an answer before it is read as one.

    Parameters
    ----------
    event : Event
        One of the snapshot's events.
    snapshot : Snapshot
        The day shown.
    *shown : str
        Ids of the records beside which it is printed. Without them, those that it is about,
        or all of its country.

    Returns
    -------
    tuple of str
        Codes of `MARKS`, in its order. Empty for what is no answer by
        host authorities, by China or by those named. A date that may be that of the claim is
        not older than it.
    """
    if event.event_type == CLAIM or event.actor_type not in ANSWERING:
        return ()
    limits = {
        BEFORE_CLAIM: _is_before_claims(event, snapshot, shown),
        OTHER_PLACE: _is_of_other_place(event, shown),
        REPEATS: snapshot.public_event(event.repeat_of) is not None,
    }
    return tuple(code for code, is_so in limits.items() if is_so)
