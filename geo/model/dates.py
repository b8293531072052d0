"""
Dates as precise as the source, and no more.

A partial date (``2022``, ``2022-12``, ``2022-12-05``, or two of these with ``/``) is a
half-open interval of days: ``first`` is in it, ``end`` is the day after its last day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from babel.dates import format_date

from geo.wording import _

_PART = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
#: by how much the easternmost clocks are ahead of UTC
EASTERNMOST = timedelta(hours=14)
PATTERN = re.compile(rf"\A{_PART}(?:/{_PART})?\Z")


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """
    A half-open interval of days, and the text that it was written as.

    Attributes
    ----------
    first : date
        The first day that belongs to it.
    end : date
        The first day that no longer belongs to it.
    text : str
        As in the source: the precision is part of what is known.
    """

    first: date
    end: date
    text: str

    @property
    def last(self) -> date:
        """The last day that belongs to the interval."""
        return self.end - timedelta(days=1)


def _part(text: str) -> tuple[date, date]:
    numbers = [int(piece) for piece in text.split("-")]
    if len(numbers) == 1:
        return date(numbers[0], 1, 1), date(numbers[0] + 1, 1, 1)
    if len(numbers) == 2:
        year, month = numbers
        after = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
        return date(year, month, 1), after
    day = date(*numbers)
    return day, day + timedelta(days=1)


@lru_cache(maxsize=8192)
def parse(text: str) -> Interval:
    """
    Read a partial date.

    Parameters
    ----------
    text : str
        ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or two of these joined by ``/``.

    Returns
    -------
    Interval
        Half-open, in days.

    Raises
    ------
    ValueError
        When the text has another form, names a day that no calendar has, or ends
        before it begins.
    """
    if not PATTERN.match(text):
        raise ValueError(
            _("“{text}” is not a date like 2022, 2022-12 or 2022-12-05").format(text=text)
        )
    begin, _slash, finish = text.partition("/")
    try:
        first, end = _part(begin)
        if finish:
            end = _part(finish)[1]
    except (ValueError, OverflowError):
        raise ValueError(_("“{text}” is not a calendar date").format(text=text)) from None
    if end <= first:
        raise ValueError(_("“{text}” ends before it begins").format(text=text))
    return Interval(first, end, text)


def lenient(text: str) -> Interval | None:
    """
    Read a partial date that may be missing or wrong.

    Parameters
    ----------
    text : str
        As for `parse`.

    Returns
    -------
    Interval or None
        None where `parse` would raise an error.
    """
    try:
        return parse(text)
    except ValueError:
        return None


def latest_day(moment: datetime | None = None) -> date:
    """
    Return the latest day that has begun anywhere on Earth: a date after it is in the future.

    Parameters
    ----------
    moment : datetime, optional
        With a time zone; now if it is left out.

    Returns
    -------
    date
        In UTC+14, whose clocks are ahead of all others. It is today in UTC or the day after.
    """
    return ((moment or datetime.now(UTC)).astimezone(UTC) + EASTERNMOST).date()


def latest_day_of(day: date) -> date:
    """Return the latest day that begins anywhere while it is a day in UTC: the day after it."""
    return latest_day(datetime.combine(day, time.max, UTC))


def is_day(text: str) -> bool:
    """Say whether a text is a date to the day, such as ``2022-12-05``."""
    day = lenient(text)
    return day is not None and len(text) == 10 and day.first == day.last


#: length of a partial date -> pattern of CLDR
_PATTERNS = {4: "y", 7: "MMMM y", 10: "d MMMM y"}


def _formatted(text: str, pattern: str, language: str) -> str:
    return format_date(_part(text)[0], pattern, locale=language)


def _ends(text: str, language: str) -> tuple[str, str]:
    """
    Say both ends of an interval; what they share is said once, with the last.

    Of two days or two months of a year, the first needs no year; of two days of a month, no
    month either.
    """
    begin, _slash, finish = text.partition("/")
    pattern = _PATTERNS[len(begin)]
    if len(begin) == len(finish) > 4 and begin[:4] == finish[:4]:
        in_a_month = len(begin) == 10 and begin[:7] == finish[:7]
        pattern = "d" if in_a_month else pattern.removesuffix(" y")
    return (
        _formatted(begin, pattern, language),
        _formatted(finish, _PATTERNS[len(finish)], language),
    )


def spoken(text: str, language: str = "en") -> str:
    """
    Say a partial date as a reader would: “5 December 2022”, “December 2022”, “2022”.

    Day and month names come from CLDR by Babel.

    Parameters
    ----------
    text : str
        A partial date, or two with ``/`` between.
    language : str
        Code of the reader's language.

    Returns
    -------
    str
        Without a preposition; an interval as “2016 to 2018” or “13 to 14 May 2026”.
    """
    if "/" in text:
        start, end = _ends(text, language)
        return _("{start} to {end}", language).format(start=start, end=end)
    return _formatted(text, _PATTERNS[len(text)], language)


def spoken_on(text: str, language: str = "en") -> str:
    """
    Say when, as a sentence begins: “On 5 December 2022”, “In December 2022”.

    Parameters
    ----------
    text : str
        A partial date, or two with ``/`` between.
    language : str
        Code of the reader's language.

    Returns
    -------
    str
        With its preposition; an interval as “Between 2016 and 2018”.
    """
    if "/" in text:
        start, end = _ends(text, language)
        return _("Between {start} and {end}", language).format(start=start, end=end)
    form = _("On {date}", language) if len(text) == 10 else _("In {date}", language)
    return form.format(date=spoken(text, language))
