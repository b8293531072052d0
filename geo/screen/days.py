"""The days of the map: entries by month as bars, each a link to the map as of its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd
from markupsafe import Markup

from geo.ledger.snapshot import Snapshot
from geo.model.dates import spoken
from geo.screen.context import Screen
from geo.views.periods import Period
from geo.views.rendering import render
from geo.views.time_axis import percent, place
from geo.wording import ngettext

#: in the address that the slider's day is put into; a day before any of a ledger
_ANY = date(1000, 1, 1)
#: height of the tallest bar in pixels, and the share of its month that a bar leaves free
TALLEST, _BESIDE = 26, 0.16


def first_record(snapshot: Snapshot) -> date | None:
    """Return the day from which the map has a record; None for a ledger without one."""
    claims = (snapshot.standing(record).claim for record in snapshot.records)
    return min((claim.said.last for claim in claims), default=None)


def months(first: date, last: date) -> list[tuple[date, date]]:
    """
    List the months from that of one day to that of another.

    Parameters
    ----------
    first, last : date
        Any days of the first month and of the last.

    Returns
    -------
    list of (date, date)
        The first day and the last of each month.
    """
    # not pandas' own times of day, which end in 2262
    return [
        (date(m.year, m.month, 1), date(m.year, m.month, m.days_in_month))
        for m in pd.period_range(first, last, freq="M")
    ]


def _counts(screen: Screen, whole: Period) -> list[int]:
    """
    Count the entries of the selection by the month in which they became public.

    All days until today are counted, also after the day shown: a reader sees where a step
    would lead. Repeats are left out, as in other counts of entries.
    """
    events = screen.state.filters.select(screen.newest).events
    said = [pd.Period(event.said.last, "M") for event in events if not event.repeat_of]
    every = pd.period_range(whole.first, whole.last, freq="M")
    counts = pd.PeriodIndex(said, freq="M").value_counts().reindex(every, fill_value=0)
    return [int(number) for number in counts]


def _bars(screen: Screen, whole: Period) -> Iterator[dict[str, Any]]:
    counts, shown = _counts(screen, whole), screen.snapshot.day
    most = max(*counts, 1)
    for (first, last), number in zip(months(whole.first, whole.last), counts, strict=True):
        begin, end = (place(d.toordinal(), whole) for d in (first, last + timedelta(days=1)))
        day = min(last, screen.today)
        yield {
            "href": screen.href(as_of=None if day == screen.today else day),
            "name": ngettext(
                "As of {date}; {n} entry in the month",
                "As of {date}; {n} entries in the month",
                number,
                date=spoken(day.isoformat()),
            ),
            "x": percent(begin),
            "width": percent(end - begin),
            "left": percent(begin + (end - begin) * _BESIDE / 2),
            "wide": percent((end - begin) * (1 - _BESIDE)),
            "high": round(TALLEST * number / most, 1),
            "later": first > shown,
            "open": day == shown,
            "year": str(first.year) if first.month == 1 else "",
        }


def days(screen: Screen) -> Markup:
    """
    Write the days of the map.

    Parameters
    ----------
    screen : Screen
        Its day is where the slider is.

    Returns
    -------
    Markup
        Escaped HTML: a link for each month from the first record to today, and a slider that
        only a script can move. Empty for a ledger without a record.
    """
    first = first_record(screen.newest)
    if first is None or first >= screen.today:
        return Markup()
    _first, last = months(first, screen.today)[-1]
    whole = Period("", first.replace(day=1), last + timedelta(days=1))
    shown = min(max(screen.snapshot.day, first), screen.today)
    return render(
        "days.html",
        tallest=TALLEST,
        bars=list(_bars(screen, whole)),
        first=first,
        today=screen.today,
        shown=shown,
        words=spoken(shown.isoformat()),
        at=f"{place(shown.toordinal() + 1, whole):.2f}cqw",
        begins=whole.first,
        ends=whole.last,
        address=screen.href(as_of=_ANY).replace(_ANY.isoformat(), "DAY"),
        now=screen.href(as_of=None),
    )
