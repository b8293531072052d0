"""The first view is the one that Leaflet chooses, in boxes of every size."""

from __future__ import annotations

import math
import random
import re

import numpy as np
import pytest

from geo.link.selection import Filters
from geo.link.state import Viewport
from geo.views.first_view import CITY_ZOOM, DESK, MOST, PHONE, RADIUS, SMALL_RADIUS, first_view
from geo.views.mercator import CLOSEST, Fit, fit, placed, snapped, unproject
from geo.views.symbols import Symbol, symbols
from geo.views.view_rules import rules
from tests.entities import on
from tests.ledger_files import TODAY


def _symbol(code: str, lat: float, lon: float) -> Symbol:
    return Symbol(id=code, lat=lat, lon=lon, count=1, shape="claim_only", faded=False, label=code)


def _countries(**filters: tuple[str, ...]) -> list[Symbol]:
    return symbols(Filters().replace(**filters).select(on(TODAY)))[0]


def _bounds_zoom(width: float, height: float, size: tuple[float, float]) -> float:
    """What Leaflet's documentation and settings ask for, from an earlier zoom of 2."""
    scale = min((size[0] - 36) / (width * 4), (size[1] - 36) / (height * 4))
    zoom = 2 + math.log2(scale)
    zoom = math.floor(zoom / 0.0025 + 0.5) * 0.0025
    zoom = math.floor(round(zoom / 0.25, 6)) * 0.25
    return max(0.0, min(5.0, zoom))


def test_the_zoom_is_the_one_that_leaflet_takes() -> None:
    chance = random.Random(8)
    zooms = set()
    for _number in range(2000):
        width, height = chance.uniform(0.5, 250), chance.uniform(0.5, 180)
        size = chance.uniform(250, 1500), chance.uniform(250, 1100)
        zoom = Fit(0, 0, width, height).zoom(*size)
        assert zoom == pytest.approx(_bounds_zoom(width, height, size))
        zooms.add(zoom)
    assert {0.0, 5.0} < zooms


def test_a_step_that_is_missed_by_less_than_a_hundredth_is_taken() -> None:
    # at zoom 3 a point less than 100 × 8 pixels between the outermost
    assert Fit(0, 0, 100, 1).zoom(36 + 800 * 2 ** (-0.001), 2000) == 3
    assert Fit(0, 0, 100, 1).zoom(36 + 800 * 2 ** (-0.002), 2000) == 2.75


def test_a_single_place_is_shown_closely() -> None:
    view = first_view([_symbol("NL", 52.1, 5.3)], None)
    assert [level.zoom for level in view.levels] == [CLOSEST]
    assert unproject(view.x, view.y) == pytest.approx((52.1, 5.3))


def test_a_view_of_the_address_is_snapped_as_leaflet_snaps_it() -> None:
    for zoom, shown in ((4.5, 4.5), (4.6, 4.5), (4.63, 4.75), (0.1, 0), (9, 9), (4.125, 4.25)):
        view = first_view(_countries(), Viewport(50.0, 10.0, zoom))
        assert [level.zoom for level in view.levels] == [shown] == [snapped(zoom)]
        assert unproject(view.x, view.y) == pytest.approx((50, 10))


def test_without_a_symbol_the_map_opens_where_leaflet_does() -> None:
    view = first_view([], None)
    assert unproject(view.x, view.y) == pytest.approx((25, 15))
    assert view.closest == view.desk == 2
    assert not any(some.by_index for some in view.moves(np.empty((0, 2))))


def _scale(css: str, width: float, height: float) -> float:
    """The value of --k in a box, as a browser's container queries find it."""
    found = math.nan
    pattern = r"@container map \(min-width:([\d.]+)(?:px)?\)(?: and \(min-height:([\d.]+)px\))?"
    for least_width, least_height, scale in re.findall(pattern + r"{\.map-view{--k:([\d.]+)", css):
        if width >= float(least_width) and height >= float(least_height or 0):
            found = float(scale)
    return found


def test_the_rules_give_every_box_its_zoom() -> None:
    countries = _countries()
    view, chance = first_view(countries, None), random.Random(9)
    around = fit(placed((s.lat, s.lon) for s in countries))
    css = rules(view, [])
    assert len(view.levels) > 8
    for _number in range(500):
        size = chance.randint(260, int(MOST[0])), chance.randint(240, int(MOST[1]))
        zoom = view.closest + math.log2(_scale(css, *size))
        assert zoom == pytest.approx(around.zoom(*size), abs=0.001), size


def test_the_rules_switch_from_countries_to_cities() -> None:
    view = first_view([_symbol("DE", 50, 3), _symbol("FR", 47, 24)], None)
    assert view.shows_countries
    assert view.shows_cities
    levels = re.findall(r"--k:([\d.]+);--far:(\w+);--near:(\w+)", rules(view, []))
    assert len(levels) >= len(view.levels)
    for scale, far, near in levels:
        cities = view.closest + math.log2(float(scale)) >= CITY_ZOOM - 0.001
        assert (far, near) == (("none", "block") if cities else ("block", "none"))


def test_moves_are_those_of_the_zooms_around_the_usual_boxes() -> None:
    countries = _countries()
    view = first_view(countries, None)
    points = placed((s.lat, s.lon) for s in countries)
    moves = view.moves(points)
    assert {some.level.zoom for some in moves if not some.narrow} >= {view.desk}
    assert {some.level.zoom for some in moves if some.narrow} >= {view.phone}
    assert all(
        abs(some.level.zoom - (view.phone if some.narrow else view.desk)) <= 0.25 for some in moves
    )
    for some in moves:
        drawn = points * 2**some.level.zoom
        for index, move in some.by_index.items():
            drawn[index] += move
        away = np.hypot(*(drawn[:, None] - drawn[None, :]).transpose(2, 0, 1))
        gap = 2 * (SMALL_RADIUS if some.narrow else RADIUS) + 1
        assert away[np.triu_indices(len(drawn), 1)].min() > 0.8 * gap


def test_usual_boxes_are_those_of_the_levels() -> None:
    view = first_view(_countries(), None)
    around = fit(placed((s.lat, s.lon) for s in _countries()))
    assert (view.desk, view.phone) == (around.zoom(*DESK), around.zoom(*PHONE))
    assert view.phone < view.desk
