"""What the view of a past day may show: nothing that was written or said after it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from geo.ledger.snapshot import Snapshot
from geo.model.dates import parse
from geo.model.entities import Correction, Count


def shows_undated_texts(snapshot: Snapshot) -> bool:
    """
    Whether texts without a date may be shown: summaries, notes, what was left out and why.

    They were written with all that was known on the ledger's own date: on an earlier day
    they would tell what had not been said yet.
    """
    return snapshot.day.isoformat() >= snapshot.dataset.last_checked


def public_corrections(
    entries: Iterable[Correction], day: date, ids: Collection[str] | None = None
) -> tuple[Correction, ...]:
    """
    Pick the entries of the register of corrections that a day may show, the newest first.

    Parameters
    ----------
    entries : iterable of Correction
        As in the register.
    day : date
        The day shown, included: a later correction would tell what had not been said yet.
    ids : collection of str, optional
        Only entries about these rows; without it, all.
    """
    found = [e for e in entries if e.date <= day.isoformat() and (ids is None or e.record in ids)]
    # the file is in order of time, so a later entry of one day comes above an earlier one
    return tuple(sorted(found, key=lambda e: e.date)[::-1])


def public_counts(snapshot: Snapshot) -> list[Count]:
    """Figures that others claim, as far as they were given by the snapshot's day."""
    dated = (c for c in snapshot.dataset.counts if c.claimed_on)
    return [c for c in dated if parse(c.claimed_on).last <= snapshot.day]
