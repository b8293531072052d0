"""The table of other names is the one that its tool writes, and has the ledger's cities."""

from __future__ import annotations

import pytest

from geo.model.place_names import BY_HAND, TABLE, Place, places_by_key, read_names
from geo.model.searchable import key_of
from tests.ledger_files import DATA
from tools import build_names


@pytest.fixture(scope="module")
def made() -> dict[Place, list[str]]:
    return build_names.table([DATA])


def test_the_table_is_written_by_its_tool(made: dict[Place, list[str]]) -> None:
    # the ledger may have gained words since, and CLDR and GeoNames names
    kept = read_names(TABLE)
    assert list(kept) == sorted(kept)
    assert build_names.written(kept) == TABLE.read_text(encoding="utf-8")
    hand = {(place, key_of(n)) for place, names in read_names(BY_HAND).items() for n in names}
    assert hand <= {(place, key) for place, keys in kept.items() for key in keys}
    assert {(p, key) for p, keys in made.items() for key in keys} & hand == hand


def test_names_are_kept_as_a_search_compares_them() -> None:
    for keys in read_names(TABLE).values():
        assert [key_of(key) for key in keys] == keys


def test_a_countrys_name_is_no_city_and_an_ordinary_word_no_place(
    made: dict[Place, list[str]],
) -> None:
    named = {key: [p for p, keys in made.items() if key in keys] for key in ("italia", "port")}
    assert named == {"italia": [Place("IT")], "port": []}


def test_a_name_is_read_with_all_places_that_have_it() -> None:
    assert places_by_key()["barcelona"] == {
        Place("ES", "", "Barcelona"),
        Place("ES", "Barcelona province"),
    }
