"""Figures as text: medians, percentiles, ratios, tables."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence

MISSING = "–"


def median(values: Iterable[float | None]) -> float | None:
    """Return the median of the values that are there; None without any."""
    present = [value for value in values if value is not None and not math.isnan(value)]
    return statistics.median(present) if present else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """
    Return the smallest value that at least a share of all does not exceed.

    Parameters
    ----------
    values : sequence of float
        In any order.
    share : float
        From 0 to 1.

    Returns
    -------
    float or None
        None without values.
    """
    if not values:
        return None
    rank = max(1, math.ceil(share * len(values)))
    return sorted(values)[rank - 1]


def number(value: float | None, digits: int = 0) -> str:
    """
    Write a figure, thousands apart.

    Parameters
    ----------
    value : float or None
        None is written as a dash.
    digits : int
        Behind the point.

    Returns
    -------
    str
        Such as ``1,234``.
    """
    return MISSING if value is None or math.isnan(value) else f"{value:,.{digits}f}"


def ratio(value: float | None, base: float | None) -> str:
    """
    Write how many times the base a value is.

    Parameters
    ----------
    value, base : float or None
        Of the same unit.

    Returns
    -------
    str
        Such as ``0.45 ×``; a dash where one of them is missing.
    """
    if value is None or not base:
        return MISSING
    return f"{value / base:.2f} ×"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """
    Set a table in Markdown, with its columns in line.

    Parameters
    ----------
    headings : sequence of str
        One a column.
    rows : iterable of sequence of str
        Cells; the first column is text, the others are figures.

    Returns
    -------
    str
        Lines without a line break at the end.

    Raises
    ------
    ValueError
        When a row has more or fewer cells than there are headings.
    """
    cells = [list(headings), *(list(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]

    def line(row: Sequence[str]) -> str:
        first, *rest = row
        figures = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))
        return "| " + " | ".join([first.ljust(widths[0]), *figures]) + " |"

    rule = [("-" * widths[0]), *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join([line(cells[0]), line(rule), *map(line, cells[1:])])
