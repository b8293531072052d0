"""Names on maps: their lines and their sizes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from geo.views.text_width import BOLD, REGULAR, width
from geo.views.units import Unit

#: room between the letters of a name without records, in sizes of the letters
TRACKING = 0.09


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """
    Sizes of what is drawn, in pixels.

    Attributes
    ----------
    scale : float
        By which the lengths of `geo.views.blocks` are multiplied, and distances from anchors.
    name_size : float
        Of the letters of names and notes.
    line : float
        From one line of a name to the next.
    gap : float
        Between a block and its name at its side.
    target : float
        Height that is kept free for each block and each name, so that a pointer can hit it.
    """

    scale: float = 1.0
    name_size: float = 12.5
    line: float = 15.0
    gap: float = 5.0
    target: float = 0.0


def named_lines(unit: Unit, count: int) -> tuple[str, ...]:
    """
    Break the name of a unit.

    Parameters
    ----------
    unit : Unit
        Its name, and its note.
    count : int
        Lines of the name; 0 where it is not drawn.

    Returns
    -------
    tuple of str
        The name, at the blank that makes its two lines most alike, and the note.
    """
    if not count:
        return ()
    note = (unit.note,) if unit.note else ()
    words = unit.name.split(" ")
    if count == 1 or len(words) == 1:
        return (unit.name, *note)
    breaks = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return (*min(breaks, key=lambda pair: max(map(len, pair))), *note)


def label_size(unit: Unit, count: int, measures: Measures) -> tuple[float, float]:
    """
    Measure a name.

    Parameters
    ----------
    unit : Unit
        Its name, and its note.
    count : int
        Lines of the name.
    measures : Measures
        Sizes of letters and lines.

    Returns
    -------
    tuple of float
        Width and height; of a name without records with the room between its letters.
    """
    lines = named_lines(unit, count)
    last = len(lines) - (1 if unit.note else 0)
    widths = [
        width(line, measures.name_size, BOLD if index < last else REGULAR)
        for index, line in enumerate(lines)
    ]
    if not unit.words:
        widths = [broad + TRACKING * measures.name_size * len(unit.name) for broad in widths]
    return math.ceil(max(widths, default=0.0)) + 1.0, measures.line * len(lines)
