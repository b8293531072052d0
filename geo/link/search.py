"""
What a search finds in the ledger of a day: first what is in a place, then what mentions it.

A query is a list of terms (`geo.link.search_terms`), and a match has them all. A record is
in its country, region and city; an event in its country and in the places of the records
that it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from threading import Lock

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from geo.ledger.snapshot import Snapshot
from geo.link.search_terms import Term, own_name, terms_of
from geo.model.entities import Event, Record
from geo.model.names import country_name
from geo.model.place_names import Place
from geo.model.searchable import key_of, searchable
from geo.model.vocabulary import JURISDICTIONS, PROVINCES

Mask = NDArray[np.bool_]
#: cached for each day: one query is asked of many filters
_QUERIES = 16


@dataclass(frozen=True, slots=True)
class Found:
    """
    What a query finds among the records, or among the events, of a snapshot.

    Attributes
    ----------
    matching : array of bool, shape (things,)
        What matches.
    in_place : array of bool, shape (things,)
        What of it is in the place that the query names; the rest only mentions it.
    """

    matching: Mask
    in_place: Mask


@dataclass(frozen=True, slots=True)
class Search:
    """
    A query, and what it finds.

    Attributes
    ----------
    terms : tuple of Term
        The query as it is read.
    records, events : Found
        In the order of the snapshot.
    """

    terms: tuple[Term, ...]
    records: Found
    events: Found

    @property
    def places(self) -> frozenset[Place]:
        """The places that the query is a name of."""
        return frozenset(chain.from_iterable(term.places for term in self.terms))


@dataclass(frozen=True, slots=True)
class _Entry:
    """
    What a search knows of a record or event.

    Attributes
    ----------
    text : str
        Searchable: what mentions.
    names : str
        Searchable: the names of its places, and the ids of its records.
    places : frozenset of Place
        Where it is.
    """

    text: str
    names: str
    places: frozenset[Place]


def places_of(record: Record) -> frozenset[Place]:
    """Return the country, region and city of a record; the country alone where no more is known."""
    code = record.host_country
    region = {Place(code, record.host_region)} if record.host_region else set()
    city = {Place(code, "", record.host_city)} if record.host_city else set()
    return frozenset({Place(code)} | region | city)


def _days(event: Event) -> Iterator[str]:
    for interval in (event.said, event.happened):
        if interval:
            yield from interval.text.split("/")


def event_text(event: Event, snapshot: Snapshot) -> str:
    """
    Return the text of an event that a search looks through.

    Parameters
    ----------
    event : Event
        An event of the snapshot.
    snapshot : Snapshot
        Its ledger has the sources.

    Returns
    -------
    str
        Speaker, summary and publishers.
    """
    return " ".join((event.authority, event.summary, *publishers_of(event, snapshot)))


def publishers_of(event: Event, snapshot: Snapshot) -> list[str]:
    """
    Return the publishers of an event's sources.

    Parameters
    ----------
    event : Event
        An event of the snapshot.
    snapshot : Snapshot
        Its ledger has the sources.

    Returns
    -------
    list of str
        In the order of the sources, one for each.
    """
    sources = snapshot.dataset.sources
    return [sources[i].publisher for i in event.sources if i in sources]


def record_text(record: Record) -> str:
    """Return the text of a record that a search looks through, without what was said about it."""
    origin = JURISDICTIONS.get(record.jurisdiction, ("", "", ""))[1]
    province = PROVINCES.get(record.origin_province, "")
    return " ".join((record.origin_city, origin, province, record.summary))


def _names(record: Record) -> str:
    country = country_name(record.host_country)
    return searchable(" ".join((record.host_city, record.host_region, record.place_label, country)))


class SearchIndex:
    """
    The words of a snapshot's records and events, read at the first search of the day.

    Parameters
    ----------
    snapshot : Snapshot
        The ledger of the day.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._searches: LRUCache[str, Search] = LRUCache(_QUERIES)
        self._lock = Lock()

    def prepare(self) -> None:
        """Read the texts and the table of names, so that the first search need not."""
        self.search(self._ids[0] if self._ids else "")

    def search(self, query: str) -> Search:
        """Return what a query finds; the latest queries are cached."""
        with self._lock:
            known = self._searches.get(query)
        if known is not None:
            return known
        terms = tuple(terms_of(query, self._own, self._ids))
        made = Search(terms, _found(terms, self._records), _found(terms, self._events))
        with self._lock:
            return self._searches.setdefault(query, made)

    @cached_property
    def _events(self) -> list[_Entry]:
        by_id = {record.id: record for record in self._snapshot.records}
        return [self._event(event, by_id) for event in self._snapshot.events]

    def _event(self, event: Event, by_id: dict[str, Record]) -> _Entry:
        about = [by_id[i] for i in event.about_records if i in by_id]
        # a record's text has the texts of its events, so their records' ids are kept apart
        said = f"{searchable(event_text(event, self._snapshot))}{event.id} "
        text = f"{said}{' '.join(_days(event))} "
        country = searchable(country_name(event.country))
        places = frozenset({Place(event.country)}.union(*map(places_of, about)))
        ids = " ".join(event.about_records)
        return _Entry(text, f"{country}{''.join(map(_names, about))}{ids} ", places)

    @cached_property
    def _records(self) -> list[_Entry]:
        said = dict(zip((e.id for e in self._snapshot.events), self._events, strict=True))
        return [self._record(record, said) for record in self._snapshot.records]

    def _record(self, record: Record, said: dict[str, _Entry]) -> _Entry:
        about = (said[e.id].text for e in self._snapshot.about(record))
        text = f"{searchable(record_text(record))}{''.join(about)}"
        return _Entry(text, f"{_names(record)}{record.id} ", places_of(record))

    @cached_property
    def _own(self) -> dict[str, frozenset[Place]]:
        places = frozenset().union(*(e.places for e in self._records))
        own: dict[str, set[Place]] = {}
        for place in places:
            own.setdefault(key_of(own_name(place)), set()).add(place)
        return {key: frozenset(named) for key, named in own.items()}

    @cached_property
    def _ids(self) -> Sequence[str]:
        snapshot = self._snapshot
        return sorted([*(r.id for r in snapshot.records), *(e.id for e in snapshot.events)])


def _found(terms: Sequence[Term], entries: Sequence[_Entry]) -> Found:
    if not terms:
        # a query of signs alone is a search for nothing, and not one for everything
        nothing = np.zeros(len(entries), dtype=bool)
        return Found(nothing, nothing)
    pairs = [_match(terms, entry) for entry in entries]
    matching, rank = np.array(pairs, dtype=np.int8).reshape(-1, 2).T
    # of “Amsterdam Netherlands” what is in both; of “Amsterdam Rotterdam” what is in one
    return Found(matching.astype(bool), (rank == rank.max(initial=0)) & (rank > 0))


def _match(terms: Iterable[Term], entry: _Entry) -> tuple[bool, int]:
    """
    Compare an entry with a query.

    Returns
    -------
    bool
        Whether it has all terms.
    int
        In how many of the places that the terms name it is; 0 if it only mentions them.
    """
    rank, in_names = 0, True
    for term in terms:
        inside = not term.places.isdisjoint(entry.places)
        # a part of a name, such as “Janeiro”, counts where the term is no whole name
        part = term.occurs(entry.names)
        if not (inside or part or term.occurs(entry.text)):
            return False, 0
        rank += inside
        in_names &= inside or (part and not term.places)
    return True, max(rank, int(in_names))


def search_index(snapshot: Snapshot) -> SearchIndex:
    """Return the index of a snapshot, made once."""
    return snapshot.derived(SearchIndex)
