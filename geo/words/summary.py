"""The sentence above the map: what is selected, on whose word, and what others count."""

from __future__ import annotations

from datetime import date

from geo.ledger.dataset import Dataset
from geo.link.selection import Filters, Selection
from geo.model.dates import parse, spoken
from geo.model.names import country_name
from geo.model.vocabulary import (
    EVENT_TYPES,
    FLAGS,
    JURISDICTIONS,
    LATEST_WORDS,
    LISTS,
    PROVINCES,
    UNKNOWN,
)
from geo.wording import N_, _, ngettext

FILTER_NAMES: dict[str, str] = {
    "country": N_("Host country"),
    "province": N_("Province of origin"),
    "jurisdiction": N_("Jurisdiction"),
    "status": N_("Latest word"),
    "flag": N_("Answers so far"),
    "type": N_("Event type"),
    "list": N_("List"),
    "q": N_("Search"),
    "since": N_("From"),
    "until": N_("Until"),
}


def option_label(name: str, code: str) -> str:
    """The words for one option of a filter."""
    if code == UNKNOWN:
        return _("unknown")
    if name == "country":
        return country_name(code)
    if name == "jurisdiction":
        city, script, holder = JURISDICTIONS.get(code, (code, "", ""))
        inside = _(", in {holder}").format(holder=JURISDICTIONS[holder][0]) if holder else ""
        return f"{city} {script}{inside}".strip()
    if name == "status":
        return _(LATEST_WORDS[code].short) if code in LATEST_WORDS else code
    if name == "type":
        return _(EVENT_TYPES[code].label) if code in EVENT_TYPES else code
    tables = {"province": PROVINCES, "flag": FLAGS, "list": LISTS}
    return _(tables[name].get(code, code))


def filter_words(filters: Filters) -> str:
    """The picked filters in words: “Host country: Netherlands; Latest word: Told to stop”."""
    return "; ".join(
        f"{_(FILTER_NAMES[name])}: {_picked(filters, name)}" for name in filters.active
    )


def _picked(filters: Filters, name: str) -> str:
    picked = getattr(filters, name)
    if name == "q":
        return f"“{picked}”"
    if name in ("since", "until"):
        sure = _(" (certainly)") if filters.certain else ""
        return f"{spoken(picked)}{sure}"
    return _(" or ").join(option_label(name, code) for code in picked)


def _lists(selection: Selection) -> str:
    """The NGO's lists that were public by the day, with the totals that it claims."""
    by_id = {count.id: count for count in selection.snapshot.dataset.counts}
    for lists, sites, states in (
        (_("the NGO's two lists"), "zz-ngo-2022-12-total", "zz-ngo-2022-12-countries"),
        (_("the NGO's first list"), "zz-ngo-2022-09-sites", "zz-ngo-2022-09-countries"),
    ):
        found = [by_id.get(sites), by_id.get(states)]
        known = [c for c in found if c and parse(c.claimed_on).last <= selection.snapshot.day]
        if len(known) == 2:
            return _("{lists} (claiming {sites} in {states} countries)").format(
                lists=lists, sites=known[0].value, states=known[1].value
            )
    return _("the NGO's lists")


def sentence(selection: Selection) -> str:
    """
    Say what is selected; never a bare count of “stations”.

    The first number is the number of records in every other view of the selection.
    """
    listed = sum(r.claim_list != "other" for r in selection.records)
    total = len(selection.records)
    if not total:
        return _("No record is selected.")
    start = _("{records} in {countries}").format(
        records=ngettext("{n} record", "{n} records", total),
        countries=ngettext("{n} country", "{n} countries", len(selection.countries)),
    )
    parts = []
    if listed:
        parts.append(_("{n} from {lists}").format(n=listed, lists=_lists(selection)))
    if total - listed:
        parts.append(_("{n} from other named sources").format(n=total - listed))
    return f"{start}: {', '.join(parts)}. {ledger_date(selection.snapshot.dataset)}"


def ledger_date(dataset: Dataset) -> str:
    """“Ledger of 21 November 2026.”: the newest day on which a record was checked."""
    if not dataset.last_checked:
        return ""
    return _("Ledger of {date}.").format(date=spoken(dataset.last_checked))


def newest_entry(dataset: Dataset, day: date) -> str:
    """The date of the newest entry that is public by a day."""
    public = [e for e in dataset.events if e.public_by(day)]
    return spoken(max(public, key=lambda e: e.said.end).said.text) if public else ""


def loosening(selection: Selection) -> list[tuple[str, int]]:
    """For an empty selection: each filter that, opened alone, lets how many records in."""
    found = [
        (name, len(selection.filters.without(name).select(selection.snapshot).records))
        for name in selection.filters.active
    ]
    return sorted(((n, c) for n, c in found if c), key=lambda pair: -pair[1])
