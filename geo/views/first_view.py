"""
The first view of the map in a box whose size the server does not know.

The browser picks zoom and symbols' places from what is written here: style rules for the
sizes of the box at which Leaflet's first view would change.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geo.link.state import Viewport
from geo.views.mercator import START, START_ZOOM, Fit, fit, placed, snapped
from geo.views.outline import Floats
from geo.views.spreading import Points, spread
from geo.views.symbols import Symbol

#: from this zoom on a symbol is a city; below it, a country
CITY_ZOOM = 4.0
#: pixels: a narrower box has smaller symbols
NARROW, RADIUS, SMALL_RADIUS = 520, 13, 11
#: width and height of a box in pixels, in windows of 1400 × 900 and 390 × 844
DESK, PHONE = (850.0, 565.0), (366.0, 514.0)
#: the least and the greatest box for which there are rules
LEAST, MOST = (260.0, 240.0), (1400.0, 1000.0)
_STEP = 0.25
_SEEN = 0.5  # pixels: a shorter move is none


@dataclass(frozen=True, slots=True)
class Level:
    """A zoom, and the width and height in pixels from which a box has it."""

    zoom: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Moves:
    """
    How far countries' symbols are moved so that none covers another.

    Attributes
    ----------
    level : Level
        Where the moves hold, and at greater zooms until others do.
    narrow : bool
        Whether they are those of boxes narrower than `NARROW`.
    by_index : dict of int to tuple of float
        Position of the symbol in its list -> (x, y) in pixels.
    """

    level: Level
    narrow: bool
    by_index: dict[int, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class FirstView:
    """
    What the map shows before a reader has moved it.

    Attributes
    ----------
    x, y : float
        Its centre, in pixels at zoom 0.
    levels : tuple of Level
        From the smallest zoom; more than one if the zoom depends on the box.
    desk, phone : float
        The zoom in the boxes `DESK` and `PHONE`.
    """

    x: float
    y: float
    levels: tuple[Level, ...]
    desk: float
    phone: float

    @property
    def closest(self) -> float:
        """The greatest zoom of any box."""
        return self.levels[-1].zoom

    @property
    def shows_countries(self) -> bool:
        """Whether there are boxes whose symbols are those of countries."""
        return self.levels[0].zoom < CITY_ZOOM

    @property
    def shows_cities(self) -> bool:
        """Whether there are boxes whose symbols are those of cities."""
        return self.closest >= CITY_ZOOM

    def moves(self, points: Floats) -> list[Moves]:
        """
        Return the moves of symbols at the zooms that most readers see.

        Parameters
        ----------
        points : array
            Rows of (x, y) in pixels at zoom 0.

        Returns
        -------
        list of Moves
            Of wide boxes from the smallest zoom, then of narrow ones.
        """
        return [
            Moves(level, narrow, _moved(points, level.zoom, radius))
            for narrow, usual, radius in (
                (False, self.desk, RADIUS),
                (True, self.phone, SMALL_RADIUS),
            )
            for level in self.levels
            # each takes milliseconds; at other sizes, the moves of the next smaller zoom do
            if level.zoom < CITY_ZOOM and abs(level.zoom - usual) <= _STEP
        ]


def _moved(points: Floats, zoom: float, radius: int) -> dict[int, tuple[float, float]]:
    scaled: Points = tuple((x, y) for x, y in (points * 2**zoom).tolist())
    places = spread(scaled, 2.0 * radius + 1)
    moves = ((x - a, y - b) for (a, b), (x, y) in zip(scaled, places, strict=True))
    return {i: move for i, move in enumerate(moves) if math.hypot(*move) >= _SEEN}


def _levels(around: Fit) -> tuple[Level, ...]:
    least, most = around.zoom(*LEAST), around.zoom(*MOST)
    zooms = [least + step * _STEP for step in range(round((most - least) / _STEP) + 1)]
    return tuple(Level(zoom, *around.least_box(zoom)) for zoom in zooms)


def first_view(countries: Sequence[Symbol], view: Viewport | None) -> FirstView:
    """
    Return the first view of a selection.

    Parameters
    ----------
    countries : sequence of Symbol
        The symbols of its countries.
    view : Viewport or None
        What the address asks for; None to show all symbols.

    Returns
    -------
    FirstView
        The whole world if there is neither view nor symbol.
    """
    if view is None and countries:
        around = fit(placed((symbol.lat, symbol.lon) for symbol in countries))
        desk, phone = around.zoom(*DESK), around.zoom(*PHONE)
        return FirstView(around.x, around.y, _levels(around), desk, phone)
    center = (view.lat, view.lon) if view else START
    zoom = snapped(view.zoom if view else START_ZOOM)
    ((x, y),) = placed([center]).tolist()
    return FirstView(x, y, (Level(zoom, 0.0, 0.0),), zoom, zoom)
