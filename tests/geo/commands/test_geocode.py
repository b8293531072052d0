"""The curators' command, over the real gazetteer."""

from __future__ import annotations

import argparse
import csv
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopy.geocoders
import pytest
from geopy.adapters import BaseSyncAdapter

from geo.commands import geocode as command
from geo.invocation import command_line
from geo.places.errors import ContactMissing, FileBroken
from geo.places.gazetteer import Gazetteer
from geo.places.places_csv import PlaceRow, read_places
from tests.geo.places.locations import one_location
from tests.ledger_files import DATA

HEADER = ",".join(PlaceRow._fields) + "\n"
STATIONS = "id,host_country,host_city,host_region,summary\n"
Write = Callable[..., Path]


def arguments(*words: str | Path) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args([str(word) for word in words])


def cities(folder: Path) -> list[str]:
    return [row.city for row in read_places(folder / "places.csv")]


def test_places_are_filled_offline(
    ledger: Write, world: Gazetteer, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ledger(STATIONS + "1,NA,Windhoek,,\n2,DE,,,\n3,PT,,Madeira,\n4,JP,東京,,\n")
    assert command.run(arguments("--data", folder), geocoders=[world]) == 0
    rows = {
        row.city or row.region or row.country: row for row in read_places(folder / "places.csv")
    }
    assert rows["Windhoek"][:6] == ("NA", "", "Windhoek", "-22.56", "17.08", "city")
    assert rows["東京"].gazetteer_id == "1850147"
    assert rows["DE"] == PlaceRow("DE", "", "", precision="country")
    assert rows["Madeira"] == PlaceRow("PT", "Madeira", "", precision="region")
    out = capsys.readouterr().out
    assert "2 cities and 2 countries or regions added; 0 not found; 4 rows in all." in out


def test_the_choice_among_several_is_printed(
    ledger: Write, world: Gazetteer, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ledger(STATIONS + "1,IT,Prato,,\n")
    assert command.run(arguments("--data", folder), geocoders=[world]) == 0
    out = capsys.readouterr().out
    assert "Prato (IT): chose Prato (region 16, 195,089 people, id 3169921) over Prato (" in out


def test_a_small_town_is_questioned_when_it_is_new(
    ledger: Write, world: Gazetteer, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ledger(STATIONS + "1,RO,Dobroești,,\n2,RO,Bucharest,,\n3,CN,Qingtian,,\n")
    command.run(arguments("--data", folder), geocoders=[world])
    out = capsys.readouterr().out
    assert "Dobroești (RO): 6,599 people. Is this coarse enough?" in out
    assert "Qingtian (CN): population unknown. Is this coarse enough?" in out
    assert "Bucharest (RO): " not in out
    command.run(arguments("--data", folder), geocoders=[world])
    assert "coarse" not in capsys.readouterr().out


def test_a_region_that_could_not_be_used_is_said(
    ledger: Write, world: Gazetteer, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ledger(STATIONS + "1,US,Athens,the South,\n2,US,Athens,Georgia,\n")
    assert command.run(arguments("--data", folder), geocoders=[world]) == 0
    out = capsys.readouterr().out
    assert "Athens (US): the gazetteer does not know the region the South; not used." in out
    assert "region Georgia" not in out
    # fourteen others are too many to read
    assert re.search(r"Athens \(US\): chose Athens \(region GA,.*, 1\d more\.", out)


def test_not_found_is_named_and_exits_with_one_and_the_rest_is_written(
    ledger: Write, world: Gazetteer, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ledger(STATIONS + "1,IT,Atlantis\x1b[2J,,\n2,IT,Rome,,\n3,ZA,Windhoek,,\n")
    assert command.run(arguments("--data", folder), geocoders=[world]) == 1
    assert cities(folder) == ["Rome"]
    out = capsys.readouterr().out
    assert "Not found: Atlantis\\u001b[2J (IT): gazetteer: no such city in IT." in out
    assert "Not found: Windhoek (ZA): gazetteer: no such city in ZA." in out
    assert f"run `{command_line('geocode', '--online')}`" in out
    assert "2 not found" in out


def test_a_row_set_aside_exits_with_one(
    ledger: Write, world: Gazetteer, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ledger(STATIONS + "1,IT,Rome,,\n2,ITALY,Milan,,\n")
    assert command.run(arguments("--data", folder), geocoders=[world]) == 1
    assert cities(folder) == ["Rome"]
    out = capsys.readouterr().out
    assert "stations.csv:3 host_country: “ITALY” is not a two-letter country code" in out
    assert "1 row of stations.csv set aside" in out


def test_manual_and_unused_rows_stay_word_for_word(
    ledger: Write, world: Gazetteer, capsys: pytest.CaptureFixture[str]
) -> None:
    manual = "IT,,Rome,1.00,2.00,city,manual,,2025-01-01,the desk\n"
    unused = "CH,,Basel,47.56,7.57,city,gazetteer,1,2025-01-01,x\n"
    folder = ledger(STATIONS + "1,IT,Rome,,\n2,IT,Milan,,\n", HEADER + manual + unused)
    assert command.run(arguments("--data", folder), geocoders=[world]) == 0
    text = (folder / "places.csv").read_text(encoding="utf-8")
    assert manual in text
    assert unused in text
    assert cities(folder) == ["Basel", "Milan", "Rome"]
    assert "no record uses Basel (CH) any more; its row stays." in capsys.readouterr().out


def test_a_second_run_changes_nothing(ledger: Write, world: Gazetteer) -> None:
    folder = ledger(STATIONS + "1,IT,Rome,,\n2,IT,,,\n")
    command.run(arguments("--data", folder), geocoders=[world])
    first = (folder / "places.csv").read_bytes()
    assert command.run(arguments("--data", folder), geocoders=[world]) == 0
    assert (folder / "places.csv").read_bytes() == first


@pytest.mark.parametrize("existing", [None, HEADER])
def test_a_dry_run_prints_the_rows_and_writes_nothing(
    ledger: Write, world: Gazetteer, capsys: pytest.CaptureFixture[str], existing: str | None
) -> None:
    folder = ledger(STATIONS + "1,IT,Rome,,\n2,IT,Atlantis,,\n", existing)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert command.run(arguments("--data", folder, "--dry-run"), geocoders=[world]) == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    out = capsys.readouterr().out
    assert "IT,,Rome,41.89,12.51,city,gazetteer,3169070," in out
    assert "would be added" in out


def test_a_broken_places_file_is_untouched(ledger: Write, world: Gazetteer) -> None:
    folder = ledger(STATIONS + "1,IT,Rome,,\n", (HEADER + "IT,,Rome\n").encode())
    before = (folder / "places.csv").read_bytes()
    with pytest.raises(FileBroken, match=r"places\.csv:2: 3 cells instead of 10"):
        command.run(arguments("--data", folder), geocoders=[world])
    assert (folder / "places.csv").read_bytes() == before


def test_a_terminal_that_cannot_write_a_name_is_no_obstacle(
    ledger: Write, world: Gazetteer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = ledger(STATIONS + "1,JP,亜特蘭,,\n")
    with (tmp_path / "out.txt").open("w", encoding="cp1252") as narrow:
        monkeypatch.setattr("sys.stdout", narrow)
        assert command.run(arguments("--data", folder), geocoders=[world]) == 1
    assert r"Not found: \u4e9c" in (tmp_path / "out.txt").read_text(encoding="cp1252")


def test_online_without_a_contact_asks_nobody(
    ledger: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ATLAS_CONTACT", raising=False)
    folder = ledger(STATIONS + "1,IT,Rome,,\n")
    with pytest.raises(ContactMissing):
        command.run(arguments("--data", folder, "--online"))
    assert not (folder / "places.csv").exists()


class Stub(BaseSyncAdapter):  # type: ignore[misc]
    """Nominatim with one answer for all."""

    asked: list[tuple[str, Any]]

    def get_json(self, url: str, *, timeout: Any, headers: Any) -> Any:
        Stub.asked.append((url, headers))
        place = {"lat": "45.1", "lon": "7.2", "osm_type": "node", "osm_id": 7}
        return [{**place, "display_name": "Atlantis", "address": {"country_code": "it"}}]

    get_text = get_json


def test_online_fills_what_the_gazetteer_lacks(
    ledger: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Stub.asked = []
    monkeypatch.setenv("ATLAS_CONTACT", "desk@newsroom.example")
    monkeypatch.setattr(command, "CACHE", tmp_path / "cache.json")
    monkeypatch.setattr(geopy.geocoders.options, "default_adapter_factory", Stub)
    folder = ledger(STATIONS + "1,IT,Atlantis,,\n2,IT,Rome,,\n")
    assert command.run(arguments("--data", folder, "--online")) == 0
    atlantis, rome = read_places(folder / "places.csv")
    assert atlantis[3:8] == ("45.10", "7.20", "city", "nominatim", "node/7")
    assert atlantis.attribution == "© OpenStreetMap contributors, ODbL"
    assert rome.geocoder == "gazetteer"
    ((url, headers),) = Stub.asked
    assert "Atlantis" in url
    assert "desk@newsroom.example" in headers["User-Agent"]


def test_the_gazetteer_finds_the_cities_of_the_ledger(world: Gazetteer) -> None:
    with (DATA / "stations.csv").open(encoding="utf-8", newline="") as file:
        named = {(r["host_country"], r["host_city"]) for r in csv.DictReader(file)}
    named = {(country, name) for country, name in named if name}
    rows = read_places(DATA / "places.csv")
    placed = {(row.country, row.city): row for row in rows if row.city}
    assert named
    assert named <= placed.keys()
    for country, name in sorted(named):
        found = one_location(world, name, country=country)
        row = placed[country, name]
        if row.geocoder == "gazetteer":
            assert row.gazetteer_id == found.raw["gazetteer_id"], name
            assert float(row.latitude) == pytest.approx(found.latitude, abs=0.006), name
            assert float(row.longitude) == pytest.approx(found.longitude, abs=0.006), name


def test_the_guard_would_notice_a_connection() -> None:
    with pytest.raises(pytest.fail.Exception, match="a connection was attempted"):
        socket.create_connection(("127.0.0.1", 9))
