"""The content of an event's card, for pages and pictures alike."""

from __future__ import annotations

from dataclasses import dataclass

from geo.ledger.snapshot import Snapshot
from geo.model.dates import spoken
from geo.model.entities import Event, Record
from geo.model.names import country_name
from geo.wording import _
from geo.words.sentences import latest_word
from geo.words.source_rows import SourceRow, source_rows
from geo.words.statements import Statement, statement


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCard:
    """
    An event's card.

    Attributes
    ----------
    happened : str
        When the event happened according to its source, as a sentence; empty where the
        ledger has no date of its happening.
    repeats : Statement or None
        What it restates; None for an event that restates no public one.
    differs : tuple of Statement
        Accounts that it contradicts.
    records : tuple of (Record, str)
        The records that it is about, each with its latest word as a signed sentence.
    """

    event: Statement
    country: str
    happened: str
    repeats: Statement | None
    differs: tuple[Statement, ...]
    records: tuple[tuple[Record, str], ...]
    sources: tuple[SourceRow, ...]


def event_card(event: Event, snapshot: Snapshot) -> EventCard:
    """
    Build the card of an event that is public on the snapshot's day.

    Parameters
    ----------
    event : Event
        One of the snapshot's events.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    EventCard
        With the records that exist on the day.
    """
    restated = snapshot.public_event(event.repeat_of)
    others = (snapshot.public_event(i) for i in event.differs_from)
    happened = ""
    if event.happened:
        happened = _("Date of the act, according to the source: {date}.").format(
            date=spoken(event.happened.text)
        )
    records = (snapshot.dataset.records_by_id[i] for i in event.about_records)
    words = statement(event, snapshot)
    return EventCard(
        event=words,
        country=country_name(event.country),
        happened=happened,
        repeats=statement(restated, snapshot) if restated else None,
        differs=tuple(statement(e, snapshot) for e in others if e),
        records=tuple((r, latest_word(r, snapshot)) for r in records if snapshot.exists(r)),
        sources=source_rows(words.sources),
    )
