"""The timeline as blocks: settings, chart, latest words over time, entries as a list."""

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
from geo.screen.folded import folded
from geo.views import history_chart, timeline_chart
from geo.views.rendering import render
from geo.views.timeline import Timeline, timeline_of
from geo.wording import N_, _, ngettext
from geo.words.findings import FirstDays, first_days, quiet_since
from geo.words.milestones import milestones
from geo.words.permanent_lines import MEANING, NOT_MEANING
from geo.words.statements import statement

#: entries of the list that are written at a time
STEP = 20
WORDS = N_("Latest word over time")
WORDS_NOTE = N_("The selected records by the latest word on each day, in four groups.")


def arranged(screen: Screen) -> Timeline:
    """Return the timeline of a screen, arranged as its address says."""
    state = screen.state
    return timeline_of(screen.selection, state.rows == "country", state.period)


def settings(screen: Screen) -> dict[str, str]:
    """
    Return how the timeline is arranged, also where its address leaves that to it.

    Parameters
    ----------
    screen : Screen
        The timeline.

    Returns
    -------
    dict of str to str
        Fields of the state: its rows, its period in days, and the length of its list.
    """
    timeline = arranged(screen)
    rows = "country" if timeline.by_country else "speaker"
    if not timeline.marks:
        return {"rows": rows}
    period, shown = timeline.period.code, timeline.period
    if period == "busy":
        # which time is the busiest is for the software to say, and another version may differ
        period = f"{shown.first}_{shown.last}"
    return {"rows": rows, "period": period, "listed": screen.state.listed or str(STEP)}


def tools(screen: Screen) -> Markup:
    """Write the links that arrange the chart; empty where no event is selected."""
    timeline = arranged(screen)
    if not timeline.marks:
        return Markup()
    by = "country" if timeline.by_country else ""
    return render(
        "timeline_tools.html",
        rows=[
            (screen.href(rows=code), label, code == by)
            for code, label in (("", _("By speaker")), ("country", _("By country")))
        ],
        periods=_periods(screen, timeline),
        entries=len(screen.selection.events),
    )


def _periods(screen: Screen, timeline: Timeline) -> list[tuple[str, str, bool]]:
    """Return address, label and whether it is shown of each period that has a button."""
    named = {"busy": _("Busiest period"), "all": _("All years")}
    default, shown = next(iter(timeline.periods)), timeline.period
    labels = {code: named[code] for code in timeline.periods if code in named}
    # a year, or a reader's own period: the strip leads to it
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


def chart(screen: Screen, *, still: bool = False) -> Markup:
    """
    Write the chart, or a sentence in its place where no event is selected.

    Parameters
    ----------
    screen : Screen
        Its selection, and how the address arranges it.
    still : bool
        Whether nobody can move the window on its strip, as in an embed.

    Returns
    -------
    Markup
        A figure.
    """
    timeline = arranged(screen)
    if not timeline.marks:
        message = _("No entries match. Remove a filter to see more.")
        return render("empty.html", message=message)
    stamp = _("As of {date}. Ledger {version}. {imprint}").format(
        date=spoken(screen.snapshot.day.isoformat()),
        version=screen.dataset.version,
        imprint=screen.configuration.imprint,
    )
    finding = first_days(screen.selection)
    return timeline_chart.chart(
        timeline,
        timeline_chart.Addresses(
            _address_of(screen, event="ID"), _address_of(screen, period="PERIOD")
        ),
        opened=screen.state.event,
        notes=(_counted(timeline, finding, still), f"{_(MEANING)} {_(NOT_MEANING)} {stamp}"),
        named=milestones(screen.selection),
        finding=finding,
    )


def _counted(timeline: Timeline, finding: FirstDays | None, still: bool) -> str:
    """Say what is drawn and what is not, and how the finding is counted."""
    parts = [sentence(timeline)]
    if timeline.outside and still:
        outside = ngettext(
            "{n} entry is outside the period shown.",
            "{n} entries are outside the period shown.",
            timeline.outside,
        )
        parts.append(outside)
    elif timeline.outside:
        parts.append(
            ngettext(
                "{n} entry is outside the period shown: move the window on the strip.",
                "{n} entries are outside the period shown: move the window on the strip.",
                timeline.outside,
            )
        )
    if finding:
        counted = _("Days are counted from the first report, {date}.")
        parts += [counted.format(date=spoken(finding.first.isoformat())), finding.remark]
    return " ".join(filter(None, parts))


def words_over_time(screen: Screen) -> Markup:
    """Write how the latest words of the selection's records have changed; empty without any."""
    if not screen.selection.records:
        return Markup()
    title = quiet_since(screen.selection) or _(WORDS)
    on = spoken(screen.snapshot.day.isoformat()) if screen.snapshot.day != screen.today else ""
    heading = render("heading.html", said=title, note=_(WORDS_NOTE))
    if screen.opens_card:
        return heading + folded(screen, "", _("Close the card and show the chart"))
    return heading + history_chart.chart(screen.selection, f"{_(WORDS)}. {_(WORDS_NOTE)}", on)


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
                "{n} mark shows an entry that is only restated in this selection.",
                "{n} marks show entries that are only restated in this selection.",
                standing,
            )
        )
    if len(timeline.reports) > len(timeline.drawn):
        parts.append(_("Only the most recent {n:,} are drawn.").format(n=len(timeline.drawn)))
    return " ".join(parts)


def _group(event: Event) -> str:
    # a month, or the coarser date that the source gives
    text = event.said.text
    return spoken(text if "/" in text else text[:7])


def _item(event: Event, snapshot: Snapshot) -> dict[str, Any]:
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
    }


def entries(screen: Screen) -> Markup:
    """
    Write the entries of the selection as a list, the newest first.

    Parameters
    ----------
    screen : Screen
        Its selection, repeats included, and how many entries the address asks for. While a
        card is open there are none.

    Returns
    -------
    Markup
        Escaped HTML, with links to more entries; empty where no event is selected.
    """
    selection, state = screen.selection, screen.state
    if not selection.events:
        return Markup()
    events = sorted(selection.events, key=lambda e: e.as_printed, reverse=True)
    most = 0 if screen.opens_card else int(state.listed or STEP)
    groups = [
        {"name": name, "events": [_item(e, selection.snapshot) for e in grouped]}
        for name, grouped in groupby(events[:most], key=_group)
    ]
    closes = _("Close the card and list {n:,} entries").format(n=len(events))
    return render(
        "timeline.html",
        click=screen.click,
        groups=groups,
        more=() if screen.opens_card else _more(screen, most, len(events)),
        whole=folded(screen, "entries", closes) if screen.opens_card else "",
        # the first of those that a longer list adds
        next=events[most].id if most < len(events) else "",
    )


def _more(screen: Screen, most: int, total: int) -> list[tuple[str, str]]:
    """Return address and label of each link to a longer list: the next entries, and all."""
    longer = []
    if total - most > STEP:
        longer.append((most + STEP, _("Show {n} more").format(n=STEP)))
    if total > most:
        longer.append((total, _("Show all {n:,}").format(n=total)))
    return [(screen.href(listed=str(number)), label) for number, label in longer]
