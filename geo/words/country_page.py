"""
One country's part of the Countries page: its answer first, then its records.

An answer is a set of flags and of quoted words, each with its speaker and date; never a
rank.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.ledger.coverage import coverage
from geo.ledger.snapshot import Snapshot
from geo.model.entities import Event, Record
from geo.model.names import country_name
from geo.model.vocabulary import (
    CASE_TYPES,
    CHINA,
    CHINA_ANSWERS,
    COVERAGE,
    HOST,
    NAMED_PARTY,
    OPERATOR,
)
from geo.wording import _
from geo.words.cards import flag_words
from geo.words.sentences import latest_word, none_found, place
from geo.words.source_rows import SourceRow, source_rows
from geo.words.statements import Statement, statement


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryPart:
    """
    The part of one country, above the table.

    Attributes
    ----------
    claims : tuple of Statement
        The claims that came first for its records, each once.
    answers : tuple of Statement
        Words and acts of its own authorities, the latest first; court cases are apart.
    records : tuple of (str, tuple of Record)
        Selected records by their latest word, a signed sentence; those of one place that no
        source tells apart are grouped.
    outside : int
        Records of the country that the filters leave out.
    china, named : tuple of Statement
        What China has said about the country, and what those named have answered.
    worldwide : Statement or None
        China's latest answer about the whole world; None where it gave one about the
        country.
    cases : tuple of Statement
        Court steps about a place, in order.
    """

    code: str
    name: str
    state: str
    flags: tuple[str, ...]
    claims: tuple[Statement, ...]
    answers: tuple[Statement, ...]
    records: tuple[tuple[str, tuple[Record, ...]], ...]
    outside: int
    china: tuple[Statement, ...]
    worldwide: Statement | None
    named: tuple[Statement, ...]
    cases: tuple[Statement, ...]
    none: str
    sources: tuple[SourceRow, ...]


def _is_case(event: Event) -> bool:
    return event.event_type in CASE_TYPES and bool(event.about_records)


def _newest_first(events: Iterable[Event], snapshot: Snapshot) -> tuple[Statement, ...]:
    # by the printed date: the replay's order is that of what statements speak of
    by_date = sorted(events, key=lambda e: e.as_printed, reverse=True)
    return tuple(statement(e, snapshot) for e in by_date)


def china_worldwide(snapshot: Snapshot) -> tuple[Event, ...]:
    """List China's answers about the whole world, in the order of their dates."""
    answers = [
        e for e in snapshot.of_world if e.actor_type == CHINA and e.event_type in CHINA_ANSWERS
    ]
    return tuple(sorted(answers, key=lambda e: e.as_printed))


def china_steps(snapshot: Snapshot) -> tuple[Statement, ...]:
    """List China's answers about the whole world as printed, each step in its own words."""
    return tuple(statement(e, snapshot) for e in china_worldwide(snapshot))


def _together(
    records: Iterable[Record], snapshot: Snapshot
) -> tuple[tuple[str, tuple[Record, ...]], ...]:
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        groups.setdefault((place(record), latest_word(record, snapshot)), []).append(record)
    return tuple((word, tuple(group)) for (_place, word), group in groups.items())


def _sources(
    records: Iterable[Record], events: Iterable[Event], snapshot: Snapshot
) -> tuple[SourceRow, ...]:
    known = snapshot.dataset.sources
    ids = dict.fromkeys(i for record in records for i in record.sources)
    ids |= dict.fromkeys(i for event in events for i in event.sources)
    return source_rows(known[i] for i in ids if i in known)


def country_part(code: str, snapshot: Snapshot, selected: frozenset[str]) -> CountryPart:
    """
    Build the part of one country.

    Parameters
    ----------
    code : str
        Alpha-2 code of ISO 3166-1, or ``EU``.
    snapshot : Snapshot
        The day shown.
    selected : frozenset of str
        Ids of the records that the filters pick.

    Returns
    -------
    CountryPart
        In words, as of the day shown.
    """
    events = [e for e in snapshot.events if e.country == code]
    records = [r for r in snapshot.records if r.host_country == code]
    first_claims = (snapshot.standing(r).claim for r in records)
    claims = {claim.id: claim for claim in first_claims}.values()
    by_china = [e for e in events if e.actor_type == CHINA]
    worldwide = china_worldwide(snapshot)
    spoken = [e for e in events if e.actor_type == HOST and not _is_case(e)]
    state = coverage(snapshot).get(code, "")
    return CountryPart(
        code=code,
        name=country_name(code),
        state=_(COVERAGE[state]) if state else "",
        flags=flag_words(snapshot.country_flags.get(code, frozenset())),
        claims=tuple(statement(e, snapshot) for e in claims),
        answers=_newest_first(spoken, snapshot),
        records=_together((r for r in records if r.id in selected), snapshot),
        outside=sum(r.id not in selected for r in records),
        china=_newest_first(by_china, snapshot),
        worldwide=statement(worldwide[-1], snapshot) if worldwide and not by_china else None,
        named=_newest_first(
            (e for e in events if e.actor_type in (OPERATOR, NAMED_PARTY)), snapshot
        ),
        cases=tuple(statement(e, snapshot) for e in events if _is_case(e)),
        none=none_found(snapshot.dataset.last_checked),
        sources=_sources(records, events, snapshot),
    )


def others(code: str, part: CountryPart, snapshot: Snapshot) -> tuple[Statement, ...]:
    """
    List what others have said about a country: members of parliaments, NGOs, the press.

    Parameters
    ----------
    code : str
        Alpha-2 code of ISO 3166-1, or ``EU``.
    part : CountryPart
        The country's part; what it has already is left out, and so are repeats.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    tuple of Statement
        In the order of the snapshot's events.
    """
    already = {s.id for s in (*part.claims, *part.answers, *part.china, *part.named, *part.cases)}
    rest = (e for e in snapshot.events if e.country == code and e.id not in already)
    return tuple(statement(e, snapshot) for e in rest if not e.repeat_of)
