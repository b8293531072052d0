"""The three columns of the first screen: what is claimed, what hosts and what China answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from geo.ledger.marks import BEFORE_CLAIM, marks
from geo.ledger.past_day import public_counts
from geo.ledger.snapshot import Snapshot
from geo.link.selection import Selection
from geo.model.dates import spoken
from geo.model.entities import Event, Record
from geo.model.vocabulary import CHINA, CHINA_ANSWERS, COUNTRY, FLAGS, JURISDICTIONS, STRIP
from geo.wording import _, conjunction, ngettext
from geo.words.country_page import china_worldwide
from geo.words.headline import answered
from geo.words.numbers import in_words
from geo.words.summary import CLAIMANT, TOTALS

#: claimants and police bodies that a column names
NAMED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """
    What is claimed of the selection.

    Attributes
    ----------
    dates : str
        When the claims were made.
    claimant : str
        Of the lists; empty where no selected record is on one.
    total : str
        What the claimant counts in all; empty where it had given no total by the day.
    short : str
        Claimant, year and total in one line; empty without a total.
    sources : str
        How many selected records follow the lists, and how many other sources.
    police : str
        The police bodies that the selected records name, if a filter asks for one.
    """

    dates: str
    claimant: str
    total: str
    short: str
    sources: str
    police: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """
    How many countries' authorities gave each answer.

    Attributes
    ----------
    scope : str
        Of how many countries, and when.
    counts : tuple of (str, str, int)
        Code of the flag, its label, and the number of countries; those of none are left out.
    several : bool
        Whether some country is counted more than once.
    others : str
        How many countries' authorities said only what is no such answer; empty for none.
    """

    scope: str
    counts: tuple[tuple[str, str, int], ...]
    several: bool
    others: str


def _period(events: Iterable[Event]) -> str:
    """Say from when to when, by month: “September 2022 to May 2026”; empty for no event."""
    listed = list(events)
    if not listed:
        return ""
    first = min(listed, key=lambda e: (e.said.first, e.said.end)).said.text.partition("/")[0][:7]
    last = max(listed, key=lambda e: (e.said.end, e.said.first)).said.text.rpartition("/")[2][:7]
    return spoken(first) if first == last else spoken(f"{first}/{last}")


def _days(texts: Iterable[str]) -> str:
    """Name one or two days: “12 September and 5 December 2022”, the year once."""
    days = sorted(set(texts))
    if not days:
        return ""
    *before, last = (spoken(day) for day in days)
    year = f" {days[-1][:4]}"
    return conjunction([*(day.removesuffix(year) for day in before), last])


def _lists(listed: list[Record], snapshot: Snapshot) -> tuple[str, str, str]:
    """
    Return what came with the lists that records follow.

    Their days, what their claimant counts in all, and the same in one line; empty where no
    total had been given by the day.
    """
    by_id = {count.id: count for count in public_counts(snapshot)}
    given = {
        name: (by_id[sites], by_id[countries])
        for name, (sites, countries) in TOTALS.items()
        if sites in by_id and countries in by_id
    }
    if not given:
        return "", "", ""
    followed = {record.claim_list for record in listed}
    sites, countries = next(iter(given.values()))
    values = {"sites": f"{sites.value:,}", "countries": f"{countries.value:,}"}
    short = _("Safeguard Defenders, {when}: {sites} sites in {countries} countries").format(
        when=spoken(sites.claimed_on[:4]), **values
    )
    total = ngettext(
        "counted {sites} sites in {countries} countries in {number} report.",
        "counted {sites} sites in {countries} countries in {number} reports.",
        len(given),
        **values,
        number=in_words(len(given)),
    )
    days = _days(given[name][0].claimed_on for name in given if name in followed)
    return days, total, short


def _sources(listed: list[Record], others: list[Record], snapshot: Snapshot) -> str:
    n, m = len(listed), len(others)
    if n and m:
        return _(
            "{listed} of these records follow its lists, {others} other named sources."
        ).format(listed=f"{n:,}", others=f"{m:,}")
    if n:
        return ngettext("{n} record follows its lists.", "{n} records follow its lists.", n)
    speakers = dict.fromkeys(snapshot.standing(record).claim.authority for record in others)
    named = "; ".join(list(speakers)[:NAMED])
    more = f" +{len(speakers) - NAMED}" if len(speakers) > NAMED else ""
    return _("Said by {speakers}.").format(speakers=named + more)


def _police(records: Iterable[Record]) -> str:
    counts = Counter(record.jurisdiction for record in records)
    unnamed = counts.pop("", 0)
    if not counts:
        return _("No police body is named.") if unnamed else ""
    named = [
        f"{JURISDICTIONS.get(code, (code,))[0]} ({n:,})" for code, n in counts.most_common(NAMED)
    ]
    more = [f"+{len(counts) - NAMED}"] if len(counts) > NAMED else []
    return _("Police named: {bodies}.").format(bodies=", ".join([*named, *more]))


def claim(selection: Selection) -> Claim:
    """
    Say who claims what is selected, when, and how many of the records follow whom.

    Parameters
    ----------
    selection : Selection
        With at least one record.

    Returns
    -------
    Claim
        As of the selection's day.
    """
    snapshot = selection.snapshot
    listed = [r for r in selection.records if r.claim_list != "other"]
    others = [r for r in selection.records if r.claim_list == "other"]
    days, total, short = _lists(listed, snapshot) if listed else ("", "", "")
    narrowed = selection.filters.province or selection.filters.jurisdiction
    return Claim(
        dates=days or _period(snapshot.standing(record).claim for record in selection.records),
        claimant=_(CLAIMANT) if listed else "",
        total=total,
        short=short,
        sources=_sources(listed, others, snapshot),
        police=_police(selection.records) if narrowed else "",
    )


def hosts(selection: Selection) -> Hosts:
    """
    Count the selection's host countries by what their authorities said or did.

    Parameters
    ----------
    selection : Selection
        Of which the filter by answer is left out, so that each count is what it would select.

    Returns
    -------
    Hosts
        A country counts under each answer that its authorities gave; “no answer found” counts
        the countries of which no authority has said anything.
    """
    open_to_all = selection.filters.without("flag").select(selection.snapshot)
    snapshot, counts = selection.snapshot, open_to_all.strip()
    spoken_of = answered(open_to_all)
    others = sum(snapshot.country_flags[code].isdisjoint(STRIP) for code in spoken_of)
    said = (event for code in spoken_of for event in snapshot.host_events(code))
    when = _period(event for event in said if BEFORE_CLAIM not in marks(event, snapshot))
    scope = ngettext(
        "of {n} country, {when}", "of {n} countries, {when}", len(spoken_of), when=when
    )
    return Hosts(
        scope=scope if spoken_of else "",
        counts=tuple((code, _(FLAGS[code]), counts[code]) for code in STRIP if counts.get(code)),
        several=sum(counts.get(code, 0) for code in STRIP) + others
        > len(open_to_all.countries)
        > 1,
        others=ngettext("{n} other statements only", "{n} other statements only", others)
        if others
        else "",
    )


def china_answer(selection: Selection) -> Event | None:
    """
    Return China's latest answer about the one country selected, else about the whole world.

    Parameters
    ----------
    selection : Selection
        Of several countries, only what China says of all of them is an answer to it.

    Returns
    -------
    Event or None
        None where none was public by the selection's day.
    """
    snapshot = selection.snapshot
    if len(selection.countries) == 1:
        (code,) = selection.countries
        for event in reversed(snapshot.events):
            about = event.about == (COUNTRY,) or not selection.record_ids.isdisjoint(event.about)
            if (
                event.country == code
                and about
                and event.actor_type == CHINA
                and event.event_type in CHINA_ANSWERS
            ):
                return event
    worldwide = china_worldwide(snapshot)
    return worldwide[-1] if worldwide else None
