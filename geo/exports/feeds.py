"""
Feeds as data, and those of what was said and of what was corrected, the newest first.

Those of what was entered are in `geo.exports.entered_feeds`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from geo.exports.entry_days import Days
from geo.exports.feed_entries import (
    Entry,
    correction_entry,
    event_entry,
    moment,
    urn,
)
from geo.exports.json_documents import notices
from geo.ledger.dataset import Dataset
from geo.ledger.past_day import public_corrections
from geo.link.opening import Opened
from geo.link.parameters import parameter
from geo.link.state import State, encode
from geo.model.dates import parse
from geo.model.entities import Correction
from geo.model.names import country_name
from geo.wording import _
from geo.words.permanent_lines import LICENCE, MEANING, NOT_MEANING, TITLE
from geo.words.summary import filter_words

#: entries of a feed by the day said, and of one of corrections
NEWEST, REGISTER = 50, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """
    A feed, or one page of it.

    Attributes
    ----------
    id : str
        The same on every page.
    updated : datetime
        Of its newest entry; without one, the ledger's date.
    address, query : str
        The page for people that shows the same.
    entries : tuple of Entry
        The newest first.
    page, pages : int
        Which page this is, from 1, and how many there are.
    """

    id: str
    title: str
    subtitle: str
    rights: str
    updated: datetime
    address: str
    query: str
    entries: tuple[Entry, ...]
    page: int = 1
    pages: int = 1


def feed_words(opened: Opened, imprint: str) -> tuple[str, str]:
    """
    Return the words that every feed has.

    Parameters
    ----------
    opened : Opened
        The address, with its notices.
    imprint : str
        Who publishes, as a sentence.

    Returns
    -------
    tuple of (str, str)
        Subtitle and rights.
    """
    subtitle = " ".join((_(MEANING), _(NOT_MEANING), *notices(opened)))
    rights = _(
        "Curated data: {licence}. Linked texts belong to their publishers. {imprint}"
    ).format(licence=LICENCE, imprint=imprint)
    return subtitle, rights.strip()


def last_updated(entries: Iterable[Entry], opened: Opened) -> datetime:
    """
    Return when a feed has changed last.

    Parameters
    ----------
    entries : iterable of Entry
        Of the feed.
    opened : Opened
        The address.

    Returns
    -------
    datetime
        Of the latest entry, else the ledger's date; never the server's time.
    """
    checked = opened.dataset.last_checked
    ledger = moment(parse(checked).last if checked else opened.today)
    return max((e.updated for e in entries), default=ledger)


def titled(title: str, opened: Opened) -> str:
    """
    Add the filters of an address to the title of its feed.

    Parameters
    ----------
    title : str
        Without them.
    opened : Opened
        The address.

    Returns
    -------
    str
        Without the text of a search.
    """
    # free text stays out: a crafted link must not speak in the atlas's name
    picked = filter_words(opened.state.filters.without("q"))
    return f"{title} · {picked}" if picked else title


def selection_query(opened: Opened) -> str:
    """Return the query of a selection, its day and its version."""
    state = opened.state
    return encode(State(filters=state.filters, as_of=state.as_of, version=state.version))


def said_feed(opened: Opened, imprint: str) -> Feed:
    """
    Return the selected events as a feed, by the day on which they were said.

    Parameters
    ----------
    opened : Opened
        The address: its ledger, its day and its filters.
    imprint : str
        Who publishes, as a sentence.

    Returns
    -------
    Feed
        At most `NEWEST` entries. What is entered late is not among them.
    """
    newest = sorted(opened.selection.events, key=lambda e: e.as_printed, reverse=True)
    entries = tuple(
        event_entry(event, opened.snapshot, Days(entered=day, updated=day, is_known=False))
        for event in newest[:NEWEST]
        for day in (event.said.last,)
    )
    query = selection_query(opened)
    subtitle, rights = feed_words(opened, imprint)
    title = _("{site}: claims and answers by the day said").format(site=_(TITLE))
    return Feed(
        id=urn("said", query),
        title=titled(title, opened),
        subtitle=subtitle,
        rights=rights,
        updated=last_updated(entries, opened),
        address="/timeline",
        query=query,
        entries=entries,
    )


def _countries(entry: Correction, dataset: Dataset) -> set[str]:
    """List the countries that a corrected row concerns; none where it may not be named."""
    record, event = (
        dataset.records_by_id.get(entry.record),
        dataset.events_by_id.get(entry.record),
    )
    if record is not None:
        return {record.host_country}
    if event is not None:
        return {event.country}
    if entry.record in dataset.sources:
        hosts = {r.host_country for r in dataset.records if entry.record in r.sources}
        return hosts | {e.country for e in dataset.events if entry.record in e.sources}
    # rows that are gone or in another table: most ids begin with the country's code
    code = entry.record.replace("/", "-").partition("-")[0].upper()
    return {code} & set(parameter("country").codes)


def corrections_feed(opened: Opened, imprint: str, country: str = "") -> Feed:
    """
    Return the register of corrections by the day shown as a feed.

    Parameters
    ----------
    opened : Opened
        The address: its day and its ledger count, its filters do not.
    imprint : str
        Who publishes, as a sentence.
    country : str
        Only what concerns this country (ISO 3166-1 alpha-2); empty for all.

    Returns
    -------
    Feed
        At most `REGISTER` entries, the newest first.
    """
    dataset = opened.dataset
    corrections = [
        entry
        for entry in public_corrections(dataset.corrections, opened.snapshot.day)
        if not country or country in _countries(entry, dataset)
    ]
    entries = tuple(correction_entry(entry, dataset) for entry in corrections[:REGISTER])
    state = opened.state
    query = encode(State(as_of=state.as_of, version=state.version))
    title = _("{site}: corrections").format(site=_(TITLE))
    subtitle, rights = feed_words(opened, imprint)
    return Feed(
        id=urn("corrections", f"{country}?{query}"),
        title=f"{title} · {country_name(country)}" if country else title,
        subtitle=subtitle,
        rights=rights,
        updated=last_updated(entries, opened),
        address="/about",
        query=query,
        entries=entries,
    )
