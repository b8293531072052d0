"""The Data page except its tables: headings, notes on the files, and empty tables."""

from __future__ import annotations

from markupsafe import Markup

from geo.model.dates import spoken
from geo.screen.context import Screen
from geo.views.rendering import render
from geo.wording import _, ngettext


def records_heading(screen: Screen) -> Markup:
    """Write the number of records in the table, and their day."""
    total = len(screen.selection.records)
    heading = _("{records} of the selection, as of {date}").format(
        records=ngettext("{n} record", "{n} records", total),
        date=spoken(screen.snapshot.day.isoformat()),
    )
    return render("data_heading.html", said=heading, total=total)


def no_records() -> Markup:
    """Write the sentence that replaces a table without a record."""
    return render("empty.html", message=_("No record is selected. Loosen a filter to see some."))


def events_heading(screen: Screen) -> Markup:
    """Write the number of events in the table, and how many entries restate another report."""
    total = len(screen.selection.events)
    repeats = sum(bool(e.repeat_of) for e in screen.selection.events)
    heading = ngettext("{n} event", "{n} events", total - repeats)
    if repeats:
        heading += ngettext(
            ", and {n} entry that restates another report",
            ", and {n} entries that restate another report",
            repeats,
        )
    return render("data_heading.html", said=heading, total=total)


def no_events() -> Markup:
    """Write the sentence that replaces a table without an event."""
    return render("empty.html", message=_("No event is selected. Loosen a filter to see some."))


def files_note() -> Markup:
    """Describe the content of the files."""
    return render("data_note.html")
