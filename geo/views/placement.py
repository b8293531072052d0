"""
Where blocks and names are drawn on a map, by one rule for pages and pictures.

Every place is its anchor, which a page gives in percent of its box, and a fixed offset in
pixels. So what is placed here stays apart at all scales of the box between the two given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from threading import Lock

import numpy as np
from cachetools import LRUCache

from geo.views.blocks import Block, block, block_within
from geo.views.candidates import Candidate, Side
from geo.views.hairlines import line_ends
from geo.views.map_names import Measures, named_lines
from geo.views.outline import Floats
from geo.views.placement_problem import Problem
from geo.views.placement_search import search
from geo.views.rectangles import Frame, Obstacle
from geo.views.units import Unit

__all__ = ["Frame", "Measures", "Obstacle", "Placed", "Side", "filtered", "place"]

_USUAL = Measures()

#: what was found for the latest problems: most changes of a ledger leave all blocks as they were
_FOUND: LRUCache[bytes, tuple[Candidate, ...]] = LRUCache(128)
_FINDING = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """
    A unit with the places of its block and its name, in pixels from its anchor.

    Attributes
    ----------
    block : Block
        Its marks, whose lengths are still to be multiplied by `Measures.scale`; without any
        where the unit is only a name.
    x, y : float
        Upper left corner of the block.
    side : str
        Where the name is: to the ``right``, to the ``left``, ``above`` or ``below``; empty
        where it is not drawn.
    lines : tuple of str
        The name, in one line or two, and the note below it.
    name_x, name_y, name_width, name_height : float
        Upper left corner and size of the lines together; each is `Measures.line` high. Lines
        begin at the left edge on the right side, end at the right one on the left side, and
        are centred above and below.
    line : tuple of (float, float)
        Points of the line that leads from a dot at the anchor to the block; empty without one.
    """

    unit: Unit
    block: Block
    x: float
    y: float
    side: Side
    lines: tuple[str, ...]
    name_x: float
    name_y: float
    name_width: float
    name_height: float
    line: tuple[tuple[float, float], ...] = ()

    @property
    def hairline(self) -> bool:
        """Whether a line leads from its block to its anchor."""
        return bool(self.line)

    @property
    def named(self) -> bool:
        """Whether its name is drawn."""
        return bool(self.side)


def place(
    units: Sequence[Unit],
    anchors: Floats,
    frame: Frame,
    *,
    measures: Measures = _USUAL,
    obstacles: Sequence[Obstacle] = (),
    homes: Sequence[Sequence[Floats]] = (),
) -> tuple[Placed, ...]:
    """
    Place blocks and names so that none covers another at any scale of the box.

    Parameters
    ----------
    units : sequence of Unit
        Those of all records, so that a filter moves nothing (`filtered`). A unit without
        records is only a name: it is drawn where there is room, and displaces nothing.
    anchors : array
        Rows of (x, y) in pixels at the smallest scale, one of each unit.
    frame : Frame
        The box that they must stay in, and its greatest scale.
    measures : Measures
        Sizes of marks and letters.
    obstacles : sequence of Obstacle
        What else is drawn in the box.
    homes : sequence of sequence of array
        The rings of each unit's own land, in pixels at the smallest scale: a block that is off
        it gets a hairline. Empty where land is not known.

    Returns
    -------
    tuple of Placed
        In the order of the units; the same for the same input.
    """
    found = _found(
        Problem(
            units=units,
            anchors=anchors,
            frame=frame,
            measures=measures,
            obstacles=obstacles,
            homes=homes,
        )
    )
    return tuple(_placed(unit, choice, measures) for unit, choice in zip(units, found, strict=True))


def _key(problem: Problem) -> bytes:
    """Digest all that a search depends on: of the marks of a block their number alone."""
    units = [(one.kind, one.name, one.note, len(one.words)) for one in problem.units]
    rest = (units, problem.frame, problem.measures, tuple(problem.obstacles))
    digest = sha256(repr(rest).encode())
    for array in (problem.anchors, *(ring for home in problem.homes for ring in home)):
        digest.update(repr(array.shape).encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    # where one unit's land ends and the next one's begins
    digest.update(repr([len(home) for home in problem.homes]).encode())
    return digest.digest()


def _found(problem: Problem) -> tuple[Candidate, ...]:
    key = _key(problem)
    with _FINDING:
        known = _FOUND.get(key)
    if known is None:
        known = tuple(search(problem))
        with _FINDING:
            _FOUND[key] = known
    return known


def _placed(unit: Unit, choice: Candidate, measures: Measures) -> Placed:
    shape = block(unit.words, choice.columns)
    width, height = shape.width * measures.scale, shape.height * measures.scale
    lines = named_lines(unit, choice.lines)
    end = _nearest(choice.x, choice.y, width, height)
    return Placed(
        unit=unit,
        block=shape,
        x=choice.x - width / 2,
        y=choice.y - height / 2,
        side=choice.side,
        lines=lines,
        name_x=choice.name_x - choice.name_width / 2,
        name_y=choice.name_y - choice.name_height / 2,
        name_width=choice.name_width,
        name_height=choice.name_height,
        line=(end,) if choice.hairline else (),
    )


def _nearest(x: float, y: float, width: float, height: float) -> tuple[float, float]:
    """Return the point of a block around a centre that is nearest to the origin."""
    across, down = line_ends(np.array((x, y, width / 2, height / 2))).tolist()
    return across, down


def filtered(
    placed: Sequence[Placed], units: Sequence[Unit], measures: Measures = _USUAL
) -> tuple[Placed, ...]:
    """
    Keep the places of a selection: nothing moves, and blocks shrink towards their names.

    Parameters
    ----------
    placed : sequence of Placed
        Of all records of the day.
    units : sequence of Unit
        Those of the selection, at the same level.
    measures : Measures
        As for `place`.

    Returns
    -------
    tuple of Placed
        In the order of the units; names that have no records stay, at the end.
    """
    slots = {one.unit.slot: one for one in placed if one.unit.words}
    names = [one for one in placed if not one.unit.words]
    return (*(_shrunk(slots[unit.slot], unit, measures) for unit in units), *names)


def _shrunk(slot: Placed, unit: Unit, measures: Measures) -> Placed:
    shape = block_within(unit.words, slot.block)
    if shape == slot.block:
        return replace(slot, unit=unit, block=shape)
    spare_x = (slot.block.width - shape.width) * measures.scale
    spare_y = (slot.block.height - shape.height) * measures.scale
    across = {"right": 1.0, "left": 0.0}.get(slot.side, 0.5)
    down = {"above": 0.0, "below": 1.0}.get(slot.side, 0.5)
    x, y = slot.x + spare_x * across, slot.y + spare_y * down
    if not slot.line:
        return replace(slot, unit=unit, block=shape, x=x, y=y)
    # the line keeps its way to the room of all marks, in which nothing else is, and goes on there
    end_x, end_y = slot.line[0]
    width, height = shape.width * measures.scale, shape.height * measures.scale
    step = _nearest(x + width / 2 - end_x, y + height / 2 - end_y, width, height)
    goes_on = ((end_x + step[0], end_y + step[1]),) if any(step) else ()
    return replace(slot, unit=unit, block=shape, x=x, y=y, line=(slot.line[0], *goes_on))
