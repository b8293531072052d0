"""
Columns of a snapshot for fast filtering: one yes/no row for each value of each filter.

With them a selection and all live counts of ten thousand records take a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geo.ledger.snapshot import Snapshot
from geo.link.kinds import Parameter
from geo.link.parameters import parameter
from geo.model.dates import Interval, parse
from geo.model.vocabulary import (
    COUNTRY,
    EUROPEAN_UNION,
    WORLD,
    WORLDWIDE,
)

Mask = NDArray[np.bool_]


class _Facets:
    """Yes/no rows by filter and value, over one sequence of things."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._cached: dict[str, tuple[dict[str, int], Mask]] = {}

    def _values(self, facet: Parameter) -> Iterable[Iterable[str]]:
        """Yield the values of each thing, as a row of the table of parameters reads them."""
        raise NotImplementedError

    def _rows(self, name: str) -> tuple[dict[str, int], Mask]:
        """Return the row number of each value of a facet, and the rows; computed on first use."""
        if name not in self._cached:
            values = self._values(parameter(name))
            index: dict[str, int] = {}
            pairs = [
                (index.setdefault(v, len(index)), i) for i, own in enumerate(values) for v in own
            ]
            rows = np.zeros((len(index), self._size), dtype=bool)
            if pairs:
                rows[tuple(np.array(pairs).T)] = True
            self._cached[name] = index, rows
        return self._cached[name]

    def any_of(self, name: str, picked: Sequence[str]) -> Mask:
        """Mask the things that have any of the picked values."""
        index, rows = self._rows(name)
        chosen = [index[value] for value in picked if value in index]
        return np.asarray(rows[chosen].any(axis=0), dtype=bool)

    def counts(self, name: str, mask: Mask) -> dict[str, int]:
        """Count the masked things of each value."""
        index, rows = self._rows(name)
        totals = rows[:, mask].sum(axis=1)
        return {value: int(totals[row]) for value, row in index.items()}

    def _dates(self, intervals: Iterable[Interval]) -> None:
        pairs = [(i.first.toordinal(), i.end.toordinal()) for i in intervals]
        self._first, self._end = np.array(pairs, dtype=np.int64).reshape(-1, 2).T

    def dated(self, since: str, until: str, certain: bool) -> Mask:
        """
        Mask the things that are dated in a range of days.

        Parameters
        ----------
        since, until : str
            Partial dates, both included; empty for an open end.
        certain : bool
            Whether the whole interval must lie in the range; else it must overlap it.
        """
        low = parse(since).first.toordinal() if since else 0
        high = parse(until).end.toordinal() if until else date.max.toordinal()
        if certain:
            return np.asarray((self._first >= low) & (self._end <= high), dtype=bool)
        return np.asarray((self._end > low) & (self._first < high), dtype=bool)


class RecordFacets(_Facets):
    """The records of a snapshot by each facet, and date of the first claim."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(len(snapshot.records))
        self._snapshot = snapshot
        self._dates(snapshot.claims(r)[0].said for r in snapshot.records)

    def _values(self, facet: Parameter) -> Iterable[Iterable[str]]:
        snapshot, of_record, of_event = self._snapshot, facet.of_record, facet.of_event
        if of_record is not None:
            return (of_record(r, snapshot) for r in snapshot.records)
        assert of_event is not None  # a facet reads one or the other
        return (
            {code for e in snapshot.about(r) for code in of_event(e, snapshot)}
            for r in snapshot.records
        )


class EventFacets(_Facets):
    """The events of a snapshot by each facet that reads events, and the records they concern."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(len(snapshot.events))
        self._snapshot = snapshot
        events = snapshot.events
        self._dates(e.said for e in events)
        self.original = np.fromiter((not e.repeat_of for e in events), bool, count=len(events))
        self.of_a_state = np.fromiter(
            (e.country not in (WORLDWIDE, EUROPEAN_UNION) for e in events),
            bool,
            count=len(events),
        )

    def _values(self, facet: Parameter) -> Iterable[Iterable[str]]:
        assert facet.of_event is not None  # asked for facets that read events only
        return (facet.of_event(e, self._snapshot) for e in self._snapshot.events)

    @cached_property
    def _pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """List pairs (event, record): an event about a record, or about the country of one."""
        place: dict[str, int] = {r.id: i for i, r in enumerate(self._snapshot.records)}
        of_country: dict[str, list[int]] = {}
        for i, record in enumerate(self._snapshot.records):
            of_country.setdefault(record.host_country, []).append(i)
        events: list[int] = []
        records: list[int] = []
        for i, event in enumerate(self._snapshot.events):
            if event.about == (WORLD,):
                continue
            about = (
                of_country.get(event.country, [])
                if event.about == (COUNTRY,)
                else [place[r] for r in event.about if r in place]
            )
            events += [i] * len(about)
            records += about
        return np.array(events, dtype=np.int64), np.array(records, dtype=np.int64)

    def concerning(self, records: Mask) -> Mask:
        """Mask the events that are about a masked record, or about the country of one."""
        mask = np.zeros(self._size, dtype=bool)
        of_event, of_record = self._pairs
        mask[of_event[records[of_record]]] = True
        return mask


def _facets(snapshot: Snapshot) -> tuple[RecordFacets, EventFacets]:
    return RecordFacets(snapshot), EventFacets(snapshot)


def facets_of(snapshot: Snapshot) -> tuple[RecordFacets, EventFacets]:
    """Return the facets of a snapshot, computed once."""
    return snapshot.derived(_facets)
