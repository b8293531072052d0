"""The timeline except its chart: sentence and tools, how to read it, all entries as a list."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from markupsafe import Markup

from geo.ledger.snapshot import Snapshot
from geo.model.dates import spoken
from geo.model.entities import Event
from geo.model.names import country_name
from geo.screen.context import Screen
from geo.views.rendering import render
from geo.views.timeline import LANES, Lane, Timeline
from geo.wording import N_, _, ngettext
from geo.words.cards import statement

#: entries of the list that are written at a time
STEP = 300
WORDS = N_("Latest words over time")
WORDS_NOTE = N_("The records of the selection, by what stood on each day.")


def tools(timeline: Timeline) -> Markup:
    """Write the sentence of the chart, and the controls that arrange it."""
    named = {"busy": _("the busiest time"), "all": _("all years")}
    return render(
        "timeline_tools.html",
        sentence=sentence(timeline) if timeline.marks else "",
        rows=[("speaker", _("who spoke")), ("country", _("country"))],
        lanes=signs(timeline),
        by="country" if timeline.by_country else "speaker",
        periods=[(code, named.get(code, code)) for code in timeline.periods],
        period=timeline.period.code if timeline.periods else "",
    )


def empty() -> Markup:
    """Write the sentence that replaces a chart without a mark."""
    message = _("No event is selected. Loosen a filter to see some.")
    return render("empty.html", message=message)


def words_heading() -> Markup:
    """Write the heading of the chart of latest words."""
    return render("heading.html", said=_(WORDS), note=_(WORDS_NOTE))


def sentence(timeline: Timeline) -> str:
    """Say what the view shows, as of which day, and what is listed but not drawn."""
    selection = timeline.selection
    repeats = sum(bool(e.repeat_of) for e in selection.events)
    standing = len(timeline.reports) - (len(selection.events) - repeats)
    parts = [
        _("{events} in a selection of {records}, as of {date}.").format(
            events=ngettext("{n} event", "{n} events", len(selection.events) - repeats),
            records=ngettext("{n} record", "{n} records", len(selection.records)),
            date=spoken(selection.snapshot.day.isoformat()),
        )
    ]
    if repeats:
        parts.append(
            ngettext(
                "{n} more entry restates another report: it is listed, not drawn.",
                "{n} more entries restate another report: they are listed, not drawn.",
                repeats,
            )
        )
    if standing > 0:
        parts.append(
            ngettext(
                "{n} mark stands for a report that is only restated here.",
                "{n} marks stand for reports that are only restated here.",
                standing,
            )
        )
    if len(timeline.reports) > len(timeline.drawn):
        parts.append(_("The newest {n:,} are drawn.").format(n=len(timeline.drawn)))
    return " ".join(parts)


def _group(event: Event) -> str:
    # a month, or the coarser date that the source gives
    text = event.said.text
    return spoken(text if "/" in text else text[:7])


def _item(event: Event, snapshot: Snapshot, opened: str) -> dict[str, Any]:
    words = statement(event, snapshot)
    root = snapshot.public_event(event.repeat_of)
    restates = ""
    if root:
        restates = _("Restates: {speaker}, {date}.").format(
            speaker=root.authority, date=spoken(root.said.text)
        )
    elif event.repeat_of:
        restates = _("Restates another report.")
    name = _("Open: {kind}, {country}, {date}").format(
        kind=words.kind, country=country_name(event.country), date=spoken(event.said.text)
    )
    return {
        "s": words,
        "country": country_name(event.country),
        "restates": restates,
        "root": root.id if root else "",
        "name": name,
        "open": event.id == opened,
    }


def entries(screen: Screen, most: int = STEP) -> Markup:
    """
    Write all entries of the selection as a list, the newest first.

    Parameters
    ----------
    screen : Screen
        Its selection, repeats included, and the event whose card is open.
    most : int
        How many entries to write; a button loads more.

    Returns
    -------
    Markup
        Escaped HTML.
    """
    selection, opened = screen.selection, screen.state.event
    events = sorted(
        selection.events, key=lambda e: (e.said.end, e.said.first, e.position), reverse=True
    )
    rest = len(events) - most
    groups = [
        {"name": name, "events": [_item(e, selection.snapshot, opened) for e in grouped]}
        for name, grouped in groupby(events[:most], key=_group)
    ]
    more = ngettext("Show more ({n} is left)", "Show more ({n} are left)", max(rest, 0))
    return render("timeline.html", click=screen.click, groups=groups, rest=more if rest > 0 else "")


def key(timeline: Timeline) -> Markup:
    """Write how to read the chart: its signs with their numbers of marks, and its period."""
    opens = _("To look closer, draw a window in the strip under the chart.")
    if timeline.outside:
        opens = _(
            "The chart opens on {period}. {outside}: drag the window in the strip under the "
            "chart, or pick another period."
        ).format(
            period=timeline.period.words,
            outside=ngettext(
                "{n} mark lies outside that period",
                "{n} marks lie outside that period",
                timeline.outside,
            ),
        )
    return render("timeline_key.html", lanes=signs(timeline), opens=opens)


def signs(timeline: Timeline) -> list[tuple[Lane, int]]:
    """List the speakers that have marks, each with their number."""
    return [(lane, timeline.lanes[code]) for code, lane in LANES.items() if timeline.lanes[code]]
