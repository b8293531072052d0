"""
What the ledger covers: each country of ISO 3166-1 has exactly one state on a day.

A country without a record is one that no list seen, or none that may be shown, names. An
authority's answer that it looked there and found none is a state by itself.
"""

from __future__ import annotations

from collections import Counter

from geo.ledger.snapshot import Snapshot
from geo.model.names import country_codes
from geo.model.vocabulary import COVERAGE

NAMED_STATE = "CN"


def _state(code: str, snapshot: Snapshot, listed: frozenset[str]) -> str:
    if code == NAMED_STATE:
        return "named_state"
    spoken = bool(snapshot.host_events(code))
    if code in listed:
        return "listed_answered" if spoken else "listed_no_answer"
    return "not_listed_spoken" if spoken else "not_listed"


def coverage(snapshot: Snapshot) -> dict[str, str]:
    """
    Return the coverage state of each country on the snapshot's day.

    Parameters
    ----------
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    dict of str to str
        Code of ISO 3166-1 -> code of `geo.model.vocabulary.COVERAGE`, in code order.
    """
    listed = frozenset(snapshot.countries)
    return {code: _state(code, snapshot, listed) for code in sorted(country_codes())}


def coverage_counts(snapshot: Snapshot) -> dict[str, int]:
    """Count the countries in each state, in the order of `COVERAGE`; 0 where there is none."""
    counts = Counter(coverage(snapshot).values())
    return {state: counts[state] for state in COVERAGE}
