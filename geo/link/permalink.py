"""
Reading of a link: every parameter by its kind, in the order of the table.

A public contract: parameters are never renamed, only added. A value that cannot be read is
ignored with a notice; the others count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from geo.ledger.dataset import Dataset
from geo.link.cards import can_open, withdrawal, withdrawn_words
from geo.link.kinds import Kind, Parameter
from geo.link.parameters import CARDS, LAYERS, parameter, parameters
from geo.link.selection import Filters
from geo.link.state import NO_FILTERS, State, Viewport, city_code, encode, rounded
from geo.model.dates import parse, spoken
from geo.wording import _

__all__ = [
    "CARDS",
    "LAYERS",
    "NO_FILTERS",
    "State",
    "Viewport",
    "can_open",
    "city_code",
    "decode",
    "encode",
    "parse_query",
    "rounded",
    "withdrawal",
    "withdrawn_words",
]

_VERSION = re.compile(r"[0-9a-f]{8}")
_DECIMALS = r"(?:\.[0-9]{1,2})?"
_VIEWPORT = re.compile(
    rf"(-?[0-9]{{1,2}}{_DECIMALS})_(-?[0-9]{{1,3}}{_DECIMALS})_([0-9]{_DECIMALS})"
)
_MOST_SHOWN = 40
#: notices of one link; a crafted one may have thousands of values that cannot be read
MOST_NOTICES = 20


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"


class _Reading:
    """A link while it is read: the values so far, by field, and a notice for each ignored one."""

    def __init__(self, query: Mapping[str, Sequence[str]], dataset: Dataset, today: date) -> None:
        self.query = query
        self.dataset = dataset
        self.today = today
        self.values: dict[str, Any] = {}
        self.notices: list[str] = []

    def last(self, name: str) -> str:
        """Return the last value of a parameter that is not empty."""
        values = [value for value in self.query.get(name, ()) if value]
        return values[-1] if values else ""

    def ignore(self, name: str, value: str, why: str) -> None:
        """Say why a value is ignored."""
        notice = _("Ignored in this link: {name}=“{value}” ({why}).")
        self.say(notice.format(name=name, value=_cut(value), why=why))

    def say(self, notice: str) -> None:
        """Add a notice; after `MOST_NOTICES` say once that there are more."""
        if len(self.notices) < MOST_NOTICES:
            self.notices.append(notice)
        elif len(self.notices) == MOST_NOTICES:
            self.notices.append(_("Further values were ignored."))


def _facet(row: Parameter, reading: _Reading) -> None:
    picked = set()
    for value in dict.fromkeys(reading.query.get(row.name, ())):
        if value in row.codes:
            picked.add(value)
        elif value:
            reading.ignore(row.name, value, _("unknown value"))
    reading.values[row.field] = tuple(code for code in row.codes if code in picked)


def _text(row: Parameter, reading: _Reading) -> None:
    text = "".join(c if c.isprintable() else " " for c in reading.last(row.name))
    cleaned = " ".join(text.split())
    if len(cleaned) > row.longest:
        why = _("a search has at most {n} characters").format(n=row.longest)
        reading.ignore(row.name, cleaned, why)
        return
    reading.values[row.field] = cleaned


def _date(row: Parameter, reading: _Reading) -> None:
    text = reading.last(row.name)
    try:
        if text:
            # an interval has two ends and a slash, which chat programs cut
            reading.values[row.field] = parse(_cut(text).replace("/", " / ")).text
    except ValueError as error:
        reading.ignore(row.name, text, str(error))


def _switch(row: Parameter, reading: _Reading) -> None:
    """Read whether a range is certain; it follows both ends, so a reversed range is seen here."""
    since, until = reading.values.get("since"), reading.values.get("until")
    if since and until and parse(since).first >= parse(until).end:
        reading.ignore("from", since, _("it is after to=“{until}”").format(until=until))
        reading.values |= {"since": "", "until": ""}
        return
    text = reading.last(row.name)
    reading.values[row.field] = bool(since or until) and text in row.codes
    if text not in ("", "0", *row.codes):
        reading.ignore(row.name, text, _("its only value is 1"))


def _day(row: Parameter, reading: _Reading) -> None:
    text, first = reading.last(row.name), reading.dataset.first_day
    if not text:
        return
    try:
        day = parse(_cut(text)).last
    except ValueError as error:
        reading.ignore(row.name, text, str(error))
        return
    if day > reading.today:
        reading.ignore(row.name, text, _("that date is in the future"))
    elif day < first:
        earliest = _("the ledger begins on {date}").format(date=spoken(first.isoformat()))
        reading.ignore(row.name, text, earliest)
    else:
        reading.values[row.field] = day


def _viewport(row: Parameter, reading: _Reading) -> None:
    text = reading.last(row.name)
    if not text:
        return
    if match := _VIEWPORT.fullmatch(text):
        lat, lon, zoom = (float(piece) for piece in match.groups())
        if abs(lat) <= 90 and abs(lon) <= 180 and zoom <= 9:
            reading.values[row.field] = Viewport(lat, lon, zoom)
            return
    reading.ignore(row.name, text, _("the form is latitude_longitude_zoom"))


def _setting(row: Parameter, reading: _Reading) -> None:
    text = reading.last(row.name)
    if text in row.codes or (row.pattern and re.fullmatch(row.pattern, text)):
        reading.values[row.field] = text
    elif text:
        reading.ignore(row.name, text, _("unknown value"))


def _card(row: Parameter, reading: _Reading) -> None:
    text, dataset = reading.last(row.name), reading.dataset
    if not text or any(reading.values.get(parameter(name).field) for name in CARDS):
        return
    if can_open(dataset, row.name, text):
        reading.values[row.field] = text
    elif row.name != "place" and text in dataset.withdrawn:
        reading.say(withdrawn_words(row.name, dataset.withdrawn[text]))
    else:
        kinds = {"record": _("record"), "event": _("entry"), "place": _("place")}
        why = _("the ledger has no such {kind} today").format(kind=kinds[row.name])
        reading.ignore(row.name, text, why)


def _language(row: Parameter, reading: _Reading) -> None:
    text = reading.last(row.name)
    if text and text not in row.codes:
        reading.ignore(row.name, text, _("the atlas is in English only so far"))


def _version(row: Parameter, reading: _Reading) -> None:
    text, version = reading.last(row.name), reading.dataset.version
    if not text:
        return
    if not _VERSION.fullmatch(text):
        why = _("a version has eight characters, 0–9 or a–f")
        reading.ignore(row.name, text, why)
        return
    reading.values[row.field] = text
    if text != version:
        moved_on = _(
            "This link was made from ledger version {old}. The ledger has changed since; "
            "you are seeing version {new}."
        )
        reading.say(moved_on.format(old=text, new=version))


_READERS: dict[Kind, Callable[[Parameter, _Reading], None]] = {
    Kind.FACET: _facet,
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.SWITCH: _switch,
    Kind.DAY: _day,
    Kind.VIEWPORT: _viewport,
    Kind.SETTING: _setting,
    Kind.CARD: _card,
    Kind.LANGUAGE: _language,
    Kind.VERSION: _version,
}


def decode(
    query: Mapping[str, Sequence[str]], dataset: Dataset, today: date
) -> tuple[State, list[str]]:
    """
    Read a link.

    Parameters
    ----------
    query : mapping of str to sequence of str
        As parsed, every value of a repeated parameter.
    dataset : Dataset
        The ledger, with the records, the events and the first day.
    today : date
        The last day that may be asked for.

    Returns
    -------
    state : State
        The values that can be read.
    notices : list of str
        One sentence for each value that was ignored, `MOST_NOTICES` at most. Unknown
        *parameters* are ignored without a notice: chat programs and trackers add their own.
    """
    reading = _Reading(query, dataset, today)
    for row in parameters():
        _READERS[row.kind](row, reading)
    of_filters = {row.field for row in parameters() if row.filters}
    picked = {field: value for field, value in reading.values.items() if field in of_filters}
    rest = {field: value for field, value in reading.values.items() if field not in of_filters}
    return State(filters=Filters(**picked), **rest), reading.notices


def parse_query(query: str) -> dict[str, list[str]]:
    """Split a query string into its parameters, keeping every value of each."""
    return parse_qs(query.lstrip("?"), keep_blank_values=False, max_num_fields=None)
