"""The places among which a block and its name are put: near its anchor, or on a hairline."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from geo.views.blocks import Block, arrangements, block
from geo.views.ground import Ground, standing
from geo.views.map_names import Measures, label_size
from geo.views.outline import Floats
from geo.views.rectangles import ABSENT, OVERLAP, Bools, Frame, outside
from geo.views.units import Unit

Side = Literal["right", "left", "above", "below", ""]
Reach = Literal["near", "far", "distant", "unnamed"]
_FAR = (14.0, 18.0, 23.0, 29.0, 38.0)
_DISTANT = (46.0, 55.0, 66.0, 79.0, 95.0)
_ANYWHERE = tuple(114.0 * 1.2**step for step in range(9))
#: pixels from the anchor, and directions in each
_RINGS: dict[Reach, tuple[tuple[float, ...], int]] = {
    "near": ((3.5, 7.0, 9.9), 8),
    "far": (_FAR, 16),
    "distant": (_DISTANT, 24),
    "unnamed": ((3.5, 7.0, 9.9, *_FAR, *_DISTANT, *_ANYWHERE), 24),
}
#: places of which fewer are on slim land, and those that are looked at there, in steps of 1.5
_SLIM = 10
_CLOSE = np.stack(np.meshgrid(*[np.arange(-21.0, 21.1, 1.5)] * 2), axis=-1).reshape(-1, 2)
#: a name with more letters than twice this is also tried in two lines
_BROAD = 5
#: pixels between a block and a name above or below it
_OVER = 0.5
#: what a side costs, for one mark and for several
_SIDES: tuple[tuple[Side, float, float], ...] = (
    ("right", 0.0, 0.6),
    ("above", 1.6, 0.0),
    ("left", 1.0, 1.4),
    ("below", 1.8, 1.0),
)
_BROKEN, _UNNAMED = 0.4, 30.0
#: what it costs to break a row of marks
_STACKED = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Centres of block and name, in pixels from the anchor."""

    x: float
    y: float
    side: Side
    lines: int
    columns: int
    name_x: float
    name_y: float
    name_width: float
    name_height: float
    hairline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    The candidates of a unit as arrays, for the search.

    Attributes
    ----------
    block, name : array
        Rows of centre and half size: (x, y, half width, half height); half sizes are `ABSENT`
        where nothing is drawn.
    hairline : array of bool
        Whether a line leads to the anchor.
    columns : list
        Marks in a row of the block.
    cost : array
        Of each candidate.
    names : int
        Places of the name at each place of the block, one after the other.
    side, lines : list
        Of each candidate.
    """

    names: int
    block: Floats
    name: Floats
    hairline: Bools
    cost: Floats
    side: list[Side]
    lines: list[int]
    columns: list[int]

    def candidate(self, index: int) -> Candidate:
        """Return one of them."""
        x, y = self.block[index, :2].tolist()
        name_x, name_y, half_width, half_height = self.name[index].tolist()
        named = bool(self.side[index])
        return Candidate(
            x=x,
            y=y,
            side=self.side[index],
            lines=self.lines[index],
            columns=self.columns[index],
            name_x=name_x,
            name_y=name_y,
            name_width=2 * half_width if named else 0.0,
            name_height=2 * half_height if named else 0.0,
            hairline=bool(self.hairline[index]),
        )


def options(
    unit: Unit,
    anchor: tuple[float, float],
    frame: Frame,
    measures: Measures,
    reach: Reach,
    home: Sequence[Floats] = (),
) -> Options:
    """
    List where a unit may be drawn.

    Parameters
    ----------
    unit : Unit
        With records, or only a name.
    anchor : tuple of float
        In pixels at the smallest scale.
    frame : Frame
        What block and name must be in: places of blocks are moved into it, names outside cost
        as much as an overlap.
    measures : Measures
        Sizes of marks and letters.
    reach : str
        How far from the anchor.
    home : sequence of array
        Rings of the unit's own land; empty where it is not known.

    Returns
    -------
    Options
        At least one; the first is the cheapest of those that are not moved.
    """
    shapes = [(columns, block(unit.words, columns)) for columns in arrangements(unit.words)]
    ground = Ground(np.array(anchor), frame, measures, home)
    found = [_arranged(unit, shape, columns, reach, ground) for columns, shape in shapes]
    for number, other in enumerate(found[1:], 1):
        other.cost[:] += _STACKED * number
    return found[0] if len(found) == 1 else _joined(found)


def _joined(found: Sequence[Options]) -> Options:
    return Options(
        names=found[0].names,
        block=np.concatenate([one.block for one in found]),
        name=np.concatenate([one.name for one in found]),
        hairline=np.concatenate([one.hairline for one in found]),
        cost=np.concatenate([one.cost for one in found]),
        side=[side for one in found for side in one.side],
        lines=[lines for one in found for lines in one.lines],
        columns=[columns for one in found for columns in one.columns],
    )


def _arranged(unit: Unit, shape: Block, columns: int, reach: Reach, ground: Ground) -> Options:
    """List the places of a unit whose marks are in rows of one length."""
    measures = ground.measures
    half = np.array((shape.width, shape.height)) / 2 * measures.scale
    x, y = ground.anchor.tolist()
    bounds = ground.frame.bounds((x, y))
    centres = _centres(reach, measures.scale, bool(unit.words))
    if unit.words:
        centres = _clipped(centres, bounds[:2] + half, bounds[2:] - half)
    tied, cost = standing(unit, shape, centres, ground)
    if ground.home and unit.words and reach == "near" and (~tied).sum() < _SLIM:
        # land so slim that hardly a usual place is on it: all that are
        close = _clipped(_CLOSE * measures.scale, bounds[:2] + half, bounds[2:] - half)
        off, dear = standing(unit, shape, close, ground)
        centres = np.concatenate((centres, close[~off]))
        tied, cost = np.concatenate((tied, off[~off])), np.concatenate((cost, dear[~off]))
    variants = list(_variants(unit, half, measures, reach))
    count = len(variants)
    offsets = np.array([variant[2] for variant in variants])
    sizes = np.array([variant[3] for variant in variants])
    name = np.concatenate(
        (
            (centres[:, None, :] + offsets[None, :, :]).reshape(-1, 2),
            np.tile(sizes, (len(centres), 1)),
        ),
        axis=1,
    )
    blocks = np.empty((len(name), 4))
    blocks[:, :2] = np.repeat(centres, count, axis=0)
    blocks[:, 2:] = half if unit.words else ABSENT
    return Options(
        names=count,
        block=blocks,
        name=name,
        hairline=np.repeat(tied, count),
        cost=np.repeat(cost, count)
        + np.tile([v[4] for v in variants], len(centres))
        + outside(name, bounds) * OVERLAP,
        side=[variant[0] for variant in variants] * len(centres),
        lines=[variant[1] for variant in variants] * len(centres),
        columns=[columns] * len(name),
    )


def _centres(reach: Reach, scale: float, marked: bool) -> Floats:
    rings, steps = _RINGS[reach]
    points = [(0.0, 0.0)] if reach in ("near", "unnamed") else []
    for number, ring in enumerate(rings):
        for step in range(steps):
            angle = math.tau * (step + 0.5 * (number % 2)) / steps
            points.append((ring * math.cos(angle), ring * math.sin(angle)))
    # a name without a block may be further from its anchor, which nobody sees
    return np.array(points) * scale * (1.0 if marked else 2.0)


def _clipped(centres: Floats, low: Floats, high: Floats) -> Floats:
    # a box that is narrower than the block has it in its middle
    middle = (low + high) / 2
    return np.clip(centres, np.minimum(low, middle), np.maximum(high, middle))


def _variants(
    unit: Unit, half: Floats, measures: Measures, reach: Reach
) -> Iterator[tuple[Side, int, tuple[float, float], tuple[float, float], float]]:
    """Yield side, lines, centre from the block's, half size, and cost of each place of a name."""
    if reach == "unnamed":
        yield "", 0, (0.0, 0.0), (ABSENT, ABSENT), _UNNAMED
        return
    broken = " " in unit.name and len(unit.name) > _BROAD * 2
    for count in (1, 2) if broken else (1,):
        width_, height = label_size(unit, count, measures)
        across, down = width_ / 2, height / 2
        if not unit.words:
            yield "below", count, (0.0, 0.0), (across, down), _BROKEN * (count - 1)
            continue
        beside, over = half[0] + measures.gap + across, half[1] + _OVER + down
        for side, one, several in _SIDES:
            cost = (one if len(unit.words) == 1 else several) + _BROKEN * (count - 1)
            if side in ("right", "left"):
                sign = 1 if side == "right" else -1
                yield side, count, (sign * beside, 0.0), (across, down), cost
            else:
                sign = -1 if side == "above" else 1
                yield side, count, (0.0, sign * over), (across, down), cost
