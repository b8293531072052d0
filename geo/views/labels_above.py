"""Labels above a chart, each at its day, in as many lines as keep them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: pixels that a letter takes at most, on average, and what is around a label
_LETTER, _AROUND = 6.9, 14.0


@dataclass(frozen=True, slots=True)
class Span:
    """
    A label to place.

    Attributes
    ----------
    x : float
        Its day, in percent of the chart's width.
    wide, narrow : int
        Letters of its text on a wide and on a narrow chart.
    lined : bool
        Whether a line leads from it down the chart, which no label below may cover.
    """

    x: float
    wide: int
    narrow: int
    lined: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """
    Where a label is.

    Attributes
    ----------
    west : bool
        Whether it ends at its day instead of beginning there.
    wide, narrow : int
        Its line on either chart, counted from the chart upwards.
    """

    west: bool
    wide: int
    narrow: int


def place_labels(spans: Sequence[Span], wide: float, narrow: float) -> list[Placed]:
    """
    Put labels on lines so that none covers another or its line.

    Labels keep their width while a wider chart draws their days apart, so what is placed for
    the least width of a chart is apart on every wider one.

    Parameters
    ----------
    spans : sequence of Span
        In any order.
    wide, narrow : float
        The least widths of both charts in pixels.

    Returns
    -------
    list of Placed
        In the order of the spans.
    """
    west = [span.x > 50 for span in spans]
    lines = (
        _lines(spans, west, narrowed, width) for narrowed, width in ((False, wide), (True, narrow))
    )
    return [Placed(*each) for each in zip(west, *lines, strict=True)]


def _lines(spans: Sequence[Span], west: Sequence[bool], narrowed: bool, width: float) -> list[int]:
    boxes = []
    for span, ends in zip(spans, west, strict=True):
        at = span.x * width / 100
        # a label is cut at the chart's edge
        room = at if ends else width - at
        long = min((span.narrow if narrowed else span.wide) * _LETTER + _AROUND, room)
        boxes.append((at - long, at) if ends else (at, at + long))
    lines = [-1] * len(spans)
    # from the right, so that the line of a later day begins below an earlier label; those that
    # end at their day come last, from the left
    order = sorted(
        range(len(spans)), key=lambda i: (west[i], spans[i].x if west[i] else -spans[i].x)
    )
    for i in order:
        begin, finish = boxes[i]
        line = 0
        for j in order[: order.index(i)]:
            at = spans[j].x * width / 100
            crossed = spans[j].lined and begin - 1 <= at <= finish + 1
            covered = boxes[j][0] < finish and begin < boxes[j][1]
            if crossed or covered:
                line = max(line, lines[j] + 1)
        lines[i] = line
    return lines
