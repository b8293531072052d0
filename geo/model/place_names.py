"""
Other names of places: of countries and cities, in many languages, as readers type them.

The table is made by ``make names`` from CLDR, GeoNames and a list kept by hand
(``other_names/by_hand.csv``). A place that is not in it is still found by its name in the ledger.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent / "other_names"
#: made: a row for each place, with keys as `geo.model.searchable.key_of` makes them
TABLE = FOLDER / "table.csv"
#: kept by hand: names that neither CLDR nor GeoNames has
BY_HAND = FOLDER / "by_hand.csv"
COLUMNS = ("country", "region", "city", "names")
SEPARATOR = "; "


class Place(NamedTuple):
    """
    A country, or a region or city of one, as the ledger names it.

    Attributes
    ----------
    country : str
        ISO 3166-1 alpha-2, or ``EU``.
    region, city : str
        Both empty for the country itself.
    """

    country: str
    region: str = ""
    city: str = ""


def read_names(path: Path) -> dict[Place, list[str]]:
    """
    Read a table of names.

    Parameters
    ----------
    path : Path
        `TABLE` or `BY_HAND`.

    Returns
    -------
    dict of Place to list of str
        In the order of the file.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            Place(row["country"], row["region"], row["city"]): row["names"].split(SEPARATOR)
            for row in csv.DictReader(lines)
        }


@cache
def places_by_key() -> Mapping[str, frozenset[Place]]:
    """Return the places that have a name, by its key; read once, at the first search."""
    places: dict[str, set[Place]] = {}
    for place, keys in read_names(TABLE).items():
        for key in keys:
            places.setdefault(key, set()).add(place)
    return {key: frozenset(named) for key, named in places.items()}
