"""What the view of a past day may show: only what was public by then."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from geo.ledger.snapshot import Snapshot
from geo.model.dates import parse
from geo.model.entities import Correction, Count


def shows_undated_texts(snapshot: Snapshot) -> bool:
    """
    Say whether texts without a date may be shown: summaries, notes, excluded cases.

    They were written with all that was known on the ledger's own date, so they are shown on
    that day and after it only.
    """
    return snapshot.day.isoformat() >= snapshot.dataset.last_checked


def public_corrections(
    entries: Iterable[Correction], day: date, ids: Collection[str] | None = None
) -> tuple[Correction, ...]:
    """
    List the entries of the register of corrections that a day may show, the newest first.

    Parameters
    ----------
    entries : iterable of Correction
        As in the register.
    day : date
        The day shown; corrections after it are left out.
    ids : collection of str, optional
        Only entries about these rows; without it, all.

    Returns
    -------
    tuple of Correction
        By day; of one day, the last entered first.
    """
    public = [e for e in entries if e.date <= day.isoformat() and (ids is None or e.record in ids)]
    # the file is in order of time, so a later entry of one day comes above an earlier one
    return tuple(sorted(public, key=lambda e: e.date)[::-1])


def public_counts(snapshot: Snapshot) -> list[Count]:
    """List the figures that others claim, as far as they were given by the snapshot's day."""
    dated = (c for c in snapshot.dataset.counts if c.claimed_on)
    return [c for c in dated if parse(c.claimed_on).last <= snapshot.day]
