"""
What a reader has picked, and what that selects.

One `Filters` object makes the selection, its sentence, the link, the export and the map:
one meaning, many uses. The rules are docs/DATA_MODEL.md, *Selection*.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.ledger.snapshot import Snapshot
from geo.link.facets import EventFacets, RecordFacets, facets_of
from geo.model.entities import Event, Record
from geo.model.text import fold

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """
    The picked values of each filter, as codes; empty means no such filter.

    Several values of one filter: any of them. Several filters: all of them. ``since`` and
    ``until`` are partial dates, both included; ``certain`` asks that a doubtful date lies in
    the range whatever day it means, else it is enough that it may.
    """

    country: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    jurisdiction: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    list: tuple[str, ...] = ()
    q: str = ""
    since: str = ""
    until: str = ""
    certain: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is picked."""
        return self == Filters()

    def without(self, name: str) -> Filters:
        """The same filters with one of them opened again."""
        opened: dict[str, Any] = {name: _EMPTY[name]}
        return replace(self, **opened)

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the filters that are set, in the order of the link."""
        return tuple(f.name for f in fields(self) if f.name != "certain" and getattr(self, f.name))

    def select(self, snapshot: Snapshot) -> Selection:
        """Apply the filters to the ledger of one day."""
        return Selection(self, snapshot)


_EMPTY = {f.name: f.default for f in fields(Filters)}
#: filters that speak of records; with one of them set, events follow the selected records
ABOUT_RECORDS = ("province", "jurisdiction", "status", "flag", "list")
FACETS = ("country", "province", "jurisdiction", "status", "flag", "type", "list")


class Selection:
    """
    The records and events that some filters pick from a snapshot.

    Parameters
    ----------
    filters : Filters
        What was picked.
    snapshot : Snapshot
        The ledger of the day.
    """

    def __init__(self, filters: Filters, snapshot: Snapshot) -> None:
        self.filters = filters
        self.snapshot = snapshot
        self._records, self._events = facets_of(snapshot)

    def _record_mask(self, skip: str = "") -> Mask:
        mask = np.ones(len(self.snapshot.records), dtype=bool)
        for name in FACETS:
            picked = getattr(self.filters, name)
            if picked and name != skip:
                mask &= self._records.any_of(name, picked)
        if self.filters.q:
            mask &= self._records.matching(fold(self.filters.q).split())
        return self._in_range(mask, self._records)

    def _in_range(self, mask: Mask, facets: RecordFacets | EventFacets) -> Mask:
        if self.filters.since or self.filters.until:
            mask &= facets.dated(self.filters.since, self.filters.until, self.filters.certain)
        return mask

    def _event_mask(self, skip: str = "") -> Mask:
        filters = self.filters
        mask = np.ones(len(self.snapshot.events), dtype=bool)
        if filters.country:
            mask &= self._events.any_of("country", filters.country)
        if filters.type and skip != "type":
            mask &= self._events.any_of("type", filters.type)
        if filters.q:
            mask &= self._events.matching(fold(filters.q).split())
        mask = self._in_range(mask, self._events)
        if any(getattr(filters, name) for name in ABOUT_RECORDS):
            mask &= self._events.concerning(self._record_mask(skip))
        elif not filters.country:
            return mask
        # words about the whole world or the union are in only when they were picked
        return mask & (self._events.of_a_state | self._events.any_of("country", filters.country))

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Selected records, in file order."""
        return tuple(self.snapshot.records[i] for i in np.flatnonzero(self._record_mask()))

    @cached_property
    def record_ids(self) -> frozenset[str]:
        """Ids of the selected records."""
        return frozenset(r.id for r in self.records)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Selected events, repeats included, in replay order."""
        return tuple(self.snapshot.events[i] for i in np.flatnonzero(self._event_mask()))

    @cached_property
    def countries(self) -> Counter[str]:
        """How many selected records each host country has."""
        return Counter(r.host_country for r in self.records)

    @cached_property
    def with_city(self) -> tuple[Record, ...]:
        """Selected records whose city is known; the others are in their country's symbol."""
        return tuple(r for r in self.records if r.point is not None)

    def counts(self, name: str) -> dict[str, int]:
        """
        Count behind each option of a filter, respecting all the other filters.

        Parameters
        ----------
        name : str
            One of `FACETS`. ``type`` counts events, without repeats; all others records.
        """
        if name == "type":
            return self._type_counts()
        return self._records.counts(name, self._record_mask(name))

    def _type_counts(self) -> dict[str, int]:
        mask = self._event_mask("type") & self._events.original
        counts = self._events.counts("type", mask)
        if not any(getattr(self.filters, name) for name in ABOUT_RECORDS):
            return counts
        # the records that events must be about are themselves filtered by the type
        records = self._record_mask("type")
        for code in filter(counts.__getitem__, counts):
            concerned = self._events.concerning(records & self._records.any_of("type", (code,)))
            counts[code] = int((mask & concerned & self._events.any_of("type", (code,))).sum())
        return counts

    def strip(self) -> dict[str, int]:
        """Count, for each flag, the host states of the records that picking it selects."""
        return self._records.countries_by("flag", self._record_mask("flag"))


__all__ = ["FACETS", "EventFacets", "Filters", "RecordFacets", "Selection"]
