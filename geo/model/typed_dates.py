"""Dates in the forms that people and programs write, read where they can mean one day only."""

from __future__ import annotations

import re

from geo.model.dates import lenient
from geo.model.named_days import typed_days

# the year first: the order of the rest is the same everywhere
_YEAR_FIRST = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s?[-/._\s\u5e74]\s?(?P<m>\d{1,2})"
    r"(?:\s?[-/._\s\u6708]\s?(?P<d>\d{1,2})\u65e5?|\u6708)?"
    r"(?:[T\s]\d{1,2}(?::?\d{2}){0,2}(?:\.\d+)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)?")
_YEAR_LAST = re.compile(
    r"(?P<one>\d{1,2})(?P<sign>[-/.\s])(?P<two>\d{1,2})[-/.\s](?P<y>(?:19|20)\d\d)"
)


def typed_dates(text: str) -> tuple[str, ...]:
    """
    Return the partial dates that a text can mean.

    Parameters
    ----------
    text : str
        Such as “2022/12/5”, “20221205”, “5 December 2022”, “2022年12月5日” or “05/12/2022”.

    Returns
    -------
    tuple of str
        As `geo.model.dates.parse` reads them. Two where the day may be the month, none where
        the text is no date of a calendar.
    """
    if (exact := lenient(text)) is not None:
        return (exact.text,)
    if found := _YEAR_FIRST.fullmatch(text) or _DIGITS.fullmatch(text):
        return _existing((found["y"], found["m"], found["d"]))
    if found := _YEAR_LAST.fullmatch(text):
        one, two, year = found["one"], found["two"], found["y"]
        # with points between, the day comes first wherever that form is used
        orders = ((one, two),) if found["sign"] == "." else ((one, two), (two, one))
        return _existing(*((year, month, day) for day, month in orders))
    days, rest = typed_days(text)
    return (days[0].text,) if len(days) == 1 and not rest.strip(" ,.") else ()


def _existing(*dates: tuple[str, str, str | None]) -> tuple[str, ...]:
    written = ("-".join([y, *(p.zfill(2) for p in (m, d) if p)]) for y, m, d in dates)
    return tuple(dict.fromkeys(text for text in written if lenient(text)))
