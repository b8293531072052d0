"""The Countries page: one country, the answers of all, China's position, jurisdictions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from geo.ledger.past_day import shows_undated_texts
from geo.ledger.snapshot import Snapshot
from geo.link.addresses import NO_CARD
from geo.link.selection import Filters, Selection
from geo.model.dates import spoken
from geo.model.entities import Record
from geo.model.names import country_codes
from geo.model.vocabulary import CLAIM_ONLY, COVERAGE, JURISDICTIONS, WORLDWIDE
from geo.screen.context import Screen
from geo.screen.folded import folded
from geo.screen.sorting import Heading, Order, heading, order_of
from geo.views.mark_row import mark_row
from geo.views.rendering import render
from geo.views.units import country_units
from geo.wording import N_, _, ngettext
from geo.words.claimed_figures import figures_of
from geo.words.country_page import china_steps, country_part
from geo.words.country_rows import (
    SORTS,
    CountryRow,
    CountryTable,
    country_table,
    sorted_rows,
)
from geo.words.jurisdictions import jurisdictions as of_jurisdictions
from geo.words.sentences import none_found, place

_HEADINGS: Mapping[str, str] = {
    "name": N_("Country"),
    "records": N_("Records, by latest word"),
    "newest": N_("Most recent answer of its authorities"),
    "first": N_("First claimed"),
}
#: the table's own order
ALPHABETICAL = Order("name")
PART = "answers"
#: the sections of the page, by the ids of their headings
_SECTIONS: Mapping[str, str] = {
    PART: N_("Answers by country"),
    "china": N_("China’s position over time"),
    "jurisdictions": N_("Chinese jurisdictions named"),
    "coverage": N_("Coverage"),
}


def contents(_screen: Screen) -> Markup:
    """Write the links to the sections of the page."""
    return render("countries_contents.html", sections=[(k, _(v)) for k, v in _SECTIONS.items()])


def _item(word: str, records: tuple[Record, ...], snapshot: Snapshot) -> dict[str, Any]:
    newest = snapshot.word(records[0])
    code = newest.sets if newest else CLAIM_ONLY
    return {
        "ids": [record.id for record in records],
        "place": place(records[0]),
        "code": code,
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


def _headings(screen: Screen, order: Order) -> list[Heading]:
    return [
        heading(screen, code, _(label), order, ALPHABETICAL, part=PART)
        for code, label in _HEADINGS.items()
    ]


def _says(table: CountryTable, snapshot: Snapshot) -> str:
    day, rows = spoken(snapshot.day.isoformat()), len(table.rows)
    if table.only:
        return _(
            "{n} of {total} countries and territories in ISO 3166-1, as of {day}: {state}."
        ).format(n=rows, total=len(country_codes()), day=day, state=_(COVERAGE[table.only]))
    if table.narrowed:
        return ngettext(
            "{n} country has a record or an entry under the other filters, as of {day}.",
            "{n} countries have a record or an entry under the other filters, as of {day}.",
            rows,
            day=day,
        )
    if table.with_rest:
        return _("All {total} countries and territories in ISO 3166-1, as of {day}.").format(
            total=len(country_codes()), day=day
        )
    return ngettext(
        "{n} country is named in a claim or has made a statement, as of {day}.",
        "{n} countries are named in claims or have made a statement, as of {day}.",
        rows,
        day=day,
    )


def _row(row: CountryRow, marks: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return a row with its marks, and how many of its records they are."""
    words = marks.get(row.code, ())
    count = ngettext("{n} record", "{n} records", row.held)
    if row.selected != row.held:
        count = _("{n} of {records}").format(n=row.selected, records=count)
    return {"row": row, "marks": mark_row(words), "count": count if row.held else ""}


def countries(screen: Screen) -> Markup:
    """
    Write the table of the countries' answers.

    Parameters
    ----------
    screen : Screen
        What is picked, and the table's settings in the link: ``sort``, ``coverage`` and
        ``rest``. Marks are of the records that the filters other than the country's pick.

    Returns
    -------
    Markup
        Escaped HTML.
    """
    state = screen.state
    order = order_of(state.sort, SORTS, ALPHABETICAL)
    table = country_table(screen.selection, bool(state.rest), state.coverage)
    units = country_units(table.records, screen.snapshot)
    marks = {unit.country: unit.words for unit in units}
    rows = sorted_rows(table.rows, order.by, order.descending)
    return render(
        "countries.html",
        click=screen.click,
        part=PART,
        title=_(_SECTIONS[PART]),
        says=_says(table, screen.snapshot),
        all_states=in_table(screen, coverage="") if table.only else "",
        headings=_headings(screen, order),
        rows=[_row(row, marks) for row in rows],
        none=none_found(screen.dataset.last_checked),
        switch="" if table.narrowed or table.only or not table.rest else _switch(table),
        switch_href=in_table(screen, rest="" if state.rest else "1"),
    )


def in_table(screen: Screen, **values: str) -> str:
    """
    Write the address of this page with other settings of the table of answers.

    Parameters
    ----------
    screen : Screen
        The page.
    **values
        Fields of the state to replace.

    Returns
    -------
    str
        Path, query and the table's id.
    """
    return f"{screen.href(**values)}#{PART}"


def _switch(table: CountryTable) -> str:
    if table.with_rest:
        return ngettext(
            "Hide the {n} country with no record and no statement",
            "Hide the {n} countries with no record and no statement",
            table.rest,
        )
    return ngettext(
        "Show the {n} country with no record and no statement",
        "Show the {n} countries with no record and no statement",
        table.rest,
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
    named = of_jurisdictions(snapshot)
    whole = ngettext(
        "Close the card and list {n} jurisdiction",
        "Close the card and list {n} jurisdictions",
        len(named),
    )
    for part in () if screen.opens_card else named:
        counties = [n for n, _script, holder in JURISDICTIONS.values() if holder == part.code]
        held = ngettext("{n} record", "{n} records", part.held)
        if counties:
            held = _("{records}, including {county}").format(
                records=held, county=", ".join(counties)
            )
        filters = Filters(jurisdiction=(part.code,))
        href = screen.href("map", filters=filters, view=None, **NO_CARD)
        items.append({"part": part, "href": href, "held": held})
    return render(
        "jurisdictions.html",
        items=items,
        day=spoken(snapshot.day.isoformat()),
        current=shows_undated_texts(snapshot),
        checked=spoken(checked) if checked else "–",
        nothing=none_found(checked),
        spoken=spoken,
        whole=folded(screen, "jurisdictions", whole) if screen.opens_card else "",
    )
