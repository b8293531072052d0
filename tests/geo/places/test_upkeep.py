"""What lacks a row is found; what is there stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import pytest

from geo.places.errors import ServiceUnavailable, WrongCountry
from geo.places.gazetteer import City, Gazetteer
from geo.places.places_csv import Place, PlaceRow
from geo.places.upkeep import fill

TODAY = date(2026, 11, 21)
Make = Callable[..., City]


class Online:
    """A second geocoder, with an answer or an error for every city."""

    source = "nominatim"
    attribution = "them"

    def __init__(self, answer: Any = None) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def geocode(self, query: str, *, exactly_one: bool, country: str, region: str | None) -> Any:
        self.asked.append(query)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def small(make_city: Make) -> Gazetteer:
    """Two Pratos in Italy, one Bonn in Germany."""
    cities = [
        make_city("Prato", "IT", 423),
        make_city("Prato", "IT", 195_089, point=(43.8805, -0.004), geonameid=77),
        make_city("Bonn", "DE", 0),
    ]
    return Gazetteer(load=lambda: cities)


def test_a_city_gets_a_row_with_two_decimals_and_credit(small: Gazetteer) -> None:
    outcome = fill([Place("IT", "", "Prato")], [], [small], today=TODAY)
    assert outcome.rows == (
        PlaceRow(
            "IT", "", "Prato", "43.88", "0.00", "city", "gazetteer", "77", "2026-11-21",
            "GeoNames, CC BY 4.0",
        ),
    )  # fmt: skip
    (find,) = outcome.finds
    assert find.chosen.population == 195_089
    assert [other.population for other in find.others] == [423]


def test_countries_and_regions_get_rows_without_a_point(small: Gazetteer) -> None:
    outcome = fill([Place("PT", "Madeira"), Place("DE")], [], [small], today=TODAY)
    assert outcome.rows == (
        PlaceRow("DE", "", "", precision="country"),
        PlaceRow("PT", "Madeira", "", precision="region"),
    )
    assert (outcome.finds, outcome.misses) == ((), ())


@pytest.mark.parametrize("geocoder", ["manual", "gazetteer", "nominatim", ""])
def test_a_row_that_is_there_is_never_changed(small: Gazetteer, geocoder: str) -> None:
    mine = PlaceRow("IT", "", "Prato", "1.5", "", "city", geocoder, "mine", "", "x")
    outcome = fill(
        [Place("IT", "", "Prato"), Place("DE", "", "Bonn")], [mine], [small], today=TODAY
    )
    assert mine in outcome.rows
    assert [row.city for row in outcome.rows] == ["Bonn", "Prato"]


def test_rows_that_no_record_uses_stay_and_are_named(small: Gazetteer) -> None:
    old = PlaceRow("CH", "", "Basel", "47.56", "7.57", "city", "manual")
    outcome = fill([Place("DE", "", "Bonn")], [old], [small], today=TODAY)
    assert outcome.unused == (old,)
    assert old in outcome.rows


def test_a_miss_does_not_stop_the_others(small: Gazetteer) -> None:
    places = [Place("DE", "", "Prato"), Place("DE", "", "Bonn")]
    outcome = fill(places, [], [small], today=TODAY)
    assert [row.city for row in outcome.rows] == ["Bonn"]
    (miss,) = outcome.misses
    assert miss.place == Place("DE", "", "Prato")
    assert miss.reason == "gazetteer: no such city in DE"


def test_the_second_geocoder_is_asked_for_what_the_first_lacks_only(small: Gazetteer) -> None:
    online = Online()
    fill([Place("DE", "", "Bonn"), Place("DE", "", "Ober-X")], [], [small, online], today=TODAY)
    assert online.asked == ["Ober-X"]


def test_a_refused_answer_is_a_miss_and_the_next_city_is_asked(small: Gazetteer) -> None:
    online = Online(WrongCountry("the answer lies in BE: refused."))
    places = [Place("DE", "", "X"), Place("DE", "", "Y")]
    outcome = fill(places, [], [small, online], today=TODAY)
    assert online.asked == ["X", "Y"]
    assert outcome.rows == ()
    assert "lies in BE: refused" in outcome.misses[0].reason


def test_a_dead_service_is_asked_once_and_the_rest_is_named(small: Gazetteer) -> None:
    online = Online(ServiceUnavailable("nobody answers."))
    places = [Place("DE", "", name) for name in ("Bonn", "X", "Y")]
    outcome = fill(places, [], [small, online], today=TODAY)
    assert online.asked == ["X"]
    assert [row.city for row in outcome.rows] == ["Bonn"]
    assert [miss.place.city for miss in outcome.misses] == ["X", "Y"]
    assert "was not asked: nobody answers" in outcome.misses[1].reason


def test_an_error_of_our_own_is_not_swallowed(small: Gazetteer) -> None:
    with pytest.raises(ZeroDivisionError):
        fill([Place("DE", "", "X")], [], [small, Online(ZeroDivisionError())], today=TODAY)


def test_progress_sees_the_cities_that_are_looked_up(small: Gazetteer) -> None:
    seen: list[Place] = []

    def watch(places: Sequence[Place]) -> Iterable[Place]:
        seen.extend(places)
        return places

    places = [Place("DE"), Place("DE", "", "Bonn"), Place("IT", "", "Prato")]
    fill(places, [PlaceRow("IT", "", "Prato")], [small], today=TODAY, progress=watch)
    assert seen == [Place("DE", "", "Bonn")]
