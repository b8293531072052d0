"""The review of places.csv for towns so small that a point might identify an address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from geo.files.reading import read_table
from geo.files.tables import Problem
from geo.places.errors import GazetteerMissing
from geo.places.gazetteer import load_cities
from geo.places.places_csv import PLACES
from geo.wording import _

#: inhabitants; docs/DATA_MODEL.md, rule 1: a smaller town may have to be given as its region
COARSE_ENOUGH = 100_000


@cache
def _populations() -> Mapping[str, int]:
    """Return the number of inhabitants of each place of the gazetteer, by its id there."""
    return {str(city["geonameid"]): int(city["population"]) for city in load_cities()}


def small_towns(folder: Path) -> list[Problem]:
    """
    Warn of every city in places.csv that has fewer than `COARSE_ENOUGH` inhabitants.

    Parameters
    ----------
    folder : Path
        The ledger; a places.csv that cannot be read is for other checks to report.

    Returns
    -------
    list of Problem
        Warnings only. Empty where the gazetteer is not installed: the served atlas does
        not need it.
    """
    try:
        people = _populations()
    except GazetteerMissing:
        return []
    warnings = []
    for row in read_table(folder, "places")[0].rows:
        size = people.get(row["gazetteer_id"])
        if size is not None and size < COARSE_ENOUGH:
            message = _(
                "{city} has {size:,} people in the gazetteer: is this coarse enough, or should "
                "its region be used instead?"
            ).format(city=row["city"], size=size)
            warnings.append(
                Problem(
                    file=PLACES,
                    row=row.number,
                    field="city",
                    code="small-town",
                    message=message,
                    warning=True,
                )
            )
    return warnings
