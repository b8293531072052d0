"""
What search engines may list.

A search for a person who was cleared, or whose case is before a court, must not lead to the
allegation. A past day, a filter and a pinned release are for readers who were sent the link.
"""

from __future__ import annotations

from geo.ledger.snapshot import Snapshot
from geo.link.permalink import State, city_code
from geo.link.selection import Filters
from geo.model.entities import Event, Record
from geo.model.vocabulary import CASE_TYPES

#: kinds of page that are never listed: they have an address for each selection
NEVER = frozenset({"view", "changes"})
_CLOSED = "inquiry_closed"
#: flags of a record whose page is not listed
_FLAGS = frozenset({_CLOSED, "court_case"})
_EVENTS = CASE_TYPES | {_CLOSED}


def listed_record(record: Record, snapshot: Snapshot) -> bool:
    """
    Say whether a record's page may be listed: no case, no inquiry closed without measures.

    Parameters
    ----------
    record : Record
        The record.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    bool
        True also for a record that does not exist on the day.
    """
    if not snapshot.exists(record):
        return True
    standing = snapshot.standing(record)
    return standing.code != _CLOSED and not standing.own_flags & _FLAGS


def listed_event(event: Event) -> bool:
    """Say whether an event's page may be listed."""
    return event.event_type not in _EVENTS


def robots(page: str, state: State, snapshot: Snapshot, published: bool) -> str | None:
    """
    Return what a page asks of search engines, as in its robots tag.

    Parameters
    ----------
    page : str
        The kind of page: one of the dashboard's or of the plain ones.
    state : State
        The parameters of its address.
    snapshot : Snapshot
        The day shown.
    published : bool
        Whether the installation has a publisher.

    Returns
    -------
    str or None
        ``noindex``, or None where it may be listed.
    """
    narrowed = state.filters != Filters() or state.as_of is not None or bool(state.version)
    if not published or page in NEVER or narrowed or not _card_listed(state, snapshot):
        return "noindex"
    return None


def _card_listed(state: State, snapshot: Snapshot) -> bool:
    dataset = snapshot.dataset
    if state.record:
        return listed_record(dataset.records_by_id[state.record], snapshot)
    if state.event:
        return listed_event(dataset.events_by_id[state.event])
    # a city's card is about its records alone; a country's about its authorities' answers
    inside = (r for r in snapshot.records if state.place == city_code(r.id))
    return all(listed_record(record, snapshot) for record in inside)
