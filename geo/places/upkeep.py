"""Upkeep of places.csv: which places lack a row, and what each geocoder answers for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from geo.errors import FileUnusable
from geo.places.errors import PlaceError, ServiceUnavailable
from geo.places.places_csv import Place, PlaceRow
from geo.wording import _


class Geocoder(Protocol):
    """What upkeep asks: geopy's interface, with the country named."""

    @property
    def source(self) -> str:
        """The word for the column ``geocoder``."""

    @property
    def attribution(self) -> str:
        """Whom to credit."""

    def geocode(self, query: str, *, exactly_one: bool, country: str, region: str | None) -> Any:
        """
        List the cities of that name in that country.

        Parameters
        ----------
        query : str
            A city's name.
        exactly_one : bool
            False: a list, the best match first.
        country : str
            ISO 3166-1 alpha-2.
        region : str or None
            The region that contains the city; None if it is not known.

        Returns
        -------
        list of geopy.location.Location, or None
            Points are (lat, lon) in decimal degrees (WGS 84). None when nothing fits.
        """


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a name may mean; ``population`` is 0 where it is not known."""

    name: str
    region: str
    population: int
    gazetteer_id: str


@dataclass(frozen=True, slots=True)
class Find:
    """A city with a new row: the row, the choice, and the other candidates."""

    row: PlaceRow
    chosen: Candidate
    others: tuple[Candidate, ...]
    region_used: bool


@dataclass(frozen=True, slots=True)
class Miss:
    """A city without a point, and why, in words."""

    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    The result of a run over places.csv.

    Attributes
    ----------
    rows : tuple of PlaceRow
        The whole file: every existing row, unchanged, and the new ones.
    finds : tuple of Find
        Cities with new rows.
    coarse : tuple of PlaceRow
        New rows of countries and regions: no point, never looked up (docs/DATA_MODEL.md).
    misses : tuple of Miss
        Cities that still lack a row.
    unused : tuple of PlaceRow
        Rows that no record needs any more; they stay.
    """

    rows: tuple[PlaceRow, ...]
    finds: tuple[Find, ...]
    coarse: tuple[PlaceRow, ...]
    misses: tuple[Miss, ...]
    unused: tuple[PlaceRow, ...]


def fill(
    places: Iterable[Place],
    existing: Sequence[PlaceRow],
    geocoders: Sequence[Geocoder],
    *,
    today: date,
    progress: Callable[[Sequence[Place]], Iterable[Place]] = iter,
) -> Outcome:
    """
    Look up the places that lack a row; existing rows are never changed.

    Parameters
    ----------
    places : iterable of Place
        The places of the records.
    existing : sequence of PlaceRow
        The rows of places.csv.
    geocoders : sequence of Geocoder
        Asked in this order until one answers; one that cannot be reached is not asked again.
    today : date
        Written as the day of the look-up.
    progress : callable
        Wraps the cities while they are looked up, as ``tqdm`` does.

    Returns
    -------
    Outcome
        Not written yet.
    """
    wanted = set(places)
    lacking = sorted(wanted - {row.place for row in existing})
    coarse = [PlaceRow(*p, precision=p.precision) for p in lacking if not p.city]
    search = _Search(list(geocoders), today)
    for place in progress([place for place in lacking if place.city]):
        search.look_up(place)
    rows = (*existing, *coarse, *(find.row for find in search.finds))
    return Outcome(
        rows=tuple(sorted(rows)),
        finds=tuple(search.finds),
        coarse=tuple(coarse),
        misses=tuple(search.misses),
        unused=tuple(row for row in existing if row.place not in wanted),
    )


class _Search:
    """One run over the cities; remembers which geocoders could not be reached."""

    def __init__(self, geocoders: list[Geocoder], today: date) -> None:
        self._geocoders = geocoders
        self._today = today
        self._silent: dict[str, str] = {}
        self.finds: list[Find] = []
        self.misses: list[Miss] = []

    def look_up(self, place: Place) -> None:
        reasons = []
        for geocoder in self._geocoders:
            try:
                found = self._ask(geocoder, place)
            except (PlaceError, FileUnusable) as error:
                reasons.append(str(error).rstrip("."))
                continue
            if found:
                self.finds.append(_find(place, found, geocoder, self._today))
                return
            missing = _("{geocoder}: no such city in {country}")
            reasons.append(missing.format(geocoder=geocoder.source, country=place.country))
        self.misses.append(Miss(place, "; ".join(reasons)))

    def _ask(self, geocoder: Geocoder, place: Place) -> Any:
        # each further try at a dead service would cost its whole timeout
        if geocoder.source in self._silent:
            raise ServiceUnavailable(self._silent[geocoder.source])
        try:
            return geocoder.geocode(
                place.city, exactly_one=False, country=place.country, region=place.region or None
            )
        except ServiceUnavailable as error:
            silent = _("{geocoder} was not asked: {why}")
            self._silent[geocoder.source] = silent.format(geocoder=geocoder.source, why=error)
            raise


def _find(place: Place, locations: Sequence[Any], geocoder: Geocoder, today: date) -> Find:
    first = locations[0]
    chosen, *others = (_candidate(location.raw) for location in locations)
    row = PlaceRow(
        *place,
        latitude=_degrees(first.latitude),
        longitude=_degrees(first.longitude),
        precision=place.precision,
        geocoder=geocoder.source,
        gazetteer_id=chosen.gazetteer_id,
        geocoded_on=today.isoformat(),
        attribution=geocoder.attribution,
    )
    return Find(row, chosen, tuple(others), bool(first.raw["region_used"]))


def _candidate(raw: Any) -> Candidate:
    return Candidate(
        name=raw["name"],
        region=raw.get("region", ""),
        population=raw["population"],
        gazetteer_id=raw["gazetteer_id"],
    )


def _degrees(value: float) -> str:
    # two decimals, about a kilometre: as coarse as the claims; adding 0.0 unsigns a zero
    return f"{round(value, 2) + 0.0:.2f}"
