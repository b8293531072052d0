"""Fixtures for the tests of places: no network at all, and the gazetteer read once."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest

from geo.places.gazetteer import City, Gazetteer, load_cities


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every attempt to connect or to resolve a name fail the test."""

    def refuse(*arguments: Any, **_: Any) -> NoReturn:
        pytest.fail(f"a connection was attempted: {arguments!r}")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.fixture(scope="session")
def world() -> Gazetteer:
    """The gazetteer over all of GeoNames; reading it takes seconds."""
    return Gazetteer(load=load_cities)


@pytest.fixture
def make_city() -> Callable[..., City]:
    """Return a function that makes a city of an invented gazetteer."""

    def make(
        name: str,
        country: str,
        people: int,
        *,
        geonameid: int | None = None,
        point: tuple[float, float] = (10.123, 20.987),
        alternatenames: Sequence[str] = (),
    ) -> City:
        return City(
            geonameid=people + 1 if geonameid is None else geonameid,
            name=name,
            latitude=point[0],
            longitude=point[1],
            countrycode=country,
            population=people,
            admin1code="01",
            alternatenames=list(alternatenames),
        )

    return make


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a data folder with stations.csv and maybe places.csv."""

    def write(stations: str, places: str | bytes | None = None) -> Path:
        (tmp_path / "stations.csv").write_text(stations, encoding="utf-8", newline="")
        if places is not None:
            data = places.encode() if isinstance(places, str) else places
            (tmp_path / "places.csv").write_bytes(data)
        return tmp_path

    return write
