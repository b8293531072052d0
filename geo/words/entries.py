"""Entries as rows of a list: date, place, speaker, what was said, and where it can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.ledger.marks import marks
from geo.ledger.snapshot import Snapshot
from geo.link.selection import Selection
from geo.model.dates import spoken
from geo.model.entities import Event, Source
from geo.model.names import country_name
from geo.model.vocabulary import COUNTRY, EVENT_TYPES, FLAG_BY_TYPE, HOST, LATEST_WORDS
from geo.wording import _, ngettext
from geo.words.lines import mark_words
from geo.words.sentences import none_found, place


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """
    An entry as a row.

    Attributes
    ----------
    date, place : str
        When it was said, and about what place.
    host : bool
        Whether a host authority said or did it.
    sets : str
        The latest word that it left on its records; empty for none.
    limits : str
        What limits it as an answer, in words.
    sources : tuple of Source
        Where it can be read.
    """

    id: str
    date: str
    place: str
    speaker: str
    text: str
    host: bool
    sets: str
    limits: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One government in a list of those that gave an answer; ``entry`` is None for none."""

    country: str
    name: str
    entry: EntryRow | None
    missing: str


def _place(event: Event, snapshot: Snapshot) -> str:
    known = snapshot.dataset.records_by_id
    places = list(dict.fromkeys(place(known[i]) for i in event.about_records if i in known))
    if len(places) == 1:
        return places[0]
    name = country_name(event.country)
    # “worldwide” begins the line here
    name = name[:1].upper() + name[1:]
    if not places:
        return name
    return ngettext("{name}, {n} place", "{name}, {n} places", len(places), name=name)


def entry_row(event: Event, snapshot: Snapshot, limits: Iterable[str] = ()) -> EntryRow:
    """
    Put an event into the form of a row.

    Parameters
    ----------
    event : Event
        One of the snapshot's events.
    snapshot : Snapshot
        The day shown.
    limits : iterable of str
        What limits it besides `geo.ledger.marks.marks`, in words.

    Returns
    -------
    EntryRow
        In words.
    """
    known = snapshot.dataset.sources
    said = (*limits, *filter(None, (mark_words(marks(event, snapshot)),)))
    return EntryRow(
        id=event.id,
        date=spoken(event.said.text),
        place=_place(event, snapshot),
        speaker=event.authority[:1].upper() + event.authority[1:],
        text=event.summary,
        host=event.actor_type == HOST,
        sets=event.sets if event.sets in LATEST_WORDS else "",
        limits="; ".join(said),
        sources=tuple(known[i] for i in event.sources if i in known),
    )


def newest_first(events: Iterable[Event]) -> list[Event]:
    """Sort events by the end of their date, the newest first; of one day, as filed."""
    return sorted(events, key=lambda e: e.as_printed, reverse=True)


def latest_entries(selection: Selection, most: int) -> tuple[list[EntryRow], int]:
    """
    List the latest entries of a selection.

    Parameters
    ----------
    selection : Selection
        Whose entries are listed, without those that restate another.
    most : int
        Entries to list at most.

    Returns
    -------
    rows : list of EntryRow
        The newest first.
    total : int
        How many there are in all.
    """
    events = newest_first(e for e in selection.events if not e.repeat_of)
    return [entry_row(e, selection.snapshot) for e in events[:most]], len(events)


def _gave(code: str, country: str, snapshot: Snapshot) -> Event | None:
    """Return the newest statement or act of a country's authorities that raises a flag."""
    given = [e for e in snapshot.host_events(country) if FLAG_BY_TYPE.get(e.event_type) == code]
    return newest_first(given)[0] if given else None


def answer_rows(code: str, selection: Selection) -> list[AnswerRow]:
    """
    List the governments that gave an answer, or of which none was found.

    Parameters
    ----------
    code : str
        A flag of the strip.
    selection : Selection
        Of which the filter by answer is left out.

    Returns
    -------
    list of AnswerRow
        As many as `Selection.strip` counts, the newest first; those without an entry by name.
    """
    snapshot = selection.snapshot
    countries = selection.filters.without("flag").select(snapshot).countries
    found = {c: _gave(code, c, snapshot) for c in countries if code in snapshot.country_flags[c]}
    dated = newest_first(event for event in found.values() if event)
    silent = sorted((c for c, event in found.items() if not event), key=country_name)
    missing = none_found(snapshot.dataset.last_checked)
    # a statement about another place in the country is marked as such already
    general = _("names no place")
    rows = [
        entry_row(e, snapshot, (general,) if e.about == (COUNTRY,) and not e.elsewhere else ())
        for e in dated
    ]
    return [
        *(
            AnswerRow(country=e.country, name=country_name(e.country), entry=row, missing="")
            for e, row in zip(dated, rows, strict=True)
        ),
        *(AnswerRow(country=c, name=country_name(c), entry=None, missing=missing) for c in silent),
    ]


def answer_and_latest_word(code: str, selection: Selection, countries: int) -> str:
    """
    Say why a filter by answer and one by latest word select different records.

    Parameters
    ----------
    code : str
        A flag of the strip.
    selection : Selection
        What the filter by answer leaves.
    countries : int
        How many countries the strip counts.

    Returns
    -------
    str
        One or two sentences with both numbers.
    """
    picked = selection.filters.replace(flag=(code,)).select(selection.snapshot)
    words = [word.code for word in LATEST_WORDS.values() if word.flag == code]
    total = len(picked.records)
    if not words:
        beyond = len(picked.countries) - countries
        if beyond > 0:
            return ngettext(
                "{n} more country is counted above: its authorities answered about other "
                "records only.",
                "{n} more countries are counted above: their authorities answered about other "
                "records only.",
                beyond,
            )
        return ""
    last = sum(selection.snapshot.statuses[record.id] in words for record in picked.records)
    return ngettext(
        "The filter “Latest word” finds {n} of these {total} records: on the others a later "
        "word followed, or the statement names no place.",
        "The filter “Latest word” finds {n} of these {total} records: on the others a later "
        "word followed, or the statement names no place.",
        last,
        total=f"{total:,}",
    )


def kind_and_year(event: Event) -> tuple[str, str]:
    """Return what an event is in at most five words, and its year."""
    return _(EVENT_TYPES[event.event_type].label), spoken(event.said.last.isoformat()[:4])
