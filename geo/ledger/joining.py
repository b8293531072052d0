"""
Joining the rows that may be believed and shown into the ledger's things.

A row with a problem is left out, and with it every record that it is about: an allegation
is never served without its answer (docs/DATA_MODEL.md, rule 3). ``withheld.csv`` wins over
everything; what it hides is gone before anything is joined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from geo.files import building
from geo.files.building import words
from geo.files.check import Examination
from geo.files.tables import Row
from geo.files.visibility import ON_HOLD, hidden, key_of, keys
from geo.files.withholding import KEEPING, WITHHELD, Withdrawn, Withheld, withheld
from geo.model.entities import Correction, Count, Event, Excluded, Origin, Record, Source
from geo.model.vocabulary import CLAIM, COUNTRY, WORLD


@dataclass(frozen=True, kw_only=True)
class Joined:
    """What may be shown, joined; see `geo.ledger.dataset.Dataset`."""

    records: tuple[Record, ...]
    events: tuple[Event, ...]
    sources: Mapping[str, Source]
    counts: tuple[Count, ...]
    excluded: tuple[Excluded, ...]
    set_aside: int
    origins: tuple[Origin, ...]
    withdrawn: Mapping[str, Withdrawn]
    corrections: tuple[Correction, ...]


class _Rows:
    """The rows of an examination that may be believed, without what is withheld."""

    def __init__(self, examination: Examination, obeyed: Withheld | None) -> None:
        self.tables = examination.tables
        self.lost = examination.lost
        self.withheld = obeyed or withheld(examination)
        self.bad: dict[str, set[int]] = {}
        for problem in examination.problems:
            if not problem.warning and problem.row is not None:
                self.bad.setdefault(problem.file, set()).add(problem.row)

    def as_found(self, name: str) -> tuple[Row, ...]:
        """All rows of a table, right or wrong."""
        table = self.tables.get(name)
        return table.rows if table else ()

    def of(self, name: str) -> list[Row]:
        """Rows of a table that passed their checks, withheld fields emptied."""
        table = self.tables.get(name)
        if table is None or name in self.lost:
            return []
        bad = self.bad.get(table.file, set())
        cleared = (self._cleared(name, row) for row in table.rows if row.number not in bad)
        return [row for row in cleared if row is not None]

    def _cleared(self, name: str, row: Row) -> Row | None:
        hidden = self.withheld.columns(row)
        if not hidden:
            return row
        if hidden & KEEPING.get(name, frozenset()):
            return None
        return Row(row.number, {**row.cells, **dict.fromkeys(hidden, "")})

    def broken_records(self) -> set[str]:
        """Records that go aside because their own row or an event of theirs is broken."""
        rows = self.as_found("stations")
        broken = {r["id"] for r in rows if r.number in self.bad.get("stations.csv", set())}
        known = {r["id"] for r in rows}
        cited = {row["id"] for row in self.of("sources")}
        broken |= {r["id"] for r in rows if cited.isdisjoint(words(r["source_ids"]))}
        for event in self.as_found("investigations"):
            sourced = not cited.isdisjoint(words(event["source_ids"]))
            if sourced and event.number not in self.bad.get("investigations.csv", set()):
                continue
            about = set(words(event["about"]))
            broken |= about & known
            if not about or about - known - {WORLD}:
                # nobody can tell which records it answers: its whole country goes aside,
                # and where the cell of the country may be the broken one, also the id's
                countries = {event["country"].upper(), event["id"][:2].upper()}
                broken |= {r["id"] for r in rows if r["host_country"] in countries}
        return broken


def _narrowed(event: Event, shown: set[str]) -> Event | None:
    """The event without the records that are not shown; None when none is left."""
    if event.about in ((COUNTRY,), (WORLD,)):
        return event
    about = tuple(i for i in event.about if i in shown)
    if not about:
        return None
    return event if about == event.about else replace(event, about=about)


def _resolved(events: list[Event]) -> tuple[Event, ...]:
    """Events that name no event which is not shown: its id alone would tell of it."""
    shown = {e.id for e in events}
    return tuple(
        replace(
            e,
            repeat_of=e.repeat_of if e.repeat_of in shown else "",
            differs_from=tuple(i for i in e.differs_from if i in shown),
        )
        for e in events
    )


def _withdrawn(rows: _Rows, shown: set[str]) -> dict[str, Withdrawn]:
    """
    Since when and why what is not shown was withdrawn, by id.

    An event goes with the records that it is about, and a record with its claims.
    """
    listed = rows.withheld.withdrawn
    found = {
        i: listed[i]
        for name in ("stations", "investigations")
        for i in {r["id"] for r in rows.as_found(name) if rows.withheld.whole(name, r)}
    }
    found |= {i: listed[i] for i in rows.withheld.records | rows.withheld.events}
    for event in rows.as_found("investigations"):
        about = [i for i in words(event["about"]) if i in found and i not in shown]
        if event["id"] not in shown and about:
            found.setdefault(event["id"], found[about[0]])
        if event["event_type"] == CLAIM and event["id"] in found:
            for record in words(event["about"]):
                found.setdefault(record, found[event["id"]])
    return {i: why for i, why in found.items() if i not in shown and i not in (COUNTRY, WORLD)}


def _corrections(rows: _Rows, shown: set[str]) -> tuple[Correction, ...]:
    """
    The register, without what readers may not see.

    An entry about a row that is gone from the files may have been about any record: while
    one is withheld, such entries are not repeated either.
    """
    known = {name: {key_of(c, r) for r in rows.as_found(name)} for name, c in keys().items()}
    secret = set().union(*hidden(rows.tables, rows.withheld, held=True).values())
    secret |= (known["stations"] | known["investigations"]) - shown
    there = set().union(*known.values())

    def silenced(entry: Correction) -> bool:
        gone = entry.record not in there and bool(rows.withheld.records)
        field = (entry.record, entry.field) in rows.withheld.fields
        return gone or field or entry.record in secret or entry.reason == WITHHELD

    entries = (building.correction(row) for row in rows.of("corrections"))
    return tuple(
        replace(e, record="", field="", before=WITHHELD, after=WITHHELD, reason=WITHHELD)
        if silenced(e)
        else e
        for e in entries
    )


def _excluded(rows: _Rows) -> tuple[Excluded, ...]:
    reviews = {(r["host_country"], r["review"]) for r in rows.as_found("stations")}
    held = {c for c, _review in reviews if (c, "publish") not in reviews}
    return tuple(
        Excluded(r["country"], r["what"], r["why"], r["decided_on"])
        for r in rows.of("excluded")
        # what is on hold is for curators; naming it here would show it after all
        if ON_HOLD not in r["what"] + r["why"] and r["country"] not in held
    )


def join(examination: Examination, obeyed: Withheld | None = None) -> Joined:
    """
    Join the rows that passed.

    Parameters
    ----------
    examination : Examination
        The files and what is wrong with them.
    obeyed : Withheld, optional
        The list in force; without it that of the files.

    Raises
    ------
    WithholdingUnreadable
        When ``withheld.csv`` cannot be obeyed.
    """
    rows = _Rows(examination, obeyed)
    broken = rows.broken_records()
    stations = [r for r in rows.of("stations") if r["id"] not in broken]
    shown = {
        r["id"]
        for r in stations
        if r["review"] == "publish" and r["id"] not in rows.withheld.records | rows.withheld.held
    }
    believed = [
        building.event(row)
        for row in rows.of("investigations")
        if row["id"] not in rows.withheld.events
    ]
    # a withheld claim leaves no allegation to show
    shown &= {i for e in believed if e.event_type == CLAIM for i in e.about_records}
    events = [e for e in (_narrowed(event, shown) for event in believed) if e is not None]
    points = building.points(rows.of("places"))
    # readers are told of what they would have seen, not of what is on hold
    held = {r["id"] for r in rows.as_found("stations") if r["review"] == "hold"}
    records = tuple(building.record(r, points) for r in stations if r["id"] in shown)
    counts = tuple(building.count(r) for r in rows.of("counts"))
    visible = {r.id for r in records} | {e.id for e in events}
    # a page that only hidden rows cite would tell of them by its title
    cited = {i for r in records for i in r.sources} | {i for e in events for i in e.sources}
    origins = tuple(building.origin(r) for r in rows.of("origins"))
    cited |= {i for c in counts for i in c.sources} | {i for o in origins for i in o.sources}
    return Joined(
        records=records,
        events=_resolved(events),
        sources={r["id"]: building.source(r) for r in rows.of("sources") if r["id"] in cited},
        counts=counts,
        excluded=_excluded(rows),
        set_aside=len(broken - held - rows.withheld.records - {""}),
        origins=origins,
        withdrawn=_withdrawn(rows, visible),
        corrections=_corrections(rows, visible),
    )
