"""The timeline as blocks: sentence and settings, chart, how to read it, entries as a list."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from markupsafe import Markup

from geo.ledger.snapshot import Snapshot
from geo.link.addresses import NO_CARD
from geo.model.dates import spoken
from geo.model.entities import Event
from geo.model.names import country_name
from geo.screen.context import Screen
from geo.views import history_chart, timeline_chart
from geo.views.rendering import render
from geo.views.timeline import Timeline, timeline_of
from geo.wording import N_, _, ngettext
from geo.words.permanent_lines import MEANING, NOT_MEANING
from geo.words.statements import statement

#: entries of the list that are written at a time
STEP = 20
WORDS = N_("Latest word over time")
WORDS_NOTE = N_("The selected records, by latest word on each day.")


def arranged(screen: Screen) -> Timeline:
    """Return the timeline of a screen, arranged as its address says."""
    state = screen.state
    return timeline_of(screen.selection, state.rows == "country", state.period)


def tools(screen: Screen) -> Markup:
    """Write the sentence of the chart, and the links that arrange it."""
    timeline = arranged(screen)
    by = "country" if timeline.by_country else ""
    return render(
        "timeline_tools.html",
        sentence=sentence(timeline) if timeline.marks else "",
        rows=[
            (screen.href(rows=code), label, code == by)
            for code, label in (("", _("speaker")), ("country", _("country")))
        ],
        lanes=timeline.signs if timeline.by_country else [],
        periods=_periods(screen, timeline) if timeline.marks else [],
    )


def _periods(screen: Screen, timeline: Timeline) -> list[tuple[str, str, bool]]:
    """Return address, label and whether it is shown of each period, a reader's own one last."""
    named = {"busy": _("busiest period"), "all": _("all years")}
    default, shown = next(iter(timeline.periods)), timeline.period
    labels = {code: named.get(code, code) for code in timeline.periods}
    labels.setdefault(shown.code, shown.words)
    # the default needs no parameter, so that an address says only what a reader has changed
    return [
        (screen.href(period="" if code == default else code), label, code == shown.code)
        for code, label in labels.items()
    ]


def _address_of(screen: Screen, **values: str) -> Callable[[str], str]:
    """
    Return a function from one field's value to the address with it.

    The address is encoded once and not for each of a thousand marks, which took longer than to
    draw them. Values must be of letters, digits, ``-`` and ``_``.
    """
    ((field, value),) = values.items()
    closed = NO_CARD if field == "event" else {}
    before, mark, after = screen.href(**{**closed, field: value}).partition(f"{field}={value}")
    if not mark:
        raise ValueError(f"an address says nothing of {field}")
    return lambda wanted: f"{before}{field}={wanted}{after}"


def chart(screen: Screen) -> Markup:
    """Write the chart, or a sentence in its place where no event is selected."""
    timeline = arranged(screen)
    if not timeline.marks:
        message = _("No entries match. Remove a filter to see more.")
        return render("empty.html", message=message)
    stamp = _("As of {date}. Ledger {version}. {imprint}").format(
        date=spoken(screen.snapshot.day.isoformat()),
        version=screen.dataset.version,
        imprint=screen.configuration.imprint,
    )
    return timeline_chart.chart(
        timeline,
        mark=_address_of(screen, event="ID"),
        period=_address_of(screen, period="PERIOD"),
        opened=screen.state.event,
        note=f"{_(MEANING)} {_(NOT_MEANING)} {stamp}",
    )


def words_over_time(screen: Screen) -> Markup:
    """Write how the latest words of the selection's records have changed; empty without any."""
    if not screen.selection.records:
        return Markup()
    heading = render("heading.html", said=_(WORDS), note=_(WORDS_NOTE))
    return heading + history_chart.chart(screen.selection, f"{_(WORDS)}. {_(WORDS_NOTE)}")


def sentence(timeline: Timeline) -> str:
    """Say what the view shows, as of which day, and what is listed but not drawn."""
    selection = timeline.selection
    repeats = sum(bool(e.repeat_of) for e in selection.events)
    standing = len(timeline.reports) - (len(selection.events) - repeats)
    parts = [
        _("{events} for {records}, as of {date}.").format(
            events=ngettext("{n} entry", "{n} entries", len(selection.events) - repeats),
            records=ngettext("{n} record", "{n} records", len(selection.records)),
            date=spoken(selection.snapshot.day.isoformat()),
        )
    ]
    if repeats:
        parts.append(
            ngettext(
                "{n} more entry restates another and is listed but not drawn.",
                "{n} more entries restate others and are listed but not drawn.",
                repeats,
            )
        )
    if standing > 0:
        parts.append(
            ngettext(
                "{n} mark shows a report that is only restated in this selection.",
                "{n} marks show reports that are only restated in this selection.",
                standing,
            )
        )
    if len(timeline.reports) > len(timeline.drawn):
        parts.append(_("Only the newest {n:,} are drawn.").format(n=len(timeline.drawn)))
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
        restates = _("Restates another entry.")
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


def entries(screen: Screen) -> Markup:
    """
    Write the entries of the selection as a list, the newest first.

    Parameters
    ----------
    screen : Screen
        Its selection, repeats included, the event whose card is open, and how many entries
        the address asks for.

    Returns
    -------
    Markup
        Escaped HTML, with links to more entries; empty where no event is selected.
    """
    selection, state = screen.selection, screen.state
    if not selection.events:
        return Markup()
    events = sorted(
        selection.events, key=lambda e: (e.said.end, e.said.first, e.position), reverse=True
    )
    most = int(state.listed or STEP)
    groups = [
        {"name": name, "events": [_item(e, selection.snapshot, state.event) for e in grouped]}
        for name, grouped in groupby(events[:most], key=_group)
    ]
    return render(
        "timeline.html", click=screen.click, groups=groups, more=_more(screen, most, len(events))
    )


def _more(screen: Screen, most: int, total: int) -> list[tuple[str, str]]:
    """Return address and label of each link to a longer list: the next entries, and all."""
    longer = []
    if total - most > STEP:
        longer.append((most + STEP, _("Show {n} more").format(n=STEP)))
    if total > most:
        longer.append((total, _("Show all {n:,}").format(n=total)))
    return [(screen.href(listed=str(number)), label) for number, label in longer]


def key(screen: Screen) -> Markup:
    """
    Write how to read the chart: its signs with their numbers of marks, and its period.

    Parameters
    ----------
    screen : Screen
        Its selection, and the period that the address asks for.

    Returns
    -------
    Markup
        Escaped HTML; empty where no event is selected or a card is open.
    """
    timeline, state = arranged(screen), screen.state
    if not timeline.marks or state.record or state.event or state.place:
        # an open card stands in its place
        return Markup()
    shown = _("To zoom in, choose a part of the strip below the chart.")
    if timeline.outside:
        shown = _(
            "Showing {period}. {outside}: choose another part of the strip below the chart, "
            "or another period."
        ).format(
            period=timeline.period.words,
            outside=ngettext(
                "{n} mark lies outside that period",
                "{n} marks lie outside that period",
                timeline.outside,
            ),
        )
    return render("timeline_key.html", lanes=timeline.signs, shown=shown)
