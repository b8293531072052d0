"""The list at the side of the map: latest entries, answers, records, or all countries."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from geo.link.addresses import feed
from geo.model.entities import Record
from geo.model.text import fold
from geo.model.vocabulary import FLAGS, LATEST_WORDS, STRIP
from geo.screen.card_head import in_order
from geo.screen.cards import symbol
from geo.screen.context import Screen
from geo.screen.matches import matches_block
from geo.views.rendering import render
from geo.views.units import country_units
from geo.wording import _, ngettext
from geo.words.entries import (
    answer_and_latest_word,
    answer_rows,
    kind_and_year,
    latest_entries,
    newest_first,
)
from geo.words.sentences import place

#: entries that are listed; the rest is the timeline's
ENTRIES = 8
#: up to so many records are listed one by one
FEW = 12
#: of those picked by country, as many as one page bears; their cards list the rest
LISTED = 400
COUNTRIES = "countries"


def record_list(screen: Screen) -> Markup:
    """
    Write the list: all countries if the address asks for them, else what fits the filters.

    Parameters
    ----------
    screen : Screen
        What is selected. An open card is in the list's place.

    Returns
    -------
    Markup
        Escaped HTML; empty while a card is open.
    """
    if screen.opens_card:
        return Markup()
    selection, state = screen.selection, screen.state
    all_countries = state.side == COUNTRIES
    entries, total = latest_entries(selection, ENTRIES)
    return matches_block(screen) + render(
        "list.html",
        click=screen.click,
        countries=_countries(screen) if all_countries else None,
        switch=_switch(screen),
        answers=[] if all_countries else _answers(screen),
        records=[] if all_countries else _records(screen),
        shown=f"{selection.snapshot.day:%Y%m%d}-{len(selection.records)}-{total}",
        entries=entries,
        all_entries=screen.href("timeline") + "#entries",
        all_words=ngettext("{n} entry", "All {n} entries", total),
        feed=feed(state),
    )


def _switch(screen: Screen) -> list[tuple[str, str, bool]]:
    """Return address, label and whether it is shown of each form of the list."""
    n = len(screen.selection.countries)
    countries = ngettext("{n} country", "All {n} countries", n) if n else _("Countries")
    return [
        (screen.href(side=side), label, screen.state.side == side)
        for side, label in (
            ("", _("Latest entries")),
            (COUNTRIES, countries),
        )
    ]


def _answers(screen: Screen) -> list[dict[str, Any]]:
    """List the governments behind each answer that is picked."""
    selection = screen.selection
    lists = []
    for code in selection.filters.flag:
        if code not in STRIP:
            continue
        rows = answer_rows(code, selection)
        lists.append(
            {
                "title": ngettext(
                    "{n} country: {answer}",
                    "{n} countries: {answer}",
                    len(rows),
                    answer=_(FLAGS[code]),
                ),
                "rows": rows,
                "why": answer_and_latest_word(code, selection, len(rows)),
            }
        )
    return lists


def _records(screen: Screen) -> list[dict[str, Any]]:
    """List the records themselves where a country is picked, or where they are few."""
    selection = screen.selection
    if selection.search is not None:
        # the matches above list them
        return []
    few = len(selection.records) <= (LISTED if selection.filters.country else FEW)
    return [_item(screen, record) for record in in_order(selection.records)] if few else []


def _item(screen: Screen, record: Record) -> dict[str, Any]:
    mark = symbol(screen, record)
    return {
        "id": record.id,
        "place": place(record),
        "origin": record.origin_city or _("police body not named"),
        "word": _(LATEST_WORDS[mark["code"]].short),
        "open": record.id == screen.state.record,
        **mark,
    }


def _countries(screen: Screen) -> list[dict[str, Any]]:
    """List the selection's countries: their records' marks, and their authorities' latest word."""
    snapshot, rows = screen.snapshot, []
    for unit in country_units(screen.selection.records, snapshot):
        host = snapshot.host_events(unit.country)
        kind, year = kind_and_year(newest_first(host)[0]) if host else (_("No answer found"), "")
        rows.append(
            {
                "code": unit.country,
                "name": unit.name,
                "words": unit.words,
                "count": len(unit.records),
                "kind": kind,
                "year": year,
                "host": bool(host),
            }
        )
    return sorted(rows, key=lambda row: fold(row["name"]))
