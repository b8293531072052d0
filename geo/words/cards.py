"""
The content of a record's card, in its fixed order, for pages, pictures and exports alike.

Claim → answers of host authorities, of China and of those named, always all three → latest
word, whose flags say whether accounts differ → accounts that differ → chronology → sources →
corrections → last checked and version. Claim, answers and latest word come with the words of
their pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from geo.files.tables import joined_key
from geo.ledger.past_day import shows_undated_texts
from geo.ledger.snapshot import Snapshot
from geo.ledger.standing import Standing
from geo.model.dates import parse, spoken
from geo.model.entities import Event, Record
from geo.model.vocabulary import (
    FLAGS,
    STRENGTHS,
)
from geo.wording import _, ngettext
from geo.words.corrections import CorrectionLine, correction_lines
from geo.words.sentences import (
    claimed_police_body,
    functions,
    latest_word,
    none_found,
    place,
)
from geo.words.source_rows import SourceRow, source_rows
from geo.words.statements import Quote, Statement, quotes, statement

#: days after which a record's last check is said to be long ago
STALE_DAYS = 180


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the three rows of answers; ``statement`` is None where none was found."""

    heading: str
    statement: Statement | None
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A record's card."""

    record: Record
    title: str
    claim: Statement
    claimed: tuple[tuple[str, str], ...]
    further_claims: tuple[Statement, ...]
    answers: tuple[Answer, ...]
    differences: tuple[tuple[Statement, Statement], ...]
    latest: str
    latest_quotes: tuple[Quote, ...]
    flags: tuple[str, ...]
    country_flags: tuple[str, ...]
    summary: str
    chronology: tuple[Statement, ...]
    sources: tuple[SourceRow, ...]
    strength: str
    last_checked: str
    later: int
    siblings: tuple[Record, ...]
    corrections: tuple[CorrectionLine, ...]
    stale: str


def answers(standing: Standing, snapshot: Snapshot) -> tuple[Answer, ...]:
    """
    List the three answers of a card: host authorities, China, the body or people named.

    Parameters
    ----------
    standing : Standing
        What is known of the record on the day.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    tuple of Answer
        Always three, in this order; ``statement`` is None where there is no answer.
    """
    record = standing.record
    rows = (
        (_("Host authorities"), standing.host_answer),
        (_("China"), standing.china_answer),
        (_("People or bodies named"), standing.named_answer),
    )
    return tuple(
        Answer(
            heading,
            statement(event, snapshot, record.id) if event else None,
            none_found(record.last_checked),
        )
        for heading, event in rows
    )


def stale(record: Record, day: date) -> str:
    """
    Say whether a record was last compared with its sources long ago.

    Parameters
    ----------
    record : Record
        With the date of its last check.
    day : date
        The day from which the days are counted.

    Returns
    -------
    str
        A sentence; empty within `STALE_DAYS` days.
    """
    days = (day - parse(record.last_checked).first).days
    if days <= STALE_DAYS:
        return ""
    return _("That was more than {n} days ago: later statements may be missing.").format(
        n=STALE_DAYS
    )


def flag_words(codes: frozenset[str]) -> tuple[str, ...]:
    """Return the labels of flags, in the order of the vocabulary."""
    return tuple(_(label) for code, label in FLAGS.items() if code in codes)


def _claimed(record: Record) -> tuple[tuple[str, str], ...]:
    rows = [(_("Police body named"), claimed_police_body(record))]
    if functions(record):
        rows.append((_("Claimed function"), functions(record)))
    if record.said_open_from:
        rows.append((_("Said to have been open since"), spoken(record.said_open_from)))
    if record.precision != "city":
        rows.append((_("Place"), _("no city named in the sources consulted")))
    return tuple(rows)


def _sources(record: Record, events: Sequence[Event], snapshot: Snapshot) -> tuple[SourceRow, ...]:
    ids = dict.fromkeys([*record.sources, *(i for event in events for i in event.sources)])
    known = snapshot.dataset.sources
    return source_rows(known[i] for i in ids if i in known)


def _rows(events: Iterable[Event], snapshot: Snapshot) -> Iterator[str]:
    """Name the rows of events and of their quotations, as the register does."""
    known = snapshot.dataset.quotations_of
    for event in events:
        yield event.id
        yield from (joined_key((q.event, q.source)) for q in known.get(event.id, ()))


def _unseen(standing: Standing, snapshot: Snapshot) -> tuple[Quote, ...]:
    """List the words of the latest word where no answer of the card has printed them."""
    word = standing.word
    above = (standing.host_answer, standing.china_answer, standing.named_answer)
    return quotes(word, snapshot) if word and word not in above else ()


def record_card(record: Record, snapshot: Snapshot, today: Snapshot) -> Card:
    """
    Build the card of a record that exists on the snapshot's day.

    Parameters
    ----------
    record : Record
        One of the snapshot's records.
    snapshot : Snapshot
        The day shown.
    today : Snapshot
        The ledger today, to say how many entries came later.

    Returns
    -------
    Card
        In words, as of the day shown.
    """
    standing = snapshot.standing(record)
    events = standing.events
    around = [*events, *snapshot.of_country(record.host_country)]
    letter = standing.strength
    siblings = tuple(
        r
        for r in snapshot.records
        if r.point is not None and r.point == record.point and r.id != record.id
    )
    return Card(
        record=record,
        title=place(record),
        claim=statement(standing.claim, snapshot, record.id),
        claimed=_claimed(record),
        further_claims=tuple(
            statement(e, snapshot, record.id) for e in standing.claims[1:] if not e.repeat_of
        ),
        answers=answers(standing, snapshot),
        differences=tuple(
            (statement(a, snapshot, record.id), statement(b, snapshot, record.id))
            for a, b in snapshot.differences(record)
        ),
        latest=latest_word(record, snapshot),
        latest_quotes=_unseen(standing, snapshot),
        flags=flag_words(standing.own_flags),
        country_flags=flag_words(standing.country_flags - standing.own_flags),
        summary=record.summary if shows_undated_texts(snapshot) else "",
        chronology=tuple(
            statement(e, snapshot, record.id) for e in sorted(around, key=lambda e: e.order)
        ),
        sources=_sources(record, events, snapshot),
        strength=f"{letter}: {_(STRENGTHS[letter])}",
        last_checked=spoken(record.last_checked),
        later=len(today.about(record)) - len(events),
        siblings=siblings,
        corrections=correction_lines(
            snapshot.dataset.corrections, snapshot.day, {record.id, *_rows(events, snapshot)}
        ),
        stale=stale(record, today.day),
    )


def not_yet(record: Record, day: date) -> str:
    """
    Say that a record had no public claim on a day.

    Parameters
    ----------
    record : Record
        The record that the link opens.
    day : date
        A day before its first claim.

    Returns
    -------
    str
        One sentence, with the record's place.
    """
    return _("{place}: no claim had been made by {day}.").format(
        place=place(record), day=spoken(day.isoformat())
    )


def not_public_yet(day: date) -> str:
    """Say that an event was not public on a day."""
    return _("This was not yet public on {day}.").format(day=spoken(day.isoformat()))


def later_words(count: int) -> str:
    """Say how many entries came later: “3 later entries”, for the link back to today."""
    return ngettext("{n} later entry", "{n} later entries", count)
