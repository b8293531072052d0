"""
The rows of an export: every record and every event as text that may be quoted alone.

Each carries its claimant or speaker, its answers, its latest word with speaker and date,
its sources, the ledger's version and the link to the view.
"""

from __future__ import annotations

from collections.abc import Iterable

from geo.files.rules_text import url_fault
from geo.ledger.snapshot import Snapshot
from geo.model.entities import Event, Record
from geo.model.names import country_name
from geo.model.vocabulary import CLAIM_ONLY, LATEST_WORDS
from geo.wording import _
from geo.words.cards import written_by
from geo.words.permanent_lines import MEANING, NOT_MEANING
from geo.words.sentences import (
    about_what,
    functions,
    latest_word,
    none_found,
    origin,
    place,
    quoted,
    strength,
)

RECORD_COLUMNS = (
    "record",
    "place",
    "claimed_by",
    "claimed_on",
    "claim",
    "claimed_police_body",
    "claimed_function",
    "list",
    "latest_word",
    "latest_word_label",
    "latest_word_sentence",
    "latest_word_speaker",
    "latest_word_date",
    "answer_host_authorities",
    "answer_china",
    "answer_body_or_people_named",
    "accounts_differ",
    "summary",
    "host_country",
    "host_country_name",
    "host_region",
    "host_city",
    "precision",
    "origin_province",
    "origin_jurisdiction",
    "strength_of_sourcing",
    "sources",
    "last_checked",
    "as_of",
    "ledger_version",
    "link",
    "notice",
)
EVENT_COLUMNS = (
    "event",
    "said_on",
    "said_on_basis",
    "happened_on",
    "country",
    "country_name",
    "event_type",
    "actor_type",
    "authority",
    "summary",
    "quotation",
    "about",
    "sets",
    "repeat_of",
    "differs_from",
    "note",
    "sources",
    "as_of",
    "ledger_version",
    "link",
    "notice",
)


def _links(ids: Iterable[str], snapshot: Snapshot) -> str:
    sources = snapshot.dataset.sources
    urls = (sources[i].url for i in dict.fromkeys(ids) if i in sources)
    return " ".join(url for url in urls if not url_fault(url))


def _differences(record: Record, snapshot: Snapshot) -> str:
    pairs = (f"{quoted(one)} — {quoted(other)}" for one, other in snapshot.differences(record))
    return " / ".join(pairs) or _("none in the ledger")


def _answer(event: Event | None, record: Record, snapshot: Snapshot) -> str:
    """An answer in one line that says what it is about, or that none was found."""
    if event is None:
        return none_found(record.last_checked)
    scope = about_what(event, snapshot.dataset.records_by_id, record.id)
    return f"{quoted(event)} [{scope}]"


def circumstances(snapshot: Snapshot, link: str, imprint: str) -> dict[str, str]:
    """What every row carries: the day, the version, the view, and what a row means."""
    return {
        "as_of": snapshot.day.isoformat(),
        "ledger_version": snapshot.dataset.version,
        "link": link,
        "notice": f"{_(MEANING)} {_(NOT_MEANING)} {imprint}".strip(),
    }


def _answers(record: Record, snapshot: Snapshot) -> dict[str, Event | None]:
    return {
        "answer_host_authorities": snapshot.newest_host_answer(record),
        "answer_china": snapshot.newest_china_answer(record),
        "answer_body_or_people_named": snapshot.newest_party_answer(record),
    }


def cited(record: Record, snapshot: Snapshot) -> tuple[str, ...]:
    """Ids of the sources behind a record's row: its own, its claim's and its answers'."""
    spoken_by = (
        snapshot.claims(record)[0],
        snapshot.word(record),
        *_answers(record, snapshot).values(),
    )
    own = (i for event in spoken_by if event for i in event.sources)
    return tuple(dict.fromkeys((*record.sources, *own)))


def properties(record: Record, snapshot: Snapshot, link: str, imprint: str) -> dict[str, str]:
    """One record of a selection with everything that a quotation needs, as text."""
    claim = snapshot.claims(record)[0]
    word = snapshot.word(record)
    code = word.sets if word else CLAIM_ONLY
    answers = _answers(record, snapshot)
    return {
        "record": record.id,
        "place": place(record),
        "claimed_by": claim.authority,
        "claimed_on": claim.said.text,
        "claim": claim.summary,
        "claimed_police_body": origin(record),
        "claimed_function": functions(record),
        "list": record.claim_list,
        "latest_word": code,
        "latest_word_label": _(LATEST_WORDS[code].label),
        "latest_word_sentence": latest_word(record, snapshot),
        "latest_word_speaker": (word or claim).authority,
        "latest_word_date": (word or claim).said.text,
        **{name: _answer(event, record, snapshot) for name, event in answers.items()},
        "accounts_differ": _differences(record, snapshot),
        # written with all that is known now: it would tell an earlier day what came later
        "summary": record.summary if written_by(snapshot) else "",
        "host_country": record.host_country,
        "host_country_name": country_name(record.host_country),
        "host_region": record.host_region,
        "host_city": record.host_city,
        "precision": record.precision,
        "origin_province": record.origin_province,
        "origin_jurisdiction": record.origin_city,
        "strength_of_sourcing": strength(record, snapshot),
        "sources": _links(cited(record, snapshot), snapshot),
        "last_checked": record.last_checked,
        **circumstances(snapshot, link, imprint),
    }


def event_properties(event: Event, snapshot: Snapshot, link: str, imprint: str) -> dict[str, str]:
    """One event of a selection, as text; ids of what was not public yet are left out."""
    known = snapshot.dataset.events_by_id
    public = {
        i
        for i in (event.repeat_of, *event.differs_from)
        if i in known and known[i].public_by(snapshot.day)
    }
    return {
        "event": event.id,
        "said_on": event.said.text,
        "said_on_basis": event.said_on_basis,
        "happened_on": event.happened.text if event.happened else "",
        "country": event.country,
        "country_name": country_name(event.country),
        "event_type": event.event_type,
        "actor_type": event.actor_type,
        "authority": event.authority,
        "summary": event.summary,
        "quotation": quoted(event),
        "about": " ".join(event.about),
        "sets": event.sets,
        "repeat_of": event.repeat_of if event.repeat_of in public else "",
        "differs_from": " ".join(i for i in event.differs_from if i in public),
        "note": event.note if written_by(snapshot) else "",
        "sources": _links(event.sources, snapshot),
        **circumstances(snapshot, link, imprint),
    }
