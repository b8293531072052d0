"""
The content of a record's card, in its fixed order, for pages, pictures and exports alike.

Latest word → claim → answers of host authorities, of China and of those named, always all
three → accounts that differ → chronology, with the flags → sources → corrections → other
records of the city → last checked and version. Latest word, claim and answers come with the
words of their pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.ledger.past_day import shows_undated_texts
from geo.ledger.snapshot import Snapshot
from geo.ledger.standing import Standing
from geo.model.dates import parse, spoken
from geo.model.entities import Record
from geo.model.vocabulary import (
    FLAGS,
    STRENGTHS,
)
from geo.wording import _, ngettext
from geo.words.card_parts import (
    cited_rows,
    claimed_facts,
    differing_accounts,
    row_names,
    unprinted_quotes,
)
from geo.words.corrections import CorrectionLine, correction_lines
from geo.words.sentences import latest_line, none_found, place
from geo.words.source_rows import SourceRow
from geo.words.statements import Quote, Statement, statement

#: accounts that contradict each other and are not folded; the latest ones
OPEN_ACCOUNTS = 4
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
    """
    A record's card.

    Attributes
    ----------
    code, word : str
        Code of the latest word, for its mark, and id of the event that sets it; of the claim
        while there is only that.
    latest, aside : str
        The latest word as a signed sentence, and what qualifies it
        (`geo.words.sentences.latest_line`).
    latest_quotes : tuple of Quote
        The words of its pages, where no answer of the card prints them.
    accounts : tuple of Statement
        Accounts that contradict each other, each once and in order of time.
    later : int
        How many entries about the record have become public since the day shown.
    """

    record: Record
    title: str
    code: str
    word: str
    latest: str
    aside: str
    latest_quotes: tuple[Quote, ...]
    claim: Statement
    claimed: tuple[tuple[str, str], ...]
    further_claims: tuple[Statement, ...]
    answers: tuple[Answer, ...]
    accounts: tuple[Statement, ...]
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

    @property
    def earlier_accounts(self) -> tuple[Statement, ...]:
        """The accounts that a card folds: all but the latest `OPEN_ACCOUNTS`."""
        return self.accounts[:-OPEN_ACCOUNTS]

    @property
    def latest_accounts(self) -> tuple[Statement, ...]:
        """The accounts that follow the folded ones."""
        return self.accounts[-OPEN_ACCOUNTS:]


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
    latest, aside = latest_line(standing)
    siblings = tuple(
        r
        for r in snapshot.records
        if r.point is not None and r.point == record.point and r.id != record.id
    )
    return Card(
        record=record,
        title=place(record),
        code=standing.code,
        word=(standing.word or standing.claim).id,
        latest=latest,
        aside=aside,
        latest_quotes=unprinted_quotes(standing, snapshot),
        claim=statement(standing.claim, snapshot, record.id),
        claimed=claimed_facts(record),
        further_claims=tuple(
            statement(e, snapshot, record.id) for e in standing.claims[1:] if not e.repeat_of
        ),
        answers=answers(standing, snapshot),
        accounts=differing_accounts(record, snapshot),
        flags=flag_words(standing.own_flags),
        country_flags=flag_words(standing.country_flags - standing.own_flags),
        summary=record.summary if shows_undated_texts(snapshot) else "",
        chronology=tuple(
            statement(e, snapshot, record.id) for e in sorted(around, key=lambda e: e.as_printed)
        ),
        sources=cited_rows(record, events, snapshot),
        strength=f"{letter}: {_(STRENGTHS[letter])}",
        last_checked=spoken(record.last_checked),
        later=len(today.about(record)) - len(events),
        siblings=siblings,
        corrections=correction_lines(
            snapshot.dataset.corrections, snapshot.day, {record.id, *row_names(events, snapshot)}
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
