"""How many of the events that matter most to readers have their original words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.ledger.snapshot import Snapshot
from geo.model.entities import Event


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some events have a quotation."""

    quoted: int
    total: int

    @property
    def percent(self) -> float:
        """The share in percent; 100 where there are none."""
        return 100 * self.quoted / self.total if self.total else 100.0


def quoted_events(snapshot: Snapshot) -> frozenset[str]:
    """
    Return the ids of the events whose original words the ledger quotes.

    Parameters
    ----------
    snapshot : Snapshot
        The ledger on a day; one without a table of quotations quotes nothing.
    """
    return frozenset(q.event for q in snapshot.dataset.quotations)


def status_setting(snapshot: Snapshot) -> list[Event]:
    """List the events that leave a latest word, the newest first."""
    return newest_first(e for e in snapshot.events if e.sets and e.about_records)


def china_answers(snapshot: Snapshot) -> list[Event]:
    """List the events that are China's newest answer on a record, the newest first."""
    answers = (snapshot.standing(record).china_answer for record in snapshot.records)
    return newest_first({answer.id: answer for answer in answers if answer}.values())


def coverage_of_quotations(snapshot: Snapshot) -> tuple[Share, Share]:
    """Return the shares with quotations: of what leaves a latest word, and of China's answers."""
    quoted = quoted_events(snapshot)
    first, second = (
        Share(sum(event.id in quoted for event in events), len(events))
        for events in (status_setting(snapshot), china_answers(snapshot))
    )
    return first, second


def newest_first(events: Iterable[Event]) -> list[Event]:
    """Sort events by the day on which they were said, the newest first."""
    return sorted(events, key=lambda event: (event.said.end, event.position), reverse=True)
