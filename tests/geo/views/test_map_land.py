"""Which outline a view shows, and that one country's is at hand once it was prepared."""

from __future__ import annotations

import pytest

from geo.link.state import Viewport
from geo.views import mercator_land
from geo.views.map_land import land_of, prepare_closest
from geo.views.map_view import MOST, map_view


def test_the_far_level_is_on_the_image_of_the_world() -> None:
    view = map_view(Viewport(25.0, 15.0, 3))
    world = land_of(view, None)
    assert world.paths is None
    assert world.width == world.height == 256 * 8
    assert world.left == pytest.approx(-view.x * 8)


def test_groups_of_countries_are_drawn_each_for_itself() -> None:
    for zoom in (3, 6):
        drawn = land_of(map_view(Viewport(52.0, 5.0, zoom)), {"NL": "dots", "BE": "plain"})
        assert drawn.paths is not None
        assert set(drawn.paths) == {"dots", "none", "plain"}


def test_a_near_view_is_cut_to_what_any_box_shows() -> None:
    land = land_of(map_view(Viewport(52.0, 5.0, 6)), None)
    assert (land.width, land.height) == pytest.approx(MOST)
    # a record that is kept in view moves what boxes show
    kept = land_of(map_view(Viewport(52.0, 5.0, 6), (52.0, 25.0)), None)
    assert kept.left > land.left


def test_one_country_waits_for_no_simplifying_once_it_was_prepared() -> None:
    prepare_closest()
    before = mercator_land._line.cache_info().misses
    assert land_of(map_view(Viewport(52.0, 5.0, 6)), None).paths
    assert mercator_land._line.cache_info().misses == before
