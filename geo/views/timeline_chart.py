"""
The timeline as SVG: rows of marks, and below them a strip of the whole time.

Places in time are percentages of a width that the server does not know, heights are pixels,
and colours are classes: one drawing fits every screen and both themes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

from geo.model.dates import spoken
from geo.model.names import country_name
from geo.model.vocabulary import EVENT_TYPES
from geo.views.marks import LANES, Mark, with_room
from geo.views.periods import Period, stretches
from geo.views.rendering import render
from geo.views.time_axis import NARROW, WIDE, axes, percent, place
from geo.views.timeline import Timeline
from geo.wording import _, ngettext

LINE = 9  # pixels from one line of marks to the next
HEAD = 17  # pixels that a row's name takes
BAR = 6  # height of a bar in pixels
TARGET = 24  # pixels of a target that has room
_BINS = 500  # parts of the strip whose marks are counted together
#: whole numbers that the strip's width and height are divided into
_STRIP, _TALL = 10_000, 100
#: pixels that a label of the strip takes for each letter, and between two of them
_LETTER, _GAP = 6.5, 6

Address = Callable[[str], str]


def mark_name(mark: Mark) -> str:
    """Name a mark: date, speaker, country and type, and how many entries restate it."""
    event = mark.event
    kind = _(EVENT_TYPES[event.event_type].label)
    if mark.echoes:
        kind = ngettext(
            "{kind}, restated by {n} selected entry",
            "{kind}, restated by {n} selected entries",
            mark.echoes,
            kind=kind,
        )
    return _("{date}, {speaker}, {country}: {kind}").format(
        date=spoken(event.said.text),
        speaker=event.authority,
        country=country_name(event.country),
        kind=kind,
    )


def _drawn(mark: Mark, period: Period, opened: str, roomy: bool) -> dict[str, Any]:
    said = mark.event.said
    first, end = place(said.first.toordinal(), period), place(said.end.toordinal(), period)
    middle = place((said.first.toordinal() + said.end.toordinal()) / 2, period)
    return {
        "id": mark.event.id,
        "name": mark_name(mark),
        "lane": mark.lane,
        "wide": mark.wide,
        "x": percent(first if mark.wide else middle),
        "width": percent(end - first),
        "y": HEAD + mark.slot * LINE + LINE // 2,
        "roomy": roomy,
        "open": mark.event.id == opened,
    }


def _rows(timeline: Timeline, opened: str) -> tuple[list[dict[str, Any]], int]:
    """Return the chart's rows, each with its marks, and their height in pixels."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for mark in timeline.shown:
        marks[mark.row].append(mark)
    roomy = with_room(timeline.shown, timeline.day_width)
    rows, top = [], 0
    for code, label in timeline.rows:
        inside = marks[code]
        drawn = [_drawn(m, timeline.period, opened, m.event.id in roomy) for m in inside]
        rows.append({"code": code, "label": label, "top": top, "marks": drawn})
        top += HEAD + max((m.slot + 1 for m in inside), default=0) * LINE + 4
    return rows, top


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
        if mark.wide:
            first, end = (place(d.toordinal(), whole) * 100 for d in (said.first, said.end))
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
                found[blue] += f"M{x:.0f} {base:.0f}V{top:.0f}"
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


def _strip(timeline: Timeline) -> dict[str, Any]:
    whole, period = timeline.periods["all"], timeline.period
    first, end = (place(d.toordinal(), whole) for d in (period.first, period.end))
    return {
        "first": whole.first.isoformat(),
        "last": whole.last.isoformat(),
        "whole": period.code == "all",
        "x": percent(first),
        "width": percent(end - first),
        "ticks": _ticks(timeline, whole),
        "stretches": list(_stretches(timeline, whole)),
    }


def chart(timeline: Timeline, mark: Address, period: Address, opened: str, note: str) -> Markup:
    """
    Draw a timeline.

    Parameters
    ----------
    timeline : Timeline
        With at least one mark.
    mark : callable
        From the id of an event to the address that opens its card.
    period : callable
        From the code of a period to the address that shows it.
    opened : str
        Id of the event whose card is open; empty for none.
    note : str
        What a picture of the chart must say.

    Returns
    -------
    Markup
        Rows above, the strip of the whole time below; each mark and each stretch is a link.
    """
    rows, height = _rows(timeline, opened)
    return render(
        "timeline_chart.html",
        rows=rows,
        height=height,
        axes=axes(timeline.period),
        lanes=LANES.values(),
        bar=BAR,
        target=TARGET,
        strip=_strip(timeline),
        strip_box=f"0 0 {_STRIP} {_TALL}",
        mark=mark,
        period=period,
        note=note,
    )
