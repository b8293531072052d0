"""
The filters that a reader has picked, and what they select.

One `Filters` object is the source of the selection, its sentence, the link, the export and
the map. The rules are docs/DATA_MODEL.md, *Selection*.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from geo.ledger.snapshot import Snapshot
from geo.link import parameters
from geo.link.facets import EventFacets, RecordFacets, facets_of
from geo.link.kinds import Kind
from geo.link.search import Search, search_index
from geo.model.entities import Event, Record

Mask = NDArray[np.bool_]
#: cached for each day: most readers look at the same few
SELECTIONS = 16


@dataclass(frozen=True, slots=True, init=False)
class Filters:
    """
    The picked values of each filter; empty means no such filter.

    Several values of one filter: any of them. Several filters: all of them. Each facet of
    the table of parameters is an attribute, a tuple of codes: ``filters.country``.

    Attributes
    ----------
    picked : tuple of (str, tuple of str)
        The facets that are set, with their codes, in the order of a link.
    q : str
        Free text.
    since, until : str
        Partial dates, both included.
    certain : bool
        Whether the whole interval of a partial date must lie in the range; else it must
        overlap it.
    """

    picked: tuple[tuple[str, tuple[str, ...]], ...]
    q: str
    since: str
    until: str
    certain: bool

    def __init__(
        self,
        *,
        q: str = "",
        since: str = "",
        until: str = "",
        certain: bool = False,
        **picked: tuple[str, ...],
    ) -> None:
        known = [row.field for row in parameters.facets()]
        if unknown := picked.keys() - set(known):
            raise TypeError(f"no filter is called {', '.join(sorted(unknown))}")
        # in one order, so that equality does not depend on the order of the arguments
        in_order = tuple((name, tuple(picked[name])) for name in known if picked.get(name))
        object.__setattr__(self, "picked", in_order)
        object.__setattr__(self, "q", q)
        object.__setattr__(self, "since", since)
        object.__setattr__(self, "until", until)
        object.__setattr__(self, "certain", certain)

    def __getattr__(self, name: str) -> tuple[str, ...]:
        # only asked for what is no field: the facets of the table
        for field, codes in self.picked:
            if field == name:
                return codes
        # hot: every link of a page asks for every facet
        for row in parameters.TABLE:
            if row.field == name and row.kind is Kind.FACET:
                return ()
        raise AttributeError(f"no filter is called {name}")

    @property
    def empty(self) -> bool:
        """Whether nothing is picked."""
        return self == Filters()

    def replace(self, **changes: Any) -> Filters:
        """Return the same filters with some of them changed."""
        values: dict[str, Any] = {
            **dict(self.picked),
            "q": self.q,
            "since": self.since,
            "until": self.until,
            "certain": self.certain,
            **changes,
        }
        return Filters(**values)

    def without(self, name: str) -> Filters:
        """Return the same filters with one of them cleared."""
        return self.replace(**{name: type(getattr(self, name))()})

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the filters that are set, in the order of the link."""
        return tuple(row.field for row in parameters.filters() if getattr(self, row.field))

    @property
    def about_records(self) -> bool:
        """Whether a filter is set that reads records alone: events then follow these."""
        return any(row.of_event is None and getattr(self, row.field) for row in parameters.facets())

    def select(self, snapshot: Snapshot) -> Selection:
        """Apply the filters to the ledger of one day; `SELECTIONS` of a day are cached."""
        return snapshot.derived(_Selections).of(self)


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
        self._counts: dict[str, dict[str, int]] = {}

    @cached_property
    def search(self) -> Search | None:
        """What the query finds in the whole ledger of the day; None without a query."""
        return search_index(self.snapshot).search(self.filters.q) if self.filters.q else None

    def _record_mask(self, skip: str = "") -> Mask:
        mask = np.ones(len(self.snapshot.records), dtype=bool)
        for name, codes in self.filters.picked:
            if name != skip:
                mask &= self._records.any_of(name, codes)
        if self.search is not None:
            mask &= self.search.records.matching
        return self._in_range(mask, self._records)

    def _in_range(self, mask: Mask, facets: RecordFacets | EventFacets) -> Mask:
        if self.filters.since or self.filters.until:
            mask &= facets.dated(self.filters.since, self.filters.until, self.filters.certain)
        return mask

    def _event_mask(self, skip: str = "") -> Mask:
        filters = self.filters
        mask = np.ones(len(self.snapshot.events), dtype=bool)
        for name, codes in filters.picked:
            if name != skip and parameters.parameter(name).of_event:
                mask &= self._events.any_of(name, codes)
        if self.search is not None:
            mask &= self.search.events.matching
        mask = self._in_range(mask, self._events)
        if filters.about_records:
            mask &= self._events.concerning(self._record_mask(skip))
        elif not filters.country:
            return mask
        # events about the world or the European Union are in only when these were picked
        return mask & (self._events.of_a_state | self._events.any_of("country", filters.country))

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Selected records, in file order."""
        return tuple(self.snapshot.records[i] for i in np.flatnonzero(self._record_mask()))

    @cached_property
    def in_place(self) -> tuple[Record, ...]:
        """Selected records in the place that the query names; the others mention it."""
        if self.search is None:
            return ()
        mask = self._record_mask() & self.search.records.in_place
        return tuple(self.snapshot.records[i] for i in np.flatnonzero(mask))

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
        """Selected records whose city is known; the others are at their country's name."""
        return tuple(r for r in self.records if r.point is not None)

    def counts(self, name: str) -> dict[str, int]:
        """
        Count behind each option of a filter, respecting all the other filters.

        Parameters
        ----------
        name : str
            Name of a facet.

        Returns
        -------
        dict of str to int
            By code: records, or events without repeats for a facet that reads events alone.
            Not to be changed: shared by all callers.
        """
        if name not in self._counts:
            self._counts[name] = self._counted(name)
        return self._counts[name]

    def _counted(self, name: str) -> dict[str, int]:
        if parameters.parameter(name).of_record is None:
            return self._event_counts(name)
        return self._records.counts(name, self._record_mask(name))

    def _event_counts(self, name: str) -> dict[str, int]:
        mask = self._event_mask(name) & self._events.original
        counts = self._events.counts(name, mask)
        if not self.filters.about_records:
            return counts
        # the records that events must be about are themselves filtered by this facet
        records = self._record_mask(name)
        for code in filter(counts.__getitem__, counts):
            concerned = self._events.concerning(records & self._records.any_of(name, (code,)))
            counts[code] = int((mask & concerned & self._events.any_of(name, (code,))).sum())
        return counts

    def strip(self) -> dict[str, int]:
        """
        Count, for each flag, the host countries whose authorities gave that answer.

        The filter by flag is left out. A country without any statement by its authorities has
        “no answer found”, here as in `geo.ledger.coverage`.
        """
        mask = self._record_mask("flag")
        countries = {self.snapshot.records[i].host_country for i in np.flatnonzero(mask)}
        return dict(Counter(f for code in countries for f in self.snapshot.country_flags[code]))


class _Selections:
    """The latest selections of a snapshot: an LRU cache, kept by the snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._selections: LRUCache[Filters, Selection] = LRUCache(SELECTIONS)
        self._lock = Lock()

    def of(self, filters: Filters) -> Selection:
        """Return what some filters pick."""
        with self._lock:
            selection = self._selections.get(filters)
            if selection is None:
                # it computes nothing before it is asked
                selection = self._selections[filters] = Selection(filters, self._snapshot)
            return selection
