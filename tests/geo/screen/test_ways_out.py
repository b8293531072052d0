"""An empty page says what to do next, and each way that it offers leads to records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from geo.link.selection import Filters
from geo.screen.clicks import changes
from geo.screen.header import opening
from geo.screen.menus import ways_out
from geo.screen.record_list import record_list
from geo.screen.three_sides import three_sides
from tests.entities import on
from tests.geo.link.test_selection import random_filters
from tests.ledger_files import TODAY
from tests.screens import screen_of, screen_on

EARLY = date(2022, 1, 1)


@pytest.mark.parametrize("seed", range(30))
def test_every_way_out_leads_to_as_many_records_as_it_says(seed: int) -> None:
    for day in (TODAY, EARLY):
        screen = screen_on(on(day), filters=random_filters(seed))
        ways = ways_out(screen)
        assert bool(ways) == (not screen.selection.records)
        for change, label in ways:
            fields: dict[str, Any] = changes(change, screen.state, screen.dataset, TODAY)
            there = screen_of(screen.dataset, replace(screen.state, **fields))
            n = len(there.selection.records)
            if label == "as of today":
                assert [step for step, _label in ways_out(there)]
            else:
                assert n > 0
                assert label in (f"{label.partition(' (')[0]} ({n})", "all records")


def test_an_early_day_offers_today() -> None:
    written = str(opening(screen_on(on(EARLY))))
    assert "As of 1 January 2022: no records match." in written
    assert "as of today (84)" in written


def test_nothing_is_counted_where_nothing_is_selected() -> None:
    screen = screen_on(on(TODAY), filters=Filters(country=("NL",), q="xyzzy"))
    written = f"{three_sides(screen)}{record_list(screen)}"
    assert "No claim in this selection." in written
    assert "All 0" not in written
    assert written.count("No records match.") == 0
