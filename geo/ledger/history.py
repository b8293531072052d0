"""
Latest words over time: the replay run once through all the days of the ledger.

A record's word can change only on a day on which something about it becomes public, so
each record is replayed on those days alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from geo.ledger.replay import latest
from geo.ledger.snapshot import Snapshot
from geo.model.entities import Record
from geo.model.vocabulary import CLAIM, CLAIM_ONLY


def history(records: Iterable[Record], snapshot: Snapshot) -> list[tuple[date, dict[str, int]]]:
    """
    Count records by latest word, from the first claim to the day shown.

    Parameters
    ----------
    records : iterable of Record
        The same records are counted on all days.
    snapshot : Snapshot
        The day shown, at which the count ends.

    Returns
    -------
    list of (date, dict)
        Each day on which a count changed, and from that day on the records of each latest
        word; in order of time. On any day the counts equal a `Snapshot` of that day.
    """
    changes: dict[date, Counter[str]] = defaultdict(Counter)
    for record in records:
        before = ""
        for day, code in turns(record, snapshot):
            changes[day][code] += 1
            if before:
                changes[day][before] -= 1
            before = code
    counts: Counter[str] = Counter()
    steps = []
    for day in sorted(changes):
        counts.update(changes[day])
        steps.append((day, {code: n for code, n in counts.items() if n}))
    return steps


def turns(record: Record, snapshot: Snapshot) -> list[tuple[date, str]]:
    """
    List the latest words that a record has had.

    Parameters
    ----------
    record : Record
        One of the snapshot's records.
    snapshot : Snapshot
        The day at which the list ends.

    Returns
    -------
    list of (date, str)
        Each day on which the word changed, and the code from that day on; the first day is
        that of its first claim.
    """
    events = snapshot.about(record)
    found: list[tuple[date, str]] = []
    for day in sorted({e.said.last for e in events}):
        public = [e for e in events if e.public_by(day)]
        if not any(e.event_type == CLAIM for e in public):
            continue  # without a claim there is no record
        word = latest(public)
        code = word.sets if word else CLAIM_ONLY
        if not found or found[-1][1] != code:
            found.append((day, code))
    return found
