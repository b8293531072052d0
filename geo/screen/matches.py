"""What a search has found: records in the place that it names first, then those that mention it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from geo.model.entities import Record
from geo.screen.cards import symbol
from geo.screen.context import Screen
from geo.views.rendering import render
from geo.wording import _, ngettext
from geo.words.extracts import extract
from geo.words.search_summary import read_as, search_summary
from geo.words.sentences import place

#: records that only mention the query, before the rest is folded
SHOWN = 10
#: with more records than this, those that only mention the query are counted and not listed
LISTED = 100


def matches_block(screen: Screen) -> Markup:
    """
    Write what the search has found; empty without a query.

    Parameters
    ----------
    screen : Screen
        Whose selection is listed.
    """
    selection = screen.selection
    if selection.search is None:
        return Markup("")
    in_place = selection.in_place
    ids = {record.id for record in in_place}
    mentions = [r for r in selection.records if r.id not in ids]
    further = len(mentions) - SHOWN
    return render(
        "matches.html",
        click=screen.click,
        summary=search_summary(selection),
        read_as=read_as(selection),
        in_place=[_item(screen, r) for r in in_place],
        mentions=[_mention(screen, r) for r in mentions] if len(mentions) <= LISTED else [],
        shown=SHOWN,
        further=ngettext("{n} more record", "{n} more records", further) if further > 0 else "",
    )


def _item(screen: Screen, record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "place": place(record),
        "origin": record.origin_city or _("police body not named"),
        "extract": None,
        **symbol(screen, record),
    }


def _mention(screen: Screen, record: Record) -> dict[str, Any]:
    assert screen.selection.search is not None  # there are mentions of a query only
    found = extract(record, screen.snapshot, screen.selection.search.terms)
    return {**_item(screen, record), "extract": found}
