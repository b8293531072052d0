"""The land under the symbols of the map's picture, as the template draws it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from geo.views.first_view import CITY_ZOOM, MOST, FirstView
from geo.views.mercator import CLOSEST
from geo.views.mercator_land import Part, land_by_group, prepare, whole
from geo.views.outline import COARSE, FINE

#: pixels to which a drawn outline is rounded
_GRID = 0.5
#: at this zoom the coarse one is rounded, of which all zooms below `CITY_ZOOM` show the same
_COARSE_ZOOM = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """
    An outline and its place.

    Attributes
    ----------
    level : str
        ``far`` where the symbols are those of countries, ``near`` where they are of cities.
    left, top, width, height : float
        In pixels at the view's closest zoom, from its centre.
    unit : float
        Pixels at that zoom for each unit of the paths.
    paths : dict of str to str or None
        Group of countries -> data of an SVG path; None where the outline is an image.
    """

    level: str
    left: float
    top: float
    width: float
    height: float
    unit: float
    paths: dict[str, str] | None


def lands(view: FirstView, groups: Mapping[str, str] | None) -> list[Land]:
    """
    Return the outlines that a view shows: the coarse one, the fine one, or one at each level.

    Parameters
    ----------
    view : FirstView
        The view.
    groups : mapping of str to str or None
        Code of ISO 3166-1 -> name of a group that is drawn alike; None to draw all alike.

    Returns
    -------
    list of Land
        One or two.
    """
    found = []
    if view.shows_countries:
        part = whole(_GRID / 2**_COARSE_ZOOM, _GRID / 2**_COARSE_ZOOM)
        # the coarse outline is a file that readers keep, unless countries differ
        paths = None if groups is None else land_by_group(COARSE, part, groups)
        found.append(_land("far", view, part, paths))
    if view.shows_cities:
        least = max(CITY_ZOOM, view.levels[0].zoom)
        width, height = (length / 2**least for length in MOST)
        part = Part(
            left=view.x - width / 2,
            top=view.y - height / 2,
            width=width,
            height=height,
            grid=_GRID / 2**least,
            tolerance=_tolerance(least),
        )
        found.append(_land("near", view, part, land_by_group(FINE, part, groups or {})))
    return found


def prepare_closest() -> None:
    """Simplify the fine outline for maps of one country: half a second that no reader waits."""
    prepare(FINE, _tolerance(CLOSEST))


def _tolerance(zoom: float) -> float:
    # a pixel, as Leaflet does; whole zooms share what is simplified
    return math.ldexp(1.0, -math.ceil(zoom))


def _land(level: str, view: FirstView, part: Part, paths: dict[str, str] | None) -> Land:
    scale = 2**view.closest
    return Land(
        level=level,
        left=(part.left - view.x) * scale,
        top=(part.top - view.y) * scale,
        width=part.width * scale,
        height=part.height * scale,
        unit=part.grid * scale,
        paths=paths,
    )
