"""The Countries page: one country, the table of all, China's position, jurisdictions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from geo.ledger.coverage import coverage_counts
from geo.ledger.past_day import shows_undated_texts
from geo.ledger.snapshot import Snapshot
from geo.link.addresses import NO_CARD
from geo.link.selection import Filters, Selection
from geo.model.dates import spoken
from geo.model.entities import Record
from geo.model.names import country_codes
from geo.model.vocabulary import CLAIM_ONLY, COVERAGE, JURISDICTIONS, WORLDWIDE
from geo.screen.context import Screen
from geo.views.rendering import render
from geo.views.symbols import faded
from geo.wording import N_, _, ngettext
from geo.words.claimed_figures import figures_of
from geo.words.country_page import china_steps, country_part
from geo.words.country_rows import CountryTable, country_table, sorted_rows
from geo.words.jurisdictions import jurisdictions as of_jurisdictions
from geo.words.sentences import none_found, place

_HEADINGS: Mapping[str, str] = {
    "name": N_("Country"),
    "coverage": N_("Coverage"),
    "records": N_("Records selected, of those held"),
    "first": N_("First report"),
    "newest": N_("Newest words of a host authority"),
}


@dataclass(frozen=True, slots=True)
class Order:
    """The order of the table: one of `country_rows.SORTS`, and its direction."""

    by: str = "name"
    descending: bool = False


ALPHABETICAL = Order()


def _item(word: str, records: tuple[Record, ...], snapshot: Snapshot) -> dict[str, Any]:
    newest = snapshot.word(records[0])
    code = newest.sets if newest else CLAIM_ONLY
    return {
        "ids": [record.id for record in records],
        "place": place(records[0]),
        "code": code,
        "faded": faded(code, newest, snapshot),
        "word": word,
    }


def country_values(code: str, selection: Selection) -> dict[str, Any]:
    """
    Return the variables of the template ``_country_body.html``.

    Parameters
    ----------
    code : str
        Alpha-2 code of ISO 3166-1, or ``EU``.
    selection : Selection
        Limits the records listed; answers are always complete.

    Returns
    -------
    dict
        Values by their names in the template.
    """
    snapshot = selection.snapshot
    part = country_part(code, snapshot, selection.record_ids)
    outside = ngettext(
        "{n} more record is outside the current selection.",
        "{n} more records are outside the current selection.",
        part.outside,
    )
    return {
        "part": part,
        "records": [_item(word, records, snapshot) for word, records in part.records],
        "outside": outside if part.outside else "",
        "figures": figures_of(code, snapshot),
        "notes": shows_undated_texts(snapshot),
    }


def country(screen: Screen) -> Markup:
    """Write the part of the picked country; empty unless exactly one is picked."""
    picked = screen.state.filters.country
    if len(picked) != 1 or picked[0] == WORLDWIDE:
        return Markup("")
    return render(
        "country.html",
        click=screen.click,
        day=spoken(screen.snapshot.day.isoformat()),
        **country_values(picked[0], screen.selection),
    )


def _headings(order: Order) -> list[dict[str, str]]:
    direction = "descending" if order.descending else "ascending"
    return [
        {"code": code, "label": _(label), "sort": direction if code == order.by else ""}
        for code, label in _HEADINGS.items()
    ]


def _says(table: CountryTable, snapshot: Snapshot) -> str:
    day = spoken(snapshot.day.isoformat())
    if table.only:
        return _("{n} of {total} codes of ISO 3166-1, as of {day}: {state}.").format(
            n=len(table.rows), total=len(country_codes()), day=day, state=_(COVERAGE[table.only])
        )
    if table.narrowed:
        return (
            ngettext(
                "{n} country with a record or an entry under the other filters, as of",
                "{n} countries with a record or an entry under the other filters, as of",
                len(table.rows),
            )
            + f" {day}."
        )
    return _("All {total} codes of ISO 3166-1, as of {day}.").format(
        total=len(country_codes()), day=day
    )


def countries(
    screen: Screen, order: Order = ALPHABETICAL, rest: bool = False, only: str = ""
) -> Markup:
    """
    Write the table of countries.

    Parameters
    ----------
    screen : Screen
        What is picked; the numbers of the coverage states are of its day.
    order : Order
        How the rows are sorted.
    rest : bool
        Whether to list countries without a record and without a word too.
    only : str
        The one coverage state whose countries are listed; empty for all.

    Returns
    -------
    Markup
        Escaped HTML.
    """
    table = country_table(screen.selection, rest, only)
    switch = ngettext(
        "Show the {n} country without a record and without a word",
        "Show the {n} countries without a record and without a word",
        table.rest,
    )
    return render(
        "countries.html",
        click=screen.click,
        says=_says(table, screen.snapshot),
        states=[(s, _(COVERAGE[s]), n) for s, n in coverage_counts(screen.snapshot).items()],
        total=len(country_codes()),
        headings=_headings(order),
        rows=sorted_rows(table.rows, order.by, order.descending),
        switch="" if table.narrowed or table.only or not table.rest else switch,
        open=table.with_rest,
        only=table.only,
    )


def china(screen: Screen) -> Markup:
    """Write China's position over time: each step quoted with day, speaker and source."""
    return render(
        "china.html",
        click=screen.click,
        steps=china_steps(screen.snapshot),
        day=spoken(screen.snapshot.day.isoformat()),
    )


def jurisdictions(screen: Screen) -> Markup:
    """Write the section on the jurisdictions that the claims name."""
    snapshot, checked = screen.snapshot, screen.dataset.last_checked
    items = []
    for part in of_jurisdictions(snapshot):
        counties = [n for n, _script, holder in JURISDICTIONS.values() if holder == part.code]
        inside = _("with {county}").format(county=", ".join(counties)) if counties else ""
        held = ngettext("{n} record", "{n} records", part.held)
        filters = Filters(jurisdiction=(part.code,))
        href = screen.href("map", filters=filters, view=None, **NO_CARD)
        items.append({"part": part, "href": href, "held": held, "with": inside})
    return render(
        "jurisdictions.html",
        items=items,
        day=spoken(snapshot.day.isoformat()),
        current=shows_undated_texts(snapshot),
        checked=spoken(checked) if checked else "–",
        nothing=none_found(checked),
        spoken=spoken,
    )
