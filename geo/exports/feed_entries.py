"""
Entries of feeds: records, events and corrections, each safe to quote alone.

Ids are made from the ledger's own ids, so that they are the same on every server and after
every correction, and do not depend on where the atlas is published.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import quote
from uuid import UUID, uuid5

from geo.checks.rules_text import url_fault
from geo.exports.entry_days import Days
from geo.ledger.dataset import Dataset
from geo.ledger.entered import Key
from geo.ledger.snapshot import Snapshot
from geo.link.state import State, encode
from geo.model.dates import spoken
from geo.model.entities import Correction, Event, Record, Source
from geo.model.names import country_name
from geo.model.vocabulary import EVENT_TYPES
from geo.wording import _
from geo.words.corrections import correction_line
from geo.words.lines import line
from geo.words.preview_text import claim_title, describe
from geo.words.sentences import about_what

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
        As `moment` makes it from a day.
    address : str
        Path and query of what it links to.
    published : datetime or None
        The same of the day of entry; None where it is not known.
    kinds : tuple of (str, str)
        Codes that it can be sorted by, and their words.
    sources : tuple of Source
        The pages behind it that can be linked to.
    """

    id: str
    title: str
    summary: str
    updated: datetime
    address: str
    published: datetime | None = None
    kinds: tuple[tuple[str, str], ...] = ()
    sources: tuple[Source, ...] = ()


def urn(kind: str, name: str) -> str:
    """
    Return the id of an entry or of a feed.

    Parameters
    ----------
    kind, name : str
        What it is the id of.

    Returns
    -------
    str
        The same on every server; another for any other kind or name.
    """
    return uuid5(_SPACE, f"{kind}:{name}").urn


def moment(day: date) -> datetime:
    """
    Return the moment that Atom requires, from a day.

    The ledger knows no hours. It is the beginning of the day in UTC, which is never in the
    future; its hour has no meaning, and the text gives the date as the source does.
    """
    return datetime.combine(day, time(), tzinfo=UTC)


def _lasting(key: Key, dataset: Dataset) -> str:
    """Return the URN of a record or an event, which a new id does not change."""
    known = dataset.entered.get(key)
    return urn(key[0], known.lasting_id if known else key[1])


def _sources(ids: tuple[str, ...], dataset: Dataset) -> tuple[Source, ...]:
    return tuple(dataset.sources[i] for i in ids if i in dataset.sources)


def _linked(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    return tuple(source for source in sources if not url_fault(source.url))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def event_entry(event: Event, snapshot: Snapshot, days: Days) -> Entry:
    """
    Return the entry of an event.

    Parameters
    ----------
    event : Event
        One of the snapshot's events.
    snapshot : Snapshot
        The day shown.
    days : Days
        When readers could see it.

    Returns
    -------
    Entry
        Signed and dated, with its sources.
    """
    label = _(EVENT_TYPES[event.event_type].label)
    country = country_name(event.country)
    kind = _("{label}, restates another entry").format(label=label) if event.repeat_of else label
    cited = _sources(event.sources, snapshot.dataset)
    publishers = "; ".join(dict.fromkeys(s.publisher for s in cited)) or "–"
    scope = about_what(event, snapshot.dataset.records_by_id)
    said = _("{said} [{scope}] Sources: {names}.").format(
        said=line(event, snapshot), scope=scope, names=publishers
    )
    return Entry(
        id=_lasting(("event", event.id), snapshot.dataset),
        # the speaker and never a cut sentence: half a sentence can mean its contrary
        title=f"{_capital(event.authority)}, {spoken(event.said.text)}: {kind} ({country})",
        summary=said + days.words,
        updated=moment(days.updated),
        published=moment(days.entered) if days.is_known else None,
        address=f"/e/{quote(event.id, safe='')}",
        kinds=((event.event_type, label), (event.country, country)),
        sources=_linked(cited),
    )


def record_entry(record: Record, snapshot: Snapshot, days: Days) -> Entry:
    """
    Return the entry of a record: what its card says first.

    Parameters
    ----------
    record : Record
        One of the snapshot's records.
    snapshot : Snapshot
        The day shown.
    days : Days
        When readers could see it.

    Returns
    -------
    Entry
        Its first claim, the most recent answer and the latest word, signed.
    """
    country = country_name(record.host_country)
    text = describe("map", State(record=record.id), snapshot)
    return Entry(
        id=_lasting(("record", record.id), snapshot.dataset),
        title=_("Record {id}: {title}").format(id=record.id, title=claim_title(record)),
        summary=text.description + days.words,
        updated=moment(days.updated),
        published=moment(days.entered) if days.is_known else None,
        address=f"/s/{quote(record.id, safe='')}",
        kinds=(("record", _("Record")), (record.host_country, country)),
        sources=_linked(_sources(record.sources, snapshot.dataset)),
    )


def correction_entry(entry: Correction, dataset: Dataset) -> Entry:
    """
    Return the entry of a correction.

    Parameters
    ----------
    entry : Correction
        As readers may see it.
    dataset : Dataset
        The ledger shown, to whose rows it links.

    Returns
    -------
    Entry
        Row, field, both values and the reason.
    """
    words = correction_line(entry)
    address = "/about"
    if entry.record in dataset.records_by_id:
        address = "/?" + encode(State(record=entry.record))
    elif entry.record in dataset.events_by_id:
        address = "/?" + encode(State(event=entry.record))
    return Entry(
        id=urn("correction", entry.id),
        title=_("Corrected on {date}: {record}, {field}").format(
            date=words.when, record=words.record, field=words.field
        ),
        summary=_("{record}, {field}: {before} → {after} · Reason: {reason}").format(
            record=words.record,
            field=words.field,
            before=words.before,
            after=words.after,
            reason=words.reason,
        ),
        updated=moment(date.fromisoformat(entry.date)),
        address=address,
    )
