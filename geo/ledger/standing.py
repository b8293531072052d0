"""A record as of a day: its claim, its latest word, the answers, flags and sourcing."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from geo.ledger.flags import NO_ANSWER, raised_flags
from geo.ledger.replay import latest
from geo.ledger.sourcing import strength
from geo.model.entities import Event, Record, Source
from geo.model.vocabulary import (
    CHINA,
    CHINA_ANSWERS,
    CLAIM,
    CLAIM_ONLY,
    HOST,
    NAMED_PARTY,
    OPERATOR,
)


@dataclass(frozen=True, slots=True)
class Background:
    """
    What the standing of a country's records depends on besides the events about each.

    Attributes
    ----------
    country, world : sequence of Event
        The public events about the country as a whole and about the world, in replay order.
    country_flags : frozenset of str
        The flags of the country's answer.
    public : container of str
        Ids of all public events.
    sources : mapping of str to Source
        The ledger's sources by id.
    """

    country: Sequence[Event]
    world: Sequence[Event]
    country_flags: frozenset[str]
    public: Container[str]
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    A record as of the end of a day.

    Attributes are computed at once because every selection reads them for every record;
    properties are computed on access because a card needs them for one record only.

    Attributes
    ----------
    record : Record
        The record.
    events : sequence of Event
        The public events about the record itself, in replay order.
    background : Background
        What is public beyond them.
    claims : tuple of Event
        The claims about it, the earliest first; at least one.
    word : Event or None
        The event whose ``sets`` is the latest word; None while there is only the claim.
    host_answer : Event or None
        The latest answer of host authorities about the record, else about its country.
    own_flags : frozenset of str
        The flags that events about the record raise.
    """

    record: Record
    events: Sequence[Event] = field(repr=False)
    background: Background = field(repr=False)
    claims: tuple[Event, ...]
    word: Event | None
    host_answer: Event | None
    own_flags: frozenset[str]

    @property
    def claim(self) -> Event:
        """The first claim, with which the record is quoted."""
        return self.claims[0]

    @property
    def code(self) -> str:
        """The code of the latest word."""
        return self.word.sets if self.word else CLAIM_ONLY

    @property
    def china_answer(self) -> Event | None:
        """China's latest answer about the record, else about its country, else worldwide."""
        return (
            _latest_by_china(self.events)
            or _latest_by_china(self.background.country)
            or _latest_by_china(self.background.world)
        )

    @property
    def named_answer(self) -> Event | None:
        """The latest answer of those named about the record; None if there is none."""
        for event in reversed(self.events):
            if event.actor_type in (OPERATOR, NAMED_PARTY):
                return event
        return None

    @property
    def country_flags(self) -> frozenset[str]:
        """The flags of its country's answer."""
        return self.background.country_flags

    @property
    def flags(self) -> frozenset[str]:
        """The record's own flags and its country's, which the *flag* filter reads."""
        return self.own_flags | self.background.country_flags

    @property
    def strength(self) -> str:
        """How well it is sourced, ``A`` to ``D`` (`geo.ledger.sourcing`)."""
        return strength(self.record, self.claims, self.background.sources)


def claims_in_order(record: Record, events: Sequence[Event]) -> tuple[Event, ...]:
    """
    Sort the claims among a record's events, the earliest first.

    Among claims of one day the one of the record's own country comes first: it says
    what is claimed about this place, while a worldwide report says it of all.

    Parameters
    ----------
    record : Record
        The record.
    events : sequence of Event
        Events about it, in any order.

    Returns
    -------
    tuple of Event
        Empty if there is no claim among them.
    """
    claims = [e for e in events if e.event_type == CLAIM]
    claims.sort(key=lambda e: (e.said.end, e.country != record.host_country, e.position))
    return tuple(claims)


def _latest_by_host(events: Sequence[Event]) -> Event | None:
    for event in reversed(events):
        if event.actor_type == HOST:
            return event
    return None


def _latest_by_china(events: Sequence[Event]) -> Event | None:
    for event in reversed(events):
        if event.actor_type == CHINA and event.event_type in CHINA_ANSWERS:
            return event
    return None


def standing_of(record: Record, events: Sequence[Event], background: Background) -> Standing:
    """
    Return the standing of a record, given what is public about it.

    Parameters
    ----------
    record : Record
        The record.
    events : sequence of Event
        The public events about the record itself, in replay order; a claim among them.
    background : Background
        What is public beyond them.

    Returns
    -------
    Standing
        As of the day by whose end these events were public.
    """
    host_answer = _latest_by_host(events) or _latest_by_host(background.country)
    flags = raised_flags(events, background.public)
    if host_answer is None:
        flags.add(NO_ANSWER)
    return Standing(
        record=record,
        events=events,
        background=background,
        claims=claims_in_order(record, events),
        word=latest(events),
        host_answer=host_answer,
        own_flags=frozenset(flags),
    )
