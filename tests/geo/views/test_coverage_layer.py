"""The layer of coverage: every code is in it, nothing is filled, and gaps are counted."""

from __future__ import annotations

import json
import re

from geo.ledger.coverage import coverage
from geo.link.selection import Filters
from geo.model.names import country_codes
from geo.model.vocabulary import COVERAGE
from geo.paths import ASSETS
from geo.views.coverage_layer import HATCHES, legend, missing, with_coverage, without_shape
from geo.views.layer import layer_data
from tests.entities import on
from tests.ledger_files import TODAY

DRAWING = (ASSETS / "atlas-1" / "atlas-map.js").read_text(encoding="utf-8")


def test_the_layer_is_added_to_the_selection_and_changes_nothing_of_it() -> None:
    plain = layer_data(Filters().select(on(TODAY)), on(TODAY))
    covered = json.loads(with_coverage(plain, on(TODAY)))
    assert "coverage" not in json.loads(plain)
    hatches = covered.pop("coverage")
    assert covered == json.loads(plain)
    assert set(hatches) == set(country_codes())
    assert all(hatches[c] == HATCHES[state] for c, state in coverage(on(TODAY)).items())
    assert not re.search("[<>&`$]|{{|}}}}", with_coverage("{}", on(TODAY)))


def test_every_state_has_a_drawing_of_its_own_and_the_answered_have_none() -> None:
    assert list(HATCHES) == list(COVERAGE)
    assert len(set(HATCHES.values())) == len(HATCHES)
    assert HATCHES["listed_answered"] == ""
    drawn = re.findall(r"^    (\w+): \(pen\) =>", DRAWING, re.MULTILINE)
    assert set(drawn) == set(filter(None, HATCHES.values()))


def test_the_legend_counts_every_country_once() -> None:
    assert sum(int(item["count"]) for item in legend(on(TODAY))) == 249


def test_what_has_no_shape_is_counted_from_the_outline() -> None:
    for detail in ("110m", "50m"):
        file = ASSETS / "outline-visionscarto-1.0.0" / f"countries-{detail}.json"
        drawn = set(re.findall(r'"iso": ?"([A-Z]{2})"', file.read_text(encoding="utf-8")))
        assert without_shape(detail) == len(set(country_codes()) - drawn) > 0
        assert f"{without_shape(detail)} " in missing()
