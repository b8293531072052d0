"""The sentence above the map: what is selected, who claims it, and what others count."""

from __future__ import annotations

from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.link import parameters
from geo.link.kinds import Kind, Parameter
from geo.link.selection import Filters, Selection
from geo.model.dates import parse, spoken
from geo.wording import _, ngettext


def filter_words(filters: Filters) -> str:
    """Put the picked filters into words: “Host country: Netherlands; Latest word: Told to stop”."""
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
        sure = _(" (strict range)") if filters.certain else ""
        return f"{spoken(value)}{sure}"
    return _(" or ").join(row.option_label(code) for code in value)


def _lists(selection: Selection) -> str:
    """Name the NGO's lists that were public by the day, with the totals that it claims."""
    by_id = {count.id: count for count in selection.snapshot.dataset.counts}
    for lists, sites, states in (
        (_("the NGO Safeguard Defenders"), "zz-ngo-2022-12-total", "zz-ngo-2022-12-countries"),
        (_("the NGO Safeguard Defenders"), "zz-ngo-2022-09-sites", "zz-ngo-2022-09-countries"),
    ):
        counts = [by_id.get(sites), by_id.get(states)]
        known = [c for c in counts if c and parse(c.claimed_on).last <= selection.snapshot.day]
        if len(known) == 2:
            return _("{lists} (claiming {sites} sites in {states} countries)").format(
                lists=lists, sites=known[0].value, states=known[1].value
            )
    return _("the NGO Safeguard Defenders")


def sentence(selection: Selection) -> str:
    """
    Say what is selected; never a bare count of “stations”.

    The first number is the number of records in every other view of the selection.
    """
    listed = sum(r.claim_list != "other" for r in selection.records)
    total = len(selection.records)
    if not total:
        return _("No records match.")
    start = _("{records} in {countries}").format(
        records=ngettext("{n} record", "{n} records", total),
        countries=ngettext("{n} country", "{n} countries", len(selection.countries)),
    )
    parts = []
    if listed:
        parts.append(_("{n} listed by {lists}").format(n=listed, lists=_lists(selection)))
    if total - listed:
        parts.append(_("{n} from other named sources").format(n=total - listed))
    return f"{start}: {', '.join(parts)}. {ledger_date(selection.snapshot.dataset)}"


def ledger_date(dataset: Dataset) -> str:
    """Return “Ledger of 21 November 2026.”: the latest day on which a record was checked."""
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
