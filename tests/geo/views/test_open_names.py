"""The place of an open record is written on the overview where it meets nothing, else not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.ledger.snapshot import Snapshot
from geo.views.open_names import has_room
from geo.views.overview_frames import EUROPE, WORLD, MapFrame
from geo.views.overview_places import Spot, spots
from geo.views.units import country_units
from tests.entities import on
from tests.ledger_files import TODAY


def _spots(snapshot: Snapshot, frame: MapFrame) -> list[Spot]:
    return spots(country_units(snapshot.records, snapshot), snapshot, frame)


def _of(found: list[Spot], code: str) -> Spot:
    (spot,) = [one for one in found if one.placed.unit.country == code]
    return spot


@pytest.mark.parametrize(("frame", "code", "city"), [(EUROPE, "NL", "Amsterdam"),
    (EUROPE, "CZ", "Prague"), (WORLD, "JP", "Tokyo"), (WORLD, "AU", "Sydney")])  # fmt: skip
def test_a_town_has_room(frame: MapFrame, code: str, city: str) -> None:
    found = _spots(on(TODAY), frame)
    assert has_room(city, _of(found, code), found, frame)


def test_a_line_as_long_as_the_map_has_none() -> None:
    for frame, code in ((EUROPE, "NL"), (WORLD, "JP")):
        found = _spots(on(TODAY), frame)
        assert not has_room("a town " * 30, _of(found, code), [_of(found, code)], frame)


def test_what_is_at_its_place_takes_the_room() -> None:
    found = _spots(on(TODAY), EUROPE)
    spot = _of(found, "NL")
    below = replace(spot.placed, name_y=spot.placed.name_y + spot.placed.name_height)
    neighbour = replace(spot, placed=below)
    assert has_room("Amsterdam", spot, [spot], EUROPE)
    assert not has_room("Amsterdam", spot, [spot, neighbour], EUROPE)


def test_the_outline_of_europe_is_not_crossed() -> None:
    found = _spots(on(TODAY), WORLD)
    canada = _of(found, "CA")
    # nothing else is there: only the outline is in the way
    assert not has_room("Greater Montreal", canada, [canada], WORLD)
    assert has_room("Ottawa", canada, [canada], WORLD, 1.4)


def test_a_unit_without_a_name_has_no_room() -> None:
    spot = _of(_spots(on(TODAY), EUROPE), "NL")
    unnamed = replace(spot, placed=replace(spot.placed, side="", lines=()))
    assert not has_room("Amsterdam", unnamed, [unnamed], EUROPE)
