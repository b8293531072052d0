"""
The replay: which event sets a record's latest word, given what was public by a day.

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
    Return the event whose ``sets`` is the record's latest word at the end of a day.

    Parameters
    ----------
    events : iterable of Event
        Events about one record, in any order.
    day : date
        The day, included.

    Returns
    -------
    Event or None
        None while no event has set a latest word: the record is ``claim_only``.
    """
    public = sorted((e for e in events if e.sets and e.public_by(day)), key=lambda e: e.order)
    return latest(public)


def latest(ordered: Iterable[Event]) -> Event | None:
    """
    Return the event that sets the latest word, among public events in replay order.

    Split from `replay` because a snapshot sorts the whole ledger once for all records. None
    while no event has set a latest word.
    """
    setting: Event | None = None
    for event in ordered:
        # a word set by an actor who may not set it has no effect
        if event.sets not in MAY_SET.get(event.actor_type, ()):
            continue
        # a party's word is shown in addition to a host authority's, never in its place
        if setting is None or event.actor_type == HOST or setting.actor_type != HOST:
            setting = event
    return setting
