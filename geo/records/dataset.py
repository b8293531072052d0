"""
The ledger that is served: checked, joined, frozen, and without what is withheld.

Whatever fails its checks is set aside and counted, never half shown: a record whose own
row, source or any event is broken goes aside with all of it (docs/DATA_MODEL.md, rule 3).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from geo.errors import LedgerUnreadable, WithholdingUnreadable
from geo.records.check import Examination, examine
from geo.records.dates import Interval, parse
from geo.records.model import Count, Event, Excluded, Record, Source
from geo.records.tables import Problem, Row
from geo.records.vocabulary import COUNTRY, WORLD
from geo.wording import _

ON_HOLD = "on hold"
NEEDED = frozenset({"stations", "investigations", "sources"})


def today() -> date:
    """Today in UTC, the day that “no as-of date” means."""
    return datetime.now(UTC).date()


def fingerprint(folder: Path) -> str:
    """
    Return the ledger's version: 8 hex digits of the SHA-256 of its files in name order.

    Raises
    ------
    LedgerUnreadable
        When the folder is missing or holds no CSV file.
    """
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise LedgerUnreadable(
            _("The folder “{name}” holds no ledger: no CSV file stands in it.").format(
                name=folder.name
            )
        )
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:8]


@dataclass(frozen=True)
class Dataset:
    """
    Everything that may be shown, and how much may not.

    Attributes
    ----------
    records, events : tuple
        In file order; on hold, withheld and set aside rows are not among them.
    version : str
        8 hex digits over the files' content.
    set_aside : int
        Records that the checks took out.
    problems : tuple of Problem
        What the checks found, for curators.
    """

    records: tuple[Record, ...]
    events: tuple[Event, ...]
    sources: Mapping[str, Source]
    counts: tuple[Count, ...]
    excluded: tuple[Excluded, ...]
    version: str
    set_aside: int = 0
    problems: tuple[Problem, ...] = field(default=())

    @cached_property
    def records_by_id(self) -> dict[str, Record]:
        """Records by id."""
        return {r.id: r for r in self.records}

    @cached_property
    def events_by_id(self) -> dict[str, Event]:
        """Events by id."""
        return {e.id: e for e in self.events}

    @cached_property
    def replay_order(self) -> tuple[Event, ...]:
        """Events in the order in which they take effect."""
        return tuple(sorted(self.events, key=lambda e: e.order))

    @cached_property
    def first_day(self) -> date:
        """The first day on which any event was public."""
        return min((e.said.last for e in self.events), default=today())

    @cached_property
    def last_checked(self) -> str:
        """The newest day on which a record was checked: the ledger's date."""
        return max((r.last_checked for r in self.records), default="")

    @classmethod
    def load(cls, folder: Path, day: date | None = None) -> Dataset:
        """
        Read, check, join and withhold.

        Parameters
        ----------
        folder : Path
            Laid out like ``data/``.
        day : date, optional
            Today, against which dates in the future are noticed.

        Raises
        ------
        LedgerUnreadable
            When there is nothing to read.
        WithholdingUnreadable
            When ``withheld.csv`` cannot be obeyed.
        """
        version = fingerprint(folder)
        examination = examine(folder, day or today())
        gone = sorted(examination.lost & NEEDED)
        if gone:
            # without answers or sources a claim may not be shown alone
            raise LedgerUnreadable(
                _("{files} cannot be read, so nothing is shown until it can.").format(
                    files=", ".join(f"{name}.csv" for name in gone)
                )
            )
        return build(examination, version)


@dataclass(frozen=True)
class _Withheld:
    records: frozenset[str]
    events: frozenset[str]
    fields: frozenset[tuple[str, str]]


def _withheld(examination: Examination) -> _Withheld:
    table = examination.tables.get("withheld")
    broken = [p for p in examination.problems if p.file == "withheld.csv" and not p.warning]
    if table is None or broken:
        raise WithholdingUnreadable(
            _(
                "The list of withheld entries (withheld.csv) cannot be read, so nothing is "
                "shown until it can."
            )
        )
    picked = {
        kind: frozenset(r["id"] for r in table.rows if r["kind"] == kind)
        for kind in ("record", "event")
    }
    fields = frozenset((r["id"], r["field"]) for r in table.rows if r["kind"] == "field")
    return _Withheld(picked["record"], picked["event"], fields)


def _words(cell: str) -> tuple[str, ...]:
    return tuple(cell.split())


def _source(row: Row) -> Source:
    return Source(
        row["id"],
        row["url"],
        row["archive_url"],
        row["publisher"],
        row["via"],
        row["title"],
        row["published"],
        row["language"],
        row["kind"],
        row["class"],
    )


def _event(row: Row, about: tuple[str, ...]) -> Event:
    happened: Interval | None = parse(row["happened_on"]) if row["happened_on"] else None
    return Event(
        row["id"],
        row["country"],
        parse(row["said_on"]),
        row["said_on_basis"],
        happened,
        row["event_type"],
        row["actor_type"],
        row["authority"],
        row["summary"],
        about,
        row["sets"],
        row["repeat_of"],
        _words(row["differs_from"]),
        row["note"],
        _words(row["source_ids"]),
        row.number,
    )


def _record(row: Row, points: Mapping[tuple[str, str, str], tuple[float, float]]) -> Record:
    place = (row["host_country"], row["host_region"], row["host_city"])
    return Record(
        row["id"],
        row["host_country"],
        row["host_city"],
        row["host_region"],
        row["place_label"],
        row["origin_province"],
        row["origin_city"],
        row["claim_list"],
        _words(row["claimed_function"]),
        row["said_open_from"],
        row["summary"],
        row["last_checked"],
        _words(row["source_ids"]),
        points.get(place),
    )


class _Joiner:
    """Takes the rows that may be believed and shown, and joins them."""

    def __init__(self, examination: Examination) -> None:
        self.tables = examination.tables
        self.lost = examination.lost
        self.withheld = _withheld(examination)
        self.bad: dict[str, set[int]] = {}
        for problem in examination.problems:
            if not problem.warning and problem.row is not None:
                self.bad.setdefault(problem.file, set()).add(problem.row)

    def rows(self, name: str) -> list[Row]:
        """Rows of a table that passed their checks, withheld fields emptied."""
        table = self.tables.get(name)
        if table is None or name in self.lost:
            return []
        bad = self.bad.get(table.file, set())
        return [self._cleared(row) for row in table.rows if row.number not in bad]

    def _cleared(self, row: Row) -> Row:
        hidden = {name for owner, name in self.withheld.fields if owner == row["id"]}
        if not hidden:
            return row
        return Row(row.number, {**row.cells, **dict.fromkeys(hidden, "")})

    def broken_records(self) -> set[str]:
        """Records that go aside because their own row or an event of theirs is broken."""
        table, events = self.tables.get("stations"), self.tables.get("investigations")
        rows = table.rows if table else ()
        broken = {r["id"] for r in rows if r.number in self.bad.get("stations.csv", set())}
        known = {r["id"] for r in rows}
        cited = {row["id"] for row in self.rows("sources")}
        broken |= {r["id"] for r in rows if cited.isdisjoint(_words(r["source_ids"]))}
        for event in events.rows if events else ():
            sourced = not cited.isdisjoint(_words(event["source_ids"]))
            if sourced and event.number not in self.bad.get("investigations.csv", set()):
                continue
            about = set(_words(event["about"]))
            broken |= about & known
            if not about or about - known - {WORLD}:
                # nobody can tell which records it answers: its whole country goes aside
                country = (event["country"] or event["id"][:2]).upper()
                broken |= {r["id"] for r in rows if r["host_country"] == country}
        return broken


def _points(rows: list[Row]) -> dict[tuple[str, str, str], tuple[float, float]]:
    return {
        (r["country"], r["region"], r["city"]): (float(r["latitude"]), float(r["longitude"]))
        for r in rows
        if r["latitude"] and r["longitude"]
    }


def build(examination: Examination, version: str) -> Dataset:
    """Join the rows that passed into a `Dataset`; see `Dataset.load`."""
    joiner = _Joiner(examination)
    broken = joiner.broken_records()
    stations = [r for r in joiner.rows("stations") if r["id"] not in broken]
    points = _points(joiner.rows("places"))
    shown = {
        r["id"]
        for r in stations
        if r["review"] == "publish" and r["id"] not in joiner.withheld.records
    }
    events = _shown_events(joiner, shown)
    claimed = {i for e in events if e.event_type == "claim" for i in e.about_records}
    # a withheld claim leaves no allegation to show
    shown &= claimed
    events = [e for e in (_narrowed(e, shown) for e in events) if e is not None]
    records = tuple(_record(r, points) for r in stations if r["id"] in shown)
    counts = tuple(
        Count(
            r["id"],
            r["country"],
            r["subject"],
            int(r["value"]),
            r["unit"],
            r["period"],
            r["claimed_by"],
            r["actor_type"],
            r["claimed_on"],
            r["note"],
            _words(r["source_ids"]),
        )
        for r in joiner.rows("counts")
    )
    reviews = {(r["host_country"], r["review"]) for r in stations}
    held = {c for c, review in reviews if review == "hold" and (c, "publish") not in reviews}
    excluded = tuple(
        Excluded(r["country"], r["what"], r["why"], r["decided_on"])
        for r in joiner.rows("excluded")
        # what is on hold is for curators; naming it here would show it after all
        if ON_HOLD not in r["what"] + r["why"] and r["country"] not in held
    )
    sources = {r["id"]: _source(r) for r in joiner.rows("sources")}
    aside = {i for i in broken if i} - joiner.withheld.records
    return Dataset(
        records, tuple(events), sources, counts, excluded, version, len(aside), examination.problems
    )


def _narrowed(event: Event, shown: set[str]) -> Event | None:
    """The event without the records that are not shown; None when none is left."""
    if event.about in ((COUNTRY,), (WORLD,)):
        return event
    about = tuple(i for i in event.about if i in shown)
    if not about:
        return None
    if about == event.about:
        return event
    return replace(event, about=about)


def _shown_events(joiner: _Joiner, shown: set[str]) -> list[Event]:
    events = (
        _narrowed(_event(row, _words(row["about"])), shown)
        for row in joiner.rows("investigations")
        if row["id"] not in joiner.withheld.events
    )
    return [event for event in events if event is not None]
