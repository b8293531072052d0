"""Every country has its tile, in one place that no selection changes."""

from __future__ import annotations

from collections import Counter

from geo.model.names import country_codes
from geo.model.regions import ELSEWHERE, REGIONS, SHORT_NAMES, region_of, tile_order


def test_each_country_is_in_one_region() -> None:
    listed = Counter(code for region in REGIONS for code in region.countries)
    assert set(listed.values()) == {1}
    # Antarctica is in none of them
    assert country_codes() - set(listed) == {"AQ"}
    assert set(listed) <= country_codes()
    assert set(SHORT_NAMES) <= set(listed)


def test_what_is_in_no_region_comes_last() -> None:
    assert region_of("ZZ") is ELSEWHERE
    assert sorted(["ZZ", "NZ", "CA", "AQ"], key=tile_order) == ["CA", "NZ", "AQ", "ZZ"]
