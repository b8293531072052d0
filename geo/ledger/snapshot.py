"""The ledger as it stood at the end of one day: existence, latest words, flags, answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from geo.ledger.dataset import Dataset
from geo.ledger.replay import latest
from geo.model.entities import Event, Record
from geo.model.vocabulary import (
    CHINA,
    CHINA_ANSWERS,
    CLAIM,
    CLAIM_ONLY,
    COUNTRY,
    FLAG_BY_TYPE,
    HOST,
    NAMED_PARTY,
    OPERATOR,
    WORLD,
)


class Snapshot:
    """
    What had been said in public by the end of a day.

    Parameters
    ----------
    dataset : Dataset
        The checked ledger.
    day : date
        The day, included. An event whose date is a month or a year counts from the
        last day of it.

    Attributes
    ----------
    events : tuple of Event
        Public by that day, in replay order.
    records : tuple of Record
        Those whose first claim was public by that day, in file order.
    """

    def __init__(self, dataset: Dataset, day: date) -> None:
        self.dataset = dataset
        self.day = day
        self.events = tuple(e for e in dataset.replay_order if e.public_by(day))
        self._public = {e.id for e in self.events}
        self._about: dict[str, list[Event]] = defaultdict(list)
        self._of_country: dict[str, list[Event]] = defaultdict(list)
        self.of_world: list[Event] = []
        for event in self.events:
            if event.about == (COUNTRY,):
                self._of_country[event.country].append(event)
            elif event.about == (WORLD,):
                self.of_world.append(event)
            else:
                for record_id in event.about:
                    self._about[record_id].append(event)
        self.records = tuple(r for r in dataset.records if self.claims(r))

    def about(self, record: Record) -> list[Event]:
        """Events about the record itself, in replay order."""
        return self._about.get(record.id, [])

    def of_country(self, country: str) -> list[Event]:
        """Events about a country as a whole, in replay order."""
        return self._of_country.get(country, [])

    def exists(self, record: Record) -> bool:
        """Whether its first claim was public by the day."""
        return bool(self.claims(record))

    def claims(self, record: Record) -> list[Event]:
        """
        The claims that put the record on the ledger, the earliest first.

        Among claims of one day the one of the record's own country comes first: it says
        what is claimed about this place, while a worldwide report says it of all.
        """
        found = [e for e in self.about(record) if e.event_type == CLAIM]
        return sorted(
            found, key=lambda e: (e.said.end, e.country != record.host_country, e.position)
        )

    def word(self, record: Record) -> Event | None:
        """The event whose word stands; None while there is only the claim."""
        return self._words.get(record.id)

    @cached_property
    def _words(self) -> dict[str, Event]:
        # once for the whole day: every view asks again and again
        words = ((r.id, latest(self.about(r))) for r in self.records)
        return {record_id: word for record_id, word in words if word is not None}

    @cached_property
    def statuses(self) -> dict[str, str]:
        """Latest word of each record, by record id."""
        return {r.id: (word.sets if (word := self.word(r)) else CLAIM_ONLY) for r in self.records}

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Host countries of the records, by code."""
        return tuple(sorted({r.host_country for r in self.records}))

    def _flags(self, events: Iterable[Event]) -> set[str]:
        flags: set[str] = set()
        for event in events:
            # that a state looked, stopped or charged is said by that state alone
            if event.actor_type == HOST and event.event_type in FLAG_BY_TYPE:
                flags.add(FLAG_BY_TYPE[event.event_type])
            if any(other in self._public for other in event.differs_from):
                flags.add("accounts_differ")
            if event.event_type == "answer_by_named_party":
                flags.add("named_party_denies")
        return flags

    @cached_property
    def _host_events(self) -> dict[str, list[Event]]:
        spoken: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            if event.actor_type == HOST and event.about != (WORLD,):
                spoken[event.country].append(event)
        return spoken

    def host_events(self, country: str) -> list[Event]:
        """What a country's own authorities have said, about it or its records, in order."""
        return self._host_events.get(country, [])

    @cached_property
    def country_flags(self) -> dict[str, frozenset[str]]:
        """
        Each host country's answer: flags from its authorities' events alone.

        A set and never a ladder: a ladder would rank states by how much they agree.
        """
        flags: dict[str, frozenset[str]] = {}
        for country in self.countries:
            spoken = self.host_events(country)
            flags[country] = frozenset(self._flags(spoken) if spoken else {"no_answer"})
        return flags

    @cached_property
    def own_flags(self) -> dict[str, frozenset[str]]:
        """Each record's own flags, by record id."""
        flags: dict[str, frozenset[str]] = {}
        for record in self.records:
            own = self._flags(self.about(record))
            if self.newest_host_answer(record) is None:
                own.add("no_answer")
            flags[record.id] = frozenset(own)
        return flags

    def flags(self, record: Record) -> frozenset[str]:
        """The record's own flags and its country's: what the *flag* filter looks at."""
        return self.own_flags[record.id] | self.country_flags[record.host_country]

    def newest_host_answer(self, record: Record) -> Event | None:
        """The host authorities' newest words about the record, else about its country."""
        for events in (self.about(record), self.of_country(record.host_country)):
            for event in reversed(events):
                if event.actor_type == HOST:
                    return event
        return None

    def newest_china_answer(self, record: Record) -> Event | None:
        """China's newest answer about the record, else its country, else worldwide."""
        for events in (self.about(record), self.of_country(record.host_country), self.of_world):
            for event in reversed(events):
                if event.actor_type == CHINA and event.event_type in CHINA_ANSWERS:
                    return event
        return None

    def newest_party_answer(self, record: Record) -> Event | None:
        """The newest words of the body or people concerned; None if none was found."""
        for event in reversed(self.about(record)):
            if event.actor_type in (OPERATOR, NAMED_PARTY):
                return event
        return None

    def differences(self, record: Record) -> list[tuple[Event, Event]]:
        """
        Pairs of public accounts that contradict each other, at least one about the record.

        Either side may be the one whose row says so, the country's answer included.
        """
        seen: set[frozenset[str]] = set()
        pairs: list[tuple[Event, Event]] = []
        own = self.about(record)
        about = {e.id for e in own}
        for event in (*own, *self.of_country(record.host_country)):
            for other_id in event.differs_from:
                pair = frozenset((event.id, other_id))
                if other_id not in self._public or pair in seen or about.isdisjoint(pair):
                    continue
                seen.add(pair)
                other = self.dataset.events_by_id[other_id]
                pairs.append((event, other) if event.order < other.order else (other, event))
        return pairs
