"""One number: sentence, selection, CSV, GeoJSON and the map's countries say the same."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from datetime import timedelta

import pytest

from geo.exports.rows import NOWHERE
from geo.exports.selection_files import events_csv, records_csv, records_geojson
from geo.views.units import city_units, country_units
from geo.words.summary import sentence
from tests.entities import on, real
from tests.geo.link.test_selection import random_filters
from tests.ledger_files import TODAY


@pytest.mark.parametrize("seed", range(50))
def test_every_view_of_a_selection_has_the_same_number(seed: int) -> None:
    chance = random.Random(seed)
    width = (TODAY - real().first_day).days
    # half of the days from the first report on, where there is something to select
    day = TODAY - timedelta(days=chance.randrange(width if seed % 2 else 1500))
    selection = random_filters(5000 + seed).select(on(day))
    number = len(selection.records)

    said = sentence(selection)
    found = re.match(r"([\d,]+) record", said)
    assert (int(found[1].replace(",", "")) if found else 0) == number
    assert found or said == "No records match."

    ids = [r.id for r in selection.records]
    rows = list(csv.DictReader(io.StringIO(records_csv(selection, NOWHERE), newline="")))
    assert [row["record"] for row in rows] == ids

    features = json.loads(records_geojson(selection, NOWHERE))["features"]
    assert [feature["id"] for feature in features] == ids
    without_point = [f["id"] for f in features if f["geometry"] is None]
    assert without_point == [r.id for r in selection.records if not r.host_city]

    for units in (country_units, city_units):
        drawn = [r for unit in units(selection.records, selection.snapshot) for r in unit.records]
        assert sorted(drawn) == sorted(ids)
    assert sum(selection.counts("status").values()) >= number

    lines = list(csv.DictReader(io.StringIO(events_csv(selection, NOWHERE), newline="")))
    assert [line["event"] for line in lines] == [e.id for e in selection.events]


def test_the_fifty_selections_are_worth_counting() -> None:
    sizes = [len(random_filters(5000 + seed).select(on(TODAY)).records) for seed in range(50)]
    assert sum(size > 0 for size in sizes) >= 20
    assert len(set(sizes)) >= 10
    assert 0 in sizes
