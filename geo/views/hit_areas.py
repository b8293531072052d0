"""
The area of each unit that a pointer hits: its block and its name, large enough to be met.

Two areas never overlap: where growing them would make them, they are cut half-way, and grow
into free room on the other side.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.views.outline import Floats
from geo.views.placement import Placed
from geo.views.rectangles import Bools

#: pixels: the least width and height of a target (WCAG 2.5.8)
LEAST = 24.0
_ROUNDS = 4


def drawn_area(one: Placed) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a unit's block and name, from its anchor."""
    boxes = [(one.x, one.y, one.x + one.block.width, one.y + one.block.height)]
    if one.named:
        right, bottom = one.name_x + one.name_width, one.name_y + one.name_height
        boxes.append((one.name_x, one.name_y, right, bottom))
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def hit_areas(placed: Sequence[Placed], anchors: Floats) -> Floats:
    """
    Return the areas of units that are drawn together.

    Parameters
    ----------
    placed : sequence of Placed
        With records.
    anchors : array
        Rows of (x, y) in pixels, one of each.

    Returns
    -------
    array
        Rows of left, top, right and bottom in pixels from each anchor.
    """
    if not placed:
        return np.empty((0, 4))
    at = np.tile(anchors, 2)
    drawn = np.array([drawn_area(one) for one in placed]) + at
    missing = np.maximum(0.0, LEAST - (drawn[:, 2:] - drawn[:, :2])) / 2
    areas = np.concatenate((drawn[:, :2] - missing, drawn[:, 2:] + missing), axis=1)
    for _round in range(_ROUNDS):
        if not _parted(areas, drawn):
            break
    _refill(areas)
    return np.asarray(areas - at)


def _parted(areas: Floats, drawn: Floats) -> bool:
    """Cut areas that overlap where least is lost; say whether any did."""
    order = np.argsort(areas[:, 0], kind="stable").tolist()
    cut = False
    for position, i in enumerate(order):
        for j in order[position + 1 :]:
            if areas[j, 0] >= areas[i, 2]:
                break
            if areas[j, 1] < areas[i, 3] and areas[i, 1] < areas[j, 3]:
                _cut(areas, drawn, i, j)
                cut = True
    return cut


def _refill(areas: Floats) -> None:
    """Let areas that were cut below the least size grow where nothing else is."""
    for axis in (0, 1):
        for i in np.flatnonzero(areas[:, axis + 2] - areas[:, axis] < LEAST - 1e-6).tolist():
            _clear_corners(areas, i, axis)
            low, high = areas[i, axis], areas[i, axis + 2]
            level = _level(areas, i, 1 - axis)
            below = areas[level & (areas[:, axis + 2] <= low), axis + 2]
            above = areas[level & (areas[:, axis] >= high), axis]
            missing = LEAST - (high - low)
            taken = min(missing, low - below.max(initial=-np.inf))
            areas[i, axis] -= taken
            areas[i, axis + 2] += min(missing - taken, above.min(initial=np.inf) - high)


def _level(areas: Floats, i: int, axis: int) -> Bools:
    """Say which areas an area would meet, were it moved along the other axis."""
    meets = (areas[:, axis] < areas[i, axis + 2]) & (areas[i, axis] < areas[:, axis + 2])
    return np.asarray(meets)


def _clear_corners(areas: Floats, i: int, axis: int) -> None:
    """Take corners off the wider of two areas that are only just in each other's way."""
    across = 1 - axis
    near = _level(areas, i, across)
    near &= areas[:, axis] < areas[i, axis + 2] + LEAST
    near &= areas[i, axis] < areas[:, axis + 2] + LEAST
    near[i] = False
    for j in np.flatnonzero(near).tolist():
        first, second = (i, j) if areas[i, across] <= areas[j, across] else (j, i)
        shared = areas[first, across + 2] - areas[second, across]
        wider = max((i, j), key=lambda one: areas[one, across + 2] - areas[one, across])
        room = areas[wider, across + 2] - areas[wider, across] - LEAST
        if shared > min(room, LEAST / 2):
            continue
        if wider == first:
            areas[first, across + 2] -= shared
        else:
            areas[second, across] += shared


def _cut(areas: Floats, drawn: Floats, i: int, j: int) -> None:
    """Part two areas along the axis on which what is drawn is further apart."""
    gaps = []
    for axis in (0, 1):
        first, second = (i, j) if drawn[i, axis] <= drawn[j, axis] else (j, i)
        gaps.append((drawn[second, axis] - drawn[first, axis + 2], axis, first, second))
    _gap, axis, first, second = max(gaps)
    middle = (drawn[first, axis + 2] + drawn[second, axis]) / 2
    areas[first, axis + 2] = min(areas[first, axis + 2], middle)
    areas[second, axis] = max(areas[second, axis], middle)
