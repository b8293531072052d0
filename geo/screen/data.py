"""The Data page: both tables of the selection with their files, and notes on the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from markupsafe import Markup

from geo.exports.downloads import ENTRIES, EVERYTHING, RECORDS, downloads
from geo.link.addresses import NO_CARD
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
STEP = 1000
#: rows that a table shows at most; the files have all of them
MOST = 2000
#: rows that a table shows beside an open card: those of the sheet that has the open row
BESIDE_CARD = 40


def records_table(screen: Screen) -> Markup:
    """Write the selected records as a table, with their number, their day and their files."""
    records = screen.selection.records
    title = _("{records} selected, as of {date}").format(
        records=ngettext("{n} record", "{n} records", len(records)),
        date=spoken(screen.snapshot.day.isoformat()),
    )
    return render(
        "data_table.html",
        part="records",
        title=title,
        files=_files(screen, RECORDS, EVERYTHING),
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
        files=_files(screen, ENTRIES),
        nothing=_("No entries match. Remove a filter to see more."),
        **_contents(screen, "event", EVENT_COLUMNS, events),
    )


def files_note(_screen: Screen) -> Markup:
    """Describe the content of the files."""
    return render("data_note.html")


def _files(screen: Screen, *contents: str) -> list[tuple[str, str]]:
    # with day and version, so that the files are of the ledger that the table shows
    return downloads(screen.opened.dated, *contents)


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
        At most `MOST`, and no fewer than `STEP`: a link may come from the timeline, whose list
        is shorter.
    """
    return max(STEP, min(int(listed), MOST)) if listed else STEP


def _contents(
    screen: Screen, kind: str, columns: tuple[Column[Row], ...], rows: Sequence[Row]
) -> dict[str, Any]:
    """Return the variables of the template that depend on the rows."""
    state, snapshot = screen.state, screen.snapshot
    part, opened = f"{kind}s", getattr(state, kind)
    every = ordered(rows, columns, state.sort, snapshot)
    listed = _listed(screen, [row.id for row in every], opened)
    return {
        "total": len(rows),
        "first": listed.start,
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
            for row in every[listed.start : listed.stop]
        ],
        **_rest(screen, part, listed, len(rows)),
    }


def _listed(screen: Screen, ids: Sequence[str], opened: str) -> range:
    """Return the rows of a table that are shown, by their numbers."""
    if not screen.opens_card:
        return range(min(shown(screen.state.listed), len(ids)))
    number = ids.index(opened) if opened in ids else 0
    first = number - number % BESIDE_CARD
    return range(first, min(first + BESIDE_CARD, len(ids)))


def _headings(screen: Screen, columns: tuple[Column[Row], ...], part: str) -> list[Heading]:
    order = order_of(screen.state.sort, [column.code for column in columns], OWN)
    return [
        replace(
            heading(screen, column.code, _(column.label), order, OWN, part=part),
            help=_(column.help) if column.help else "",
        )
        for column in columns
    ]


def _name(row: Record | Event) -> str:
    """
    Return the name of a link to an event, since several have one date; empty for a record.

    It begins with what is seen, so that who speaks the words on the screen reaches the link.
    """
    if isinstance(row, Record):
        return ""
    kind, country = _(EVENT_TYPES[row.event_type].label), country_name(row.country)
    return f"{spoken(row.said.text)}: {kind}, {country}"


def _rest(screen: Screen, part: str, listed: range, total: int) -> dict[str, str]:
    """Return the sentence on the rows that are not shown, and the link that adds some."""
    if total <= len(listed):
        return {"limited": "", "more": "", "more_href": ""}
    if screen.opens_card:
        limited = _("Rows {first:,} to {last:,} of {total:,} are shown while the card is open.")
        return {
            "limited": limited.format(first=listed.start + 1, last=listed.stop, total=total),
            "more": _("Close the card and show all"),
            "more_href": screen.closed(part),
        }
    limited = _("The first {n:,} of {total:,} are shown; all are in the files.")
    further = min(STEP, total - len(listed), MOST - len(listed))
    longer = screen.href(listed=str(len(listed) + STEP))
    return {
        "limited": limited.format(n=len(listed), total=total),
        "more": ngettext("Show {n} more", "Show {n} more", further) if further > 0 else "",
        "more_href": f"{longer}#{part}",
    }
