"""The centre of the detail map: within the bounds, and with the open record in view."""

from __future__ import annotations

import random

import pytest

from geo.link.state import Viewport, rounded
from geo.views.map_view import BOUNDS, KEPT, LEAST, MOST, MapView, map_view
from geo.views.mercator import placed


def _views(count: int) -> list[tuple[MapView, float, float]]:
    chance = random.Random(11)
    found = []
    for number in range(count):
        view = rounded(chance.uniform(-60, 80), chance.uniform(-180, 180), chance.randint(3, 9))
        kept = (chance.uniform(-55, 70), chance.uniform(-180, 180)) if number % 2 else None
        width, height = (chance.uniform(*ends) for ends in zip(LEAST, MOST, strict=True))
        found.append((map_view(view, kept), width, height))
    return found


@pytest.mark.parametrize(("view", "width", "height"), _views(200))
def test_nothing_beyond_the_bounds_is_shown(view: MapView, width: float, height: float) -> None:
    x, y = view.centre(width, height)
    left, top, right, bottom = BOUNDS
    half_width, half_height = width / 2 / view.scale, height / 2 / view.scale
    assert left - 1e-9 <= x - half_width < x + half_width <= right + 1e-9
    assert top - 1e-9 <= y - half_height < y + half_height <= bottom + 1e-9


@pytest.mark.parametrize(("view", "width", "height"), _views(200))
def test_a_kept_place_is_inside_and_the_extent_has_every_box(
    view: MapView, width: float, height: float
) -> None:
    x, y = view.centre(width, height)
    if view.kept:
        # the bounds come first: what is nearer to them than the edge is at least inside
        assert abs(view.kept[0] - x) * view.scale <= width / 2
        assert abs(view.kept[1] - y) * view.scale <= height / 2
    left, top, right, bottom = view.extent()
    half_width, half_height = width / 2 / view.scale, height / 2 / view.scale
    assert left - 1e-9 <= x - half_width
    assert x + half_width <= right + 1e-9
    assert top - 1e-9 <= y - half_height
    assert y + half_height <= bottom + 1e-9


def test_a_view_with_its_record_inside_is_not_moved() -> None:
    asked = Viewport(52.0, 5.0, 6)
    alone, kept = map_view(asked), map_view(asked, (51.92, 4.48))
    assert kept.centre(984, 474) == alone.centre(984, 474) == (alone.x, alone.y)
    ((x, y),) = placed([(45.0, 9.0)]).tolist()
    far = map_view(asked, (45.0, 9.0))
    centre = far.centre(984, 474)
    assert abs(x - centre[0]) * far.scale <= 492 - KEPT[0] + 1e-6
    assert abs(y - centre[1]) * far.scale == pytest.approx(237 - KEPT[1])
