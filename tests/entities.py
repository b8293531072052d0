"""The ledger's things made by hand, and the frozen ledger read once for all tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.model.dates import parse
from geo.model.entities import Event, Record, Source
from tests.ledger_files import DATA, TODAY


@cache
def real() -> Dataset:
    """The frozen ledger: real rows, as they were on ``TODAY``."""
    return Dataset.load(DATA, TODAY)


@cache
def on(day: date) -> Snapshot:
    """The frozen ledger as of a day."""
    return Snapshot(real(), day)


def days(count: int) -> list[date]:
    """Days spread evenly from the first day of the frozen ledger to today."""
    first = real().first_day
    width = (TODAY - first).days
    return [first + timedelta(days=round(width * i / (count - 1))) for i in range(count)]


def event(name: str, said: str = "2022-09-12", happened: str = "", **cells: Any) -> Event:
    """An event about ``nl-a-1``: a claim by an NGO unless told otherwise."""
    values: dict[str, Any] = {
        "country": "NL",
        "said_on_basis": "statement",
        "event_type": "claim",
        "actor_type": "ngo",
        "authority": "the NGO",
        "summary": "Lists a place.",
        "about": ("nl-a-1",),
        "sets": "",
        "repeat_of": "",
        "differs_from": (),
        "note": "",
        "sources": ("page",),
        "position": 2,
        **cells,
    }
    return Event(
        id=name, said=parse(said), happened=parse(happened) if happened else None, **values
    )


def record(name: str = "nl-a-1", **cells: Any) -> Record:
    """A record in Amsterdam unless told otherwise."""
    values: dict[str, Any] = {
        "host_country": "NL",
        "host_city": "Amsterdam",
        "host_region": "",
        "place_label": "",
        "origin_province": "CN-FJ",
        "origin_city": "Fuzhou",
        "claim_list": "ngo-2022-09",
        "functions": (),
        "said_open_from": "",
        "summary": "A short text.",
        "last_checked": "2026-11-21",
        "sources": ("page",),
        "point": (52.37, 4.89),
        **cells,
    }
    return Record(id=name, **values)


def source(name: str = "page", **cells: Any) -> Source:
    """A page of an independent newsroom unless told otherwise."""
    values: dict[str, Any] = {
        "url": f"https://example.org/{name}",
        "archive_url": "",
        "publisher": "A Newsroom",
        "via": "",
        "title": "A title",
        "published": "2022-09-12",
        "language": "en",
        "kind": "news",
        "source_class": "independent_press",
        **cells,
    }
    return Source(id=name, **values)


def ledger(
    events: Iterable[Event],
    records: Iterable[Record] | None = None,
    sources: Iterable[Source] | None = None,
) -> Dataset:
    """A ledger of things made by hand."""
    pages = (source(),) if sources is None else sources
    held = (record(),) if records is None else records
    return Dataset(
        records=tuple(held),
        events=tuple(events),
        sources={s.id: s for s in pages},
        counts=(),
        excluded=(),
        version="0a1b2c3d",
    )
