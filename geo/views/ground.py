"""
Whether marks stand on their country's land, and what a place costs without its surroundings.

A block needs no hairline where each of its marks is on its country's land or within `NEAR` of
its place; a city's has to be around the city as well. So do all smaller blocks in its room,
which a filter leaves: where marks may be is looked at in steps of half a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.views.blocks import PITCH, SIDE, Block
from geo.views.hairlines import SEEN, line_ends
from geo.views.map_names import Measures
from geo.views.outline import Floats
from geo.views.rectangles import OVERLAP, Bools, Frame, inside
from geo.views.units import Unit

#: pixels from its place within which a mark may be off its land
NEAR = 10.0
#: scales of the map at which marks are looked at
_LOOKED_AT = 9
_HAIRLINE, _OFF_LAND = 4.0, 3.0
_A_PIXEL, _A_FAR_PIXEL = 0.12, 0.25


@dataclass(frozen=True, slots=True)
class Ground:
    """
    Where a unit belongs.

    Attributes
    ----------
    anchor : array
        (x, y) in pixels at the smallest scale.
    frame : Frame
        The map.
    measures : Measures
        Sizes of marks and letters.
    home : sequence of array
        Rings of its country's land; empty where it is not known.
    """

    anchor: Floats
    frame: Frame
    measures: Measures
    home: Sequence[Floats]


def standing(unit: Unit, shape: Block, centres: Floats, ground: Ground) -> tuple[Bools, Floats]:
    """
    Look at the places of a unit's block.

    Parameters
    ----------
    unit : Unit
        With records, or only a name.
    shape : Block
        Its marks.
    centres : array
        Rows of (x, y): the block's middle, in pixels from the anchor.
    ground : Ground
        Where it belongs.

    Returns
    -------
    tuple of array
        Which need a hairline, and what each costs.
    """
    scale, home = ground.measures.scale, ground.home
    distance = np.hypot(centres[:, 0], centres[:, 1]) / scale
    if not unit.words:
        lost = ~inside(centres + ground.anchor, home) if home else np.zeros(len(centres), bool)
        far = np.where(distance > NEAR, _A_FAR_PIXEL, _A_PIXEL)
        return np.zeros(len(centres), dtype=bool), far * distance + lost * OVERLAP
    off, away = _off_land(shape, centres, ground)
    tied = np.asarray(away | ((distance > NEAR) & (unit.kind == "city")))
    half = np.array((shape.width, shape.height)) / 2 * scale
    ends = line_ends(np.concatenate((centres, np.broadcast_to(half, centres.shape)), axis=1))
    hidden = tied & (np.hypot(ends[:, 0], ends[:, 1]) < SEEN * scale)
    cost = np.where(tied, _A_FAR_PIXEL, _A_PIXEL) * distance
    if home and unit.kind == "country":
        cost += off * _OFF_LAND
    return tied, np.asarray(cost + tied * _HAIRLINE + hidden * OVERLAP)


def _off_land(shape: Block, centres: Floats, ground: Ground) -> tuple[Bools, Bools]:
    """Say which blocks have a mark off their land, and one that is far from its place as well."""
    scale, anchor, home = ground.measures.scale, ground.anchor, ground.home
    marks = centres[:, None, :] + _mark_places(shape) * scale
    away = np.hypot(marks[..., 0], marks[..., 1]) > NEAR * scale
    out = ~inside(marks.reshape(-1, 2) + anchor, home).reshape(away.shape)
    either, both = np.asarray(out.any(axis=1)), np.asarray((out & away).any(axis=1))
    # land moves away from under what keeps its distance in pixels
    for size in np.unique(np.linspace(1.0, ground.frame.largest, _LOOKED_AT))[1:]:
        block, mark = np.nonzero(away & ~both[:, None])
        lost = block[~inside(marks[block, mark] / size + anchor, home)]
        either[lost] = both[lost] = True
    return either, both


def _mark_places(shape: Block) -> Floats:
    """Return where marks may be in a block, also after a filter, from its middle."""
    axes = [
        np.linspace(-1.0, 1.0, 2 * round((length - SIDE) / PITCH) + 1) * (length - SIDE) / 2
        for length in (shape.width, shape.height)
    ]
    return np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
