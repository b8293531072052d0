"""Reports: the entries of a selection, those that restate another counted with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from geo.ledger.snapshot import Snapshot
from geo.link.selection import Selection
from geo.model.entities import Event
from geo.model.vocabulary import CLAIM, HOST

#: the claims of these records rest on one published list
_NO_LIST = "other"


def by_host_authority(event: Event) -> bool:
    """Say whether an event is an answer by a host authority, its courts included."""
    return event.actor_type == HOST and event.event_type != CLAIM


def original(event: Event, known: Mapping[str, Event]) -> Event:
    """
    Follow an event that restates another to the one that it goes back to.

    Parameters
    ----------
    event : Event
        Where to start.
    known : mapping of str to Event
        The events that may be shown, by id.

    Returns
    -------
    Event
        The event itself if it restates none that may be shown.
    """
    seen = {event.id}
    while event.repeat_of in known and event.repeat_of not in seen:
        seen.add(event.repeat_of)
        event = known[event.repeat_of]
    return event


def _public(snapshot: Snapshot) -> dict[str, Event]:
    return {e.id: e for e in snapshot.events}


def reports(selection: Selection) -> list[tuple[Event, int]]:
    """
    List the reports of a selection, oldest first, with the number of entries that restate each.

    An entry that restates another is no report. What it restates is one, also where only such
    entries are selected. If that may not be shown, one of the entries replaces it.

    Returns
    -------
    list of (Event, int)
        Report, and how many selected entries restate it.
    """
    public = selection.snapshot.derived(_public)
    roots: dict[str, Event] = {}
    echoes: Counter[str] = Counter()
    for event in selection.events:
        root = original(event, public)
        key = root.repeat_of or root.id
        roots.setdefault(key, root)
        echoes[key] += event is not root
    pairs = [(event, echoes[key]) for key, event in roots.items()]
    return sorted(pairs, key=lambda p: (p[0].said.first, p[0].said.end, p[0].position))


def list_reports(snapshot: Snapshot) -> tuple[Event, ...]:
    """
    Find the reports on which the lists of records rest, the earliest first.

    Parameters
    ----------
    snapshot : Snapshot
        The day by which a report must be public. Which report is that of a list is read from
        the whole ledger: a record may have had another claim before it was listed.

    Returns
    -------
    tuple of Event
        For each list the claim that most claims about its records go back to.
    """
    return snapshot.derived(_list_reports)


def _list_reports(snapshot: Snapshot) -> tuple[Event, ...]:
    dataset = snapshot.dataset
    lists = {r.id: r.claim_list for r in dataset.records if r.claim_list != _NO_LIST}
    claims: dict[str, Counter[str]] = {}
    for event in dataset.replay_order:
        if event.event_type == CLAIM:
            root = original(event, dataset.events_by_id).id
            for code in (lists[i] for i in event.about if i in lists):
                claims.setdefault(code, Counter())[root] += 1
    # of equals, the first in replay order
    found = {counted.most_common(1)[0][0] for counted in claims.values()}
    public = [event for event in snapshot.events if event.id in found]
    return tuple(sorted(public, key=lambda e: (e.said.first, e.said.end, e.position)))
