"""
Feeds of what was entered and changed, by the day of it, the newest first.

The first page has as many entries as came in the last days, so that a reader who looks once a
week misses none; older ones are on further pages (RFC 5005).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from urllib.parse import quote

from geo.exports.entry_days import Days, days_of
from geo.exports.feed_entries import Entry, event_entry, record_entry, urn
from geo.exports.feeds import Feed, feed_words, last_updated, selection_query, titled
from geo.ledger.snapshot import Snapshot
from geo.link.opening import Opened
from geo.link.state import State, encode
from geo.model.entities import Event, Record
from geo.wording import _
from geo.words.permanent_lines import TITLE
from geo.words.sentences import place

#: days whose entries are all on the first page, and the fewest and most of a page
RECENT, FEWEST, MOST = timedelta(days=30), 50, 200


@dataclass(frozen=True, slots=True)
class _Item:
    """A record or an event, and when readers could see it."""

    days: Days
    said: date
    id: str
    write: Callable[[Snapshot, Days], Entry]

    @property
    def order(self) -> tuple[date, date, date, str]:
        """What it is sorted by."""
        return self.days.updated, self.days.entered, self.said, self.id


def _items(records: Iterable[Record], events: Iterable[Event], opened: Opened) -> list[_Item]:
    """List records and events as they were entered or changed, the last first."""
    snapshot, found = opened.snapshot, []
    for record in records:
        said = snapshot.standing(record).claim.said.last
        days = days_of("record", record.id, said, opened.dataset, opened.today)
        found.append(_Item(days, said, record.id, partial(record_entry, record)))
    for event in events:
        said = event.said.last
        days = days_of("event", event.id, said, opened.dataset, opened.today)
        found.append(_Item(days, said, event.id, partial(event_entry, event)))
    return sorted(found, key=lambda item: item.order, reverse=True)


def _pages(items: Sequence[_Item], today: date) -> list[Sequence[_Item]]:
    """Divide a feed: all that is recent, within bounds, and then the rest."""
    recent = sum(item.days.updated > today - RECENT for item in items)
    first = min(MOST, max(FEWEST, recent))
    rest = range(first, len(items), MOST)
    return [items[:first], *(items[start : start + MOST] for start in rest)]


def _entered(opened: Opened, items: Sequence[_Item], page: int, imprint: str, **of: str) -> Feed:
    """Return a page of a feed of what was entered; one that it does not have is empty."""
    pages = _pages(items, opened.today)
    shown = pages[page - 1] if page <= len(pages) else ()
    entries = tuple(item.write(opened.snapshot, item.days) for item in shown)
    subtitle, rights = feed_words(opened, imprint)
    return Feed(
        subtitle=subtitle,
        rights=rights,
        updated=last_updated(entries, opened),
        entries=entries,
        page=page,
        pages=len(pages),
        **of,
    )


def entered_feed(opened: Opened, imprint: str, page: int = 1) -> Feed:
    """
    Return the selected records and events as a feed, by the day of entry or of the last change.

    Parameters
    ----------
    opened : Opened
        The address: its ledger, its day and its filters.
    imprint : str
        Who publishes, as a sentence.
    page : int
        Which page of it, from 1.

    Returns
    -------
    Feed
        The first page has all of the last 30 days, at least `FEWEST` and at most `MOST` entries.
    """
    selection = opened.selection
    query = selection_query(opened)
    return _entered(
        opened,
        _items(selection.records, selection.events, opened),
        page,
        imprint,
        id=urn("events", query),
        title=titled(_("{site}: new and changed entries").format(site=_(TITLE)), opened),
        address="/timeline",
        query=query,
    )


def record_feed(opened: Opened, imprint: str, page: int = 1) -> Feed:
    """
    Return a record, the events about it and the answers of its country as a feed.

    Parameters
    ----------
    opened : Opened
        The address, with the record's card open; its filters do not count.
    imprint : str
        Who publishes, as a sentence.
    page : int
        Which page of it, from 1.

    Returns
    -------
    Feed
        By the day of entry or of the last change; empty on a day before the first claim.
    """
    state, snapshot = opened.state, opened.snapshot
    record = opened.dataset.records_by_id[state.record]
    records, events = [], []
    if snapshot.exists(record):
        records = [record]
        events = [*snapshot.about(record), *snapshot.of_country(record.host_country)]
    title = _("{site}: {place}").format(site=_(TITLE), place=place(record))
    known = opened.dataset.entered.get(("record", record.id))
    query = encode(State(as_of=state.as_of, version=state.version))
    name = known.lasting_id if known else record.id
    return _entered(
        opened,
        _items(records, events, opened),
        page,
        imprint,
        id=urn("record-feed", f"{name}?{query}"),
        title=f"{title} ({record.id})",
        address=f"/s/{quote(record.id, safe='')}",
        query=query,
    )
