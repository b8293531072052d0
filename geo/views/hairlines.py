"""The line that ties a block to its place: where it runs, and what it keeps free."""

from __future__ import annotations

import numpy as np

from geo.views.outline import Floats
from geo.views.rectangles import ABSENT, Bools

#: half the side of what the dot at the anchor takes
DOT = 2.5
#: rectangles along a line: together they cover it, so what meets none of them is off the line
PIECES = 6
#: pixels between a block and its anchor, so that a line is seen
SEEN = 4.0
#: pixels on either side of a line, and from the anchor to where its dot ends
_ROOM, _BEGIN = 0.8, 4.5


def line_ends(blocks: Floats) -> Floats:
    """
    Return where lines end: the point of each block that is nearest to its anchor.

    Parameters
    ----------
    blocks : array
        Rows of centre and half size, in pixels from the anchor.

    Returns
    -------
    array
        Rows of (x, y); (0, 0) where a block is on its anchor.
    """
    low, high = blocks[..., :2] - blocks[..., 2:], blocks[..., :2] + blocks[..., 2:]
    return np.asarray(np.clip(0.0, low, high))


def line_pieces(ends: Floats, tied: Bools) -> Floats:
    """
    Cover lines with rectangles.

    Parameters
    ----------
    ends : array
        Rows of (x, y): where each line from its anchor ends.
    tied : array of bool
        Whether there is a line.

    Returns
    -------
    array
        `PIECES` rectangles of each line, as rows of centre and half size; `ABSENT` without one.
    """
    length = np.hypot(ends[:, 0], ends[:, 1])
    begin = np.minimum(_BEGIN / np.maximum(length, 1e-9), 1.0)
    shares = begin[:, None] + (1.0 - begin)[:, None] * np.linspace(0.0, 1.0, PIECES + 1)
    points = ends[:, None, :] * shares[..., None]
    found = np.empty((len(ends), PIECES, 4))
    found[..., :2] = (points[:, 1:] + points[:, :-1]) / 2
    found[..., 2:] = np.abs(points[:, 1:] - points[:, :-1]) / 2 + _ROOM
    found[~tied, :, 2:] = ABSENT
    return found
