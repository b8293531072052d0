"""Places and labels along an axis of time, in percent of a width that is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from geo.views.periods import Period

#: widths in pixels that labels are thinned and marks stacked for, the least of a desk's chart and
#: of a phone's. On a wider chart they are further apart
WIDE, NARROW = 640, 280
_LANGUAGE = "en"
#: unit, how many of it from one line to the next, days of that, pixels of a label
_STEPS = (
    ("day", 1, 1, 20),
    ("day", 2, 2, 20),
    ("day", 7, 7, 20),
    ("month", 1, 30.4, 32),
    ("month", 2, 60.8, 32),
    ("month", 3, 91.3, 32),
    ("month", 6, 182.6, 32),
    *(("year", n, n * 365.25, 36) for n in (1, 2, 5, 10, 20, 50, 100)),
)
#: by unit: how a label is written
_FORMS = {"day": "d", "month": "LLL", "year": "y"}
#: by unit: how what it is part of is written above it, at first and in January, and else; and
#: the pixels that each takes
_HEADS = {"day": (("MMM y", 60), ("LLL", 30)), "month": (("y", 34), ("y", 34))}


def percent(value: float, decimals: int = 2) -> str:
    """
    Write a share of 100 as SVG reads it.

    Parameters
    ----------
    value : float
        From 0 to 100, or outside of it.
    decimals : int
        How many are written at most.

    Returns
    -------
    str
        Such as “12.3%”.
    """
    written = f"{value:.{decimals}f}"
    return (written.rstrip("0").rstrip(".") if decimals else written) + "%"


def share(day: float, period: Period) -> float:
    """
    Return where a day is in relation to a period.

    Parameters
    ----------
    day : float
        Its ordinal, with .5 for noon.
    period : Period
        From 0 to 100.

    Returns
    -------
    float
        In percent; below 0 before the period and above 100 after it.
    """
    return 100 * (day - period.first.toordinal()) / period.days


def place(day: float, period: Period) -> float:
    """
    Return where a day is in a period.

    Parameters
    ----------
    day : float
        Its ordinal, with .5 for noon.
    period : Period
        From 0 to 100.

    Returns
    -------
    float
        In percent, limited to 0 and 100.
    """
    return max(0.0, min(100.0, share(day, period)))


@dataclass(frozen=True, slots=True)
class Axis:
    """
    The lines and labels of an axis.

    Attributes
    ----------
    lines : tuple of str
        Where a line is, as “12.34%”.
    labels : tuple of (str, str)
        Where a label begins, and its text: days, months or years.
    heads : tuple of (str, str)
        The same for what the labels are part of: the year of a month; empty for years.
    """

    lines: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    heads: tuple[tuple[str, str], ...]


def axis(period: Period, width: int) -> Axis:
    """
    Choose the finest lines whose labels do not overlap.

    Parameters
    ----------
    period : Period
        What the axis shows.
    width : int
        Its least width in pixels.

    Returns
    -------
    Axis
        A label that would leave the axis at its end is left out.
    """
    per_day = width / period.days
    unit, step, _days, room = next(
        (s for s in _STEPS if s[2] * per_day >= s[3]), ("year", 200, 73050, 36)
    )
    days = list(_boundaries(period, unit, step))
    labels = [d for d in days if (period.end - d).days * per_day >= room - 8]
    return Axis(
        tuple(_at(d, period) for d in days),
        tuple((_at(d, period), _written(d, _FORMS[unit])) for d in labels),
        tuple(_heads(period, unit, per_day)),
    )


def _heads(period: Period, unit: str, per_day: float) -> Iterator[tuple[str, str]]:
    if unit not in _HEADS:
        return
    first = [period.first, *(d for d in _starts(period, unit) if d > period.first)]
    for day, after in zip(first, [*first[1:], period.end], strict=True):
        form, room = _HEADS[unit][0 if day == period.first or day.month == 1 else 1]
        if (after - day).days * per_day >= room:
            yield _at(day, period), _written(day, form)


def _written(day: date, form: str) -> str:
    return format_date(day, form, locale=_LANGUAGE)


def axes(period: Period) -> dict[str, Axis]:
    """Return the axis of a period for each width, by the class that the style sheet toggles."""
    return {"wide": axis(period, WIDE), "narrow": axis(period, NARROW)}


def _at(day: date, period: Period) -> str:
    return percent(place(day.toordinal(), period))


def _starts(period: Period, unit: str) -> Iterator[date]:
    """Yield the first days of the years around months, or of the months around days."""
    months = range(period.first.year * 12 + period.first.month - 1, period.end.year * 12 + 12)
    for number in months:
        day = date(number // 12, number % 12 + 1, 1)
        if period.first <= day < period.end and (unit == "day" or day.month == 1):
            yield day


def _boundaries(period: Period, unit: str, step: int) -> Iterator[date]:
    """Yield the days of a period on which a line is drawn."""
    for number in range(period.days):
        day = period.first + timedelta(days=number)
        if unit == "day":
            # a line on the 29th or 31st would be too near to that of the next month's first
            wanted = (day.day - 1) % step == 0 and (step == 1 or day.day < 29)
        elif unit == "month":
            wanted = day.day == 1 and (day.month - 1) % step == 0
        else:
            wanted = (day.month, day.day) == (1, 1) and day.year % step == 0
        if wanted:
            yield day
