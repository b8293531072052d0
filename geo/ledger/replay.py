"""
The replay: which word stands on a record, given what was public by a day.

One small pure function, so that it can be checked against a plain reference. The rule is
the data model's (docs/DATA_MODEL.md, *Replay*): the last event that sets something wins,
except that a word by China or by an operator never replaces a host authority's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from geo.model.entities import Event
from geo.model.vocabulary import HOST, MAY_SET


def replay(events: Iterable[Event], day: date) -> Event | None:
    """
    Find the event whose ``sets`` is the record's latest word at the end of a day.

    Parameters
    ----------
    events : iterable of Event
        Events about one record, in any order.
    day : date
        The day, included.

    Returns
    -------
    Event or None
        None as long as nobody has set anything: the record is ``claim_only``.
    """
    public = sorted((e for e in events if e.sets and e.public_by(day)), key=lambda e: e.order)
    return latest(public)


def latest(ordered: Iterable[Event]) -> Event | None:
    """
    Return the setting event that stands, among public events already in replay order.

    Split from `replay` because a whole ledger is put in order once for every day.
    """
    stands: Event | None = None
    for event in ordered:
        # whoever may not set a latest word leaves none, whatever the cell says
        if event.sets not in MAY_SET.get(event.actor_type, ()):
            continue
        # a party's word is shown beside a host authority's, never in its place
        if stands is None or event.actor_type == HOST or stands.actor_type != HOST:
            stands = event
    return stands
