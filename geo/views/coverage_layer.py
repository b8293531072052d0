"""
The optional map layer of coverage: hatching in one hue over the land without a record.

It is a map of absence. A country that a claim names and whose authority has spoken stays
plain, and no country is filled, because a filled area looks important by its size.
"""

from __future__ import annotations

import json
from functools import cache

from geo.ledger.coverage import coverage, coverage_counts
from geo.ledger.snapshot import Snapshot
from geo.model.names import country_codes
from geo.model.vocabulary import COVERAGE
from geo.views.outline import outline
from geo.wording import _

#: coverage state -> how its land is drawn; atlas-map.js knows the same names
HATCHES: dict[str, str] = {
    "listed_answered": "",
    "listed_no_answer": "dots",
    "not_listed_spoken": "falling",
    "not_listed": "rising",
    "named_state": "level",
}


@cache
def _shapes(detail: str) -> frozenset[str]:
    return frozenset(outline(f"countries-{detail}.json").codes)


def without_shape(detail: str) -> int:
    """Count the codes of ISO 3166-1 that the outline of a scale (``110m``, ``50m``) lacks."""
    return len(country_codes() - _shapes(detail))


def with_coverage(layer: str, snapshot: Snapshot) -> str:
    """
    Add the hatching of a day to the layer of a selection.

    Parameters
    ----------
    layer : str
        JSON as `geo.views.layer.layer_text` writes it.
    snapshot : Snapshot
        The day shown. Only codes are added: nothing in them needs escaping.

    Returns
    -------
    str
        The same JSON object with ``coverage``.
    """
    hatches = {code: HATCHES[state] for code, state in coverage(snapshot).items()}
    return f'{layer[:-1]},"coverage":{json.dumps(hatches, separators=(",", ":"))}}}'


def legend(snapshot: Snapshot) -> list[dict[str, str | int]]:
    """List the coverage states with their hatching and their number of countries."""
    return [
        {"hatch": HATCHES[state], "label": _(COVERAGE[state]), "count": number}
        for state, number in coverage_counts(snapshot).items()
    ]


def missing() -> str:
    """Say how many codes have no shape, and what land without a code is."""
    return _(
        "{coarse} codes have no shape in the coarse outline, and {fine} none in the "
        "finer one used when zoomed in: they appear only in the table. Land drawn paler "
        "has no separate code and is not counted."
    ).format(coarse=without_shape("110m"), fine=without_shape("50m"))
