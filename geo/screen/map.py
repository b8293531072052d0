"""The server's own picture of the detail map: what Leaflet will draw, complete without it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from geo.ledger.coverage import coverage
from geo.link.addresses import NO_CARD
from geo.link.state import Viewport, rounded
from geo.screen.context import Screen
from geo.screen.open_records import open_records
from geo.views.asset_urls import asset_url
from geo.views.coverage_layer import HATCHES
from geo.views.fitted_view import fitted_view, shows_all
from geo.views.map_land import land_of
from geo.views.map_places import DrawnUnit, level
from geo.views.map_view import BOUNDS, KEPT, MapView, map_view
from geo.views.mercator import placed
from geo.views.placement import Placed
from geo.views.rendering import render
from geo.views.unit_drawing import Bar, DrawnName, bars, drawn_line, drawn_name
from geo.views.unit_words import unit_sentence

#: group of the countries whose land is drawn plainly while others are hatched
PLAIN = "plain"
#: pixels around the greatest box in which a unit may still be seen in part
_EDGE = 160.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureUnit:
    """
    A unit of the picture.

    Attributes
    ----------
    drawn : DrawnUnit
        What is drawn, and where.
    name : DrawnName or None
        None where there is no room for it.
    bars : tuple of Bar
        What is drawn for more than nine records.
    line : str
        Data of the path of its hairline; empty without one.
    sentence : str
        What it says to those who cannot see it.
    href : str
        Address of its card.
    x, y : float
        Its anchor, in pixels from the centre that the address asks for.
    open : tuple of str
        Which of its records are those of the open card.
    """

    drawn: DrawnUnit
    name: DrawnName | None
    bars: tuple[Bar, ...]
    line: str
    sentence: str
    href: str
    x: float
    y: float
    open: tuple[str, ...]


def map_picture(screen: Screen) -> Markup:
    """
    Write the picture of the detail map, which fills its box and needs no script.

    Parameters
    ----------
    screen : Screen
        The map page at an address with a view.

    Returns
    -------
    Markup
        Land, and a list of links to the cards of all units that the view may show.
    """
    asked = screen.state.view or fitted_view(screen.selection.records, screen.snapshot)
    drawn = level(screen.selection.records, screen.snapshot, screen.newest, asked.zoom)
    opened = open_records(screen)
    view = map_view(asked, _kept(asked, drawn.units, opened))
    groups = _groups(screen) if screen.state.layer else None
    return render(
        "map.html",
        view=view,
        bounds=[
            (edge - at) * view.scale for edge, at in zip(BOUNDS, (view.x, view.y) * 2, strict=True)
        ],
        kept=_from_centre(view, view.kept) if view.kept else None,
        edges=KEPT,
        land=land_of(view, groups),
        outline=asset_url("land.svg"),
        hatches=[kind for kind in HATCHES.values() if kind] if groups else [],
        units=_units(screen, view, drawn.units, opened),
        names=[(x, y, drawn_name(one)) for x, y, one in _seen(view, drawn.names)],
        **_links(screen, asked),
    )


def _from_centre(view: MapView, point: tuple[float, float]) -> tuple[float, float]:
    return (point[0] - view.x) * view.scale, (point[1] - view.y) * view.scale


def _kept(
    asked: Viewport, drawn: tuple[DrawnUnit, ...], opened: frozenset[str]
) -> tuple[float, float] | None:
    """Return the place of the open record; of several, the one nearest to the centre."""
    units = [one.placed.unit for one in drawn if not opened.isdisjoint(one.placed.unit.records)]
    if not units:
        return None
    points = placed([(asked.lat, asked.lon), *((unit.lat, unit.lon) for unit in units)])
    away = ((points[1:] - points[0]) ** 2).sum(axis=1)
    nearest = units[int(away.argmin())]
    return nearest.lat, nearest.lon


def _seen(view: MapView, found: tuple[Placed, ...]) -> list[tuple[float, float, Placed]]:
    """Return what a box of any size shows, each with its place from the centre."""
    if not found:
        return []
    left, top, right, bottom = view.extent()
    edge = _EDGE / view.scale
    points = placed((one.unit.lat, one.unit.lon) for one in found).tolist()
    return [
        (*_from_centre(view, (x, y)), one)
        for one, (x, y) in zip(found, points, strict=True)
        if left - edge < x < right + edge and top - edge < y < bottom + edge
    ]


def _units(
    screen: Screen, view: MapView, drawn: tuple[DrawnUnit, ...], opened: frozenset[str]
) -> list[PictureUnit]:
    by_slot = {one.placed.unit.slot: one for one in drawn}
    return [
        PictureUnit(
            drawn=by_slot[one.unit.slot],
            name=drawn_name(one),
            bars=bars(one.block),
            line=drawn_line(one),
            sentence=unit_sentence(one.unit),
            href=screen.href(**{**NO_CARD, one.unit.card: one.unit.code}),
            x=x,
            y=y,
            open=tuple(code for code in one.unit.records if code in opened),
        )
        for x, y, one in _seen(view, tuple(one.placed for one in drawn))
    ]


def _groups(screen: Screen) -> dict[str, str]:
    """Return how each country's land is drawn under the layer of coverage."""
    return {code: HATCHES[state] or PLAIN for code, state in coverage(screen.snapshot).items()}


def _links(screen: Screen, asked: Viewport) -> dict[str, str]:
    """Return the addresses of the picture's buttons, without a script the only way to move."""
    records, snapshot = screen.selection.records, screen.snapshot

    def at(zoom: int) -> str:
        return screen.href(view=rounded(asked.lat, asked.lon, zoom))

    fitted = fitted_view(records, snapshot)
    return {
        "nearer": at(asked.zoom + 1),
        "farther": at(asked.zoom - 1),
        "overview": screen.href(view=None),
        "all": screen.href(view=fitted if shows_all(fitted, records, snapshot) else None),
    }
