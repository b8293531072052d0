"""The ledger at the end of one day: its events, its records, and the standing of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from geo.ledger.dataset import Dataset
from geo.ledger.flags import NO_ANSWER, raised_flags
from geo.ledger.standing import Background, Standing, standing_of
from geo.model.entities import Event, Record
from geo.model.vocabulary import CLAIM, COUNTRY, HOST, WORLD

T = TypeVar("T")


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
        self._public = {e.id: e for e in self.events}
        self._about: dict[str, list[Event]] = defaultdict(list)
        self._of_country: dict[str, list[Event]] = defaultdict(list)
        self._standings: dict[str, Standing] = {}
        self._derived: dict[Callable[[Snapshot], Any], Any] = {}
        self.of_world: list[Event] = []
        claimed: set[str] = set()
        for event in self.events:
            if event.about == (COUNTRY,):
                self._of_country[event.country].append(event)
            elif event.about == (WORLD,):
                self.of_world.append(event)
            else:
                for record_id in event.about:
                    self._about[record_id].append(event)
                if event.event_type == CLAIM:
                    claimed.update(event.about)
        self.records = tuple(r for r in dataset.records if r.id in claimed)
        self._ids = frozenset(r.id for r in self.records)

    def derived(self, make: Callable[[Snapshot], T]) -> T:
        """
        Return what a function makes of the snapshot, computed once.

        It is kept by the snapshot itself, because in a cache beside it whatever refers to the
        snapshot would keep it for ever.

        Parameters
        ----------
        make : callable
            Defined at the top of a module: the result is found by it.
        """
        if make not in self._derived:
            # two threads may compute it at once: all callers get the first result
            self._derived.setdefault(make, make(self))
        made: T = self._derived[make]
        return made

    def about(self, record: Record) -> list[Event]:
        """Return the events about the record itself, in replay order."""
        return self._about.get(record.id, [])

    def of_country(self, country: str) -> list[Event]:
        """Return the events about a country as a whole, in replay order."""
        return self._of_country.get(country, [])

    def public_event(self, event_id: str) -> Event | None:
        """Return the event of an id; None if there is none, or none that was public yet."""
        return self._public.get(event_id)

    def exists(self, record: Record) -> bool:
        """Say whether a record's first claim was public by the day."""
        return record.id in self._ids

    def standing(self, record: Record) -> Standing:
        """
        Return the standing of a record on the day, computed once.

        Parameters
        ----------
        record : Record
            One of the snapshot's records.

        Raises
        ------
        KeyError
            When no claim about it was public by the day.
        """
        known = self._standings.get(record.id)
        if known is not None:
            return known
        if not self.exists(record):
            raise KeyError(record.id)
        new = standing_of(record, self.about(record), self._backgrounds[record.host_country])
        # two threads may compute it at once: all callers get the first result
        return self._standings.setdefault(record.id, new)

    @cached_property
    def _backgrounds(self) -> dict[str, Background]:
        return {
            country: Background(
                self.of_country(country),
                self.of_world,
                self.country_flags[country],
                self._public,
                self.dataset.sources,
            )
            for country in self.countries
        }

    def claims(self, record: Record) -> tuple[Event, ...]:
        """Return the claims of a record's `standing`; empty before the first of them."""
        return self.standing(record).claims if self.exists(record) else ()

    def word(self, record: Record) -> Event | None:
        """
        Return the latest word of a record's `standing`.

        None before its first claim, and while no event has set a latest word.
        """
        return self.standing(record).word if self.exists(record) else None

    @cached_property
    def statuses(self) -> dict[str, str]:
        """The code of each record's latest word, by record id."""
        return {r.id: self.standing(r).code for r in self.records}

    def flags(self, record: Record) -> frozenset[str]:
        """Return the flags of a record's `standing`, which the *flag* filter reads."""
        return self.standing(record).flags

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Host countries of the records, by code."""
        return tuple(sorted({r.host_country for r in self.records}))

    @cached_property
    def _host_events(self) -> dict[str, list[Event]]:
        spoken: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            if event.actor_type == HOST and event.about != (WORLD,):
                spoken[event.country].append(event)
        return spoken

    def host_events(self, country: str) -> list[Event]:
        """Return what a country's authorities said about it or its records, in replay order."""
        return self._host_events.get(country, [])

    @cached_property
    def country_flags(self) -> dict[str, frozenset[str]]:
        """
        Each host country's answer: flags from its authorities' events alone.

        A set without an order, so that states are not ranked by how much they agree.
        """
        flags: dict[str, frozenset[str]] = {}
        for country in self.countries:
            spoken = self.host_events(country)
            flags[country] = frozenset(
                raised_flags(spoken, self._public) if spoken else {NO_ANSWER}
            )
        return flags

    def differences(self, record: Record) -> list[tuple[Event, Event]]:
        """
        List pairs of public accounts that contradict each other, one about the record.

        Either event's row may name the other; events about the country count too.
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
                other = self._public[other_id]
                pairs.append((event, other) if event.order < other.order else (other, event))
        return pairs
