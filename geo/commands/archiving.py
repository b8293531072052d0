"""
Archived copies of pages, as people have opened them.

An address of an archive that was put together from the page's own leads to whatever the
archive has, or to nothing. So what can be told of its form is required: a host that keeps
copies, the time of one capture, and the same page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import unquote, urlsplit

from geo.checks.rules_text import url_fault
from geo.files.tables import Row, Table, quoted
from geo.model.dates import latest_day_of, lenient
from geo.wording import _

WAYBACK = "web.archive.org"
#: one archive under several names
ARCHIVE_TODAY = frozenset(
    f"archive.{ending}" for ending in ("today", "ph", "is", "li", "vn", "fo", "md")
)

#: capture time, how the copy is shown, the page
_WAYBACK_COPY = re.compile(r"/web/([0-9]*)((?:[a-z]{2}_)?)/(.+)", re.DOTALL)
_TODAY_COPY = re.compile(r"/([0-9]{4}\.[0-9]{2}\.[0-9]{2}-[0-9]{6}|[0-9]{14})/(.+)", re.DOTALL)
_TODAY_CODE = re.compile(r"/[A-Za-z0-9]{4,6}")
#: addresses of that archive which lead to any of its copies, or to none
_NO_CODES = frozenset({"/newest", "/oldest", "/latest", "/search", "/submit", "/faq"})
#: no web page was archived before
_FIRST_CAPTURE = 1996


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of a list of copies: its number, the id of a source, and the address of the copy."""

    number: int
    source: str
    address: str


def _page(address: str) -> tuple[str, str, str]:
    """Return host, path and query of a page, without what does not tell pages apart."""
    # an archive may take one of the two slashes out
    whole = re.sub(r"^https?:/+", "", unquote(address), flags=re.IGNORECASE)
    parts = urlsplit(f"http://{whole}")
    host = (parts.hostname or "").removeprefix("www.")
    return host, parts.path.rstrip("/"), parts.query


def _captured(digits: str) -> datetime | None:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _time_fault(digits: str, published: str, today: date) -> str:
    captured = _captured(digits) if len(digits) == 14 else None
    if captured is None or captured.year < _FIRST_CAPTURE:
        return _("has no capture time: 14 digits, such as 20221205101530")
    if captured.date() > latest_day_of(today):
        return _("has a capture time in the future")
    if digits.endswith("000000"):
        return _("has midnight as its capture time, which looks like a date filled up with zeros")
    day = lenient(published)
    if day and captured.date() < day.first - timedelta(days=1):
        return _("was captured before the page was published ({day})").format(day=published)
    return ""


def _copy_fault(digits: str, page: str, source: Row, today: date) -> str:
    if fault := _time_fault(digits, source["published"], today):
        return fault
    try:
        same = _page(page) == _page(source["url"])
    except ValueError:
        same = False
    return "" if same else _("is a copy of a page other than {url}").format(url=source["url"])


def archive_fault(address: str, source: Row, today: date) -> str:
    """
    Say why an address may not be the archived copy of a source.

    Parameters
    ----------
    address : str
        Of the copy.
    source : Row
        The row of sources.csv.
    today : date
        Captures after it are in the future.

    Returns
    -------
    str
        The rest of a sentence that begins with the address; empty if it may.
    """
    if fault := url_fault(address):
        return fault
    parts = urlsplit(address)
    host, rest = parts.hostname or "", address.split(parts.netloc, 1)[1]
    if host == WAYBACK:
        copy = _WAYBACK_COPY.fullmatch(rest)
        if copy is None:
            return _(
                "is not a copy: a copy’s address has the form https://web.archive.org/web/(time)/(page)"
            )
        return _copy_fault(copy[1], copy[3], source, today)
    if host in ARCHIVE_TODAY:
        if copy := _TODAY_COPY.fullmatch(rest):
            return _copy_fault(re.sub("[^0-9]", "", copy[1]), copy[2], source, today)
        if _TODAY_CODE.fullmatch(rest) and rest.lower() not in _NO_CODES:
            return ""
        return _(
            "is not a copy: a copy’s address has the form https://archive.ph/(code), with 4 to 6 "
            "letters and digits, as the copy itself says"
        )
    hosts = ", ".join((WAYBACK, *sorted(ARCHIVE_TODAY)))
    return _("is not on a known archive; known ones are {hosts}").format(hosts=hosts)


def _pair_fault(pair: Pair, source: Row | None, today: date) -> str:
    if source is None:
        return _("no source has the id {id}").format(id=quoted(pair.source))
    before = source["archive_url"]
    if before and before != pair.address:
        form = _("{id} has an archived copy already: take {address} out of sources.csv first")
        return form.format(id=pair.source, address=before)
    if fault := archive_fault(pair.address, source, today):
        return f"{quoted(pair.address, 200)} {fault}"
    return ""


def refused_pairs(pairs: list[Pair], sources: Table, today: date) -> Iterator[tuple[int, str]]:
    """
    Yield what is wrong with a list of copies.

    Parameters
    ----------
    pairs : list of Pair
        The list.
    sources : Table
        sources.csv.
    today : date
        Captures after it are in the future.

    Yields
    ------
    tuple
        Number of the line, and the sentence.
    """
    known = {row["id"]: row for row in sources.rows}
    seen: dict[str, int] = {}
    for pair in pairs:
        for value in (pair.source, pair.address):
            if value and seen.setdefault(value, pair.number) != pair.number:
                form = _("{value} is in row {row} already: one copy for each source")
                yield pair.number, form.format(value=quoted(value, 200), row=seen[value])
                break
        else:
            if fault := _pair_fault(pair, known.get(pair.source), today):
                yield pair.number, fault


def with_copies(sources: Table, copies: Mapping[str, str]) -> Table:
    """
    Return sources.csv with archived copies.

    Parameters
    ----------
    sources : Table
        The file.
    copies : mapping of str to str
        Addresses of copies by the id of their source.

    Returns
    -------
    Table
        All other cells are as before.
    """
    return sources.with_rows(
        replace(row, cells={**row.cells, "archive_url": copies[row["id"]]})
        if row["id"] in copies
        else row
        for row in sources.rows
    )
