"""
The rows of ``excluded.csv`` that may be shown.

Their texts are free and name no row. So a row is taken to be about a country of which all
records are hidden, and about each place or publisher that it names and that only hidden rows
have. What is deleted after it was withheld is known by its id alone, which names the country,
the place or the publisher too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from geo.files.package import id_pattern
from geo.files.tables import Row, Tables, rows_of
from geo.model.text import fold
from geo.visibility.masking import EVENTS, STATIONS
from geo.visibility.withholding import Withheld

ON_HOLD = "on hold"
SOURCES = "sources"
#: tables whose rows a text may be about
NAMING = (STATIONS, EVENTS, SOURCES)
#: columns with the place of a record, and with the publisher of a source
_PLACES = ("host_city", "host_region", "place_label")
_PUBLISHERS = ("publisher", "via")
#: what follows the publisher in the id of a source, and the place in that of a record
_DATE = re.compile(r"-(?:undated|[0-9]{4}(?:-[0-9]+)*)(?:-[0-9]+)?$")
_NUMBER = re.compile(r"-[0-9]+$")
_WORD = re.compile(r"\w+")

#: a country, empty where any is meant, and words
Name = tuple[str, str]


def _folded(text: str) -> str:
    """Return the words of a text with a space on each side."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


def _place_of(record: str) -> Iterator[Name]:
    if place := _NUMBER.sub("", record)[3:]:
        yield record[:2].upper(), _folded(place)


def _publisher_of(source: str) -> Iterator[Name]:
    # a word of a row that cannot be read is no id
    if _DATE.search(source):
        yield "", _folded(_DATE.sub("", source))


def _names(name: str, row: Row, withheld: Withheld | None = None) -> Iterator[Name]:
    """
    Yield what a row names: its id, and its place or its publisher.

    With the list in force, a record of which a cell of the place is withheld does not name it
    by its id either.
    """
    yield "", _folded(row["id"])
    if name == STATIONS:
        if not withheld or withheld.columns(name, row).isdisjoint(_PLACES):
            yield from _place_of(row["id"])
        yield from ((row["host_country"], _folded(row[c])) for c in _PLACES if row[c])
    elif name == SOURCES:
        yield from _publisher_of(row["id"])
        yield from (("", _folded(row[c])) for c in _PUBLISHERS if row[c])


def _hidden(tables: Tables, shown: Tables) -> Iterator[Name]:
    """Yield what the rows name that are hidden or of which a cell is."""
    for name in NAMING:
        seen = {row["id"]: row for row in rows_of(shown, name)}
        for row in rows_of(tables, name):
            if seen.get(row["id"]) != row:
                yield from _names(name, row)


def _seen(shown: Tables, withheld: Withheld) -> Iterator[Name]:
    for name in NAMING:
        for row in rows_of(shown, name):
            yield from _names(name, row, withheld)


def _listed(withheld: Withheld) -> Iterator[Name]:
    """Yield what the ids of withheld and held rows name, whether the rows still exist or not."""
    for name, named in ((STATIONS, _place_of), (SOURCES, _publisher_of)):
        form = re.compile(id_pattern(name))
        for key in withheld.kept_out(name) | (withheld.held if name == STATIONS else frozenset()):
            if form.fullmatch(key):
                yield from named(key)
    yield from (("", _folded(key)) for key in withheld.rows if "-" in key)


def _countries(rows: Iterable[Row], column: str) -> set[str]:
    return {row[column] for row in rows}


def _hidden_countries(tables: Tables, shown: Tables, withheld: Withheld) -> set[str]:
    """List the countries of which all records, or without a record all events, are hidden."""
    hosts = (_countries(rows_of(files, STATIONS), "host_country") for files in (tables, shown))
    events = (_countries(rows_of(files, EVENTS), "country") for files in (tables, shown))
    (all_hosts, seen_hosts), (all_events, seen_events) = hosts, events
    form = re.compile(id_pattern(STATIONS))
    listed = withheld.kept_out(STATIONS) | withheld.held
    all_hosts |= {key[:2].upper() for key in listed if form.fullmatch(key)}
    return (all_hosts - seen_hosts) | (all_events - seen_events - seen_hosts)


def exclusions(tables: Tables, shown: Tables, withheld: Withheld, *, held: bool) -> Iterator[Row]:
    """
    Yield the rows of ``excluded.csv`` that are about nothing that is hidden.

    Parameters
    ----------
    tables : Mapping
        The files as they are.
    shown : Mapping
        The same files as they may be shown; of ``excluded.csv`` without the rows that are
        listed themselves.
    withheld : Withheld
        The list in force.
    held : bool
        Whether the rows on hold are hidden too.

    Yields
    ------
    Row
        In file order.
    """
    countries = _hidden_countries(tables, shown, withheld)
    hidden = {*_hidden(tables, shown), *_listed(withheld)}
    seen: set[Name] = set()
    for row in rows_of(shown, "excluded"):
        text = f"{row['what']} {row['why']}"
        if row["country"] in countries or (held and ON_HOLD in text):
            continue
        folded = _folded(text)
        named = {n for n in hidden if n[0] in ("", row["country"]) and n[1] in folded}
        if named and not seen:
            # of a large ledger this takes a while, and few texts name a hidden row
            seen = set(_seen(shown, withheld))
        if named <= seen:
            yield row
