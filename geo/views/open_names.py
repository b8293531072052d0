"""The place of an open record, written beside its country's name on the overview."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.views.outline import Floats
from geo.views.overview_frames import WORLD, MapFrame
from geo.views.overview_places import Spot, outline_of_europe
from geo.views.placement import Measures, Placed
from geo.views.rectangles import inside
from geo.views.text_width import REGULAR, width

#: pixels: the size of its letters, what they keep from others at their sides, and what of a line
#: is above and below letters
_LETTERS, _APART, _LEADING = 12.0, 1.0, 3.0
#: pixels by which the style sheet moves the name away from what marks the open record
_AWAY = 2.0
#: scales of the map at which it is tried
_TRIED = 7
#: the least scale of the map of the world at which a window of 1400 pixels shows it
ORDINARY = 0.98


def has_room(
    words: str, spot: Spot, spots: Sequence[Spot], frame: MapFrame, least: float = 0.0
) -> bool:
    """
    Say whether a line beside a unit's name meets nothing, however large the map is shown.

    Names and blocks are placed for all records, and do not move for the card that is open.

    Parameters
    ----------
    words : str
        The line: above a name that is above its block, else below it.
    spot : Spot
        The unit.
    spots : sequence of Spot
        All that the map draws.
    frame : MapFrame
        The map.
    least : float
        The smallest scale that counts; all do unless it is given.

    Returns
    -------
    bool
        False also for a unit without a name, and where the line would leave the map sideways.
    """
    if not spot.placed.named:
        return False
    line = _line(words, spot.placed)
    others = [one for one in spots if one is not spot]
    boxes = np.array([box for one in others for box in _boxes(one.placed)]).reshape(-1, 4)
    anchors = np.array([(one.x, one.y) for one in others for _box in _boxes(one.placed)])
    anchors = anchors.reshape(-1, 2)
    for scale in np.linspace(max(least, frame.scales[0]), frame.scales[1], _TRIED):
        own = line + np.tile((spot.x, spot.y), 2) * scale
        met = boxes + np.tile(anchors, 2) * scale
        if max(-own[0], own[2]) > frame.width * scale / 2:
            return False
        if ((own[:2] < met[:, 2:]) & (own[2:] > met[:, :2])).all(axis=1).any():
            return False
        if frame is WORLD and inside(_edge(own), [outline_of_europe() * scale]).any():
            return False
    return True


def _line(words: str, placed: Placed) -> Floats:
    """Return left, top, right and bottom of the line from the unit's anchor."""
    across, down = width(words, _LETTERS, REGULAR), Measures().line
    left = placed.name_x
    if placed.side == "right":
        left += _AWAY
    elif placed.side == "left":
        left += placed.name_width - across - _AWAY
    elif placed.side in ("above", "below"):
        left += (placed.name_width - across) / 2
    top = placed.name_y + (-down if placed.side == "above" else placed.name_height)
    top += {"above": -_AWAY, "below": _AWAY}.get(placed.side, 0.0)
    sides, ends = (left - _APART, left + across + _APART), (top + _LEADING, top + down - _LEADING)
    return np.array((sides[0], ends[0], sides[1], ends[1]))


def _boxes(placed: Placed) -> list[tuple[float, float, float, float]]:
    """Return the block and the name of a unit, from its anchor."""
    block = placed.block
    boxes = [(placed.x, placed.y, placed.x + block.width, placed.y + block.height)]
    if placed.named:
        left, top = placed.name_x, placed.name_y + _LEADING
        across, down = placed.name_width, placed.name_height - 2 * _LEADING
        boxes.append((left, top, left + across, top + down))
    return boxes


def _edge(box: Floats) -> Floats:
    """Return points around a box, near enough to each other to find what reaches into it."""
    x, y = np.linspace(box[0], box[2], 9), np.linspace(box[1], box[3], 3)
    across, down = np.meshgrid(x, y)
    return np.column_stack((across.ravel(), down.ravel()))
