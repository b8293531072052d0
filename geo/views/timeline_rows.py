"""The rows of the timeline's chart: the place of each mark, and its words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from geo.model.dates import spoken
from geo.model.names import country_name
from geo.model.vocabulary import EVENT_TYPES
from geo.views.timeline import Mark, Timeline
from geo.wording import _, ngettext

_LINE = 9  # pixels from one line of marks to the next
_HEAD = 17  # pixels that a row's name takes


def instant(day: date) -> int:
    """Return the beginning of a day in UTC, in milliseconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000


def tops_of(timeline: Timeline) -> tuple[dict[str, int], int]:
    """
    Return where the chart's rows are, in pixels from the top.

    Returns
    -------
    dict of str to int
        Where each row begins, by its code.
    int
        Where the last row ends.
    """
    depth: dict[str, int] = {}
    for mark in timeline.marks:
        depth[mark.row] = max(depth.get(mark.row, 0), mark.slot + 1)
    tops, at = {}, 0
    for code, _label in timeline.rows:
        tops[code] = at
        at += _HEAD + depth[code] * _LINE + 4
    return tops, at


def _tooltip(mark: Mark) -> dict[str, str]:
    event = mark.event
    kind = _(EVENT_TYPES[event.event_type].label)
    restated = ""
    if mark.echoes:
        restated = ngettext(
            ", restated by {n} entry of the selection",
            ", restated by {n} entries of the selection",
            mark.echoes,
        )
    return {
        "when": spoken(event.said.text),
        "who": event.authority,
        "where": country_name(event.country),
        "kind": kind + restated,
        "what": event.summary,
    }


def row_of(mark: Mark, top: int) -> dict[str, Any]:
    """
    Return one mark as a row of the chart's data.

    Parameters
    ----------
    mark : Mark
        One report.
    top : int
        Where its row begins, in pixels.

    Returns
    -------
    dict
        Its id, half-open interval in milliseconds, place in pixels, and words.
    """
    interval = mark.event.said
    first, end = instant(interval.first), instant(interval.end)
    y = top + _HEAD + mark.slot * _LINE + _LINE // 2
    return {
        "id": mark.event.id,
        "first": first,
        "end": end,
        "middle": (first + end) // 2,
        "y": y,
        "top": y - 3,
        "bottom": y + 3,
        "lane": _(mark.lane.label),
        "wide": (interval.end - interval.first).days > 1,
        **_tooltip(mark),
    }
