"""The view that the atlas chooses shows all marks of a selection, from as near as it can."""

from __future__ import annotations

import numpy as np
import pytest

from geo.link.selection import Filters
from geo.link.state import Viewport
from geo.model.entities import Record
from geo.views.fitted_view import CLOSEST, USUAL, fitted_view, shows_all
from geo.views.map_places import level_units
from geo.views.map_view import map_view
from geo.views.mercator import placed
from tests.entities import on, real
from tests.geo.link.test_selection import random_filters
from tests.ledger_files import TODAY


def _seen(view: Viewport, records: list[Record]) -> tuple[int, int]:
    """Marks that a usual box shows, and all."""
    units = level_units(records, on(TODAY), view.zoom)
    drawn = map_view(view)
    centre = drawn.centre(*USUAL)
    points = placed((unit.lat, unit.lon) for unit in units)
    inside = (np.abs(points - centre) * drawn.scale <= np.array(USUAL) / 2).all(axis=1)
    marks = np.array([len(unit.records) for unit in units])
    return int(marks[inside].sum()), int(marks.sum())


@pytest.mark.parametrize("seed", range(60))
def test_all_marks_of_a_selection_are_seen_or_it_says_that_they_are_not(seed: int) -> None:
    records = list(random_filters(seed).select(on(TODAY)).records)
    view = fitted_view(records, on(TODAY))
    seen, total = _seen(view, records) if records else (0, 0)
    assert (seen == total) or not shows_all(view, records, on(TODAY))
    assert seen > 0 or not records


def test_every_country_and_every_record_is_in_its_view() -> None:
    records = list(on(TODAY).records)
    for code in on(TODAY).countries:
        own = [record for record in records if record.host_country == code]
        seen, total = _seen(fitted_view(own, on(TODAY)), own)
        assert seen > 0
        assert seen == total or code in {"CA", "US", "RU"}, code
    for record in records:
        view = fitted_view([record], on(TODAY))
        assert view.zoom == CLOSEST
        assert _seen(view, [record]) == (1, 1)


def test_the_whole_ledger_is_opened_where_most_of_it_is() -> None:
    records = Filters().select(on(TODAY)).records
    view = fitted_view(records, on(TODAY))
    assert view.zoom == 3
    assert not shows_all(view, records, on(TODAY))
    assert _seen(view, list(records))[0] > len(real().records) / 3
    assert fitted_view([], on(TODAY)).zoom == 3
