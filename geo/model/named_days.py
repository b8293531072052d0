"""The days that an English text names: “5 December 2022”, “7 November”, “2024”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from geo.model.dates import Interval, lenient

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = "|".join(("Sept", *(rf"{name[:3]}(?:{name[3:]})?" for name in MONTHS)))
_NAMED = re.compile(
    rf"""
    \b(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)\b
    | \b(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})\b\.?
      (?:(?:\s+(?P<late>[0-3]?\d)(?:st|nd|rd|th)?,?)?\s+(?P<year>(?:19|20)\d\d)\b)?
    | (?<![\d.,/-])(?P<alone>(?:19|20)\d\d)(?![\d%]|[.,]\d)
    """,
    re.VERBOSE,
)


def named_days(text: str, near: date) -> Iterator[Interval]:
    """
    Yield the days that a text names, as half-open intervals.

    Parameters
    ----------
    text : str
        In English, as cells of the ledger are.
    near : date
        Settles the year of a day that is named without one: the nearest to it. A month
        without day and year is left out, for “May” and “March” are words as well.

    Yields
    ------
    Interval
        In the order of the text. A day that no calendar has is left out.
    """
    for found in _NAMED.finditer(text):
        day = found["day"] or found["late"]
        if found["iso"] or found["alone"]:
            read = [lenient(found["iso"] or found["alone"])]
        elif found["year"]:
            read = [_interval(int(found["year"]), found["month"], day)]
        else:
            years = (near.year - 1, near.year, near.year + 1) if day else ()
            read = [_interval(year, found["month"], day) for year in years]
        possible = [interval for interval in read if interval]
        if possible:
            yield min(possible, key=lambda interval: abs((interval.first - near).days))


def _interval(year: int, month: str, day: str | None) -> Interval | None:
    number = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(month[:3]))
    return lenient(f"{year:04}-{number:02}" + (f"-{int(day):02}" if day else ""))
