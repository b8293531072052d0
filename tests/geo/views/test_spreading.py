"""Symbols that would cover each other make room; the browser tests compare with Leaflet's."""

from __future__ import annotations

import math

import pytest

from geo.views.spreading import spread


def test_symbols_with_room_stay() -> None:
    points = ((0.0, 0.0), (27.0, 0.0), (0.0, -300.5))
    assert spread(points, 27) == points


def test_two_part_along_the_line_between_them() -> None:
    (ax, ay), (bx, by) = spread(((0.0, 0.0), (10.0, 0.0)), 27)
    assert ay == by == 0
    assert ax < 0 < 10 < bx
    # a little goes back after every round
    assert bx - ax == pytest.approx(27, rel=0.05)


def test_two_at_one_point_part_in_a_direction_of_their_own() -> None:
    first, second = spread(((5.0, 5.0), (5.0, 5.0)), 20)
    assert math.dist(first, second) == pytest.approx(20, rel=0.05)
    assert math.atan2(second[1] - first[1], second[0] - first[0]) == pytest.approx(1)


def test_a_crowd_is_spread_and_stays_around_its_place() -> None:
    points = tuple((float(i % 5) * 3, float(i // 5) * 3) for i in range(25))
    moved = spread(points, 23)
    pairs = [math.dist(a, b) for i, a in enumerate(moved) for b in moved[:i]]
    assert min(pairs) > 0.75 * 23
    assert math.dist([sum(x) / 25 for x in zip(*moved, strict=True)], (6, 6)) < 1
