"""
The timeline as HTML and SVG: rows of marks under the entries that are named.

Places in time are percentages of a width that the server does not know, heights are pixels
and colours are classes: one drawing fits every screen and both themes. How high a mark is in
its stack is given twice, for a wide and for a narrow chart, and the style sheet chooses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from geo.model.dates import spoken
from geo.model.names import country_name
from geo.model.vocabulary import EVENT_TYPES
from geo.views.fading import FADES, fade_of
from geo.views.labels_above import Span, place_labels
from geo.views.marks import Mark
from geo.views.periods import Period
from geo.views.rendering import render
from geo.views.strip import strip_of
from geo.views.time_axis import NARROW, WIDE, axes, percent, place, share
from geo.views.timeline import Timeline
from geo.wording import _, ngettext
from geo.words.findings import FirstDays
from geo.words.milestones import Milestone


class Addresses(NamedTuple):
    """
    Where the links of a chart lead.

    Attributes
    ----------
    mark : callable
        From the id of an event to the address that opens its card.
    period : callable
        From the code of a period to the address that shows it.
    """

    mark: Callable[[str], str]
    period: Callable[[str], str]


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


def _drawn(mark: Mark, period: Period, opened: str) -> dict[str, Any]:
    said = mark.event.said
    # a vague date may begin and end outside: what is outside of the period is clipped
    first, end = (share(d.toordinal(), period) for d in (said.first, said.end))
    return {
        "id": mark.event.id,
        "name": mark_name(mark),
        "fade": fade_of(mark) if mark.vague else None,
        "blue": mark.lane.blue,
        # a tenth of a hundredth is a pixel of a wide chart
        "x": percent(first if mark.vague else (first + end) / 2, 1),
        "width": percent(end - first, 1),
        "slots": _slots(mark),
        "open": mark.event.id == opened,
    }


def _slots(mark: Mark) -> str:
    """Write the slots of a mark as custom properties: 0, and that of a wide chart, by default."""
    wide, narrow = mark.slots
    found = [f"--w:{wide}"] * (wide > 0) + [f"--n:{narrow}"] * (narrow != wide)
    return ";".join(found)


def _rows(timeline: Timeline, opened: str) -> list[dict[str, Any]]:
    """Return the chart's rows, each with its marks and the heights of its stacks."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for mark in timeline.shown:
        marks[mark.row].append(mark)
    return [
        {
            "row": row,
            "marks": [_drawn(mark, timeline.period, opened) for mark in marks[row.code]],
            "stacks": _stacks(marks[row.code]),
        }
        for row in timeline.rows
    ]


def _stacks(marks: Sequence[Mark]) -> str:
    """Write the heights of a row as custom properties: up and down, wide and narrow."""
    found = []
    for name, vague in (("u", False), ("d", True)):
        slots = [mark.slots for mark in marks if mark.vague == vague]
        wide = max((s.wide + 1 for s in slots), default=0)
        narrow = max((s.narrow + 1 for s in slots), default=0)
        found.append(f"--{name}w:{wide};--{name}n:{narrow}")
    return ";".join(found)


def _above(
    timeline: Timeline, named: Sequence[Milestone], finding: FirstDays | None
) -> list[dict[str, Any]]:
    """Return the labels above the chart, each on its lines; that of the finding comes first."""
    period = timeline.period
    labels = [_finding(finding, period)] if finding and _inside(finding, period) else []
    labels += [_milestone(milestone, period) for milestone in named]
    spans = [
        Span(
            x=label["at"],
            wide=len(label["date"]) + len(label["label"]) + len(label["speaker"]) + 2,
            narrow=len(label["date"]) + len(label["label"]) + 1,
            lined=label["lined"],
        )
        for label in labels
    ]
    placed = place_labels(spans, WIDE, NARROW)
    return [
        {**label, "x": percent(label["at"]), "on": on}
        for label, on in zip(labels, placed, strict=True)
    ]


def _milestone(milestone: Milestone, period: Period) -> dict[str, Any]:
    said = milestone.event.said
    inside = period.overlaps(said.first, said.end)
    return {
        "id": milestone.event.id,
        "date": milestone.date,
        "label": milestone.label,
        "speaker": f": {milestone.speaker}",
        "at": place((said.first.toordinal() + said.end.toordinal()) / 2, period),
        "lined": inside,
        "side": "" if inside else "before" if said.end <= period.first else "after",
        "vague": (said.end - said.first).days > 1,
    }


def _finding(finding: FirstDays, period: Period) -> dict[str, Any]:
    return {
        "id": "",
        "date": "",
        "label": finding.label,
        "speaker": "",
        "at": place(finding.first.toordinal(), period),
        "lined": False,
        "side": "",
        "vague": False,
    }


def _inside(finding: FirstDays, period: Period) -> bool:
    return period.first <= finding.first and finding.end <= period.end


def _band(finding: FirstDays | None, period: Period) -> tuple[str, str] | None:
    """Return where the days of a finding begin and how wide they are; None if not shown."""
    if finding is None or not _inside(finding, period):
        return None
    first, end = (place(d.toordinal(), period) for d in (finding.first, finding.end))
    return percent(first), percent(end - first)


def chart(
    timeline: Timeline,
    addresses: Addresses,
    opened: str = "",
    notes: Sequence[str] = (),
    named: Sequence[Milestone] = (),
    finding: FirstDays | None = None,
) -> Markup:
    """
    Draw a timeline.

    Parameters
    ----------
    timeline : Timeline
        With at least one mark.
    addresses : Addresses
        Where its marks, its named entries and its strip lead.
    opened : str
        Id of the event whose card is open; empty for none.
    notes : sequence of str
        What the chart leaves out, and what a picture of it must say.
    named : sequence of Milestone
        The entries that are named above it.
    finding : FirstDays or None
        The days that are set off.

    Returns
    -------
    Markup
        Rows above, the strip of the whole time below; each mark and each stretch is a link.
    """
    rows = _rows(timeline, opened)
    above = _above(timeline, named, finding)
    return render(
        "timeline_chart.html",
        rows=rows,
        by_country=timeline.by_country,
        fades=FADES.values(),
        axes=axes(timeline.period),
        band=_band(finding, timeline.period),
        above=above,
        lines={
            size: 1 + max((getattr(label["on"], size) for label in above), default=-1)
            for size in ("wide", "narrow")
        },
        strip=strip_of(timeline),
        outside=timeline.outside,
        mark=addresses.mark,
        period=addresses.period,
        notes=notes,
    )
