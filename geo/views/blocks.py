"""
The block of a unit's marks: rows of equal marks, or a count and a bar where they are many.

Lengths are pixels. The order of the marks is that of the legend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.model.latest_word import Hue
from geo.model.vocabulary import CLAIM_ONLY, LATEST_WORDS

#: from one mark's centre to the next, and the side of the box that a mark is drawn in
PITCH, SIDE = 13.0, 12.0
#: more marks than these become a count and a bar
MOST = 9
#: length and height of the bar, and the room of the count before it
BAR, BAR_HEIGHT, COUNT = 39.0, 11.0, 24.0
#: marks in a row by their number, the usual one first; three for all others
_ARRANGEMENTS = {1: (1,), 2: (2, 1), 3: (3, 2), 4: (2,), 5: (3, 2), 6: (3, 2)}


@dataclass(frozen=True, slots=True)
class Part:
    """
    A part of the bar: records that one kind of speaker had the latest word on.

    Attributes
    ----------
    hue : str
        Whose words they are.
    solid : bool
        Whether they are claims alone.
    count : int
        Of the records.
    """

    hue: Hue
    solid: bool
    count: int


@dataclass(frozen=True, slots=True)
class Block:
    """
    Size of a block, and the place of each mark in it.

    Attributes
    ----------
    width, height : float
        Of the whole.
    centres : tuple of (float, float)
        (x, y) of each mark from the upper left corner; none where a bar is drawn.
    parts : tuple of Part
        Of the bar; none where marks are drawn.
    """

    width: float
    height: float
    centres: tuple[tuple[float, float], ...]
    parts: tuple[Part, ...] = ()


def block(words: Sequence[str], columns: int = 0) -> Block:
    """
    Arrange the marks of a unit.

    Parameters
    ----------
    words : sequence of str
        Codes of latest words, in the order of the legend.
    columns : int
        Marks in a row; 0 for the usual number.

    Returns
    -------
    Block
        With a bar for more than `MOST` marks.
    """
    count = len(words)
    if count > MOST:
        return Block(COUNT + BAR, SIDE, (), _parts(words))
    across = max(1, min(columns or arrangements(words)[0], count))
    rows = -(-count // across)
    centres = tuple(
        (SIDE / 2 + PITCH * (i % across), SIDE / 2 + PITCH * (i // across)) for i in range(count)
    )
    return Block(SIDE + PITCH * (across - 1), SIDE + PITCH * (rows - 1), centres)


def arrangements(words: Sequence[str]) -> tuple[int, ...]:
    """
    List how many marks a row may have, the usual number first.

    Parameters
    ----------
    words : sequence of str
        Codes of latest words.

    Returns
    -------
    tuple of int
        One alone where other rows would take no other shape of room.
    """
    return _ARRANGEMENTS.get(len(words), (min(3, max(1, len(words))),))


def block_within(words: Sequence[str], slot: Block) -> Block:
    """
    Arrange marks in the room of a block that has at least as many.

    Parameters
    ----------
    words : sequence of str
        Codes of latest words, in the order of the legend.
    slot : Block
        The block of all marks of the place.

    Returns
    -------
    Block
        Neither wider nor higher than the slot.
    """
    across = int((slot.width - SIDE) // PITCH) + 1
    down = int((slot.height - SIDE) // PITCH) + 1
    usual = block(words)
    if usual.width <= slot.width and usual.height <= slot.height:
        return usual
    if len(words) <= across * down:
        return block(words, across)
    return Block(COUNT + BAR, SIDE, (), _parts(words))


def _parts(words: Sequence[str]) -> tuple[Part, ...]:
    claims = sum(word == CLAIM_ONLY for word in words)
    blue = sum(LATEST_WORDS[word].shape.hue == "authority" for word in words)
    counts = (Part("claim", True, claims), Part("claim", False, len(words) - claims - blue))
    return tuple(part for part in (*counts, Part("authority", False, blue)) if part.count)
