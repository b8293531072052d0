"""The map's legend, each row of which is a filter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from geo.model.latest_word import LatestWord
from geo.model.vocabulary import LATEST_WORDS
from geo.screen.context import Screen
from geo.views import coverage_layer
from geo.views.rendering import render
from geo.views.shapes import by_shape, shared_label

#: hatches countries without a record, on the map of a view
LAYER = "coverage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    A row: one shape.

    Attributes
    ----------
    code, codes : str
        A latest word that has the shape; all that have it, with blanks between them.
    label : str
        What it means.
    count : int
        Of the records of the selection that have it.
    href : str
        The address that selects its records too, or no longer where they are.
    picked : bool
        Whether the filter names all of its latest words.
    """

    code: str
    codes: str
    label: str
    count: int
    href: str
    picked: bool


def legend(screen: Screen) -> Markup:
    """Write the legend, with the records of the selection counted by shape."""
    words = Counter(screen.snapshot.statuses[r.id] for r in screen.selection.records)
    rows = [_row(screen, group, words) for group in by_shape(LATEST_WORDS)]
    on = bool(screen.state.layer)
    return render(
        "legend.html",
        rows=rows,
        layer=screen.href(layer="" if on else LAYER) if screen.state.view else "",
        coverage=coverage_layer.legend(screen.snapshot) if on and screen.state.view else [],
        missing=coverage_layer.missing(),
    )


def _row(screen: Screen, group: tuple[LatestWord, ...], words: Counter[str]) -> Row:
    codes = tuple(word.code for word in group)
    filters = screen.state.filters
    picked = set(codes) <= set(filters.status)
    wanted = set(filters.status) - set(codes) if picked else {*filters.status, *codes}
    status = tuple(code for code in LATEST_WORDS if code in wanted)
    count = sum(words[code] for code in codes)
    return Row(
        code=codes[0],
        codes=" ".join(codes),
        label=shared_label(group, short=True),
        count=count,
        href=screen.href(filters=filters.replace(status=status)),
        picked=picked,
    )
