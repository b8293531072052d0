"""The Data page: both tables of the selection with their files, and notes on the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from markupsafe import Markup

from geo.link.addresses import NO_CARD, data_file
from geo.model.dates import spoken
from geo.model.entities import Event, Record
from geo.model.names import country_name
from geo.model.vocabulary import EVENT_TYPES
from geo.screen.context import Screen
from geo.screen.data_tables import EVENT_COLUMNS, OWN, RECORD_COLUMNS, Column, ordered
from geo.screen.sorting import Heading, heading, order_of
from geo.views.rendering import render
from geo.wording import _, ngettext

Row = TypeVar("Row", Record, Event)

#: rows that a table shows by itself, and that each click on its last line adds
STEP = 100
#: rows that a table shows at most; the files have all of them
MOST = 2000


def records_table(screen: Screen) -> Markup:
    """Write the selected records as a table, with their number, their day and their files."""
    records = screen.selection.records
    title = _("{records} selected, as of {date}").format(
        records=ngettext("{n} record", "{n} records", len(records)),
        date=spoken(screen.snapshot.day.isoformat()),
    )
    files = [
        (_("Records as CSV"), _file(screen, "records.csv")),
        (_("Records as GeoJSON"), _file(screen, "records.geojson")),
    ]
    return render(
        "data_table.html",
        part="records",
        title=title,
        files=files,
        nothing=_("No records match. Remove a filter to see more."),
        **_contents(screen, "record", RECORD_COLUMNS, records),
    )


def events_table(screen: Screen) -> Markup:
    """Write the selected events as a table, with the number of those that restate another."""
    events = screen.selection.events
    repeats = sum(bool(event.repeat_of) for event in events)
    title = ngettext("{n} entry", "{n} entries", len(events) - repeats)
    if repeats:
        title = ngettext(
            "{entries}, plus {n} that restates another entry",
            "{entries}, plus {n} that restate other entries",
            repeats,
            entries=title,
        )
    return render(
        "data_table.html",
        part="events",
        title=title,
        files=[(_("Entries as CSV"), _file(screen, "events.csv"))],
        nothing=_("No entries match. Remove a filter to see more."),
        **_contents(screen, "event", EVENT_COLUMNS, events),
    )


def files_note(_screen: Screen) -> Markup:
    """Describe the content of the files."""
    return render("data_note.html")


def _file(screen: Screen, name: str) -> str:
    # with day and version, so that the file is of the ledger that the table shows
    return data_file(screen.opened.dated, name)


def shown(listed: str) -> int:
    """
    Return how many rows a table shows.

    Parameters
    ----------
    listed : str
        As in a link; empty for `STEP`.

    Returns
    -------
    int
        At most `MOST`.
    """
    return min(int(listed), MOST) if listed else STEP


def _contents(
    screen: Screen, kind: str, columns: tuple[Column[Row], ...], rows: Sequence[Row]
) -> dict[str, Any]:
    """Return the variables of the template that depend on the rows."""
    state, snapshot = screen.state, screen.snapshot
    count = shown(state.listed)
    part, opened = f"{kind}s", getattr(state, kind)
    return {
        "total": len(rows),
        "headings": _headings(screen, columns, part),
        "rows": [
            {
                "href": screen.href(**{**NO_CARD, kind: row.id}),
                "name": _name(row),
                "open": row.id == opened,
                "cells": [
                    (column.cell(row, snapshot), column.brief(row) if column.brief else "")
                    for column in columns
                ],
            }
            for row in ordered(rows, columns, state.sort, snapshot)[:count]
        ],
        **_rest(screen, part, count, len(rows)),
    }


def _headings(screen: Screen, columns: tuple[Column[Row], ...], part: str) -> list[Heading]:
    order = order_of(screen.state.sort, [column.code for column in columns], OWN)
    return [
        replace(
            heading(screen, column.code, _(column.label), order, OWN, part=part),
            help=_(column.help) if column.help else "",
            width=column.width,
        )
        for column in columns
    ]


def _name(row: Record | Event) -> str:
    """Return what a link to an event says besides its date; empty for a record."""
    if isinstance(row, Record):
        return ""
    return f"{row.said.text}: {_(EVENT_TYPES[row.event_type].label)}, {country_name(row.country)}"


def _rest(screen: Screen, part: str, count: int, total: int) -> dict[str, str]:
    """Return the sentence on the rows that are not shown, and the link that adds some."""
    if total <= count:
        return {"limited": "", "more": "", "more_href": ""}
    limited = _("The first {n:,} of {total:,} are shown; all are in the files.")
    further = min(STEP, total - count, MOST - count)
    listed = screen.href(listed=str(count + STEP))
    return {
        "limited": limited.format(n=count, total=total),
        "more": ngettext("Show {n} more", "Show {n} more", further) if further > 0 else "",
        "more_href": f"{listed}#{part}",
    }
