"""Targets of the detail map: large enough for a finger, and never over each other."""

from __future__ import annotations

import numpy as np
import pytest

from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.views.hit_areas import LEAST
from geo.views.map_places import level
from geo.views.map_view import ZOOMS
from geo.views.mercator import placed
from tests.ledger_files import DATA, TODAY
from tests.sizes import size

#: the two zooms whose units are closest come first
TRIED = tuple(ZOOMS)[: size(2, len(tuple(ZOOMS)))]


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """The frozen ledger on its last day."""
    return Snapshot(Dataset.load(DATA, TODAY), TODAY)


@pytest.mark.parametrize("zoom", TRIED)
def test_targets_have_their_least_size_and_do_not_overlap(snapshot: Snapshot, zoom: int) -> None:
    drawn = level(snapshot.records, snapshot, snapshot, zoom)
    units = [one.placed.unit for one in drawn.units]
    points = placed((unit.lat, unit.lon) for unit in units) * 2**zoom
    areas = np.array([one.hit for one in drawn.units]) + np.tile(points, 2)
    sizes = areas[:, 2:] - areas[:, :2]
    small = [units[i].name for i in np.flatnonzero((sizes < LEAST - 1e-6).any(axis=1))]
    assert small == []
    for i, one in enumerate(areas):
        others = areas[i + 1 :]
        over = np.minimum(one[2:], others[:, 2:]) - np.maximum(one[:2], others[:, :2])
        assert not (over > 1e-6).all(axis=1).any(), units[i].name
