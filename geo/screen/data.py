"""The Data page around its tables: headings, what the files carry, and what an empty one says."""

from __future__ import annotations

from markupsafe import Markup

from geo.model.dates import spoken
from geo.screen.context import Screen
from geo.views.rendering import render
from geo.wording import _, ngettext


def records_heading(screen: Screen) -> Markup:
    """Write how many records the table has, and of which day."""
    total = len(screen.selection.records)
    said = _("{records} of the selection, as of {date}").format(
        records=ngettext("{n} record", "{n} records", total),
        date=spoken(screen.snapshot.day.isoformat()),
    )
    return render("data_heading.html", said=said, total=total)


def no_records() -> Markup:
    """Write what stands in place of a table without a record."""
    return render("empty.html", message=_("No record is selected. Loosen a filter to see some."))


def events_heading(screen: Screen) -> Markup:
    """Write how many events the table has, and how many entries restate another report."""
    total = len(screen.selection.events)
    repeats = sum(bool(e.repeat_of) for e in screen.selection.events)
    said = ngettext("{n} event", "{n} events", total - repeats)
    if repeats:
        said += ngettext(
            ", and {n} entry that restates another report",
            ", and {n} entries that restate another report",
            repeats,
        )
    return render("data_heading.html", said=said, total=total)


def no_events() -> Markup:
    """Write what stands in place of a table without an event."""
    return render("empty.html", message=_("No event is selected. Loosen a filter to see some."))


def files_note() -> Markup:
    """Write what the files carry."""
    return render("data_note.html")
