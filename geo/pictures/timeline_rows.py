"""The chart of the timeline's figure: labels, rows of marks, axis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from geo.pictures.drawing import BLUE, INK, LEADING, MUTED, Drawing
from geo.pictures.figure import UNITS, Column
from geo.pictures.lines import PAPER, Box, Line
from geo.pictures.typesetting import Run, cut, line_width, wrap
from geo.views.fading import FADES, fade_of
from geo.views.labels_above import Placed, Span, place_labels
from geo.views.marks import DOT, Mark
from geo.views.palette import LIGHT
from geo.views.text_width import BOLD, REGULAR
from geo.views.time_axis import NARROW, WIDE, axis, place, share
from geo.views.timeline import Row, Timeline
from geo.words.findings import FirstDays
from geo.words.milestones import milestones

_EDGE, _NAMES = 24.0, 190.0
_SMALL, _FINE = 16.5, 15.0
#: where the days are drawn
_LEFT, _LONG = _EDGE + _NAMES, UNITS - 2 * _EDGE - _NAMES
#: units of a pixel of the chart on the page, for which marks are stacked and labels placed
_SCALE = _LONG / WIDE
_PITCH, _RADIUS, _HAIR = DOT * _SCALE, 3.6, 4.4
_LINE = 25.0  # from one line of labels to the next


def _x(day: float, timeline: Timeline) -> float:
    return _LEFT + place(day, timeline.period) * _LONG / 100


def draw_chart(column: Column, timeline: Timeline, finding: FirstDays | None) -> None:
    """
    Draw the labels, the rows and the axis of a timeline.

    Parameters
    ----------
    column : Column
        Of the figure; the chart is drawn at its end.
    timeline : Timeline
        With at least one mark.
    finding : FirstDays or None
        The days that are set off.
    """
    drawing = column.drawing
    marks: dict[str, list[Mark]] = defaultdict(list)
    for mark in timeline.shown:
        marks[mark.row].append(mark)
    labels = _labels(timeline)
    top = column.y + _LINE * (1 + max((on.wide for _text, on, _x in labels), default=-1)) + 4
    behind = len(drawing.shapes)
    drawing.shapes.append(_gradients())
    y = top
    for row in timeline.rows:
        y = _row(drawing, y, row, marks[row.code], timeline)
    backdrop = _backdrop(timeline, finding, top, y)
    covers = []
    for text, on, x in labels:
        base = column.y + (top - 4 - column.y) - _LINE * (on.wide + 1)
        backdrop.append(_vertical(x, base + 4, y, INK, 1.2))
        covers.append(_cover(_label(drawing, text, on, x, base)))
    # a line passes behind the labels below its own, as on the page
    backdrop += covers
    drawing.shapes[behind:behind] = backdrop
    column.y = _axis(drawing, timeline, y) + 12


def _gradients() -> str:
    found = []
    for fade in FADES.values():
        hue = BLUE if fade.blue else INK
        stops = "".join(
            f'<stop offset="{at}" stop-color="{hue}" stop-opacity="{strength}"/>'
            for at, strength in fade.stops
        )
        found.append(f'<linearGradient id="fade-{fade.code}">{stops}</linearGradient>')
    days = f'<rect x="{_LEFT:.1f}" y="0" width="{_LONG:.1f}" height="9999"/>'
    return f'<defs>{"".join(found)}<clipPath id="days">{days}</clipPath></defs>'


def _vertical(x: float, top: float, bottom: float, hue: str, width: float) -> str:
    return f'<path d="M{x:.1f} {top:.1f}V{bottom:.1f}" stroke="{hue}" stroke-width="{width}"/>'


def _backdrop(
    timeline: Timeline, finding: FirstDays | None, top: float, bottom: float
) -> list[str]:
    period = timeline.period
    shapes = []
    if finding and period.first <= finding.first and finding.end <= period.end:
        begin, end = (_x(day.toordinal(), timeline) for day in (finding.first, finding.end))
        shapes.append(
            f'<rect x="{begin:.1f}" y="{top:.1f}" width="{end - begin:.1f}" '
            f'height="{bottom - top:.1f}" fill="{LIGHT.soft}"/>'
        )
    for at in axis(period, WIDE).lines:
        x = _LEFT + float(at.removesuffix("%")) * _LONG / 100
        shapes.append(_vertical(x, top, bottom, LIGHT.rule, 1))
    return shapes


def _row(
    drawing: Drawing, top: float, row: Row, marks: Sequence[Mark], timeline: Timeline
) -> float:
    """Draw a row from the top down, and return where it ends."""
    lines = wrap([(row.label, BOLD), (f"{row.count:,}", REGULAR)], _SMALL, _NAMES - 12)
    ups = max((m.slots.wide + 1 for m in marks if not m.vague), default=0)
    downs = max((m.slots.wide + 1 for m in marks if m.vague), default=0)
    named = wrap([(row.note, REGULAR)], _FINE, _NAMES - 12)
    written = (len(lines) * _SMALL + len(named) * _FINE) * LEADING
    high = max(ups * _PITCH + downs * _HAIR + 22, written + 8)
    base = top + high - downs * _HAIR - 8
    frame = Box(_EDGE, top + high - written - 4, _NAMES, written)
    after = drawing.write(lines, frame, _SMALL, BLUE if row.blue else INK)
    drawing.write(named, Box(_EDGE, after, _NAMES, written), _FINE, MUTED)
    drawing.rule(_LEFT, base, _LONG, LIGHT.rule)
    for mark in marks:
        drawing.shapes.append(_mark(mark, base, timeline))
    return top + high


def _mark(mark: Mark, base: float, timeline: Timeline) -> str:
    said, hue = mark.event.said, BLUE if mark.lane.blue else INK
    first, end = (
        _LEFT + share(day.toordinal(), timeline.period) * _LONG / 100
        for day in (said.first, said.end)
    )
    if mark.vague:
        y = base + 4 + mark.slots.wide * _HAIR
        return (
            f'<rect clip-path="url(#days)" x="{first:.1f}" y="{y:.1f}" width="{end - first:.1f}" '
            f'height="1.7" fill="url(#fade-{fade_of(mark).code})"/>'
        )
    y = base - 6 - mark.slots.wide * _PITCH
    hollow = timeline.by_country and not mark.lane.blue
    fill = f'fill="{PAPER}" stroke="{hue}" stroke-width="1.6"' if hollow else f'fill="{hue}"'
    x, r = (first + end) / 2, _RADIUS - hollow * 0.8
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" {fill}/>'


def _labels(timeline: Timeline) -> list[tuple[list[Run], Placed, float]]:
    """Return the entries named that lie in the period, each with its line and its day."""
    period = timeline.period
    inside = [
        m
        for m in milestones(timeline.selection)
        if period.overlaps(m.event.said.first, m.event.said.end)
    ]
    days = [(m.event.said.first.toordinal() + m.event.said.end.toordinal()) / 2 for m in inside]
    texts = [[(m.date, BOLD), (f"{m.label}: {m.speaker}", REGULAR)] for m in inside]
    spans = [
        Span(place(day, period), sum(len(text) + 1 for text, _weight in runs), 0)
        for day, runs in zip(days, texts, strict=True)
    ]
    placed = place_labels(spans, WIDE, NARROW)
    return [
        (text, on, _x(day, timeline)) for text, on, day in zip(texts, placed, days, strict=True)
    ]


def _cover(label: Line) -> str:
    box = label.box
    return (
        f'<rect x="{box.x - 3:.1f}" y="{label.frame.y:.1f}" width="{box.width + 6:.1f}" '
        f'height="{_LINE}" fill="{PAPER}"/>'
    )


def _label(drawing: Drawing, text: list[Run], on: Placed, x: float, top: float) -> Line:
    """Write a label on its line, without its speaker where there is no room for it."""
    room = (x - _EDGE if on.west else UNITS - _EDGE - x) - 8
    lines = wrap(text, _SMALL, room)
    if len(lines) > 1:
        (date, label) = text
        lines = wrap([date, (label[0].partition(": ")[0], label[1])], _SMALL, room)
    (line,) = cut(lines, 1, _SMALL, room)
    begin = x - 6 - line_width(line, _SMALL) if on.west else x + 6
    frame = Box(begin, top, room, _LINE)
    line_at = Line(
        x=begin, y=top + _SMALL, size=_SMALL, runs=line, fill=INK, frame=frame, halo=True
    )
    drawing.lines.append(line_at)
    return line_at


def _axis(drawing: Drawing, timeline: Timeline, top: float) -> float:
    """Write the labels of the axis, and return where they end."""
    found = axis(timeline.period, WIDE)
    for row, (labels, weight, fill) in enumerate(
        ((found.labels, REGULAR, MUTED), (found.heads, BOLD, INK))
    ):
        for at, text in labels:
            x = _LEFT + float(at.removesuffix("%")) * _LONG / 100
            frame = Box(x, top + 4 + row * _FINE * 1.3, _LONG, _FINE * LEADING)
            drawing.write([((text, weight),)], frame, _FINE, fill)
    return top + 8 + 2 * _FINE * 1.3
