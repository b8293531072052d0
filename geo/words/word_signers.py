"""Who had the latest word on some records, and when: a shape never speaks without a name."""

from __future__ import annotations

from collections.abc import Iterable

from geo.ledger.snapshot import Snapshot
from geo.model.dates import spoken
from geo.model.entities import Event, Record
from geo.wording import _

_FEW = 9  # of more records the words are only counted


def signers(records: Iterable[Record], snapshot: Snapshot) -> dict[str, str]:
    """
    Name the speakers of the latest words on a few records.

    Parameters
    ----------
    records : iterable of Record
        Some that exist on the day.
    snapshot : Snapshot
        The day.

    Returns
    -------
    dict of str to str
        Code of a latest word -> “the foreign minister, 1 November 2022”, of several speakers
        joined by semicolons. A claim is signed by its claimant elsewhere, so it is left out;
        empty for more than nine records.
    """
    listed = list(records)
    if len(listed) > _FEW:
        return {}
    found: dict[str, dict[str, None]] = {}
    for record in listed:
        standing = snapshot.standing(record)
        if standing.word is not None:
            # words on several records on one day are one statement to readers
            found.setdefault(standing.code, {})[_signed(standing.word)] = None
    return {code: "; ".join(signed) for code, signed in found.items()}


def _signed(event: Event) -> str:
    return _("{who}, {when}").format(who=event.authority, when=spoken(event.said.text))
