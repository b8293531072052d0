"""
The figure of the timeline for print: its rows, the entries that are named, what it counts.

It shows the period and the rows that the address names, as the page does.
"""

from __future__ import annotations

from collections import Counter

from geo.link.opening import Opened
from geo.link.selection import Selection
from geo.model.dates import spoken
from geo.pictures.drawing import LEADING, MUTED, RULE, Drawing
from geo.pictures.figure import UNITS, Column
from geo.pictures.legend import draw_notice, notice_lines
from geo.pictures.lines import Box
from geo.pictures.timeline_rows import draw_chart
from geo.pictures.typesetting import set_text, wrap
from geo.views.text_width import BOLD, REGULAR
from geo.views.timeline import Timeline, timeline_of
from geo.wording import _, ngettext
from geo.words.findings import DAYS, FirstDays, first_days
from geo.words.permanent_lines import TITLE
from geo.words.selection_title import selection_subject, selection_title
from geo.words.summary import sentence

_EDGE = 24.0
_BROAD = UNITS - 2 * _EDGE
_TITLE, _TEXT, _SMALL, _FINE = 29.0, 19.0, 16.5, 15.0
_PUBLISHERS = 12


def timeline_figure(opened: Opened, imprint: str, link: str) -> Drawing:
    """
    Draw the figure of the timeline of an address.

    Parameters
    ----------
    opened : Opened
        What the address shows; an open card does not count.
    imprint : str
        Who publishes this atlas, or that it has no publisher.
    link : str
        The view's absolute address, with day and version.

    Returns
    -------
    Drawing
        `UNITS` wide, which are 180 millimetres.
    """
    selection, state = opened.selection, opened.state
    timeline = timeline_of(selection, state.rows == "country", state.period)
    finding = first_days(selection)
    title = _title(selection, finding)
    drawing = Drawing(UNITS, 0, title)
    column = Column(drawing)
    column.write(set_text(title, _TITLE, _BROAD, 4, BOLD), _TITLE, after=4)
    note = sentence(selection, dated=True)
    column.write(set_text(note, _TEXT, _BROAD, 4), _TEXT, after=14)
    if timeline.marks:
        draw_chart(column, timeline, finding)
        _key(column, timeline, finding)
    _below(column, timeline, opened, imprint, link)
    drawing.height = round(column.y + 12)
    return drawing


def _title(selection: Selection, finding: FirstDays | None) -> str:
    """Say what the filters select and what is found of it; the whole ledger has no subject."""
    subject = selection_subject(selection.filters)
    if not selection.records:
        return selection_title(selection)
    if finding:
        return finding.about(subject)
    return (
        _("{subject}: who spoke when").format(subject=subject) if subject else _("Who spoke when")
    )


def _key(column: Column, timeline: Timeline, finding: FirstDays | None) -> None:
    parts = [
        _(
            "A dot is one entry on its day; a hairline, one of which only a month or a year "
            "is known."
        ),
        _("Blue: host authorities. The others: everyone else."),
    ]
    if timeline.outside:
        parts.append(
            ngettext(
                "{n} entry is outside the period shown.",
                "{n} entries are outside the period shown.",
                timeline.outside,
            )
        )
    if finding:
        parts.append(_("Shaded: the first {days} days.").format(days=DAYS))
        counted = _("Days are counted from the first report, {date}.")
        parts += [counted.format(date=spoken(finding.first.isoformat())), finding.remark]
    text = " ".join(filter(None, parts))
    column.write(wrap([(text, REGULAR)], _SMALL, _BROAD), _SMALL, MUTED, after=12)


def _below(column: Column, timeline: Timeline, opened: Opened, imprint: str, link: str) -> None:
    """Write the notice, the publishers of the sources, the day, the version and the link."""
    lines = notice_lines(_SMALL, _BROAD)
    frame = Box(_EDGE, column.y + 8, _BROAD, len(lines) * _SMALL * LEADING)
    draw_notice(column.drawing, lines, frame, _SMALL)
    column.y = frame.bottom + 10
    if timeline.marks:
        heading = _("Publishers of the sources of these entries, with number of pages")
        column.write(wrap([(heading, BOLD)], _FINE, _BROAD), _FINE, MUTED, after=2)
        publishers = [(_publishers(timeline), REGULAR)]
        column.write(wrap(publishers, _FINE, _BROAD), _FINE, MUTED, after=2)
    column.y += 6
    column.drawing.rule(_EDGE, column.y - 4, _BROAD, RULE)
    stamp = _("{title}. As of {date}. Ledger version {version}. {imprint}").format(
        title=_(TITLE),
        date=spoken(opened.snapshot.day.isoformat()),
        version=opened.dataset.version,
        imprint=imprint,
    )
    for text in (stamp, link):
        column.write(wrap([(text, REGULAR)], _FINE, _BROAD), _FINE, MUTED, after=2)


def _publishers(timeline: Timeline) -> str:
    known = timeline.selection.snapshot.dataset.sources
    cited = {i for mark in timeline.marks for i in mark.event.sources if i in known}
    counted = Counter(known[i].publisher for i in cited)
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    parts = [f"{publisher} ({count})" for publisher, count in ranked[:_PUBLISHERS]]
    rest = sum(count for _publisher, count in ranked[_PUBLISHERS:])
    if rest:
        parts.append(ngettext("{n} other page", "{n} other pages", rest))
    return ", ".join(parts) + "."
