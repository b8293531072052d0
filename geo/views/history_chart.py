"""Latest words over time: a stepped area for each group of them, all on one scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from geo.ledger.history import history
from geo.link.selection import Selection
from geo.model.dates import spoken
from geo.views.periods import Period
from geo.views.rendering import render
from geo.views.time_axis import NARROW, axes, percent, place
from geo.views.word_groups import WordGroup, word_groups
from geo.wording import _, ngettext

Level = tuple[date, int]

_WIDTH = 10_000  # whole numbers that the width is divided into
#: pixels of the highest area, and of one record at most
_HIGHEST, _RECORD = 64.0, 6.0
_LOWEST = 12.0  # pixels of an area at least
#: pixels of a label: a letter, the room between two, and its height
_LETTER, _GAP, _LINE = 7.5, 4.0, 15.0


def levels(steps: Sequence[tuple[date, dict[str, int]]], group: WordGroup) -> list[Level]:
    """
    Count the records of a group over time.

    Parameters
    ----------
    steps : sequence of (date, dict)
        As `history` returns them.
    group : WordGroup
        Whose words are counted together.

    Returns
    -------
    list of (date, int)
        The first day, and each day on which the number changed.
    """
    found: list[Level] = []
    for day, counts in steps:
        number = sum(counts.get(code, 0) for code in group.codes)
        if not found or found[-1][1] != number:
            found.append((day, number))
    return found


def outline(counted: Sequence[Level], period: Period, top: float) -> tuple[str, str]:
    """
    Write an area and its upper edge as SVG.

    Parameters
    ----------
    counted : sequence of (date, int)
        As `levels` returns them.
    period : Period
        The width of the drawing.
    top : float
        Records that the drawing is high.

    Returns
    -------
    tuple of (str, str)
        Edge and closed area: x in parts of the width, y in records from the top.
    """
    places = [round(place(day.toordinal(), period) * _WIDTH / 100) for day, _n in counted]
    edge = f"M{places[0]} {top - counted[0][1]:g}"
    edge += "".join(
        f"H{x}V{top - number:g}" for x, (_day, number) in zip(places[1:], counted[1:], strict=True)
    )
    edge += f"H{_WIDTH}"
    return edge, f"{edge}V{top:g}H{places[0]}Z"


@dataclass(frozen=True, slots=True)
class _Label:
    x: float
    y: float
    number: int


def _labels(counted: Sequence[Level], period: Period, high: float, top: float) -> list[_Label]:
    """
    Place the numbers that are written into an area: its extremes and its start.

    Places are in percent of the width and in pixels. The last number is written beside the
    area. Of labels that would cover each other on a narrow chart, the first is kept.
    """
    inner = counted[:-1] or counted
    wanted = [max(inner, key=lambda c: c[1]), inner[0], min(inner[1:] or inner, key=lambda c: c[1])]
    found: list[_Label] = []
    for day, number in wanted:
        x = min(place(day.toordinal(), period), 96.0)
        label = _Label(x, round(high * (1 - number / top), 1), number)
        if all(_apart(label, other) for other in found):
            found.append(label)
    return found


def _apart(one: _Label, other: _Label) -> bool:
    first, second = sorted((one, other), key=lambda label: label.x)
    free = (second.x - first.x) * NARROW / 100
    return free >= len(f"{first.number:,}") * _LETTER + _GAP or abs(one.y - other.y) >= _LINE


def _remark(group: WordGroup, now: dict[str, int]) -> str:
    """Say how many records of a blue group have the word of China or an operator."""
    others = sum(now.get(code, 0) for code in group.others)
    if not others:
        return ""
    return ngettext("{n} by China or an operator", "{n} by China or an operator", others)


def _name(group: WordGroup, counted: Sequence[Level]) -> str:
    most = max(counted, key=lambda c: c[1])
    return _(
        "{group}: {first:,} on {start}, at most {most:,} on {peak}, {now:,} at the end"
    ).format(
        group=group.label,
        first=counted[0][1],
        start=spoken(counted[0][0].isoformat()),
        most=most[1],
        peak=spoken(most[0].isoformat()),
        now=counted[-1][1],
    )


def _unit(number: int, on: str) -> str:
    """Write what follows the number of a group; the day if it is not today."""
    if on:
        return ngettext("record on {date}", "records on {date}", number, date=on)
    return ngettext("record today", "records today", number)


def _rows(
    steps: Sequence[tuple[date, dict[str, int]]],
    groups: Iterable[WordGroup],
    period: Period,
    on: str,
) -> list[dict[str, Any]]:
    counted = {group: levels(steps, group) for group in groups}
    highest = max(number for found in counted.values() for _day, number in found)
    record = min(_RECORD, _HIGHEST / highest)
    rows = []
    for group, found in counted.items():
        high = max(_LOWEST, record * max(number for _day, number in found))
        # in records: the scale is the same for all, however low a row is
        top = round(high / record, 2)
        edge, area = outline(found, period, top)
        rows.append(
            {
                "group": group,
                "name": _name(group, found),
                "edge": edge,
                "area": area,
                "box": f"0 0 {_WIDTH} {top:g}",
                "height": f"{high:.1f}",
                "labels": _labels(found, period, high, top),
                "now": f"{found[-1][1]:,}",
                "unit": _unit(found[-1][1], on),
                "remark": _remark(group, steps[-1][1]),
            }
        )
    return rows


def chart(selection: Selection, name: str, on: str = "") -> Markup:
    """
    Draw the latest words of a selection over time.

    Parameters
    ----------
    selection : Selection
        Whose records are counted; there must be one.
    name : str
        What the chart shows, for readers who do not see it.
    on : str
        The day shown, in words; empty for today.

    Returns
    -------
    Markup
        An area for each group that occurs, with its numbers; all have one scale.
    """
    steps = history(selection.records, selection.snapshot)
    day = selection.snapshot.day
    period = Period("all", steps[0][0], day + timedelta(days=1))
    groups = word_groups(code for _day, counts in steps for code in counts)
    return render(
        "history_chart.html",
        name=name,
        rows=_rows(steps, groups, period, on),
        axes=axes(period),
        percent=percent,
    )
