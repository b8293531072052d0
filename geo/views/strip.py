"""The strip below the timeline: the whole time, and the part of it that the chart shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from geo.model.dates import spoken
from geo.views.periods import Period, stretches
from geo.views.time_axis import NARROW, WIDE, percent, place
from geo.views.timeline import Timeline
from geo.wording import _, ngettext

_BINS = 250  # parts of the strip whose marks are counted together
#: whole numbers that the strip's width and height are divided into
_STRIP, _TALL = 1000, 100
#: pixels that a label of the strip takes for each letter, and between two of them
_LETTER, _GAP = 7.2, 6


def _ticks(timeline: Timeline, whole: Period) -> dict[str, str]:
    """
    Write the marks of the whole time as two lines of SVG: ink below, blue on it.

    Marks of a day are counted in narrow bins, as tall as their number; a month or a year is a
    line along the foot, since no day of it is more likely than another.
    """
    days: dict[int, Counter[bool]] = defaultdict(Counter)
    feet: dict[bool, list[str]] = defaultdict(list)
    for mark in timeline.marks:
        said, blue = mark.event.said, mark.lane.blue
        if mark.vague:
            both = (said.first, said.end)
            first, end = (place(d.toordinal(), whole) * _STRIP / 100 for d in both)
            feet[blue].append(f"M{first:.0f} {_TALL}H{end:.0f}")
        else:
            at = place(said.first.toordinal() + 0.5, whole)
            days[int(at * _BINS / 100)][blue] += 1
    most = max((counts.total() for counts in days.values()), default=1)
    # a single mark must be seen beside dozens
    heights = {n: _TALL * (0.3 + 0.7 * n / most) for n in range(1, most + 1)}
    found = {False: "".join(dict.fromkeys(feet[False])), True: "".join(dict.fromkeys(feet[True]))}
    for at, counts in sorted(days.items()):
        x, base = (at + 0.5) * _STRIP / _BINS, float(_TALL)
        for blue in (False, True):
            if counts[blue]:
                top = base - counts[blue] * heights[counts.total()] / counts.total()
                found[blue] += f"M{x:.0f} {base:.0f}v{top - base:.0f}"
                base = top
    return {"ink": found[False], "blue": found[True]}


def _stretches(timeline: Timeline, whole: Period) -> Iterator[dict[str, Any]]:
    """Yield the links of the strip, and at which widths the label of each has room."""
    pieces = stretches(whole)
    fits = {width: _fitting(pieces, whole, width) for width in (WIDE, NARROW)}
    for period, label in pieces:
        inside = period.within(whole)
        first, end = (place(d.toordinal(), whole) for d in (inside.first, inside.end))
        count = sum(
            m.event.said.first < inside.end and m.event.said.end > inside.first
            for m in timeline.marks
        )
        yield {
            "code": period.code,
            "label": label,
            "name": _("{period}: {marks}").format(
                period=label, marks=ngettext("{n} mark", "{n} marks", count)
            ),
            "x": percent(first),
            "width": percent(end - first),
            "middle": percent((first + end) / 2),
            "wide": period.code in fits[WIDE],
            "narrow": period.code in fits[NARROW],
            "open": period.code == timeline.period.code,
        }


def _fitting(pieces: list[tuple[Period, str]], whole: Period, width: int) -> set[str]:
    """Return the codes of the stretches whose labels fit, from the first to the last."""
    found, free = set(), 0.0
    for period, label in pieces:
        inside = period.within(whole)
        middle = (inside.first.toordinal() + inside.end.toordinal()) / 2
        at, half = place(middle, whole) * width / 100, len(label) * _LETTER / 2
        if at - half >= free - _GAP / 2 and at + half <= width + _GAP / 2:
            found.add(period.code)
            free = at + half + _GAP
    return found


def strip_of(timeline: Timeline) -> dict[str, Any]:
    """
    Describe the strip of a timeline: its marks, its links and the window on it.

    Parameters
    ----------
    timeline : Timeline
        With at least one mark.

    Returns
    -------
    dict of str to Any
        What its template reads; places in percent of the width.
    """
    whole, period = timeline.periods["all"], timeline.period
    first, end = (place(d.toordinal(), whole) for d in (period.first, period.end))
    return {
        "first": whole.first.isoformat(),
        "last": whole.last.isoformat(),
        "whole": period.code == "all",
        "shown": (period.first.isoformat(), period.last.isoformat()),
        "words": _("{start} to {end}").format(
            start=spoken(period.first.isoformat()), end=spoken(period.last.isoformat())
        ),
        "box": f"0 0 {_STRIP} {_TALL}",
        "x": percent(first),
        "width": percent(end - first),
        "ticks": _ticks(timeline, whole),
        "stretches": list(_stretches(timeline, whole)),
    }
