"""
What maps draw: units, that is the marks of the records of one place beside its name.

One mark is one record, and its shape is the latest word on that record: nothing drawn speaks
for a country, or for two records at once. Every selected record is in exactly one unit of
either level, so both add up to the sentence above the map.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from geo.ledger.snapshot import Snapshot
from geo.link.permalink import city_code
from geo.model.entities import Record
from geo.model.names import country_name
from geo.model.vocabulary import CLAIM_ONLY, LATEST_WORDS
from geo.views.anchors import anchors
from geo.wording import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """
    The marks of one place, and its name.

    Attributes
    ----------
    kind : str
        ``country`` for a block at a country's name, ``city`` for one at a city.
    card : str
        Kind of the card that its link opens: ``record`` or ``place``.
    code : str
        What that card is of: a record's id, a city's code or a country's.
    country : str
        ISO code of the host country.
    lat, lon : float
        Where it belongs, in decimal degrees (WGS 84).
    name, note : str
        Name of the place; for records without a city among others that have one, the words
        that say so.
    records : tuple of str
        Ids of the records, in the order of their marks.
    words : tuple of str
        The latest word on each of them, in the order of the legend.
    """

    kind: Literal["country", "city"]
    card: Literal["record", "place"]
    code: str
    country: str
    lat: float
    lon: float
    name: str
    note: str
    records: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def slot(self) -> str:
        """What it shares with the unit of the same place under any filter, at the same level."""
        return self.country if self.kind == "country" else f"{self.lat} {self.lon}"


def country_units(records: Iterable[Record], snapshot: Snapshot) -> list[Unit]:
    """
    Gather records by country: the far level, and the tiles of small screens.

    Parameters
    ----------
    records : iterable of Record
        Those selected.
    snapshot : Snapshot
        The day whose latest words are shown.

    Returns
    -------
    list of Unit
        In the order of the countries' names.
    """
    units = [_country(code, found, snapshot) for code, found in _by_country(records).items()]
    return sorted(units, key=lambda unit: unit.name)


def city_units(records: Iterable[Record], snapshot: Snapshot) -> list[Unit]:
    """
    Gather records by city, and what names no city at its country's name: the near level.

    Parameters
    ----------
    records : iterable of Record
        Those selected.
    snapshot : Snapshot
        The day whose latest words are shown.

    Returns
    -------
    list of Unit
        In the order of their names.
    """
    by_city: dict[tuple[float, float], list[Record]] = defaultdict(list)
    rest = []
    for record in records:
        if record.point is None:
            rest.append(record)
        else:
            by_city[record.point].append(record)
    units = [_city(point, found, snapshot) for point, found in by_city.items()]
    for code, found in _by_country(rest).items():
        units.append(_country(code, found, snapshot, _no_city(found)))
    return sorted(units, key=lambda unit: unit.name)


def name_unit(code: str) -> Unit:
    """
    Return a unit that is only a name, for orientation.

    Parameters
    ----------
    code : str
        Of a country that has an anchor (ISO 3166-1).

    Returns
    -------
    Unit
        Without records.
    """
    lat, lon = anchors()[code]
    return Unit(
        kind="country",
        card="place",
        code=code,
        country=code,
        lat=lat,
        lon=lon,
        name=country_name(code),
        note="",
        records=(),
        words=(),
    )


def _by_country(records: Iterable[Record]) -> dict[str, list[Record]]:
    by_country: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_country[record.host_country].append(record)
    return by_country


def _marks(records: list[Record], snapshot: Snapshot) -> list[tuple[str, str]]:
    """Return (word, id) of each record in the order of the legend, never by date."""
    words = [(snapshot.word(record), record.id) for record in records]
    marks = [(word.sets if word else CLAIM_ONLY, id_) for word, id_ in words]
    order = list(LATEST_WORDS)
    return sorted(marks, key=lambda mark: (order.index(mark[0]), mark[1]))


def _no_city(records: list[Record]) -> str:
    regions = {record.host_region for record in records}
    region = regions.pop() if len(regions) == 1 else ""
    return _("{region}, no city given").format(region=region) if region else _("no city given")


def _country(code: str, records: list[Record], snapshot: Snapshot, note: str = "") -> Unit:
    marks = _marks(records, snapshot)
    lat, lon = anchors().get(code) or records[0].point or (0.0, 0.0)
    # below its cities, the block of a country opens what it stands for: its one record
    alone = bool(note) and len(records) == 1
    return Unit(
        kind="country",
        card="record" if alone else "place",
        code=records[0].id if alone else code,
        country=code,
        lat=lat,
        lon=lon,
        name=country_name(code),
        note=note,
        records=tuple(id_ for _word, id_ in marks),
        words=tuple(word for word, _id in marks),
    )


def _city(point: tuple[float, float], records: list[Record], snapshot: Snapshot) -> Unit:
    marks = _marks(records, snapshot)
    alone = len(records) == 1
    first = records[0]
    return Unit(
        kind="city",
        card="record" if alone else "place",
        code=first.id if alone else city_code(first.id),
        country=first.host_country,
        lat=point[0],
        lon=point[1],
        name=first.place_label or first.host_city,
        note="",
        records=tuple(id_ for _word, id_ in marks),
        words=tuple(word for word, _id in marks),
    )
