"""
Rectangles on a map whose anchors move with its scale, while they keep their size.

A rectangle is a row of (x, y, half width, half height): its centre from its anchor, in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.views.outline import Floats

Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]
#: what an overlap costs, or a name that leaves the map: more than any hairlines that cross
OVERLAP = 100_000.0
#: half a size of what is not drawn: it meets nothing
ABSENT = -1e9
_SLACK = 0.01


@dataclass(frozen=True, slots=True)
class Frame:
    """Width and height of a map at its smallest, and how many times as large it may be."""

    width: float
    height: float
    largest: float = 1.0

    def bounds(self, anchor: tuple[float, float]) -> Floats:
        """
        Return how far things may reach from an anchor at every scale.

        Parameters
        ----------
        anchor : tuple of float
            In pixels at the smallest scale.

        Returns
        -------
        array
            Least x, least y, greatest x and greatest y, in pixels from the anchor.
        """
        x, y = anchor
        ends = [
            (-x * s, -y * s, (self.width - x) * s, (self.height - y) * s)
            for s in (1.0, self.largest)
        ]
        low, high = np.max(ends, axis=0), np.min(ends, axis=0)
        return np.array((*low[:2], *high[2:]))


@dataclass(frozen=True, slots=True)
class Obstacle:
    """
    A part of the map where blocks and names cost more; it is scaled with the map.

    Attributes
    ----------
    x, y, width, height : float
        In pixels at the smallest scale.
    cost : float
        Of each block or name that meets it; `OVERLAP` where none may.
    """

    x: float
    y: float
    width: float
    height: float
    cost: float = OVERLAP


def meet(own: Floats, others: Floats, between: Floats, largest: float) -> Bools:
    """
    Say which rectangles meet at any scale.

    Parameters
    ----------
    own, others : array
        Rectangles in the last axis; both are broadcast.
    between : array
        From the anchors of ``own`` to those of ``others``, at the smallest scale.
    largest : float
        The largest scale.

    Returns
    -------
    array of bool
        True also where they meet at one scale alone.
    """
    # one axis after the other: NumPy is slow at reducing a last axis of two
    if largest == 1:
        across = np.abs(others[..., 0] - own[..., 0] + between[..., 0])
        down = np.abs(others[..., 1] - own[..., 1] + between[..., 1])
        return np.asarray(
            (across < own[..., 2] + others[..., 2]) & (down < own[..., 3] + others[..., 3])
        )
    begin, end = _meeting(own, others, between, 0)
    begin_down, end_down = _meeting(own, others, between, 1)
    latest = np.minimum(np.minimum(end, end_down), largest)
    return np.asarray(np.maximum(np.maximum(begin, begin_down), 1.0) < latest)


def _meeting(own: Floats, others: Floats, between: Floats, axis: int) -> tuple[Floats, Floats]:
    """Return the first and the last scale at which rectangles meet in one direction."""
    steps = between[..., axis]
    # the scale by which anchors move one pixel apart; what is not drawn ends before it begins
    pixel = 1.0 / np.where(np.abs(steps) < 1e-9, 1e-9, steps)
    middle = (own[..., axis] - others[..., axis]) * pixel
    room = (own[..., axis + 2] + others[..., axis + 2]) * np.abs(pixel)
    return middle - room, middle + room


def meets_obstacle(rectangles: Floats, anchor: Floats, obstacle: Obstacle, largest: float) -> Bools:
    """
    Say which rectangles of one anchor meet an obstacle at the least, middle or last scale.

    Parameters
    ----------
    rectangles : array
        Rows of centre and half size.
    anchor : array
        (x, y), in pixels at the smallest scale.
    obstacle : Obstacle
        In the same pixels.
    largest : float
        The largest scale.

    Returns
    -------
    array of bool
        One of each rectangle.
    """
    half = np.array((obstacle.width, obstacle.height)) / 2
    between = np.array((obstacle.x, obstacle.y)) + half - anchor
    met = np.zeros(len(rectangles), dtype=bool)
    for scale in (1.0, (1.0 + largest) / 2, largest):
        room = rectangles[:, 2:] + half * scale
        met |= (np.abs(between * scale - rectangles[:, :2]) < room).all(axis=1)
    return met


def outside(name: Floats, bounds: Floats) -> Bools:
    """
    Say which rectangles leave the map.

    Parameters
    ----------
    name : array
        Rows of centre and half size.
    bounds : array
        As `Frame.bounds` returns them.

    Returns
    -------
    array of bool
        False for what is not drawn.
    """
    centre, half = name[:, :2], name[:, 2:]
    low = (centre - half < bounds[:2] - _SLACK).any(axis=1)
    high = (centre + half > bounds[2:] + _SLACK).any(axis=1)
    return np.asarray((low | high) & (half[:, 0] >= 0))


def inside(points: Floats, rings: Sequence[Floats]) -> Bools:
    """
    Say which points are on land.

    Parameters
    ----------
    points : array
        Rows of (x, y).
    rings : sequence of array
        Closed rings of (x, y), which count by the even-odd rule.

    Returns
    -------
    array of bool
        One of each point.
    """
    found = np.zeros(len(points), dtype=bool)
    for ring in rings:
        low, high = ring.min(axis=0), ring.max(axis=0)
        near = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
        if not near.size:
            continue
        x, y = points[near, :1], points[near, 1:]
        # only edges at the height of some point count, and most of a large country's are not
        level = (np.maximum(ring[:-1, 1], ring[1:, 1]) > y.min()) & (
            np.minimum(ring[:-1, 1], ring[1:, 1]) <= y.max()
        )
        (x0, y0), (x1, y1) = ring[:-1][level].T, ring[1:][level].T
        spans = (y0 > y) != (y1 > y)
        with np.errstate(divide="ignore", invalid="ignore"):
            crosses = x < (x1 - x0) * (y - y0) / (y1 - y0) + x0
        found[near] ^= (spans & crosses).sum(axis=1) % 2 == 1
    return found
