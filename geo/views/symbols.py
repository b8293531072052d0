"""
The symbols of the map: one counted symbol a country, one a city, each with its shape.

A shape says who spoke last (see `geo.model.vocabulary`); nothing here says that a place
exists. Counts add up: the country symbols to all selected records, the city symbols to
those whose city is known.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from sys import getsizeof

from geo.ledger.snapshot import Snapshot
from geo.link.permalink import city_code
from geo.link.rendered import RenderedCache
from geo.link.selection import Selection
from geo.model.entities import Event, Record
from geo.model.names import country_name
from geo.model.vocabulary import CLAIM_ONLY, HOST, LATEST_WORDS
from geo.paths import ASSETS
from geo.views.city_names import city_words
from geo.views.shapes import MIXED
from geo.wording import _, ngettext
from geo.words.lines import line
from geo.words.sentences import place
from geo.words.typography import typographic

ANCHORS = ASSETS / "outline-visionscarto-1.0.0" / "anchors.json"
YEAR = timedelta(days=365)
LIMIT = 8 * 2**20  # bytes of the cached layers
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """
    One symbol of the map.

    Attributes
    ----------
    id : str
        What its click opens: a country's code, a record's id or a city's code.
    lat, lon : float
        Decimal degrees (WGS 84).
    count : int
        Selected records that it represents.
    shape : str
        A code of a latest word, which the map draws as a shape.
    faded : bool
        Whether an authority said that it was looking more than a year before the day shown.
    label : str
        Plain text for screen readers and tooltips; of a city its place alone, because the
        rest of the sentence is the same for all.
    """

    id: str
    lat: float
    lon: float
    count: int
    shape: str
    faded: bool
    label: str


@cache
def anchors() -> dict[str, tuple[float, float]]:
    """Return where countries' symbols are drawn: (lat, lon) in the largest polygon, by ISO code."""
    read: dict[str, tuple[float, float]] = json.loads(ANCHORS.read_text(encoding="utf-8"))
    return read


def _host_words() -> dict[str, str]:
    """Return the latest word that each event type of a host authority usually sets."""
    return {
        kind: word.code
        for word in LATEST_WORDS.values()
        if HOST in word.set_by
        for kind in word.event_types
    }


def faded(code: str, event: Event | None, snapshot: Snapshot) -> bool:
    """
    Say whether a shape is drawn paler: “looking” is older than a year on the day shown.

    Parameters
    ----------
    code : str
        The latest word.
    event : Event or None
        The event that set it; None for a word that no event set.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    bool
        False for every other word.
    """
    return (
        code == "authority_looking" and event is not None and snapshot.day - event.said.last > YEAR
    )


def _country(code: str, records: list[Record], snapshot: Snapshot) -> Symbol:
    words = _host_words()
    acts = [e for e in snapshot.host_events(code) if e.event_type in words]
    act = acts[-1] if acts else None
    shape = words[act.event_type] if act else CLAIM_ONLY
    lat, lon = anchors().get(code) or records[0].point or (0.0, 0.0)
    label = _("{country}: {records}. {answer}").format(
        country=country_name(code),
        records=ngettext("{n} record", "{n} records", len(records)),
        answer=(
            typographic(line(act, snapshot)) if act else _("No act by a host authority found.")
        ),
    )
    return Symbol(
        id=code,
        lat=lat,
        lon=lon,
        count=len(records),
        shape=shape,
        faded=faded(shape, act, snapshot),
        label=label,
    )


def _city(records: list[Record], snapshot: Snapshot) -> Symbol:
    # a shape that is not true of every record in the city would say too much
    words = [snapshot.word(record) for record in records]
    codes = {word.sets if word else CLAIM_ONLY for word in words}
    shape = codes.pop() if len(codes) == 1 else MIXED
    pale = all(faded(shape, word, snapshot) for word in words)
    first = records[0]
    lat, lon = first.point or (0.0, 0.0)
    opens = first.id if len(records) == 1 else city_code(first.id)
    return Symbol(
        id=opens,
        lat=lat,
        lon=lon,
        count=len(records),
        shape=shape,
        faded=pale,
        label=typographic(place(first)),
    )


def symbols(selection: Selection) -> tuple[list[Symbol], list[Symbol]]:
    """
    Return the country symbols and the city symbols of a selection.

    Records that no source tells apart share one symbol, since they share their city.

    Returns
    -------
    list of Symbol
        Of countries, in the order of their codes.
    list of Symbol
        Of cities; a record without a known city has none.
    """
    return symbols_of(selection.records, selection.snapshot)


def symbols_of(records: Iterable[Record], snapshot: Snapshot) -> tuple[list[Symbol], list[Symbol]]:
    """
    Return the country symbols and the city symbols of some records.

    Parameters
    ----------
    records : iterable of Record
        Each is counted in one symbol of either kind.
    snapshot : Snapshot
        Their day.

    Returns
    -------
    list of Symbol
        Of countries, in the order of their codes.
    list of Symbol
        Of cities; a record without a known city has none.
    """
    by_country: dict[str, list[Record]] = defaultdict(list)
    by_city: dict[tuple[float, float], list[Record]] = defaultdict(list)
    for record in records:
        by_country[record.host_country].append(record)
        if record.point is not None:
            by_city[record.point].append(record)
    return (
        [_country(code, found, snapshot) for code, found in sorted(by_country.items())],
        [_city(found, snapshot) for _point, found in sorted(by_city.items())],
    )


def _row(symbol: Symbol) -> list[str | float | int]:
    # as atlas-map.js reads it; bare lists keep ten thousand records small
    return [
        symbol.id,
        symbol.lat,
        symbol.lon,
        symbol.count,
        symbol.shape,
        int(symbol.faded),
        symbol.label,
    ]


_layers: RenderedCache[str] = RenderedCache(LIMIT, getsizeof)


def layer_data(selection: Selection) -> str:
    """Return the layer of a selection as `layer_text` writes it, from a cache."""
    return _layers.get_or_make(selection.filters, lambda: layer_text(selection), selection.snapshot)


def layer_token(data: str) -> str:
    """Return a name for a layer, the same for the same content: 16 hex digits of BLAKE2b."""
    return hashlib.blake2b(data.encode(), digest_size=8).hexdigest()


def layer_text(selection: Selection) -> str:
    r"""
    Write the layer as JSON that is safe inside a script: no cell of it can end or leave it.

    Cities are bare rows, since there can be thousands of them; the browser composes the
    sentence of each from ``words``. Characters with a meaning in HTML or in a template
    literal are written as ``\uXXXX``, which JSON and JavaScript read alike.
    """
    countries, cities = symbols(selection)
    text = json.dumps(
        {
            "countries": [_row(symbol) for symbol in countries],
            "cities": [_row(symbol) for symbol in cities],
            "words": city_words({city.count for city in cities}),
        },
        ensure_ascii=True,
        separators=(",", ":"),
    )
    for character in "<>&'`$":
        text = text.replace(character, f"\\u{ord(character):04x}")
    # folium compiles its input as a template again: no cell may open one
    return _STRING.sub(lambda m: m[0].replace("{", "\\u007b").replace("}", "\\u007d"), text)
