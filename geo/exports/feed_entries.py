"""
The feeds: events and corrections as entries, each safe to quote alone.

Ids are made from the ledger's own ids, so that they are the same on every server and after
every correction, and do not depend on where the atlas is published.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import quote
from uuid import UUID, uuid5

from geo.checks.rules_text import url_fault
from geo.exports.json_documents import notices
from geo.ledger.dataset import Dataset
from geo.ledger.past_day import public_corrections
from geo.ledger.snapshot import Snapshot
from geo.link.opening import Opened
from geo.link.parameters import parameter
from geo.link.state import State, encode
from geo.model.dates import parse, spoken
from geo.model.entities import Correction, Event, Source
from geo.model.names import country_name
from geo.model.vocabulary import EVENT_TYPES
from geo.wording import _
from geo.words.corrections import correction_line
from geo.words.lines import line
from geo.words.permanent_lines import LICENCE, MEANING, NOT_MEANING, TITLE
from geo.words.sentences import about_what
from geo.words.source_rows import source_line
from geo.words.summary import filter_words

#: entries of a feed of events, and of one of corrections
NEWEST, REGISTER = 50, 200
#: the name space of all ids; if it changed, feed readers would show all entries as new
_SPACE = UUID("6f0c2a52-8a0e-5d6b-9c1d-3a1e7f4b2c90")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    One entry.

    Attributes
    ----------
    id : str
        A URN that never changes.
    updated : datetime
        See `_end`.
    address : str
        Path and query of what it links to.
    kinds : tuple of (str, str)
        Codes that it can be sorted by, and their words.
    sources : tuple of (str, str)
        Address and citation of each page behind it.
    """

    id: str
    title: str
    summary: str
    updated: datetime
    address: str
    kinds: tuple[tuple[str, str], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: its id, what its entries mean, and the page that shows the same."""

    id: str
    title: str
    subtitle: str
    rights: str
    updated: datetime
    address: str
    query: str
    entries: tuple[Entry, ...]


def _urn(kind: str, name: str) -> str:
    return uuid5(_SPACE, f"{kind}:{name}").urn


def _end(day: date) -> datetime:
    """
    Return the moment that Atom requires, from a day.

    The hour of a statement is not known, and often not the day: it counts as public from the
    end of what its date can mean, and that moment is given. The time is therefore always
    23:59:59 and has no meaning; the text gives the date as the source does. A corrected entry
    keeps its moment: corrections have a feed of their own.
    """
    return datetime.combine(day, time(23, 59, 59), tzinfo=UTC)


def _sources(event: Event, dataset: Dataset) -> tuple[Source, ...]:
    return tuple(dataset.sources[i] for i in event.sources if i in dataset.sources)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _event(event: Event, snapshot: Snapshot) -> Entry:
    label = _(EVENT_TYPES[event.event_type].label)
    country = country_name(event.country)
    kind = _("{label}, restates another entry").format(label=label) if event.repeat_of else label
    cited = _sources(event, snapshot.dataset)
    publishers = "; ".join(dict.fromkeys(s.publisher for s in cited)) or "–"
    scope = about_what(event, snapshot.dataset.records_by_id)
    return Entry(
        id=_urn("event", event.id),
        # the speaker and never a cut sentence: half a sentence can mean its contrary
        title=f"{_capital(event.authority)}, {spoken(event.said.text)}: {kind} ({country})",
        summary=_("{said} [{scope}] Sources: {names}.").format(
            said=line(event, snapshot), scope=scope, names=publishers
        ),
        updated=_end(event.said.last),
        address=f"/e/{quote(event.id, safe='')}",
        kinds=((event.event_type, label), (event.country, country)),
        sources=tuple((s.url, source_line(s)) for s in cited if not url_fault(s.url)),
    )


def _words(opened: Opened, imprint: str) -> tuple[str, str]:
    """Return the subtitle of every feed, and its rights."""
    subtitle = " ".join((_(MEANING), _(NOT_MEANING), *notices(opened)))
    rights = _(
        "Curated data: {licence}. Linked texts belong to their publishers. {imprint}"
    ).format(licence=LICENCE, imprint=imprint)
    return subtitle, rights.strip()


def _updated(entries: Iterable[Entry], opened: Opened) -> datetime:
    """Return the day of the latest entry, else the ledger's date; never the server's time."""
    checked = opened.dataset.last_checked
    ledger = _end(parse(checked).last if checked else opened.today)
    return max((e.updated for e in entries), default=ledger)


def events_feed(opened: Opened, imprint: str) -> Feed:
    """
    Return the latest selected events as a feed, by the day on which they were said.

    Parameters
    ----------
    opened : Opened
        The address: its ledger, its day and its filters.
    imprint : str
        Who publishes, as a sentence.

    Returns
    -------
    Feed
        At most `NEWEST` entries, the newest first.
    """
    newest = sorted(
        opened.selection.events, key=lambda e: (e.said.end, e.said.first, e.position), reverse=True
    )
    entries = tuple(_event(event, opened.snapshot) for event in newest[:NEWEST])
    state = opened.state
    query = encode(State(filters=state.filters, as_of=state.as_of, version=state.version))
    # free text stays out: a crafted link must not speak in the atlas's name
    picked = filter_words(state.filters.without("q"))
    title = _("{site}: claims and answers").format(site=_(TITLE))
    subtitle, rights = _words(opened, imprint)
    return Feed(
        id=_urn("events", query),
        title=f"{title} · {picked}" if picked else title,
        subtitle=subtitle,
        rights=rights,
        updated=_updated(entries, opened),
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


def _correction(entry: Correction, dataset: Dataset) -> Entry:
    line = correction_line(entry)
    address = "/about"
    if entry.record in dataset.records_by_id:
        address = "/?" + encode(State(record=entry.record))
    elif entry.record in dataset.events_by_id:
        address = "/?" + encode(State(event=entry.record))
    return Entry(
        id=_urn("correction", entry.id),
        title=_("Corrected on {date}: {record}, {field}").format(
            date=line.when, record=line.record, field=line.field
        ),
        summary=_("{record}, {field}: {before} → {after} · Reason: {reason}").format(
            record=line.record,
            field=line.field,
            before=line.before,
            after=line.after,
            reason=line.reason,
        ),
        updated=_end(date.fromisoformat(entry.date)),
        address=address,
    )


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
    entries = tuple(_correction(entry, dataset) for entry in corrections[:REGISTER])
    state = opened.state
    query = encode(State(as_of=state.as_of, version=state.version))
    title = _("{site}: corrections").format(site=_(TITLE))
    subtitle, rights = _words(opened, imprint)
    return Feed(
        id=_urn("corrections", f"{country}?{query}"),
        title=f"{title} · {country_name(country)}" if country else title,
        subtitle=subtitle,
        rights=rights,
        updated=_updated(entries, opened),
        address="/about",
        query=query,
        entries=entries,
    )
