"""
Headlines that state a finding about a selection, computed from its dates.

Each rule counts what the ledger has and makes no statement where a count would only reflect
how the selection was cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from geo.ledger.history import turns
from geo.ledger.snapshot import Snapshot
from geo.link.reports import by_host_authority, list_reports, reports
from geo.link.selection import Selection
from geo.model.dates import spoken
from geo.model.entities import Record
from geo.model.names import country_name
from geo.model.vocabulary import CLAIM, LATEST_WORDS
from geo.wording import _, ngettext

#: days from the first report in which statements are counted
DAYS = 100
#: fewer statements, or records, than this are no basis of a finding
LEAST = 10
#: the first days must hold at least one in so many statements
_ONE_IN = 3
#: days after the first ones, as a multiple of them, before which “first” means little
_LATER = 3
#: at most one record in so many may have a new latest word in a quiet time
_QUIET = 20
#: so many records are named, with word and date
_NAMED = 3
_YEAR = 365


@dataclass(frozen=True, slots=True)
class FirstDays:
    """
    How many statements by host authorities came in the first days.

    Attributes
    ----------
    first, end : date
        The first day, and the day after the last.
    inside : int
        Statements whose whole date lies in these days.
    possible : int
        Further statements whose date overlaps them: a month, or a year.
    total : int
        All statements by host authorities, without repeats.
    """

    first: date
    end: date
    inside: int
    possible: int
    total: int

    @property
    def headline(self) -> str:
        """The finding as a title."""
        form = (
            _(
                "At least {n:,} of {total:,} statements by host authorities came within {days} "
                "days of the first report"
            )
            if self.possible
            else _(
                "{n:,} of {total:,} statements by host authorities came within {days} days of "
                "the first report"
            )
        )
        return form.format(n=self.inside, total=self.total, days=DAYS)

    def about(self, subject: str) -> str:
        """Return the finding as a title that names its subject, which may be empty."""
        if not subject:
            return self.headline
        return f"{subject}: {self.headline[:1].lower()}{self.headline[1:]}"

    @property
    def label(self) -> str:
        """The finding in few words, for the days as drawn."""
        form = (
            _("First {days} days: at least {n:,}")
            if self.possible
            else _("First {days} days: {n:,}")
        )
        return form.format(days=DAYS, n=self.inside)

    @property
    def remark(self) -> str:
        """What of the dates leaves the number open; empty if nothing does."""
        if not self.possible:
            return ""
        return ngettext(
            "{n} more, dated by month or year only, may belong to them.",
            "{n} more, dated by month or year only, may belong to them.",
            self.possible,
        )


def first_day(snapshot: Snapshot) -> date | None:
    """Return the day of the first report on a list of records, else of the first claim."""
    claims = list_reports(snapshot) or [e for e in snapshot.events if e.event_type == CLAIM]
    return min((e.said.first for e in claims), default=None)


def first_days(selection: Selection) -> FirstDays | None:
    """
    Count the statements by host authorities in the first `DAYS` days.

    Parameters
    ----------
    selection : Selection
        Its reports, courts included and repeats left out.

    Returns
    -------
    FirstDays or None
        None if fewer than `LEAST` statements are selected, if less than a third of them
        certainly came in these days, if too little time has passed since, or if a filter
        limits the dates.
    """
    first = first_day(selection.snapshot)
    filters = selection.filters
    if first is None or filters.since or filters.until:
        return None
    end = first + timedelta(days=DAYS)
    if (selection.snapshot.day - end).days < _LATER * DAYS:
        return None
    dates = [event.said for event, _echoes in reports(selection) if by_host_authority(event)]
    inside = sum(said.first >= first and said.end <= end for said in dates)
    overlapping = sum(said.end > first and said.first < end for said in dates)
    if len(dates) < LEAST or inside * _ONE_IN < len(dates):
        return None
    return FirstDays(first, end, inside, overlapping - inside, len(dates))


def quiet_since(selection: Selection) -> str:
    """
    Say since the start of which year the latest words have hardly changed.

    Parameters
    ----------
    selection : Selection
        Whose records are compared with themselves at the end of each earlier year; one that
        is new since then has not changed.

    Returns
    -------
    str
        A title, which names the records that have changed if they are few. Empty if fewer
        than `LEAST` records are selected, or none of the years before the last twelve months
        is quiet.
    """
    records, day = selection.records, selection.snapshot.day
    if len(records) < LEAST:
        return ""
    first = first_day(selection.snapshot) or day
    for year in range(first.year + 1, day.year + 1):
        start = date(year, 1, 1)
        if (day - start).days < _YEAR:
            break
        changed = _changed(selection, start)
        if len(changed) * _QUIET <= len(records):
            return _quiet(year, changed, selection)
    return ""


def _changed(selection: Selection, start: date) -> list[Record]:
    """List the records that had another latest word just before a day."""
    found = []
    for record in selection.records:
        words = turns(record, selection.snapshot)
        before = [code for day, code in words if day < start]
        if before and before[-1] != words[-1][1]:
            found.append(record)
    return found


def _quiet(year: int, changed: list[Record], selection: Selection) -> str:
    total = len(selection.records)
    if not changed:
        return _(
            "Since the start of {year} the latest word has changed on none of {total:,} records"
        ).format(year=year, total=total)
    said = ngettext(
        "Since the start of {year} the latest word has changed on {n} record of {total:,}",
        "Since the start of {year} the latest word has changed on {n} records of {total:,}",
        len(changed),
        year=year,
        total=total,
    )
    if len(changed) > _NAMED:
        return said
    named = "; ".join(_named(record, selection.snapshot) for record in changed)
    return _("{finding}: {records}").format(finding=said, records=named)


def _named(record: Record, snapshot: Snapshot) -> str:
    standing = snapshot.standing(record)
    word = standing.word or standing.claim
    return _("{place} ({word}, {date})").format(
        place=record.place_label or record.host_city or country_name(record.host_country),
        word=_inside(_(LATEST_WORDS[standing.code].short)),
        date=spoken(word.said.text),
    )


def _inside(label: str) -> str:
    """Write a label as it is inside a sentence: in lower case unless it begins with a name."""
    return label if label.startswith(_("China")) else label[:1].lower() + label[1:]
