"""Stretches of time that the timeline can show, and how an address names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from geo.model.dates import Interval, spoken

#: part of the marks that the busiest time has
_BUSY = 0.8
_DAY = timedelta(days=1)
#: days up to which the whole time is short: it has no busiest part, and months instead of years
_SHORT = 550
#: days up to which the strip's links are quarters
_FEW_YEARS = 1200
_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Period:
    """
    A stretch of time, as a half-open interval of days.

    Attributes
    ----------
    code : str
        As an address names it: ``busy``, ``all``, ``YYYY`` or ``YYYY-MM-DD_YYYY-MM-DD``.
    """

    code: str
    first: date
    end: date

    @property
    def days(self) -> int:
        """Its length."""
        return (self.end - self.first).days

    @property
    def last(self) -> date:
        """The last day that belongs to it."""
        return self.end - _DAY

    @property
    def words(self) -> str:
        """First and last month, “September 2022 to December 2023”, or day if it cuts a month."""
        months = self.first.day == 1 and self.end.day == 1
        first, last = (f"{d:%Y-%m}" if months else f"{d:%Y-%m-%d}" for d in (self.first, self.last))
        return spoken(first if first == last else f"{first}/{last}")

    def overlaps(self, first: date, end: date) -> bool:
        """
        Compare it with an interval of days.

        Parameters
        ----------
        first, end : date
            The first day of the interval, and the day after its last.

        Returns
        -------
        bool
            Whether the two have a day in common.
        """
        return first < self.end and end > self.first

    def within(self, whole: Period) -> Period:
        """Return the part that lies in another period; the two must overlap."""
        return Period(self.code, max(self.first, whole.first), min(self.end, whole.end))


def _month(day: date, after: int = 0) -> date:
    months = day.year * 12 + day.month - 1 + after
    return date(months // 12, months % 12 + 1, 1)


def _year(year: int) -> Period:
    return Period(str(year), date(year, 1, 1), date(year + 1, 1, 1))


def periods_of(days: Sequence[Interval]) -> dict[str, Period]:
    """
    List the periods that a page offers for some dates.

    Parameters
    ----------
    days : sequence of Interval
        When each mark was said, in any order.

    Returns
    -------
    dict of str to Period
        By code, the one to open on first; the busiest time is the shortest stretch of whole
        months with most of the marks. Only ``all`` for a short time; empty without dates.
    """
    if not days:
        return {}
    firsts = sorted(d.first for d in days)
    whole = Period("all", _month(firsts[0]), _month(max(d.last for d in days), 1))
    if whole.days <= _SHORT:
        return {"all": whole}
    held = max(1, round(len(firsts) * _BUSY))
    start = min(range(len(firsts) - held + 1), key=lambda i: firsts[i + held - 1] - firsts[i])
    busy = Period("busy", _month(firsts[start]), _month(firsts[start + held - 1], 1))
    years = [_year(year) for year in sorted({d.first.year for d in days})]
    return {p.code: p for p in (busy, whole, *years)}


def period_of(code: str, offered: dict[str, Period]) -> Period:
    """
    Return the period that an address names.

    Parameters
    ----------
    code : str
        As in `Period`; empty for the default.
    offered : dict of str to Period
        As `periods_of` returns it, with at least one.

    Returns
    -------
    Period
        A pair of days is limited to the whole time. The default if the code names no period,
        or one without a day in the whole time.
    """
    if code in offered:
        return offered[code]
    whole, named = offered["all"], _named(code)
    if named is None or not named.overlaps(whole.first, whole.end):
        return next(iter(offered.values()))
    return named.within(whole) if "_" in code else named


def _named(code: str) -> Period | None:
    first, pair, last = code.partition("_")
    try:
        if not pair:
            return _year(int(code))
        end = min(date.fromisoformat(last), date.max - _DAY) + _DAY
        period = Period(code, date.fromisoformat(first), end)
    except ValueError:
        return None
    return period if period.days > 0 else None


def stretches(whole: Period) -> list[tuple[Period, str]]:
    """
    Divide the whole time into periods that a reader may pick.

    Parameters
    ----------
    whole : Period
        From the first mark to the last, in whole months.

    Returns
    -------
    list of (Period, str)
        Years, quarters or months, by how long the whole is, each with a short label: “2022”,
        “Q4 2022”, “Dec 2022”.
    """
    if whole.days > _FEW_YEARS:
        years = range(whole.first.year, whole.last.year + 1)
        return [(_year(year), str(year)) for year in years]
    step, form = (3, "QQQ y") if whole.days > _SHORT else (1, "MMM y")
    found = []
    first = _month(whole.first, -((whole.first.month - 1) % step))
    while first < whole.end:
        end = _month(first, step)
        code = f"{first.isoformat()}_{(end - _DAY).isoformat()}"
        found.append((Period(code, first, end), format_date(first, form, locale=_LANGUAGE)))
        first = end
    return found
