"""
What a row of the latest words consists of, its shape included.

A shape is data: primitives around (0, 0) in a circle of radius 1, x to the right and y
downward as in SVG. Maps, cards, legends and pictures scale these numbers (`geo.views.shapes`,
and ``atlas-map.js`` in the browser); none of them knows a code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: whose word it is: ink for a claim or a party's word, blue for a host authority's
Hue = Literal["claim", "authority"]
Fill = Literal["solid", "line"]


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle around the centre."""

    radius: float
    fill: Fill = "line"


@dataclass(frozen=True, slots=True)
class Point:
    """
    A corner of a path.

    Attributes
    ----------
    x, y : float
        Where it is.
    arc : float
        Radius of the half circle that leads here counter-clockwise; 0 for a straight line.
    """

    x: float
    y: float
    arc: float = 0.0


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points, back to the first one where it is closed."""

    points: tuple[Point, ...]
    closed: bool = False
    fill: Fill = "line"


Primitive = Circle | Path


@dataclass(frozen=True, slots=True)
class Shape:
    """What is drawn for a latest word: its primitives, the first one lowest, in one hue."""

    hue: Hue
    primitives: tuple[Primitive, ...]


#: nothing is drawn: no latest word may have it
NO_SHAPE = Shape("claim", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestWord:
    """
    One state that the latest word of an entitled speaker leaves on a record.

    Attributes
    ----------
    phrase : str
        End of the signed sentence: "On 5 May 2023 {authority} {phrase}."
    flag : str
        The code of `FLAGS` that a host authority's event of one of the types raises; empty
        for none.
    set_by : tuple of str
        Actor types whose events may set it; none for what no event sets.
    event_types : tuple of str
        Types of event that usually set it.
    shape : Shape
        What maps, cards, legends and pictures draw for it.

    Raises
    ------
    ValueError
        When it has no shape: a record with this word would be missing from the map.
    """

    code: str
    label: str
    short: str
    phrase: str
    flag: str = ""
    set_by: tuple[str, ...] = ()
    event_types: tuple[str, ...] = ()
    shape: Shape = NO_SHAPE

    def __post_init__(self) -> None:
        """Require a shape."""
        if not self.shape.primitives:
            raise ValueError(f"The latest word “{self.code}” has no shape: nothing can show it.")


#: parts of shapes; no two shapes differ by hue alone
RING = Circle(0.9)
HALF = Path((Point(0, -0.9), Point(0, 0.9, arc=0.9)), closed=True, fill="solid")
DIAMOND = Path((Point(0, -1), Point(1, 0), Point(0, 1), Point(-1, 0)), closed=True)
SQUARE = Path(
    (Point(-0.84, -0.84), Point(0.84, -0.84), Point(0.84, 0.84), Point(-0.84, 0.84)), closed=True
)
CORE = Path(
    (Point(-0.36, -0.36), Point(0.36, -0.36), Point(0.36, 0.36), Point(-0.36, 0.36)),
    closed=True,
    fill="solid",
)
SLASHED = Shape("authority", (RING, Path((Point(-0.64, 0.64), Point(0.64, -0.64)))))
BARRED = Shape("authority", (RING, Path((Point(-0.9, 0), Point(0.9, 0)))))
