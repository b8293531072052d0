"""
The Chinese jurisdictions that the claims name: their records, and what their bodies said.

Lishui includes its county Qingtian, and not the reverse; “unknown” is one of the rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.ledger.past_day import shows_undated_texts
from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from geo.model.entities import Event, Origin, Source
from geo.model.vocabulary import CHINA, JURISDICTIONS, PROVINCES, UNKNOWN
from geo.wording import _
from geo.words.statements import Statement, statement


@dataclass(frozen=True, slots=True)
class PublicBody:
    """One public body as a curator has described it, with the pages that the note cites."""

    origin: Origin
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """
    One jurisdiction on a day.

    Attributes
    ----------
    holder : str
        The prefecture that a county lies in; empty for the others.
    province : str
        Empty where it is not known.
    held : int
        Records whose claim names it, including those of its counties.
    first : Statement or None
        The claim that was public first; None without a record.
    said : tuple of Statement
        Words of bodies that carry its name, in order.
    bodies : tuple of PublicBody
        Written with today's knowledge: empty on earlier days.
    """

    code: str
    name: str
    script: str
    holder: str
    province: str
    held: int
    first: Statement | None
    said: tuple[Statement, ...]
    bodies: tuple[PublicBody, ...]


def _first(code: str, snapshot: Snapshot) -> tuple[int, Event | None]:
    records = Filters(jurisdiction=(code,)).select(snapshot).records
    claims = [snapshot.standing(r).claim for r in records]
    return len(records), min(claims, key=lambda e: (e.said.end, e.position), default=None)


def _said(name: str, snapshot: Snapshot) -> tuple[Statement, ...]:
    speaks = re.compile(rf"\b{re.escape(name)}\b")
    return tuple(
        statement(e, snapshot)
        for e in snapshot.events
        if e.actor_type == CHINA and speaks.search(e.authority)
    )


def _bodies(code: str, snapshot: Snapshot) -> tuple[PublicBody, ...]:
    if not shows_undated_texts(snapshot):
        return ()
    known = snapshot.dataset.sources
    return tuple(
        PublicBody(origin, tuple(known[i] for i in origin.sources if i in known))
        for origin in snapshot.dataset.origins
        if origin.jurisdiction == code
    )


def jurisdictions(snapshot: Snapshot) -> tuple[Jurisdiction, ...]:
    """List the jurisdictions in the order of the vocabulary, unknown last."""
    rows = []
    provinces = {o.jurisdiction: o.province for o in snapshot.dataset.origins}
    for code, (name, script, holder) in JURISDICTIONS.items():
        held, first = _first(code, snapshot)
        rows.append(
            Jurisdiction(
                code=code,
                name=name,
                script=script,
                holder=JURISDICTIONS[holder][0] if holder else "",
                province=_(PROVINCES.get(provinces.get(code, ""), "")),
                held=held,
                first=statement(first, snapshot) if first else None,
                said=_said(name, snapshot),
                bodies=_bodies(code, snapshot),
            )
        )
    held, first = _first(UNKNOWN, snapshot)
    claim = statement(first, snapshot) if first else None
    none = _("Unknown: no source names one")
    return (
        *rows,
        Jurisdiction(
            code=UNKNOWN,
            name=none,
            script="",
            holder="",
            province="",
            held=held,
            first=claim,
            said=(),
            bodies=(),
        ),
    )
