"""A search finds the place that is meant, by any of its names, before what mentions it."""

from __future__ import annotations

import time
import unicodedata

import pytest

from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters, Selection
from geo.model.place_names import Place
from tests.entities import event, ledger, on, real, record
from tests.ledger_files import TODAY
from tests.sizes import size


def searched(query: str) -> Selection:
    return Filters(q=query).select(on(TODAY))


def in_country(code: str) -> set[str]:
    return {r.id for r in real().records if r.host_country == code}


def in_city(name: str) -> set[str]:
    return {r.id for r in real().records if r.host_city == name}


def first(query: str) -> set[str]:
    return {r.id for r in searched(query).in_place}


CITIES = {
    "Amsterdam": ("阿姆斯特丹", "AMSTERDAM", "Amsterdam’s", "Amsterdam, Netherlands", "Амстердам"),
    "Vienna": ("Wien", "wien", "Vienne", "維也納", "维也纳", "Wien, Österreich"),
    "Odesa": ("Odessa", "Одеса", "敖德萨", "ODESSA"),
    "Prague": ("Praha", "Prag", "Praga"),
    "Lisbon": ("Lisboa", "里斯本"),
    "Milan": ("Milano", "米兰", "Mailand"),
    "Florence": ("Firenze", "Florenz", "佛罗伦萨"),
    "Rome": ("Roma", "Rom", "罗马"),
    "Montreal": ("Montréal", "montreal", "MONTRÉAL"),
    "New York": ("New-York", "NYC", "New York City", "纽约", "Nueva York"),
    "Belgrade": ("Beograd", "Београд"),
    "Los Angeles": ("LA", "L.A.", "洛杉矶"),
}
COUNTRIES = {
    "US": ("US", "us", "U.S.", "u.s.", "USA", "U.S.A.", "United States", "Estados Unidos", "美国"),
    "GB": ("UK", "U.K.", "Britain", "Great Britain", "Großbritannien", "英国"),
    "NL": ("Holland", "the Netherlands", "NL", "Nederland", "Pays-Bas", "荷兰", "荷蘭"),
    "CZ": ("Czech Republic", "Czechia", "Česko", "Tschechien", "捷克"),
    "DE": ("DE", "de", "Germany", "Deutschland", "Allemagne", "德国"),
    "IT": ("IT", "it", "Italy", "Italia", "Italien"),
    "ES": ("Spain", "España", "espana", "西班牙"),
    "KR": ("South Korea", "Korea", "한국", "대한민국", "韩国"),
}


@pytest.mark.parametrize(("city", "query"), [(c, q) for c, names in CITIES.items() for q in names])
def test_a_city_is_found_by_every_name(city: str, query: str) -> None:
    assert in_city(city)
    assert first(query) == in_city(city)


@pytest.mark.parametrize(
    ("code", "query"), [(c, q) for c, names in COUNTRIES.items() for q in names]
)
def test_a_country_is_found_by_every_name(code: str, query: str) -> None:
    assert in_country(code)
    query = query.removeprefix("the ")
    assert first(query) == in_country(code)


def test_another_name_finds_what_the_ledgers_own_finds() -> None:
    for other, own in (("Wien", "Vienna"), ("阿姆斯特丹", "Amsterdam"), ("Holland", "Netherlands")):
        assert searched(other).record_ids == searched(own).record_ids
        assert {e.id for e in searched(other).events} == {e.id for e in searched(own).events}


@pytest.mark.parametrize(
    "query", ["Oman", "Nice", "Niger", "China’s", "XK", "Iran", "Mali", "Guinea", '"', "’", "…"]
)
def test_no_place_comes_first_that_is_not_meant(query: str) -> None:
    assert not first(query)


@pytest.mark.parametrize("query", ["Oman", "told us", "UKR", "AUS"])
def test_short_words_and_names_are_not_found_inside_others(query: str) -> None:
    assert not searched(query).records


def test_records_that_only_mention_a_place_come_after_it() -> None:
    selection = searched("阿姆斯特丹")
    assert {r.id for r in selection.in_place} == {"nl-amsterdam-1"}
    assert "nl-rotterdam-1" in selection.record_ids
    assert searched("amsterdam ngo").in_place == selection.in_place


def test_of_several_places_the_narrowest_comes_first() -> None:
    assert first("Rotterdam Netherlands") == in_city("Rotterdam")
    assert first("Amsterdam Rotterdam") == in_city("Amsterdam") | in_city("Rotterdam")


def test_a_part_of_a_name_counts_until_it_is_a_name() -> None:
    assert first("Amster") == in_city("Amsterdam")
    assert first("janeiro") == in_city("Rio de Janeiro")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("China’s", "China's"),
        ("“police station”", '"police station"'),
        ("New‑York", "New York"),
        ("são paulo", unicodedata.normalize("NFD", "SÃO PAULO")),
        ("2022-12-05", "5 December 2022"),
        ("2022‑12‑05", "5.12.2022"),
    ],
)
def test_ways_of_typing_find_the_same(one: str, other: str) -> None:
    assert searched(one).records
    assert searched(one).record_ids == searched(other).record_ids
    assert {e.id for e in searched(one).events} == {e.id for e in searched(other).events}


def test_every_id_finds_its_row_first() -> None:
    for r in real().records[:: size(5, 1)]:
        assert first(r.id) == {r.id}
    for e in on(TODAY).events[:: size(20, 3)]:
        assert e.id in {found.id for found in searched(e.id).events}
    assert first("nl-rotterdam") == {"nl-rotterdam-1"}


def test_a_day_finds_what_is_dated_so() -> None:
    dated = {e.id for e in on(TODAY).events if e.said.text == "2022-12-05"}
    assert dated
    found = searched("2022-12-05")
    assert dated <= {e.id for e in found.events}
    records = {r.id for r in on(TODAY).records}
    about = {i for e in on(TODAY).events if e.id in dated for i in e.about_records}
    assert about & records <= found.record_ids


def test_an_event_is_in_its_country_and_with_its_records() -> None:
    vienna = in_city("Vienna")
    events = {e.id for e in searched("Wien").events}
    assert events >= {e.id for e in on(TODAY).events if vienna & set(e.about)}


def test_a_city_that_the_table_does_not_have_is_found_by_its_own_name() -> None:
    town = record("nl-b-1", host_city="Nieuwe’s Dorp", summary="Says Amsterdam.")
    dataset = ledger([event("claim", about=("nl-b-1",))], records=[town])
    snapshot = Snapshot(dataset, TODAY)
    found = Filters(q="nieuwes dorp").select(snapshot)
    assert not found.in_place or found.in_place == (town,)
    found = Filters(q="NIEUWE’S Dorp").select(snapshot)
    assert found.in_place == (town,)
    assert found.search is not None
    assert found.search.places == {Place("NL", "", "Nieuwe’s Dorp")}


def test_a_later_text_is_not_searched_on_an_earlier_day() -> None:
    claim = event("claim", "2022-09-12")
    later = event("later", "2023-01-01", summary="Quite unheard-of.", event_type="statement")
    dataset = ledger([claim, later])
    assert Filters(q="unheard").select(Snapshot(dataset, TODAY)).records
    assert not Filters(q="unheard").select(Snapshot(dataset, claim.said.first)).records


def test_a_query_takes_milliseconds() -> None:
    snapshot = Snapshot(real(), TODAY)
    assert len(Filters(q="warm").select(snapshot).records) >= 0
    taken = []
    for query in ("Wien", "police station", "US", "China’s", "5 December 2022", "nl-rotterdam-1"):
        start = time.perf_counter()
        assert Filters(q=query).select(snapshot).record_ids is not None
        taken.append(time.perf_counter() - start)
    assert sorted(taken)[len(taken) // 2] < 0.005, taken
