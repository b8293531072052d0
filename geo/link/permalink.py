"""
The link: one table of parameters, each with how it is written and read.

A public contract: parameters are never renamed, only added. One bad value spoils only
itself: it is ignored, and said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from geo.files.withholding import Withdrawn
from geo.ledger.dataset import Dataset
from geo.link.selection import FACETS, Filters
from geo.link.state import (
    CARDS,
    CODES,
    LAYERS,
    NO_FILTERS,
    RANGE,
    State,
    View,
    city_code,
    encode,
    rounded,
)
from geo.model.dates import parse, spoken
from geo.model.vocabulary import GROUNDS
from geo.wording import LANGUAGES, _

__all__ = [
    "CARDS",
    "CODES",
    "LAYERS",
    "MAX_SEARCH",
    "NO_FILTERS",
    "State",
    "View",
    "city_code",
    "decode",
    "encode",
    "parse_query",
    "rounded",
    "withdrawn_words",
]

_VERSION = re.compile(r"[0-9a-f]{8}")
_DECIMALS = r"(?:\.[0-9]{1,2})?"
_VIEW = re.compile(rf"(-?[0-9]{{1,2}}{_DECIMALS})_(-?[0-9]{{1,3}}{_DECIMALS})_([0-9]{_DECIMALS})")
MAX_SEARCH = 100
_MOST_SHOWN = 40


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"


def _ignored(name: str, value: str, why: str) -> str:
    return _("The link's {name}=“{value}” was ignored: {why}.").format(
        name=name, value=_cut(value), why=why
    )


def _facet(name: str, values: Iterable[str], notices: list[str]) -> tuple[str, ...]:
    picked = set()
    for value in dict.fromkeys(values):
        if value in CODES[name]:
            picked.add(value)
        elif value:
            notices.append(_ignored(name, value, _("the atlas knows no such value")))
    return tuple(code for code in CODES[name] if code in picked)


def _as_of(text: str, first: date, today: date, notices: list[str]) -> date | None:
    try:
        # no date is as long as what is cut, and its complaint repeats the text
        day = parse(_cut(text)).last
    except ValueError as error:
        notices.append(_ignored("asof", text, str(error)))
        return None
    if day > today:
        notices.append(_ignored("asof", text, _("that day is after today")))
        return None
    if day < first:
        earliest = _("the first entry is of {date}").format(date=spoken(first.isoformat()))
        notices.append(_ignored("asof", text, earliest))
        return None
    return day


def _view(text: str, notices: list[str]) -> View | None:
    match = _VIEW.fullmatch(text)
    if match:
        lat, lon, zoom = (float(piece) for piece in match.groups())
        if abs(lat) <= 90 and abs(lon) <= 180 and zoom <= 9:
            return View(lat, lon, zoom)
    notices.append(_ignored("view", text, _("it is not latitude_longitude_zoom")))
    return None


def _layer(text: str, notices: list[str]) -> str:
    if text not in LAYERS:
        notices.append(_ignored("layer", text, _("the atlas knows no such value")))
        return ""
    return text


def holds(dataset: Dataset, kind: str, code: str) -> bool:
    """Whether the ledger can open a card: kind is one of `CARDS`, code as in a link."""
    if kind == "record":
        return code in dataset.records_by_id
    if kind == "event":
        return code in dataset.events_by_id
    cities = (city_code(r.id) for r in dataset.records if r.host_city)
    return code in CODES["country"] or code in cities


def withdrawn_words(name: str, why: Withdrawn) -> str:
    """Say since when and on what ground a record or an event is gone, and no more."""
    # the id names a place and the link repeats it, so neither is said again
    form = (
        _("The record in this link was withdrawn on {date} (ground: {ground}).")
        if name == "record"
        else _("The event in this link was withdrawn on {date} (ground: {ground}).")
    )
    return form.format(date=spoken(why.since), ground=_(GROUNDS[why.ground]))


def _card(name: str, text: str, dataset: Dataset, notices: list[str]) -> str:
    if holds(dataset, name, text):
        return text
    if name != "place" and text in dataset.withdrawn:
        notices.append(withdrawn_words(name, dataset.withdrawn[text]))
        return ""
    kinds = {"record": _("record"), "event": _("event"), "place": _("place")}
    notices.append(
        _ignored(name, text, _("the ledger holds no such {kind} today").format(kind=kinds[name]))
    )
    return ""


def decode(
    parameters: Mapping[str, Sequence[str]], dataset: Dataset, today: date
) -> tuple[State, list[str]]:
    """
    Read a link.

    Parameters
    ----------
    parameters : mapping of str to sequence of str
        The query as parsed, every value of a repeated parameter.
    dataset : Dataset
        The ledger, which knows the records, the events and the first day.
    today : date
        The last day that may be asked for.

    Returns
    -------
    State
        What the link says, as far as it can be read.
    list of str
        One sentence for each value that was ignored. Unknown *parameters* are ignored
        in silence: chat programs and trackers add their own.
    """
    notices: list[str] = []

    def last(name: str) -> str:
        values = [value for value in parameters.get(name, ()) if value]
        return values[-1] if values else ""

    picked: dict[str, Any] = {
        name: _facet(name, parameters.get(name, ()), notices) for name in FACETS
    }
    picked.update(_range(last, notices), q=_search(last("q"), notices))
    state = State(filters=Filters(**picked))
    if last("asof"):
        state = replace(state, as_of=_as_of(last("asof"), dataset.first_day, today, notices))
    if last("view"):
        state = replace(state, view=_view(last("view"), notices))
    if last("layer"):
        state = replace(state, layer=_layer(last("layer"), notices))
    for kind in CARDS:
        if last(kind) and not (state.record or state.event):
            opened: dict[str, Any] = {kind: _card(kind, last(kind), dataset, notices)}
            state = replace(state, **opened)
    if last("lang") and last("lang") not in LANGUAGES:
        notices.append(_ignored("lang", last("lang"), _("the atlas speaks English only so far")))
    return _with_version(state, last("v"), dataset, notices), notices


def _range(last: Callable[[str], str], notices: list[str]) -> dict[str, Any]:
    found = {}
    for name, field in RANGE:
        try:
            if last(name):
                # an interval has two ends and a slash, which chat programs cut
                found[field] = parse(last(name).replace("/", " / ")).text
        except ValueError as error:
            notices.append(_ignored(name, last(name), str(error)))
    if len(found) == 2 and parse(found["since"]).first >= parse(found["until"]).end:
        why = _("it is after to=“{until}”").format(until=found["until"])
        notices.append(_ignored("from", found["since"], why))
        return {}
    certain = bool(found) and last("certain") == "1"
    if last("certain") not in ("", "0", "1"):
        notices.append(_ignored("certain", last("certain"), _("it can only be 1")))
    return {**found, "certain": certain}


def _search(text: str, notices: list[str]) -> str:
    cleaned = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(cleaned) > MAX_SEARCH:
        notices.append(_ignored("q", cleaned, _("a search has at most 100 characters")))
        return ""
    return cleaned


def _with_version(state: State, text: str, dataset: Dataset, notices: list[str]) -> State:
    if not text:
        return state
    if not _VERSION.fullmatch(text):
        notices.append(_ignored("v", text, _("a version has eight digits from 0-9 and a-f")))
        return state
    if text != dataset.version:
        notices.append(
            _(
                "This link was made from ledger {old}; the ledger has moved on and what you "
                "see is {new}."
            ).format(old=text, new=dataset.version)
        )
    return replace(state, version=text)


def parse_query(query: str) -> dict[str, list[str]]:
    """Split a query string into its parameters, keeping every value of each."""
    return parse_qs(query.lstrip("?"), keep_blank_values=False, max_num_fields=None)
