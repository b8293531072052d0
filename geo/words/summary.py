"""The sentence above the map: what is selected, who claims it, and what others count."""

from __future__ import annotations

from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.link import parameters
from geo.link.kinds import Kind, Parameter
from geo.link.selection import Filters, Selection
from geo.model.dates import parse, spoken
from geo.model.names import in_a_sentence
from geo.wording import N_, _, alternatives, ngettext

#: who made the lists
CLAIMANT = N_("the NGO Safeguard Defenders")
#: list -> ids of the counts of sites and of countries that came with it, the latest first
TOTALS = {
    "ngo-2022-12": ("zz-ngo-2022-12-total", "zz-ngo-2022-12-countries"),
    "ngo-2022-09": ("zz-ngo-2022-09-sites", "zz-ngo-2022-09-countries"),
}


def filter_words(filters: Filters) -> str:
    """Put the picked filters into words: “Host country: Netherlands; Search: “embassy””."""
    return "; ".join(
        f"{_(row.label)}: {_picked(row, filters)}"
        for row in parameters.filters()
        if getattr(filters, row.field)
    )


def _picked(row: Parameter, filters: Filters) -> str:
    value = getattr(filters, row.field)
    if row.kind is Kind.TEXT:
        return f"“{value}”"
    if row.kind is Kind.DATE:
        date = spoken(value)
        return _("{date} (strict range)").format(date=date) if filters.certain else date
    return alternatives(row.option_label(code) for code in value)


def _lists(selection: Selection) -> str:
    """Name the claimant of the lists, with the totals that it had given by the day."""
    by_id = {count.id: count for count in selection.snapshot.dataset.counts}
    claimant = _(CLAIMANT)
    for sites, states in TOTALS.values():
        counts = [by_id.get(sites), by_id.get(states)]
        known = [c for c in counts if c and parse(c.claimed_on).last <= selection.snapshot.day]
        if len(known) == 2:
            return _("{lists} (claiming {sites} sites in {states} countries)").format(
                lists=claimant, sites=known[0].value, states=known[1].value
            )
    return claimant


def _where(selection: Selection) -> str:
    countries = selection.countries
    if len(countries) == 1:
        return in_a_sentence(next(iter(countries)))
    return ngettext("{n} country", "{n} countries", len(countries))


def sentence(selection: Selection, *, dated: bool = False) -> str:
    """
    Say what is selected and who claims it; never a bare count of “stations”.

    Parameters
    ----------
    selection : Selection
        Whose records are counted.
    dated : bool
        Whether the date of the ledger follows. What is passed on without the page needs it;
        on the page the foot gives it.

    Returns
    -------
    str
        The first number is the number of records in every other view of the selection.
    """
    listed = sum(r.claim_list != "other" for r in selection.records)
    total = len(selection.records)
    if not total:
        return _("No records match.")
    values = {
        "records": ngettext("{n} record", "{n} records", total),
        "where": _where(selection),
        "lists": _lists(selection) if listed else "",
        "listed": f"{listed:,}",
        "others": f"{total - listed:,}",
    }
    if not listed:
        form = _("{records} in {where}, from other named sources than the lists.")
    elif listed == total:
        form = _("{records} in {where}, listed by {lists}.")
    else:
        form = _(
            "{records} in {where}: {listed} listed by {lists}, {others} from other named sources."
        )
    counted = form.format(**values)
    return f"{counted} {ledger_date(selection.snapshot.dataset)}".rstrip() if dated else counted


def ledger_date(dataset: Dataset) -> str:
    """Return “Ledger checked to 21 November 2026.”: the latest day of a record's check."""
    if not dataset.last_checked:
        return ""
    return _("Ledger checked to {date}.").format(date=spoken(dataset.last_checked))


def newest_entry(snapshot: Snapshot) -> str:
    """
    Return the date of the latest entry that is public by a day.

    Parameters
    ----------
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    str
        The date in words; empty if no entry is public.
    """
    return snapshot.derived(_newest_entry)


def _newest_entry(snapshot: Snapshot) -> str:
    public = snapshot.events
    return spoken(max(public, key=lambda e: e.said.end).said.text) if public else ""


def loosening(selection: Selection) -> list[tuple[str, int]]:
    """
    List the filters of an empty selection that would select records if left out.

    Returns
    -------
    list of (str, int)
        Filter and number of records without it, most records first.
    """
    loosened = [
        (name, len(selection.filters.without(name).select(selection.snapshot).records))
        for name in selection.filters.active
    ]
    return sorted(((n, c) for n, c in loosened if c), key=lambda pair: -pair[1])
