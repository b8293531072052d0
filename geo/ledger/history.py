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
from geo.model.entities import Event, Record
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
        for day, before, after in _turns(record, snapshot.about(record)):
            changes[day][after] += 1
            if before:
                changes[day][before] -= 1
    counts: Counter[str] = Counter()
    steps = []
    for day in sorted(changes):
        counts.update(changes[day])
        steps.append((day, {code: n for code, n in counts.items() if n}))
    return steps


def _turns(record: Record, events: list[Event]) -> list[tuple[date, str, str]]:
    """List the changes of a record's latest word: day, word before, word after."""
    turns = []
    before = ""
    for day in sorted({e.said.last for e in events}):
        public = [e for e in events if e.public_by(day)]
        if not any(e.event_type == CLAIM for e in public):
            continue  # without a claim there is no record
        word = latest(public)
        code = word.sets if word else CLAIM_ONLY
        if code != before:
            turns.append((day, before, code))
            before = code
    return turns
