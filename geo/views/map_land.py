"""The land under the marks of the detail map's picture, as the template draws it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.views.fitted_view import CLOSEST
from geo.views.map_view import CITY_ZOOM, MapView
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
    left, top, width, height : float
        In pixels at the view's zoom, from the centre that its address asks for.
    unit : float
        Pixels at that zoom for each unit of the paths.
    paths : dict of str to str or None
        Group of countries -> data of an SVG path; None where the outline is an image.
    """

    left: float
    top: float
    width: float
    height: float
    unit: float
    paths: dict[str, str] | None


def land_of(view: MapView, groups: Mapping[str, str] | None) -> Land:
    """
    Return the outline that a view shows: the coarse one of countries, the fine one of cities.

    Parameters
    ----------
    view : MapView
        The view.
    groups : mapping of str to str or None
        Code of ISO 3166-1 -> name of a group that is drawn alike; None to draw all alike.

    Returns
    -------
    Land
        Of all that a box of any size shows.
    """
    if view.zoom < CITY_ZOOM:
        part = whole(_GRID / 2**_COARSE_ZOOM, _GRID / 2**_COARSE_ZOOM)
        # the coarse outline is a file that readers keep, unless countries differ
        return _land(view, part, None if groups is None else land_by_group(COARSE, part, groups))
    left, top, right, bottom = view.extent()
    part = Part(
        left=left,
        top=top,
        width=right - left,
        height=bottom - top,
        grid=_GRID / view.scale,
        tolerance=_tolerance(view.zoom),
    )
    return _land(view, part, land_by_group(FINE, part, groups or {}))


def prepare_closest() -> None:
    """Simplify the fine outline for maps of one country: half a second that no reader waits."""
    prepare(FINE, _tolerance(CLOSEST))


def _tolerance(zoom: int) -> float:
    # a pixel, as Leaflet does; all views of a zoom share what is simplified
    return float(2.0**-zoom)


def _land(view: MapView, part: Part, paths: dict[str, str] | None) -> Land:
    return Land(
        left=(part.left - view.x) * view.scale,
        top=(part.top - view.y) * view.scale,
        width=part.width * view.scale,
        height=part.height * view.scale,
        unit=part.grid * view.scale,
        paths=paths,
    )
