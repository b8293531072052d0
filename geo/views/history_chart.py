"""Latest words over time as a stepped area: ink for claims, blue for host authorities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
from markupsafe import Markup

from geo.ledger.history import history
from geo.link.selection import Selection
from geo.model.dates import spoken
from geo.model.vocabulary import LATEST_WORDS
from geo.views.periods import Period
from geo.views.rendering import render
from geo.views.shapes import in_order
from geo.views.time_axis import axes, percent, place
from geo.wording import _, ngettext

Steps = list[tuple[date, dict[str, int]]]

HEIGHT = 200  # pixels
_WIDTH = 10_000  # whole numbers that the width is divided into
_LINES = 5  # most lines of the axis of records
#: how strongly the words in ink are coloured, from the first of the vocabulary to the last
_INK = (0.25, 0.6)
#: the same for the authorities' words that occur, so that the few of one selection differ
#: clearly
_BLUE = (0.3, 1.0)


def _spread(codes: Sequence[str], ends: tuple[float, float]) -> dict[str, float]:
    """Spread strengths evenly over codes: the last one gets the upper end."""
    low, high = ends
    step = (high - low) / max(1, len(codes) - 1)
    return {code: high - step * place for place, code in enumerate(reversed(codes))}


def _strengths(codes: Sequence[str]) -> dict[str, float]:
    inked = [code for code, word in LATEST_WORDS.items() if word.shape.hue == "claim"]
    return _spread(inked, _INK) | _spread([c for c in codes if c not in inked], _BLUE)


def areas(steps: Steps, codes: Sequence[str], period: Period) -> Iterator[tuple[str, str]]:
    """
    Yield the stacked areas, the lowest first.

    Parameters
    ----------
    steps : list of (date, dict)
        As `history` returns them.
    codes : sequence of str
        Latest words, from the foot of the stack upwards.
    period : Period
        The width of the drawing.

    Yields
    ------
    tuple of (str, str)
        Code, and the outline as SVG: x in parts of the width, y in records from the top.
    """
    places = [round(place(day.toordinal(), period) * _WIDTH / 100) for day, _counts in steps]
    total = max(sum(found.values()) for _day, found in steps)
    counts = pd.DataFrame([found for _day, found in steps], columns=list(codes)).fillna(0)
    tops = total - counts.astype(int).cumsum(axis="columns")
    lower = [total] * len(steps)
    for code in codes:
        upper = tops[code].tolist()
        there = _edge(places, upper)
        # back along the lower edge: each level is reached at the right end of its step
        back = "".join(f"V{low}H{x}" for x, low in reversed(list(_changes(places, lower))))
        yield code, f"M{there}H{_WIDTH}{back}Z"
        lower = upper


def _changes(places: Sequence[int], levels: Sequence[int]) -> Iterator[tuple[int, int]]:
    before = None
    for x, level in zip(places, levels, strict=True):
        if level != before:
            yield x, level
        before = level


def _edge(places: Sequence[int], levels: Sequence[int]) -> str:
    first, *rest = _changes(places, levels)
    return f"{first[0]} {first[1]}" + "".join(f"H{x}V{level}" for x, level in rest)


def _lines(total: int) -> list[tuple[float, str]]:
    """Return the lines of the axis of records: pixels from the top, and label."""
    sizes = (base * 10**power for power in range(6) for base in (1, 2, 5))
    step = next((size for size in sizes if total / size <= _LINES), total)
    numbers = range(step, total + 1, step)
    labels = [f"{n:,}" for n in numbers[:-1]] + [ngettext("{n} record", "{n} records", numbers[-1])]
    return [
        (round(HEIGHT * (1 - n / total), 1), label)
        for n, label in zip(numbers, labels, strict=True)
    ]


def _columns(steps: Steps, codes: Sequence[str], period: Period) -> Iterator[dict[str, str]]:
    """Yield each time without a change: where it is, and the records of each latest word."""
    ends = [*(day for day, _counts in steps[1:]), period.end]
    for (day, counts), end in zip(steps, ends, strict=True):
        first, after = (place(d.toordinal(), period) for d in (day, end))
        words = [f"{_(LATEST_WORDS[c].short)} {counts[c]:,}" for c in codes if c in counts]
        yield {
            "x": percent(first),
            "width": percent(after - first),
            "name": _("From {date}: {counts}").format(
                date=spoken(day.isoformat()), counts=", ".join(words)
            ),
        }


def chart(selection: Selection, name: str) -> Markup:
    """
    Draw the latest words of a selection over time.

    Parameters
    ----------
    selection : Selection
        Whose records are counted; there must be one.
    name : str
        What the chart shows, for readers who do not see it.

    Returns
    -------
    Markup
        Areas stacked by latest word, and their key with the numbers on the day shown.
    """
    steps = history(selection.records, selection.snapshot)
    codes = in_order(code for _day, counts in steps for code in counts)
    day = selection.snapshot.day
    period = Period("all", steps[0][0], day + timedelta(days=1))
    total = max(sum(counts.values()) for _day, counts in steps)
    strengths = _strengths(codes)
    words: list[dict[str, Any]] = [
        {
            "code": code,
            "label": _(LATEST_WORDS[code].short),
            "hue": "ink" if LATEST_WORDS[code].shape.hue == "claim" else "blue",
            "strength": f"{strengths[code]:.2f}",
            "path": path,
            "count": steps[-1][1].get(code, 0),
        }
        for code, path in areas(steps, codes, period)
    ]
    return render(
        "history_chart.html",
        name=name,
        words=words,
        box=f"0 0 {_WIDTH} {total}",
        height=HEIGHT,
        lines=_lines(total),
        axes=axes(period),
        columns=list(_columns(steps, codes, period)),
        day=spoken(day.isoformat()),
    )
