"""What is to be placed on a map, and the candidates of each unit with the room around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.views.candidates import Options, Reach, options
from geo.views.hairlines import DOT, PIECES, line_ends, line_pieces
from geo.views.map_names import Measures, label_size
from geo.views.outline import Floats
from geo.views.rectangles import ABSENT, OVERLAP, Bools, Frame, Obstacle, meet, meets_obstacle
from geo.views.units import Unit

#: room around a block, and around a name at its sides, above and below
_BLOCK_ROOM, _NAME_ROOM = (3.5, 2.0), (2.5, 0.5)
#: parts of a unit: its block, its name, the dot at its anchor, and the pieces of its hairline
BLOCK, NAME, DOT_PART = 0, 1, 2
LINE = slice(3, 3 + PIECES)
PARTS = 3 + PIECES
#: what it costs to cover the place of a country that is only named: China's is kept free where
#: another place is nearly as good
_OVER_NAME = 9.0
#: what it costs where a hairline crosses something, a piece
_CROSSED = 100.0
#: what it costs where a part of one unit meets a part of another
MEETING = np.full((PARTS, PARTS), OVERLAP)
MEETING[DOT_PART:, :], MEETING[:, DOT_PART:] = _CROSSED, _CROSSED
#: two that share a place may share its dot
MEETING[DOT_PART, DOT_PART] = 0.0
#: costs from this on are faults: something meets, or leaves the map
FAULT = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """
    What is to be placed, and where.

    Attributes
    ----------
    units : sequence of Unit
        With records, or only names.
    anchors : array
        Rows of (x, y) in pixels at the smallest scale, one of each unit.
    frame : Frame
        The box of the map.
    measures : Measures
        Sizes of marks and letters.
    obstacles : sequence of Obstacle
        What else is drawn.
    homes : sequence of sequence of array
        Rings of each unit's own land, or empty.
    """

    units: Sequence[Unit]
    anchors: Floats
    frame: Frame
    measures: Measures
    obstacles: Sequence[Obstacle] = ()
    homes: Sequence[Sequence[Floats]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """
    Candidates of a unit.

    Attributes
    ----------
    options : Options
        What they are.
    rectangles : array
        Of the `PARTS` of each, with their room.
    cost : array
        Of each.
    hull : array
        The rectangle around all of them: what is off it meets none.
    """

    options: Options
    rectangles: Floats
    cost: Floats
    hull: Floats


def choices_of(problem: Problem, i: int, reach: Reach) -> Choices:
    """
    List the candidates of a unit.

    Parameters
    ----------
    problem : Problem
        Units and their surroundings.
    i : int
        Index of the unit.
    reach : str
        How far from its anchor.

    Returns
    -------
    Choices
        Each with the cost of the obstacles that it meets.
    """
    x, y = problem.anchors[i].tolist()
    home = problem.homes[i] if problem.homes else ()
    made = options(problem.units[i], (x, y), problem.frame, problem.measures, reach, home)
    found = np.empty((len(made.block), PARTS, 4))
    found[:, BLOCK], found[:, NAME] = made.block, made.name
    found[:, 0, 2:] += _BLOCK_ROOM
    found[:, 1, 2:] += _NAME_ROOM
    if problem.units[i].words:
        heights = found[:, :2, 3]
        heights[heights > 0] = np.maximum(heights[heights > 0], problem.measures.target / 2)
    found[:, DOT_PART, :2] = 0.0
    found[:, DOT_PART, 2:] = np.where(made.hairline, DOT, ABSENT)[:, None]
    found[:, LINE] = line_pieces(line_ends(made.block), made.hairline)
    cost = made.cost + _CROSSED * _over_own_name(found)
    for obstacle in problem.obstacles:
        least = min(obstacle.cost, _CROSSED)
        drawn = [(made.block, obstacle.cost), (made.name, obstacle.cost)]
        drawn += [(piece, least) for piece in found[:, LINE].swapaxes(0, 1)]
        for part, each in drawn if made.hairline.any() else drawn[:2]:
            met = meets_obstacle(part, problem.anchors[i], obstacle, problem.frame.largest)
            cost += met * each
    if problem.units[i].words:
        for j, other in enumerate(problem.units):
            if not other.words and problem.homes and problem.homes[j]:
                across, down = label_size(other, 1, problem.measures)
                name = np.array((0.0, 0.0, across / 2, down / 2))
                between = problem.anchors[j] - problem.anchors[i]
                met = meet(found[:, :2], name, between, problem.frame.largest)
                cost += _OVER_NAME * met.sum(axis=1)
    return Choices(
        options=made,
        rectangles=found,
        cost=cost,
        hull=_hull(found.reshape(-1, 4)),
    )


def _hull(rectangles: Floats) -> Floats:
    shown = rectangles[rectangles[:, 2] > 0]
    if not len(shown):
        return np.array((0.0, 0.0, ABSENT, ABSENT))
    low = (shown[:, :2] - shown[:, 2:]).min(axis=0)
    high = (shown[:, :2] + shown[:, 2:]).max(axis=0)
    return np.concatenate(((low + high) / 2, (high - low) / 2))


def _over_own_name(parts: Floats) -> Bools:
    """Say which candidates have their hairline or its dot under their own name."""
    still = np.zeros(2)
    return np.asarray(meet(parts[:, DOT_PART:], parts[:, NAME, None], still, 1.0).any(axis=1))
