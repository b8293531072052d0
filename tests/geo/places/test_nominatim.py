"""Nominatim, asked politely; a stub adapter answers in its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderTimedOut

from geo.places.errors import (
    ContactMissing,
    FileBroken,
    PlaceError,
    ServiceUnavailable,
    WrongCountry,
)
from geo.places.nominatim import Nominatim, Pace, user_agent
from tests.geo.places.locations import all_locations, one_location

AGENT = "AllegedStationsAtlas/1 (desk@newsroom.example)"


def page(country: str, name: str = "Sandweiler", **more: Any) -> dict[str, Any]:
    """An entry of an answer as Nominatim writes it."""
    return {
        "lat": "49.6138",
        "lon": "6.2157",
        "osm_type": "node",
        "osm_id": 42,
        "name": name,
        "display_name": f"{name}, Street of a Person",
        "address": {"country_code": country, "road": "Street of a Person"},
        **more,
    }


class Service:
    """A stand-in for the network: gives the answers in turn and keeps what was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[dict[str, list[str]], Any, Any]] = []

    def __call__(self, *, proxies: Any, ssl_context: Any) -> BaseSyncAdapter:
        service = self

        class Adapter(BaseSyncAdapter):  # type: ignore[misc]
            def get_json(self, url: str, *, timeout: Any, headers: Any) -> Any:
                service.asked.append((parse_qs(urlsplit(url).query), timeout, headers))
                answer = service.answers.pop(0)
                if isinstance(answer, Exception):
                    raise answer
                return answer

            get_text = get_json

        return Adapter(proxies=proxies, ssl_context=ssl_context)


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def read(self) -> float:
        return self.now


Ask = Callable[..., Nominatim]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Return a function that makes a Nominatim over a service, with a cache of its own."""

    def make(service: Service, **more: Any) -> Nominatim:
        clock = Clock()
        options: dict[str, Any] = {
            "user_agent": AGENT,
            "cache_file": tmp_path / "cache" / "nominatim.json",
            "adapter_factory": service,
            "pace": Pace(sleep=clock.sleep, clock=clock.read),
            "today": lambda: date(2026, 11, 21),
        }
        return Nominatim(**{**options, **more})

    return make


def test_a_city_is_found_and_asked_for_as_the_policy_wants(ask: Ask) -> None:
    service = Service([page("lu")])
    found = one_location(ask(service), "Sandweiler", country="LU", region="Canton of Luxembourg")
    assert (found.latitude, found.longitude) == pytest.approx((49.6138, 6.2157))
    assert found.raw["gazetteer_id"] == "node/42"
    assert found.raw["country"] == "LU"
    ((query, timeout, headers),) = service.asked
    assert query["city"] == ["Sandweiler"]
    assert query["state"] == ["Canton of Luxembourg"]
    assert query["countrycodes"] == ["lu"]
    assert query["featureType"] == ["city"]
    assert headers["User-Agent"] == AGENT
    assert timeout >= 10


def test_a_second_question_is_answered_from_the_cache(ask: Ask) -> None:
    service = Service([page("lu")])
    first = one_location(ask(service), "Sandweiler", country="LU")
    # another object, as in another run: only the file is shared
    again = all_locations(ask(service), "Sandweiler", country="LU")
    assert len(service.asked) == 1
    assert [location.raw for location in again] == [first.raw]


def test_the_cache_credits_openstreetmap_and_keeps_no_street(ask: Ask, tmp_path: Path) -> None:
    ask(Service([page("lu")])).geocode("Sandweiler", country="LU")
    text = (tmp_path / "cache" / "nominatim.json").read_text(encoding="utf-8")
    assert json.loads(text)["attribution"] == "© OpenStreetMap contributors, ODbL"
    assert "of a Person" not in text


def test_the_country_is_part_of_the_question(ask: Ask) -> None:
    service = Service([page("lu")], [page("be")])
    nominatim = ask(service)
    assert one_location(nominatim, "Sandweiler", country="LU").raw["country"] == "LU"
    assert one_location(nominatim, "Sandweiler", country="BE").raw["country"] == "BE"


@pytest.mark.parametrize("address", [{"country_code": "be"}, {}, None])
def test_an_answer_in_another_country_is_refused_cached_or_not(ask: Ask, address: Any) -> None:
    service = Service([page("lu", address=address)])
    for _ in range(2):
        with pytest.raises(WrongCountry, match=r"Sandweiler \(LU\).*; the answer was rejected\."):
            ask(service).geocode("Sandweiler", country="LU")
    assert len(service.asked) == 1


def test_no_such_place_is_none_and_asked_again_after_a_month(ask: Ask) -> None:
    service = Service([], [page("lu")])
    assert ask(service).geocode("Sandweiler", country="LU") is None
    assert ask(service).geocode("Sandweiler", country="LU") is None
    assert len(service.asked) == 1
    later = ask(service, today=lambda: date(2027, 1, 1))
    assert later.geocode("Sandweiler", country="LU") is not None


def test_one_request_a_second_for_all_that_share_the_pace(ask: Ask) -> None:
    clock = Clock()
    pace = Pace(sleep=clock.sleep, clock=clock.read)
    service = Service(*[[page("lu")] for _ in range(4)])
    one, other = ask(service, pace=pace), ask(service, pace=pace)
    times = []
    for nominatim, name in ((one, "A"), (other, "B"), (one, "C"), (other, "D")):
        nominatim.geocode(name, country="LU")
        times.append(clock.now)
        clock.now += 0.25  # the work in between counts
    assert [later - earlier for earlier, later in pairwise(times)] == [1, 1, 1]
    assert clock.slept == [0.75, 0.75, 0.75]


def test_what_the_cache_holds_waits_for_nobody(ask: Ask) -> None:
    clock = Clock()
    nominatim = ask(Service([page("lu")]), pace=Pace(sleep=clock.sleep, clock=clock.read))
    for _ in range(3):
        nominatim.geocode("Sandweiler", country="LU")
    assert clock.slept == []


def test_without_a_given_pace_all_share_one(tmp_path: Path) -> None:
    first, second = (
        Nominatim(user_agent=AGENT, cache_file=tmp_path / "c.json", adapter_factory=Service())
        for _ in range(2)
    )
    assert first._pace is second._pace
    assert first._pace.min_delay_seconds >= 1


@pytest.mark.parametrize(
    "failure",
    [
        GeocoderTimedOut("too slow"),
        AdapterHTTPError("Non-successful status code 429", status_code=429, headers={}, text=""),
        AdapterHTTPError("Non-successful status code 403", status_code=403, headers={}, text=""),
        ["not a place"],
        [{"lat": "north", "lon": "6"}],
    ],
)
def test_a_failing_service_is_an_error_and_never_an_answer(
    ask: Ask, failure: Any, tmp_path: Path
) -> None:
    service = Service(failure)
    with pytest.raises(ServiceUnavailable, match="try again later"):
        ask(service).geocode("Sandweiler", country="LU")
    assert len(service.asked) == 1, "a service that refuses is not pressed"
    assert not (tmp_path / "cache" / "nominatim.json").exists()


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"answers": []}', '{"answers": {"k": {"asked_on": "x", "answer": null}}}',
     '{"answers": {"k": {"asked_on": "2026-01-01", "answer": {"latitude": "1"}}}}', b"\xff\xfe"],
)  # fmt: skip
def test_a_damaged_cache_is_a_sentence(ask: Ask, tmp_path: Path, content: str | bytes) -> None:
    file = tmp_path / "broken.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    service = Service()
    with pytest.raises(FileBroken, match=r"broken\.json is damaged.*delete it"):
        ask(service, cache_file=file).geocode("Sandweiler", country="LU")
    assert service.asked == []


@pytest.mark.parametrize(
    "contact", [None, "", "  ", "nobody", "a@b\r\nX-Evil: 1", "rédaction@journal.example", "a @b"]
)
def test_without_a_contact_there_is_a_sentence(contact: str | None) -> None:
    environment = {} if contact is None else {"ATLAS_CONTACT": contact}
    with pytest.raises(ContactMissing, match=r"Set ATLAS_CONTACT .* No request was made"):
        user_agent(environment)


@pytest.mark.parametrize("contact", ["desk@newsroom.example", "https://newsroom.example/atlas"])
def test_the_user_agent_names_the_contact(contact: str) -> None:
    assert contact in user_agent({"ATLAS_CONTACT": f" {contact} "})


@pytest.mark.parametrize(
    ("error", "builtin"),
    [(WrongCountry, ValueError), (ServiceUnavailable, ConnectionError), (FileBroken, ValueError)],
)
def test_each_error_also_is_the_fitting_builtin(
    error: type[PlaceError], builtin: type[Exception]
) -> None:
    assert issubclass(error, PlaceError)
    assert issubclass(error, builtin)
