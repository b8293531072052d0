"""Units of the detail map: each record once at each zoom, and nothing over anything else."""

from __future__ import annotations

import random
from datetime import date

import numpy as np
import pytest

from geo.views.map_places import DrawnUnit, level
from geo.views.map_view import ZOOMS
from geo.views.mercator import placed
from geo.views.outline import Floats
from tests.entities import days, on
from tests.geo.link.test_selection import random_filters
from tests.ledger_files import TODAY
from tests.sizes import size


def _boxes(drawn: tuple[DrawnUnit, ...], zoom: int, part: str) -> Floats:
    points = placed((one.placed.unit.lat, one.placed.unit.lon) for one in drawn) * 2**zoom
    rows = []
    for one, (x, y) in zip(drawn, points.tolist(), strict=True):
        p = one.placed
        box = {
            "hit": one.hit,
            "block": (p.x, p.y, p.x + p.block.width, p.y + p.block.height),
            "name": (p.name_x, p.name_y, p.name_x + p.name_width, p.name_y + p.name_height),
        }[part]
        rows.append((box[0] + x, box[1] + y, box[2] + x, box[3] + y))
    return np.array(rows)


def _overlaps(one: Floats, other: Floats, *, same: bool) -> list[tuple[int, int]]:
    low = np.maximum(one[:, None, :2], other[None, :, :2])
    high = np.minimum(one[:, None, 2:], other[None, :, 2:])
    met = (high - low > 0.01).all(axis=2)
    return [(int(i), int(j)) for i, j in np.argwhere(met) if not (same and i == j)]


@pytest.mark.parametrize("zoom", ZOOMS)
def test_nothing_covers_anything(zoom: int) -> None:
    drawn = level(on(TODAY).records, on(TODAY), on(TODAY), zoom).units
    blocks, names = _boxes(drawn, zoom, "block"), _boxes(drawn, zoom, "name")
    assert _overlaps(blocks, blocks, same=True) == []
    assert _overlaps(names, names, same=True) == []
    assert _overlaps(blocks, names, same=False) == []
    hits = _boxes(drawn, zoom, "hit")
    assert _overlaps(hits, hits, same=True) == []


@pytest.mark.parametrize("day", [TODAY, *days(3)], ids=str)
def test_each_record_is_drawn_once_at_each_zoom_and_no_filter_moves_a_name(day: date) -> None:
    whole = {zoom: level(on(TODAY).records, on(TODAY), on(TODAY), zoom) for zoom in ZOOMS}
    for seed in random.Random(5).sample(range(1000), size(8, 50)):
        selection = random_filters(seed).select(on(day))
        for zoom in ZOOMS:
            found = level(selection.records, on(day), on(TODAY), zoom)
            drawn = [code for one in found.units for code in one.placed.unit.records]
            assert sorted(drawn) == sorted(record.id for record in selection.records)
            words = {
                code: word
                for one in found.units
                for code, word in zip(one.placed.unit.records, one.placed.unit.words, strict=True)
            }
            assert words == {code: on(day).statuses[code] for code in words}
            slots = {one.placed.unit.slot: one for one in whole[zoom].units}
            for one in found.units:
                slot = slots[one.placed.unit.slot]
                assert (one.placed.name_x, one.placed.name_y) == (
                    slot.placed.name_x,
                    slot.placed.name_y,
                )
                assert one.hit == slot.hit
            assert found.names == whole[zoom].names
