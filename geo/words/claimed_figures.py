"""Figures that others claim, compared with the ledger's own numbers in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from geo.ledger.past_day import public_counts
from geo.ledger.snapshot import Snapshot
from geo.model.dates import parse, spoken
from geo.model.entities import Count, Source
from geo.model.names import country_name
from geo.model.vocabulary import WORLDWIDE
from geo.wording import _, ngettext
from geo.words.numbers import in_words

_SITES = "sites"

#: worldwide figures of the NGO -> whether countries are counted, and on which of its lists
_TOTALS: dict[str, tuple[bool, tuple[str, ...]]] = {
    "zz-ngo-2022-09-sites": (False, ("ngo-2022-09",)),
    "zz-ngo-2022-09-countries": (True, ("ngo-2022-09",)),
    "zz-ngo-2022-12-added": (False, ("ngo-2022-12",)),
    "zz-ngo-2022-12-total": (False, ("ngo-2022-09", "ngo-2022-12")),
    "zz-ngo-2022-12-countries": (True, ("ngo-2022-09", "ngo-2022-12")),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One claimed figure: who gave it when, what the ledger has, and the difference."""

    text: str
    compared: str
    note: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class CountryFigures:
    """The figures claimed about one country, and the number of its records."""

    name: str
    address: str
    holds: str
    figures: tuple[Figure, ...]


def difference(claimed: int, held: int) -> str:
    """
    Compare the ledger’s number with a claimed one: “three fewer”, “the same number”.

    Parameters
    ----------
    claimed : int
        The figure that others claim.
    held : int
        The ledger's own number.

    Returns
    -------
    str
        Numbers up to twelve are written as words.
    """
    gap = abs(held - claimed)
    if not gap:
        return _("the same number")
    number = in_words(gap)
    form = _("{number} fewer") if held < claimed else _("{number} more")
    return form.format(number=number)


def _figure(count: Count, compared: str, snapshot: Snapshot) -> Figure:
    known = snapshot.dataset.sources
    # “sites in Germany: 1”: the subject is in the plural
    form = _("{who}, {date}: {subject}: {value}")
    if count.value != 1:
        form = _("{who}, {date}: {value} {subject}")
    text = form.format(
        who=count.claimed_by,
        date=spoken(count.claimed_on),
        value=f"{count.value:,}",
        subject=count.subject,
    )
    cited = tuple(known[i] for i in count.sources if i in known)
    return Figure(text, compared, count.note, cited)


def _records(n: int) -> str:
    return ngettext("{n} record", "{n} records", n)


def _comparison(count: Count, held: int) -> str:
    if country_name(count.country) not in count.subject:
        # a part of the country, or another thing than its places: no difference to draw
        return _("not compared: it counts something other than the country’s records")
    return _("the ledger has {records}: {difference}").format(
        records=_records(held), difference=difference(count.value, held)
    )


def claimed_by_country(snapshot: Snapshot, address: Callable[[str], str]) -> list[CountryFigures]:
    """
    List by country the numbers of sites that others claim, with the ledger's records.

    Parameters
    ----------
    snapshot : Snapshot
        The day shown; figures given later are left out.
    address : callable
        From a country's code to the address that shows its records.

    Returns
    -------
    list of CountryFigures
        In the order of countries' names; figures by date.
    """
    counts = [c for c in public_counts(snapshot) if c.unit == _SITES and c.country != WORLDWIDE]
    counts.sort(key=lambda c: (country_name(c.country), parse(c.claimed_on)))
    countries = []
    for code, group in groupby(counts, key=lambda c: c.country):
        held = sum(r.host_country == code for r in snapshot.records)
        figures = tuple(_figure(c, _comparison(c, held), snapshot) for c in group)
        holds = _("The ledger has {records}.").format(records=_records(held))
        countries.append(CountryFigures(country_name(code), address(code), holds, figures))
    return countries


def figures_of(country: str, snapshot: Snapshot) -> list[Figure]:
    """
    List the figures that others claim for one country.

    Parameters
    ----------
    country : str
        Alpha-2 code of ISO 3166-1.
    snapshot : Snapshot
        The day shown; figures given later are left out.

    Returns
    -------
    list of Figure
        The earliest first; only numbers of sites are compared with the ledger.
    """
    held = sum(r.host_country == country for r in snapshot.records)
    counts = [c for c in public_counts(snapshot) if c.country == country]
    counts.sort(key=lambda c: parse(c.claimed_on))
    return [_figure(c, _comparison(c, held) if c.unit == _SITES else "", snapshot) for c in counts]


def worldwide(snapshot: Snapshot) -> list[Figure]:
    """Compare the NGO's totals with the ledger's records from the same lists."""
    by_id = {c.id: c for c in public_counts(snapshot)}
    totals = []
    for code, (countries, lists) in _TOTALS.items():
        count = by_id.get(code)
        if count is None:
            continue
        records = [r for r in snapshot.records if r.claim_list in lists]
        held = len({r.host_country for r in records}) if countries else len(records)
        words = ngettext("{n} country", "{n} countries", held) if countries else _records(held)
        compared = (
            _("the ledger has {words} from that list: {difference}")
            if len(lists) == 1
            else _("the ledger has {words} from both lists: {difference}")
        )
        comparison = compared.format(words=words, difference=difference(count.value, held))
        totals.append(_figure(count, comparison, snapshot))
    return totals


def other_figures(snapshot: Snapshot) -> list[Figure]:
    """List the other worldwide figures, without a comparison: they count other things."""
    rest = [
        c
        for c in public_counts(snapshot)
        if c.id not in _TOTALS and (c.unit != _SITES or c.country == WORLDWIDE)
    ]
    return [_figure(c, "", snapshot) for c in sorted(rest, key=lambda c: parse(c.claimed_on))]
