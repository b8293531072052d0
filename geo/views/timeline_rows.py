"""What the timeline's chart draws, as rows: where each mark stands and what it says."""

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
    """The beginning of a day in universal time, in milliseconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000


def tops_of(timeline: Timeline) -> tuple[dict[str, int], int]:
    """Where each row begins, in pixels from the top, and where the last one ends."""
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
    """One mark: its id, its interval, its place below the top of its row, and its words."""
    said = mark.event.said
    first, end = instant(said.first), instant(said.end)
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
        "wide": (said.end - said.first).days > 1,
        **_tooltip(mark),
    }
