"""Which outlines a view shows, and that one country's is at hand once it was prepared."""

from __future__ import annotations

import pytest

from geo.link.selection import Filters
from geo.link.state import Viewport
from geo.views import mercator_land
from geo.views.first_view import FirstView, first_view
from geo.views.map_land import lands, prepare_closest
from geo.views.symbols import symbols
from tests.entities import on
from tests.ledger_files import TODAY


def _view(view: Viewport | None = None, **filters: tuple[str, ...]) -> FirstView:
    selection = Filters().replace(**filters).select(on(TODAY))
    return first_view(symbols(selection)[0], view)


def test_the_whole_selection_is_on_the_image_of_the_world() -> None:
    view = _view()
    (world,) = lands(view, None)
    assert (world.level, world.paths) == ("far", None)
    assert world.width == world.height == 256 * 2**view.closest
    assert world.left == pytest.approx(-view.x * 2**view.closest)


def test_groups_of_countries_are_drawn_each_for_itself() -> None:
    for view, level in ((_view(), "far"), (_view(Viewport(52.0, 5.0, 6.0)), "near")):
        (drawn,) = lands(view, {"NL": "dots", "BE": "plain"})
        assert drawn.level == level
        assert drawn.paths is not None
        assert set(drawn.paths) == {"dots", "none", "plain"}


def test_a_box_that_may_show_either_level_gets_both_outlines() -> None:
    found = lands(_view(country=("NL", "CA")), None)
    assert [land.level for land in found] == ["far", "near"]


def test_one_country_waits_for_no_simplifying_once_it_was_prepared() -> None:
    prepare_closest()
    before = mercator_land._line.cache_info().misses
    (drawn,) = lands(_view(country=("NL",)), None)
    assert drawn.paths
    assert mercator_land._line.cache_info().misses == before
