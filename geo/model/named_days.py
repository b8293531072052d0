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
_TYPED = re.compile(_NAMED.pattern, re.VERBOSE | re.IGNORECASE)
#: as in much of Europe: the day first
_IN_POINTS = re.compile(r"\b(?P<day>[0-3]?\d)\.\s?(?P<month>[01]?\d)\.\s?(?P<year>(?:19|20)\d\d)\b")


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


def typed_days(query: str) -> tuple[list[Interval], str]:
    """
    Take the days and months of a year out of what a reader has typed.

    Parameters
    ----------
    query : str
        Such as “5 dec 2022 embassy”, “2022-12-05” or “5.12.2022”.

    Returns
    -------
    list of Interval
        The days and months, each with the text that the ledger has for it.
    str
        The rest of the query; a year alone stays in it, since it is a word of texts too.
    """
    days: list[Interval] = []

    def take(found: re.Match[str], month: int | None = None) -> str:
        groups = found.groupdict()
        if groups.get("iso"):
            read = lenient(groups["iso"])
        elif groups["year"]:
            day = groups["day"] or groups.get("late")
            name = MONTHS[month - 1] if month else groups["month"].capitalize()
            read = _interval(int(groups["year"]), name, day)
        else:
            read = None
        if read is None:
            return found[0]
        days.append(read)
        return " "

    def take_points(found: re.Match[str]) -> str:
        month = int(found["month"])
        return take(found, month) if 1 <= month <= 12 else found[0]

    return days, _TYPED.sub(take, _IN_POINTS.sub(take_points, query))


def _interval(year: int, month: str, day: str | None) -> Interval | None:
    number = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(month[:3]))
    return lenient(f"{year:04}-{number:02}" + (f"-{int(day):02}" if day else ""))
