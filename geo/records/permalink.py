"""
The link: one table of parameters, each with how it is written and read.

A public contract: parameters are never renamed, only added. One bad value spoils only
itself: it is ignored, and said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, quote

from geo.records.dataset import Dataset
from geo.records.dates import parse, spoken
from geo.records.filters import FACETS, Filters
from geo.records.link_state import CODES, NO_FILTERS, State, View, city_code
from geo.wording import LANGUAGES, _

__all__ = [
    "CODES",
    "MAX_SEARCH",
    "NO_FILTERS",
    "State",
    "View",
    "city_code",
    "decode",
    "encode",
    "parse_query",
    "rounded",
]

_VERSION = re.compile(r"[0-9a-f]{8}")
_DECIMALS = r"(?:\.[0-9]{1,2})?"
_VIEW = re.compile(rf"(-?[0-9]{{1,2}}{_DECIMALS})_(-?[0-9]{{1,3}}{_DECIMALS})_([0-9]{_DECIMALS})")
MAX_SEARCH = 100
#: parameters that open a card; a link opens the first that it can
CARDS = ("record", "event", "place")
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


def holds(dataset: Dataset, kind: str, code: str) -> bool:
    """Whether the ledger can open a card: kind is one of `CARDS`, code as in a link."""
    if kind == "record":
        return code in dataset.records_by_id
    if kind == "event":
        return code in dataset.events_by_id
    cities = (city_code(r.id) for r in dataset.records if r.host_city)
    return code in CODES["country"] or code in cities


def _card(name: str, text: str, dataset: Dataset, notices: list[str]) -> str:
    if holds(dataset, name, text):
        return text
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

    filters = Filters(
        **{name: _facet(name, parameters.get(name, ()), notices) for name in FACETS},
        q=_search(last("q"), notices),
    )
    state = State(filters)
    if last("asof"):
        state = replace(state, as_of=_as_of(last("asof"), dataset.first_day, today, notices))
    if last("view"):
        state = replace(state, view=_view(last("view"), notices))
    for kind in CARDS:
        if last(kind) and not (state.record or state.event):
            opened: dict[str, Any] = {kind: _card(kind, last(kind), dataset, notices)}
            state = replace(state, **opened)
    if last("lang") and last("lang") not in LANGUAGES:
        notices.append(_ignored("lang", last("lang"), _("the atlas speaks English only so far")))
    return _with_version(state, last("v"), dataset, notices), notices


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


def _number(value: float, digits: int = 2) -> str:
    # adding zero turns -0.0 into 0.0
    return f"{round(value, digits) + 0.0:.{digits}f}"


def _quoted(text: str) -> str:
    # urllib leaves the tilde as it is; to many chat programs it means strike-through
    return quote(text, safe="").replace("~", "%7E")


def encode(state: State) -> str:
    """
    Write a link's query, without the question mark, in one fixed order.

    Only letters, digits and ``- _ . = &`` appear, since chat programs cut the rest; free
    text is the one exception and is percent-encoded UTF-8.
    """
    pairs: list[tuple[str, str]] = [
        (name, code) for name in FACETS for code in getattr(state.filters, name)
    ]
    if state.filters.q:
        pairs.append(("q", state.filters.q))
    if state.as_of:
        pairs.append(("asof", state.as_of.isoformat()))
    if state.view:
        zoom = _number(state.view.zoom).rstrip("0").rstrip(".")
        pairs.append(("view", f"{_number(state.view.lat)}_{_number(state.view.lon)}_{zoom}"))
    for name in CARDS:
        if getattr(state, name):
            pairs.append((name, getattr(state, name)))
    if state.lang != "en":
        pairs.append(("lang", state.lang))
    if state.version:
        pairs.append(("v", state.version))
    return "&".join(f"{name}={_quoted(value)}" for name, value in pairs)


def parse_query(query: str) -> dict[str, list[str]]:
    """Split a query string into its parameters, keeping every value of each."""
    return parse_qs(query.lstrip("?"), keep_blank_values=False, max_num_fields=None)


def rounded(lat: float, lon: float, zoom: float) -> View:
    """
    A view as a link can carry it: two decimals, longitude brought back to ±180.

    Leaflet lets a reader pan around the globe more than once.
    """
    around = (lon + 180) % 360 - 180
    if not all(math.isfinite(number) for number in (lat, around, zoom)):
        return View(0.0, 0.0, 1.0)
    return View(
        round(max(-90.0, min(90.0, lat)), 2), round(around, 2), round(max(0, min(9, zoom)), 2)
    )
