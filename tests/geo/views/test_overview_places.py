"""The overview's maps: each country on one of them, in sight, and on nothing else."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from geo.ledger.snapshot import Snapshot
from geo.model.names import country_codes
from geo.model.vocabulary import CLAIM_ONLY
from geo.views.anchors import anchors
from geo.views.outline import Floats
from geo.views.overview_frames import EUROPE, WORLD, MapFrame
from geo.views.overview_places import (
    CHINA,
    Spot,
    china,
    divided,
    frame_of,
    outline_of_europe,
    spots,
)
from geo.views.units import Unit, country_units
from tests.entities import days, on
from tests.ledger_files import TODAY
from tests.sizes import size

SCALES = {frame: np.linspace(*frame.scales, 4) for frame in (WORLD, EUROPE)}


def _placed(snapshot: Snapshot, frame: MapFrame) -> list[Spot]:
    return spots(country_units(snapshot.records, snapshot), on(TODAY), frame)


def _boxes(found: list[Spot], frame: MapFrame, scale: float) -> Floats:
    """Return left, top, right and bottom of all blocks and names, from the corner of the map."""
    rows = []
    for one in found:
        placed = one.placed
        x = (one.x + frame.width / 2) * scale
        y = (one.y + frame.height / 2) * scale
        parts = [(placed.x, placed.y, placed.block.width, placed.block.height)]
        if placed.named:
            parts.append((placed.name_x, placed.name_y, placed.name_width, placed.name_height))
        rows += [(x + a, y + b, x + a + w, y + b + h) for a, b, w, h in parts if w]
    return np.array(rows).reshape(-1, 4)


@pytest.mark.parametrize("frame", [WORLD, EUROPE])
def test_nothing_lies_on_anything_at_any_scale(frame: MapFrame) -> None:
    found = [one for one in _placed(on(TODAY), frame) if one.placed.unit.words]
    for scale in SCALES[frame]:
        boxes = _boxes(found, frame, scale)
        meeting = [
            (a.round(), b.round())
            for a, b in combinations(boxes, 2)
            if (a[:2] < b[2:] - 0.1).all() and (b[:2] < a[2:] - 0.1).all()
        ]
        assert meeting == []
        size_ = np.array((frame.width, frame.height)) * scale
        assert (boxes[:, :2] >= -0.1).all()
        assert (boxes[:, 2:] <= size_ + 0.1).all()


@pytest.mark.parametrize("frame", [WORLD, EUROPE])
def test_areas_that_a_pointer_hits_never_overlap(frame: MapFrame) -> None:
    found = [one for one in _placed(on(TODAY), frame) if one.placed.unit.words]
    for scale in SCALES[frame]:
        areas = np.array([one.hit for one in found]) + [
            ((one.x + frame.width / 2) * scale, (one.y + frame.height / 2) * scale) * 2
            for one in found
        ]
        for a, b in combinations(areas, 2):
            assert not ((a[:2] < b[2:] - 0.1).all() and (b[:2] < a[2:] - 0.1).all())


def test_each_country_is_on_one_map_and_in_sight() -> None:
    shown = Counter(frame_of(code) for code in country_codes())
    assert shown[EUROPE] > 35
    for code in country_codes():
        if frame_of(code) is EUROPE:
            assert EUROPE.shows(*anchors()[code])
    # both ends of the country whose land is in two parts of the world
    assert frame_of("RU") is WORLD
    assert frame_of("TR") is WORLD
    assert frame_of("MA") is WORLD


def test_maps_and_days_divide_the_records() -> None:
    for day in days(size(4, 20)):
        snapshot = on(day)
        ids = [
            id_
            for frame in (WORLD, EUROPE)
            for one in _placed(snapshot, frame)
            for id_ in one.placed.unit.records
        ]
        assert sorted(ids) == sorted(record.id for record in snapshot.records)


def test_a_past_day_moves_no_name() -> None:
    for frame in (WORLD, EUROPE):
        now = {one.placed.unit.country: one for one in _placed(on(TODAY), frame)}
        for day in days(4):
            for one in _placed(on(day), frame):
                then = now[one.placed.unit.country]
                assert (one.x, one.y) == (then.x, then.y)
                assert one.placed.name_x == then.placed.name_x
                assert one.placed.name_y == then.placed.name_y


def test_china_is_named_and_has_no_mark() -> None:
    found = _placed(on(TODAY), WORLD)
    assert CHINA not in {one.placed.unit.country for one in found}
    for scale in SCALES[WORLD]:
        x, y = (np.array(china()) + np.array((WORLD.width, WORLD.height)) / 2) * scale
        boxes = _boxes(found, WORLD, scale)
        free = (boxes[:, 2] < x - 22) | (boxes[:, 0] > x + 22)
        assert (free | (boxes[:, 3] < y - 7) | (boxes[:, 1] > y + 7)).all()


def test_the_outline_of_europe_is_on_the_map_of_the_world() -> None:
    edge = np.abs(outline_of_europe())
    assert (edge <= (WORLD.width / 2, WORLD.height / 2)).all()


def test_a_map_without_room_for_all_names_still_draws_all_records() -> None:
    units = [_unit(code) for code in sorted(country_codes())]
    crowded = [unit for unit in units if frame_of(unit.country) is WORLD]
    named, others = divided(crowded, WORLD)
    assert len(named) + len(others) == len(crowded)
    assert 20 < len(named) < len(others)
    assert {unit.name for unit in divided(crowded[:20], WORLD)[1]} == set()


def _unit(code: str) -> Unit:
    lat, lon = anchors()[code]
    return Unit(
        kind="country",
        card="place",
        code=code,
        country=code,
        lat=lat,
        lon=lon,
        name=code,
        note="",
        records=("xx-1",),
        words=(CLAIM_ONLY,),
    )
