"""The server's own picture of the map: what Leaflet will show first, complete without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from markupsafe import Markup

from geo.ledger.coverage import coverage
from geo.link.addresses import NO_CARD
from geo.link.permalink import rounded
from geo.screen.context import Screen
from geo.views.asset_urls import asset_url
from geo.views.city_names import city_name, city_words
from geo.views.coverage_layer import HATCHES
from geo.views.first_view import CITY_ZOOM, MOST, FirstView, first_view
from geo.views.map_land import lands
from geo.views.mercator import MAX_ZOOM, placed, unproject
from geo.views.outline import Floats
from geo.views.rendering import render
from geo.views.symbols import Symbol, symbols
from geo.views.view_rules import rules

#: group of the countries whose land is drawn plainly while others are hatched
PLAIN = "plain"
#: pixels around the greatest box in which a symbol may still be seen in part
_EDGE = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """
    A symbol of the picture.

    Attributes
    ----------
    symbol : Symbol
        What it shows.
    name : str
        Its sentence.
    href : str
        Address of its card.
    ring : bool
        Whether it is a ring with its count, or a shape alone.
    x, y : float
        From the view's centre, in pixels at its closest zoom.
    """

    symbol: Symbol
    name: str
    href: str
    ring: bool
    x: float
    y: float

    @property
    def drawing(self) -> tuple[bool, str, bool]:
        """What symbols that look alike share: ring, shape, faded."""
        return self.ring, self.symbol.shape, self.symbol.faded


def map_picture(screen: Screen) -> Markup:
    """
    Write the picture of the map, which fills its box and needs no script.

    Parameters
    ----------
    screen : Screen
        The map page at some address.

    Returns
    -------
    Markup
        Land, and a list of links to the cards of all symbols of the first view.
    """
    countries, cities = symbols(screen.selection)
    view = first_view(countries, screen.state.view)
    far, moves = [], []
    if view.shows_countries:
        points = placed((s.lat, s.lon) for s in countries)
        moves = view.moves(points) if countries else []
        far = _placed(screen, view, countries, points)
    near = _near(screen, view, cities) if view.shows_cities else []
    groups = _groups(screen) if screen.state.layer else None
    return render(
        "map.html",
        rules=Markup(rules(view, moves)),  # made of numbers alone
        lands=lands(view, groups),
        outline=asset_url("land.svg"),
        hatches=[kind for kind in HATCHES.values() if kind] if groups else [],
        levels=[("far", far), ("near", near)],
        drawings=sorted({one.drawing for one in (*far, *near)}),
        zooms=_zooms(screen, view),
        whole=screen.href(view=None),
    )


def _near(screen: Screen, view: FirstView, cities: Sequence[Symbol]) -> list[Placed]:
    """Return the cities that a box of any size shows; there can be thousands beyond it."""
    points = placed((s.lat, s.lon) for s in cities)
    least = 2 ** max(CITY_ZOOM, view.levels[0].zoom)
    reach = [length / 2 + _EDGE for length in MOST]
    inside = np.all(np.abs((points - (view.x, view.y)) * least) <= reach, axis=1)
    words = city_words({city.count for city in cities})
    shown = [city for city, seen in zip(cities, inside.tolist(), strict=True) if seen]
    return _placed(screen, view, shown, points[inside], words)


def _placed(
    screen: Screen,
    view: FirstView,
    found: Sequence[Symbol],
    points: Floats,
    words: dict[str, Any] | None = None,
) -> list[Placed]:
    scaled = ((points - (view.x, view.y)) * 2**view.closest).tolist()
    return [
        Placed(
            symbol=symbol,
            name=_name(symbol, words),
            href=_href(screen, symbol.id),
            ring=words is None or symbol.count > 1,
            x=x,
            y=y,
        )
        for symbol, (x, y) in zip(found, scaled, strict=True)
    ]


def _name(symbol: Symbol, words: dict[str, Any] | None) -> str:
    return city_name(symbol.label, symbol.count, symbol.shape, words) if words else symbol.label


def _href(screen: Screen, code: str) -> str:
    """Write the address that opens a symbol's card."""
    kind = "record" if code in screen.dataset.records_by_id else "place"
    return screen.href(**{**NO_CARD, kind: code})


def _groups(screen: Screen) -> dict[str, str]:
    """Return how each country's land is drawn under the layer of coverage."""
    return {code: HATCHES[state] or PLAIN for code, state in coverage(screen.snapshot).items()}


def _zooms(screen: Screen, view: FirstView) -> list[dict[str, str]]:
    """
    Return the addresses one zoom nearer and farther, without a script the only way to zoom.

    Two rows where wide and narrow boxes differ: each leads from what its reader sees.
    """
    lat, lon = unproject(view.x, view.y)

    def at(zoom: float) -> str:
        return screen.href(view=rounded(lat, lon, min(MAX_ZOOM, max(0.0, zoom))))

    usual = [("wide", view.desk), ("narrow", view.phone)]
    if view.desk == view.phone:
        usual = [("", view.desk)]
    return [{"box": box, "nearer": at(zoom + 1), "farther": at(zoom - 1)} for box, zoom in usual]
