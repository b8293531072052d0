"""Readers of a link's values, one for each kind of parameter, and of unknown names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from geo.ledger.dataset import Dataset
from geo.link.cards import can_open, near_cards, withdrawn_words
from geo.link.ignored import Ignored, cut
from geo.link.kinds import Kind, Parameter
from geo.link.meant_names import near_names
from geo.link.meant_values import is_id, meant_dates, meant_values
from geo.link.nearness import near_codes
from geo.link.parameters import CARDS, parameter, parameters
from geo.link.state import rounded
from geo.link.trackers import is_tracker
from geo.model.dates import latest_day_of, parse, spoken
from geo.wording import _

Pair = tuple[str, str]
_VERSION = re.compile(r"[0-9a-f]{8}")
_NUMBER = r"(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)"
_VIEWPORT = re.compile("_".join([_NUMBER] * 3))
#: notices of one link; a crafted one may have thousands of values that cannot be read
MOST_NOTICES = 20


class Reading:
    """
    A link while it is read: the values so far, by field, and a notice for each ignored one.

    Parameters
    ----------
    query : mapping of str to sequence of str
        As parsed.
    dataset : Dataset
        The ledger.
    today : date
        The last day that may be asked for.
    """

    def __init__(self, query: Mapping[str, Sequence[str]], dataset: Dataset, today: date) -> None:
        self.query = query
        self.dataset = dataset
        self.today = today
        self.values: dict[str, Any] = {}
        self.notices: list[str] = []
        self.ignored: list[Ignored] = []

    def last(self, name: str) -> str:
        """Return the last value of a parameter that is not empty; say that others do not count."""
        values = [value for value in dict.fromkeys(reversed(self.query.get(name, ()))) if value]
        for other in values[1:]:
            self.ignore(
                name,
                other,
                _("{name} may be given once, and the last one counts").format(name=name),
            )
        return values[0] if values else ""

    @property
    def full(self) -> bool:
        """Whether no more notices are made, and so no suggestions are needed."""
        return len(self.notices) >= MOST_NOTICES

    def ignore(self, name: str, value: str, why: str, candidates: Iterable[Pair] = ()) -> None:
        """
        Say why a value is ignored, and what it may have been.

        Parameters
        ----------
        name, value : str
            As the link has them.
        why : str
            Part of a sentence.
        candidates : iterable of (str, str)
            Names and values that can be read.
        """
        ignored = Ignored(name, value, why, tuple(candidates))
        if not self.full:
            self.ignored.append(ignored)
        self.say(ignored.sentence)

    def say(self, notice: str) -> None:
        """Add a notice; after `MOST_NOTICES` say once that there are more."""
        if len(self.notices) < MOST_NOTICES:
            self.notices.append(notice)
        elif len(self.notices) == MOST_NOTICES:
            self.notices.append(_("Further values were ignored."))


def _facet(row: Parameter, reading: Reading) -> None:
    picked = set()
    for value in dict.fromkeys(reading.query.get(row.name, ())):
        if value in row.codes:
            picked.add(value)
        elif value:
            near = () if reading.full else near_codes(row, value)
            candidates = ((row.name, code) for code in near)
            reading.ignore(row.name, value, _("unknown value"), candidates)
    reading.values[row.field] = tuple(code for code in row.codes if code in picked)


def _text(row: Parameter, reading: Reading) -> None:
    text = "".join(c if c.isprintable() else " " for c in reading.last(row.name))
    cleaned = " ".join(text.split())
    if len(cleaned) > row.longest:
        why = _("a search has at most {n} characters").format(n=row.longest)
        reading.ignore(row.name, cleaned, why)
        return
    reading.values[row.field] = cleaned


def _date(row: Parameter, reading: Reading) -> None:
    text = reading.last(row.name)
    try:
        if text:
            # an interval has two ends and a slash, which chat programs cut
            reading.values[row.field] = parse(cut(text).replace("/", " / ")).text
    except ValueError as error:
        _unread_date(row, reading, text, str(error))


def _unread_date(row: Parameter, reading: Reading, text: str, why: str) -> None:
    """Ignore a date; of one that may be two days, ask which."""
    # an interval is a date of the ledger's, and none of a link
    dates = [day for day in meant_dates(cut(text)) if "/" not in day]
    if len(dates) > 1:
        one, other = map(spoken, dates[:2])
        why = _("it may be {one} or {other}").format(one=one, other=other)
    reading.ignore(row.name, text, why, ((row.name, day) for day in dates))


def _switch(row: Parameter, reading: Reading) -> None:
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


def _day(row: Parameter, reading: Reading) -> None:
    text, first = reading.last(row.name), reading.dataset.first_day
    if not text:
        return
    try:
        day = parse(cut(text)).last
    except ValueError as error:
        _unread_date(row, reading, text, str(error))
        return
    # a reader's own today has begun where the clocks are ahead of UTC
    if day > latest_day_of(reading.today):
        reading.ignore(row.name, text, _("that date is in the future"))
    elif day < first:
        earliest = _("the ledger begins on {date}").format(date=spoken(first.isoformat()))
        reading.ignore(row.name, text, earliest)
    else:
        reading.values[row.field] = day


def _viewport(row: Parameter, reading: Reading) -> None:
    text = reading.last(row.name)
    if not text:
        return
    if match := _VIEWPORT.fullmatch(text):
        # what the map cannot show is brought back to the nearest view that it can
        reading.values[row.field] = rounded(*(float(piece) for piece in match.groups()))
        return
    reading.ignore(row.name, text, _("the form is latitude_longitude_zoom"))


def _setting(row: Parameter, reading: Reading) -> None:
    text = reading.last(row.name)
    if text in row.codes or (row.pattern and re.fullmatch(row.pattern, text) and row.exists(text)):
        reading.values[row.field] = text
    elif text:
        reading.ignore(row.name, text, _("unknown value"))


def _card(row: Parameter, reading: Reading) -> None:
    text, dataset = reading.last(row.name), reading.dataset
    if not text or any(reading.values.get(parameter(name).field) for name in CARDS):
        return
    if can_open(dataset, row.name, text):
        reading.values[row.field] = text
    elif row.name != "place" and text in dataset.withdrawn:
        reading.say(withdrawn_words(row.name, dataset.withdrawn[text]))
    else:
        _unknown_card(row, reading, text)


def _unknown_card(row: Parameter, reading: Reading, text: str) -> None:
    """Ignore an id: what is none, or nearly one, was damaged; only the rest may be gone."""
    candidates = () if reading.full else near_cards(reading.dataset, text)
    kinds = {"record": _("record"), "event": _("entry"), "place": _("place")}
    if candidates or not is_id(text):
        why = _("no {kind} has this ID, and the link may be damaged")
    else:
        why = _("the ledger has no such {kind} today")
    reading.ignore(row.name, text, why.format(kind=kinds[row.name]), candidates)


def _language(row: Parameter, reading: Reading) -> None:
    text = reading.last(row.name)
    if text and text not in row.codes:
        reading.ignore(row.name, text, _("the atlas is in English only so far"))


def _version(row: Parameter, reading: Reading) -> None:
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


READERS: dict[Kind, Callable[[Parameter, Reading], None]] = {
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


def unknown_names(reading: Reading) -> None:
    """
    Ignore the names that no parameter has, but for those of trackers.

    Parameters
    ----------
    reading : Reading
        Gets a notice for each.
    """
    known = {row.name for row in parameters()}
    for name, values in reading.query.items():
        if name not in known and not is_tracker(name):
            value = next(filter(None, reversed(values)), "")
            why = _("the atlas has no such parameter")
            near = () if reading.full else near_names(name)
            read = ((row.name, meant_values(row, value)) for row in near)
            candidates = ((one, code) for one, codes in read for code in codes or ())
            reading.ignore(name, value, why, candidates)
