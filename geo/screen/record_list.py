"""The selection as a list: countries, and the records of each."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from geo.model.entities import Record
from geo.model.names import country_name
from geo.screen.cards import symbol
from geo.screen.context import Screen
from geo.views.rendering import render
from geo.wording import _
from geo.words.sentences import place

#: with more records than this the list names countries only; their cards list the records
LISTED = 400


def record_list(screen: Screen) -> Markup:
    """Write the records of the selection by country."""
    by_country: dict[str, list[Record]] = {}
    for record in screen.selection.records:
        by_country.setdefault(record.host_country, []).append(record)
    whole = len(screen.selection.records) <= LISTED
    countries = [
        {
            "code": code,
            "name": country_name(code),
            "count": len(records),
            "records": [_item(screen, r) for r in records] if whole else [],
        }
        for code, records in sorted(by_country.items(), key=lambda pair: country_name(pair[0]))
    ]
    return render("list.html", click=screen.click, countries=countries)


def _item(screen: Screen, record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "place": place(record),
        "origin": record.origin_city or _("police body not named"),
        **symbol(screen, record),
    }
