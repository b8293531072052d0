"""The table of countries: one row each, with the most recent answer of its authorities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.ledger.coverage import coverage
from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters, Selection
from geo.model.dates import Interval, spoken
from geo.model.entities import Event, Record
from geo.model.names import country_name
from geo.model.text import fold
from geo.model.vocabulary import COVERAGE
from geo.wording import _
from geo.words.cards import flag_words
from geo.words.statements import Statement, statement

#: what the table can be sorted by; never by how much a country agrees with a claim
SORTS = ("name", "coverage", "records", "first", "newest")
REST = "not_listed"
_STATES = tuple(COVERAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRow:
    """
    One country of ISO 3166-1.

    Attributes
    ----------
    state : str
        A code of `geo.model.vocabulary.COVERAGE`.
    selected, held : int
        Records that the filters other than the country's pick, and all of the ledger.
    first : str
        The date of the first claim; empty where there is none.
    answer : Statement or None
        The most recent statement of a host authority, by the day on which it was made.
    flags : tuple of str
        What the country's authorities have said or done so far, in words.
    first_said, answer_said : Interval or None
        Dates of both, to sort by.
    """

    code: str
    name: str
    state: str
    state_label: str
    selected: int
    held: int
    first: str
    answer: Statement | None
    flags: tuple[str, ...]
    picked: bool
    first_said: Interval | None
    answer_said: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryTable:
    """
    The rows to show.

    Attributes
    ----------
    records : tuple of Record
        Those that the filters other than the country's pick.
    rest : int
        How many countries have neither record nor statement.
    narrowed : bool
        Whether another filter than the country's is set.
    """

    rows: tuple[CountryRow, ...]
    records: tuple[Record, ...]
    rest: int
    narrowed: bool
    with_rest: bool = False
    only: str = ""


def latest_answer(code: str, snapshot: Snapshot) -> Event | None:
    """
    Return the most recent statement of a country's authorities.

    Parameters
    ----------
    code : str
        Alpha-2 code of ISO 3166-1.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    Event or None
        By the day on which it was made, and not by when what it speaks of happened; of
        several with one date the last in replay order.
    """
    host = enumerate(snapshot.host_events(code))
    latest = max(host, key=lambda pair: (_age(pair[1].said), pair[0]), default=None)
    return latest[1] if latest else None


def _age(said: Interval) -> tuple[date, date]:
    """Return what dates are compared by: a month counts from its last day."""
    return said.end, said.first


def _row(
    code: str, state: str, claims: list[Event], selection: Selection, picked: bool
) -> CountryRow:
    snapshot = selection.snapshot
    answer = latest_answer(code, snapshot)
    first = min(claims, key=lambda e: (e.said.end, e.position), default=None)
    return CountryRow(
        code=code,
        name=country_name(code),
        state=state,
        state_label=_(COVERAGE[state]),
        selected=selection.countries[code],
        held=len(claims),
        first=spoken(first.said.text) if first else "",
        answer=statement(answer, snapshot) if answer else None,
        flags=flag_words(snapshot.country_flags.get(code, frozenset())),
        picked=picked,
        first_said=first.said if first else None,
        answer_said=answer.said if answer else None,
    )


def country_table(selection: Selection, rest: bool = False, only: str = "") -> CountryTable:
    """
    Build the table of countries.

    The country filter marks rows and hides none, because a country is picked in this table.
    Every other filter leaves the countries of the records and events that it selects.

    Parameters
    ----------
    selection : Selection
        What the reader has picked.
    rest : bool
        Whether to include countries without record and word.
    only : str
        The one coverage state to show; empty for all of them.

    Returns
    -------
    CountryTable
        With rows in the order of names.
    """
    snapshot = selection.snapshot
    others = selection.filters.without("country")
    open_to_all = others.select(snapshot)
    narrowed = others != Filters()
    wanted = set(open_to_all.countries) | {e.country for e in open_to_all.events}
    states = coverage(snapshot)
    picked = set(selection.filters.country)
    left_out = {c for c, state in states.items() if state == REST and c not in picked}
    codes = [
        code
        for code in states
        if (code in wanted or not narrowed)
        and (only or rest or narrowed or code not in left_out)
        and only in ("", states[code])
    ]
    claims: dict[str, list[Event]] = defaultdict(list)
    for record in snapshot.records:
        claims[record.host_country].append(snapshot.standing(record).claim)
    rows = [_row(c, states[c], claims[c], open_to_all, c in picked) for c in codes]
    return CountryTable(
        rows=tuple(sorted(rows, key=lambda row: fold(row.name))),
        records=tuple(open_to_all.records),
        rest=0 if narrowed else len(left_out),
        narrowed=narrowed,
        with_rest=rest,
        only=only,
    )


def sorted_rows(
    rows: tuple[CountryRow, ...], by: str, descending: bool = False
) -> list[CountryRow]:
    """
    Sort rows by one of `SORTS`; rows without the value come last in both directions.

    Parameters
    ----------
    rows : tuple of CountryRow
        In the order of names, which settles ties.
    by : str
        A code of `SORTS`.
    descending : bool
        Whether to reverse the order.

    Returns
    -------
    list of CountryRow
        All rows.
    """
    values: dict[str, Callable[[CountryRow], Any]] = {
        "name": lambda row: fold(row.name),
        "coverage": lambda row: _STATES.index(row.state),
        "records": lambda row: row.selected,
        "first": lambda row: _age(row.first_said) if row.first_said else None,
        "newest": lambda row: _age(row.answer_said) if row.answer_said else None,
    }
    value = values[by]
    known = [row for row in rows if value(row) is not None]
    unknown = [row for row in rows if value(row) is None]
    return [*sorted(known, key=value, reverse=descending), *unknown]
