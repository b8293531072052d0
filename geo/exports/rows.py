"""
The rows of an export: every record and every event as text that may be quoted alone.

Each has its claimant or speaker, its answers, its latest word with speaker and date,
its sources, the ledger's version and the link to the view.
"""

from __future__ import annotations

from collections.abc import Iterable

from geo.checks.rules_text import url_fault
from geo.exports.quotes import quote_cell
from geo.ledger.marks import marks
from geo.ledger.past_day import shows_undated_texts
from geo.ledger.snapshot import Snapshot
from geo.ledger.standing import Standing
from geo.model.entities import Event, Record
from geo.model.names import country_name
from geo.model.vocabulary import LATEST_WORDS
from geo.wording import _
from geo.words.lines import line
from geo.words.permanent_lines import MEANING, NOT_MEANING
from geo.words.sentences import (
    about_what,
    claimed_police_body,
    functions,
    latest_word,
    none_found,
    place,
)

RECORD_COLUMNS = (
    "record",
    "place",
    "claimed_by",
    "claimed_on",
    "claim",
    "claim_quotes",
    "claimed_police_body",
    "claimed_function",
    "list",
    "latest_word",
    "latest_word_label",
    "latest_word_sentence",
    "latest_word_speaker",
    "latest_word_date",
    "answer_host_authorities",
    "answer_host_authorities_quotes",
    "answer_china",
    "answer_china_quotes",
    "answer_body_or_people_named",
    "answer_body_or_people_named_quotes",
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
    "line",
    # the name of line in version 1.0, to be removed in 2.0
    "quotation",
    "marks",
    "quotes",
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
    pairs = (
        f"{line(one, snapshot, record.id)} — {line(other, snapshot, record.id)}"
        for one, other in snapshot.differences(record)
    )
    return " / ".join(pairs) or _("none in the ledger")


def _answer(event: Event | None, record: Record, snapshot: Snapshot) -> str:
    """Return an answer in one line that says what it is about, or that none was found."""
    if event is None:
        return none_found(record.last_checked)
    scope = about_what(event, snapshot.dataset.records_by_id, record.id)
    return f"{line(event, snapshot, record.id)} [{scope}]"


def circumstances(snapshot: Snapshot, link: str, imprint: str) -> dict[str, str]:
    """
    Return the cells that all rows share: day, version, view, and what a row means.

    Parameters
    ----------
    snapshot : Snapshot
        The day shown.
    link : str
        Address of the view.
    imprint : str
        Who publishes, as a sentence; may be empty.

    Returns
    -------
    dict of str to str
        Cells by column.
    """
    return {
        "as_of": snapshot.day.isoformat(),
        "ledger_version": snapshot.dataset.version,
        "link": link,
        "notice": f"{_(MEANING)} {_(NOT_MEANING)} {imprint}".strip(),
    }


def _answers(standing: Standing) -> dict[str, Event | None]:
    return {
        "answer_host_authorities": standing.host_answer,
        "answer_china": standing.china_answer,
        "answer_body_or_people_named": standing.named_answer,
    }


def quoted(standing: Standing) -> dict[str, Event | None]:
    """Return claim and answers of a record, by the column of the words that each rests on."""
    answers = {f"{name}_quotes": event for name, event in _answers(standing).items()}
    return {"claim_quotes": standing.claim, **answers}


def cited(record: Record, snapshot: Snapshot) -> tuple[str, ...]:
    """
    List the ids of the sources behind a record's row: its own, its claim's and its answers'.

    Parameters
    ----------
    record : Record
        One of the snapshot's records.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    tuple of str
        Without repeats.
    """
    standing = snapshot.standing(record)
    return _cited(standing, _answers(standing).values())


def _cited(standing: Standing, answers: Iterable[Event | None]) -> tuple[str, ...]:
    spoken_by = (standing.claim, standing.word, *answers)
    own = (i for event in spoken_by if event for i in event.sources)
    return tuple(dict.fromkeys((*standing.record.sources, *own)))


def properties(record: Record, snapshot: Snapshot, link: str, imprint: str) -> dict[str, str]:
    """
    Return one record of a selection with everything that a quotation needs, as text.

    Parameters
    ----------
    record : Record
        One of the snapshot's records.
    snapshot : Snapshot
        The day shown.
    link : str
        Address of the view.
    imprint : str
        Who publishes, as a sentence; may be empty.

    Returns
    -------
    dict of str to str
        Cells by the columns of `RECORD_COLUMNS`.
    """
    standing = snapshot.standing(record)
    claim, code, answers = standing.claim, standing.code, _answers(standing)
    signed = standing.word or claim
    return {
        "record": record.id,
        "place": place(record),
        "claimed_by": claim.authority,
        "claimed_on": claim.said.text,
        "claim": claim.summary,
        "claimed_police_body": claimed_police_body(record),
        "claimed_function": functions(record),
        "list": record.claim_list,
        "latest_word": code,
        "latest_word_label": _(LATEST_WORDS[code].label),
        "latest_word_sentence": latest_word(record, snapshot),
        "latest_word_speaker": signed.authority,
        "latest_word_date": signed.said.text,
        **{name: _answer(event, record, snapshot) for name, event in answers.items()},
        **{name: quote_cell(event, snapshot) for name, event in quoted(standing).items()},
        "accounts_differ": _differences(record, snapshot),
        # written with all that is known now, which an earlier day must not show
        "summary": record.summary if shows_undated_texts(snapshot) else "",
        "host_country": record.host_country,
        "host_country_name": country_name(record.host_country),
        "host_region": record.host_region,
        "host_city": record.host_city,
        "precision": record.precision,
        "origin_province": record.origin_province,
        "origin_jurisdiction": record.origin_city,
        "strength_of_sourcing": standing.strength,
        "sources": _links(_cited(standing, answers.values()), snapshot),
        "last_checked": record.last_checked,
        **circumstances(snapshot, link, imprint),
    }


def event_properties(event: Event, snapshot: Snapshot, link: str, imprint: str) -> dict[str, str]:
    """
    Return one event of a selection, as text.

    Parameters
    ----------
    event : Event
        One of the snapshot's events.
    snapshot : Snapshot
        The day shown.
    link : str
        Address of the view.
    imprint : str
        Who publishes, as a sentence; may be empty.

    Returns
    -------
    dict of str to str
        Cells by the columns of `EVENT_COLUMNS`, without ids of events that were not
        public yet.
    """
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
        "line": line(event, snapshot),
        "quotation": line(event, snapshot),
        "marks": " ".join(marks(event, snapshot)),
        "quotes": quote_cell(event, snapshot),
        "about": " ".join(event.about),
        "sets": event.sets,
        "repeat_of": event.repeat_of if snapshot.public_event(event.repeat_of) else "",
        "differs_from": " ".join(filter(snapshot.public_event, event.differs_from)),
        "note": event.note if shows_undated_texts(snapshot) else "",
        "sources": _links(event.sources, snapshot),
        **circumstances(snapshot, link, imprint),
    }
