"""
The content of a picture of a view: the words and the records that it is drawn from.

A picture is passed on without its page, so it repeats the claim with author and date, the
answers, the day and the version. It never repeats free text: a crafted link must not speak
in the atlas's name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from geo.link.opening import Opened
from geo.link.permalink import city_code
from geo.link.selection import Selection
from geo.model.dates import spoken
from geo.model.entities import Record, Source
from geo.model.names import country_name
from geo.model.vocabulary import CLAIM, EUROPEAN_UNION, HOST, WORLDWIDE
from geo.wording import _
from geo.words.cards import (
    Answer,
    not_public_yet,
    not_yet,
    record_card,
)
from geo.words.place_card import (
    NO_RECORD,
    counted_by_word,
    first_claim,
    place_card,
    records_of_place,
)
from geo.words.preview_text import claim_title, claims_title, event_title
from geo.words.selection_title import selection_title
from geo.words.sentences import latest_line, place
from geo.words.statements import Statement, statement
from geo.words.summary import sentence
from geo.words.word_signers import signers


@dataclass(frozen=True, slots=True)
class Row:
    """
    One row of a card.

    Attributes
    ----------
    statement : Statement or None
        None where no answer was found: then ``missing`` says so.
    host : bool
        Whether host authorities speak.
    """

    heading: str
    statement: Statement | None
    missing: str = ""
    host: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """
    The content of a picture.

    Attributes
    ----------
    rows : tuple of Row
        Of a card: the claim and the answers, or an event's own words. Empty for a
        selection.
    note : str
        The sentence of a selection; of a card a remark, or why there is nothing to show.
    latest, word : str
        Of a record's card its first line, the latest word as a signed sentence, and the code
        of that word.
    shown : str
        Id of the record whose card is open.
    signers : dict of str to str
        Of a selection: code of a latest word -> who had it and when, where few records have it.
    records : tuple of Record
        Drawn on the map.
    mapped : bool
        Whether there is a map: words about the whole world need none.
    sources : tuple of Source
        Of a card.
    publishers : tuple of (str, int)
        Of a selection: the publishers of its sources, and how many sources each has.
    circumstances : tuple of str
        Day, version and imprint.
    """

    title: str
    note: str
    records: tuple[Record, ...]
    latest: str = ""
    word: str = ""
    shown: str = ""
    signers: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    mapped: bool = True
    card: bool = True
    sources: tuple[Source, ...] = ()
    publishers: tuple[tuple[str, int], ...] = ()
    circumstances: tuple[str, ...] = field(default=())


def picture_of(opened: Opened, imprint: str) -> Picture:
    """
    Return the content of the picture of an address.

    Parameters
    ----------
    opened : Opened
        What the address shows.
    imprint : str
        Who publishes this atlas, or that it has no publisher.

    Returns
    -------
    Picture
        Of the open card, else of the selection.
    """
    stamp = (
        _("As of {date}.").format(date=spoken(opened.snapshot.day.isoformat())),
        _("Ledger version {version}.").format(version=opened.dataset.version),
        imprint,
    )
    if opened.state.record:
        return _record(opened, stamp)
    if opened.state.event:
        return _event(opened, stamp)
    if opened.state.place:
        return _place(opened, stamp)
    selection = opened.selection
    return Picture(
        title=selection_title(selection),
        note=sentence(selection, dated=True),
        records=selection.records,
        signers=signers(selection.records, selection.snapshot),
        card=False,
        publishers=_publishers(selection),
        circumstances=stamp,
    )


def _publishers(selection: Selection) -> tuple[tuple[str, int], ...]:
    """Count by publisher the sources of the selected records and of their claims, most first."""
    snapshot = selection.snapshot
    known = snapshot.dataset.sources
    cited: dict[str, None] = {}
    for record in selection.records:
        cited.update(dict.fromkeys(record.sources))
        for claim in snapshot.standing(record).claims:
            cited.update(dict.fromkeys(claim.sources))
    counted = Counter(known[i].publisher for i in cited if i in known)
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _rows(answers: Iterable[Answer]) -> tuple[Row, ...]:
    """List the answers of a card; host authorities always come first."""
    return tuple(
        Row(answer.heading, answer.statement, answer.missing, host=index == 0)
        for index, answer in enumerate(answers)
    )


def _cited(rows: Iterable[Row]) -> tuple[Source, ...]:
    sources = (source for row in rows if row.statement for source in row.statement.sources)
    return tuple({source.id: source for source in sources}.values())


def _record(opened: Opened, stamp: tuple[str, ...]) -> Picture:
    snapshot = opened.snapshot
    record = opened.dataset.records_by_id[opened.state.record]
    if not snapshot.exists(record):
        unknown = not_yet(record, snapshot.day)
        return Picture(
            title=place(record), note=unknown, records=(), mapped=False, circumstances=stamp
        )
    card = record_card(record, snapshot, opened.newest)
    return Picture(
        title=claim_title(record),
        note=_("Accounts differ; the record gives both.") if card.accounts else "",
        records=(record,),
        latest=latest_line(snapshot.standing(record))[0],
        word=snapshot.standing(record).code,
        shown=record.id,
        rows=(Row(_("Claim"), card.claim), *_rows(card.answers)),
        sources=tuple(source for row in card.sources for source, _words in row.pages),
        circumstances=stamp,
    )


def _event(opened: Opened, stamp: tuple[str, ...]) -> Picture:
    snapshot = opened.snapshot
    event = opened.dataset.events_by_id[opened.state.event]
    if not event.public_by(snapshot.day):
        unknown = not_public_yet(snapshot.day)
        title = country_name(event.country)
        return Picture(title=title, note=unknown, records=(), mapped=False, circumstances=stamp)
    words = statement(event, snapshot)
    rows: tuple[Row, ...] = (Row(words.kind, words, host=event.actor_type == HOST),)
    if event.event_type == CLAIM:
        # a claim is never shown without what the country and China have answered
        answered = _rows(place_card(event.country, (), frozenset(), snapshot).answers)
        stateless = event.country in (EUROPEAN_UNION, WORLDWIDE)
        rows += tuple(row for row in answered if not (row.host and stateless))
    about = set(event.about_records)
    records = tuple(
        r for r in snapshot.records if (r.id in about if about else r.host_country == event.country)
    )
    return Picture(
        title=event_title(event),
        note="",
        records=records,
        rows=rows,
        mapped=bool(records),
        sources=_cited(rows),
        circumstances=stamp,
    )


def _place(opened: Opened, stamp: tuple[str, ...]) -> Picture:
    snapshot, code = opened.snapshot, opened.state.place
    records = records_of_place(code, snapshot)
    if not records and not snapshot.host_events(code):
        known = (r for r in opened.dataset.records if city_code(r.id) == code)
        title = next((place(r) for r in known), country_name(code))
        return Picture(
            title=title, note=_(NO_RECORD), records=(), mapped=False, circumstances=stamp
        )
    card = place_card(code, records, opened.selection.record_ids, snapshot)
    rows = _rows(card.answers)
    claim = first_claim(records, snapshot)
    if claim:
        rows = (Row(_("Claim"), statement(claim, snapshot)), *rows)
    return Picture(
        title=claims_title(code, records),
        note=counted_by_word(records, snapshot),
        records=records,
        rows=rows,
        mapped=bool(records),
        sources=_cited(rows),
        circumstances=stamp,
    )
