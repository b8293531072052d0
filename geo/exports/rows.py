"""
The rows of an export: every record and every event as text that may be quoted alone.

Each has its claimant or speaker, its answers, its latest word with speaker and date,
its sources, the ledger's version and the link to its page. What the columns mean is said
in `geo.model.codebook`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass

from geo.checks.rules_text import url_fault
from geo.exports.quotes import quote_cell
from geo.ledger.marks import marks
from geo.ledger.past_day import shows_undated_texts
from geo.ledger.snapshot import Snapshot
from geo.ledger.standing import Standing
from geo.link.addresses import share_page_of
from geo.link.state import State
from geo.model.codebook import EVENTS, RECORDS
from geo.model.columns import FIRST, LAST
from geo.model.dates import Interval
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

RECORD_COLUMNS = tuple(column.name for column in RECORDS)
EVENT_COLUMNS = tuple(column.name for column in EVENTS)


@dataclass(frozen=True, slots=True)
class Provenance:
    """
    Where an export comes from, the same for all of its rows.

    Attributes
    ----------
    link : str
        Address of the selection, with its day and version.
    imprint : str
        Who publishes, as a sentence; may be empty.
    at : callable
        From a path with its query to an address, absolute where the origin is known.
    notices : tuple of str
        What readers of the address are told of it, one sentence each.
    ignored : tuple of str
        Those of the notices that say which part of the address was ignored.
    publisher : str
        Who publishes; empty for a preview.
    """

    link: str = ""
    imprint: str = ""
    at: Callable[[str], str] = str
    _: KW_ONLY
    notices: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    publisher: str = ""


#: of rows that stay in the program
NOWHERE = Provenance()


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


def file_version(version: str) -> str:
    """Return a version as files write it: eight digits alone would be read as a number."""
    return f"v{version}"


def circumstances(snapshot: Snapshot, provenance: Provenance) -> dict[str, str]:
    """
    Return what a whole file shares: day, version, selection, and what a row means.

    Parameters
    ----------
    snapshot : Snapshot
        The day shown.
    provenance : Provenance
        Where the file comes from.

    Returns
    -------
    dict of str to str
        By name; the link is that of the selection.
    """
    return {
        "as_of": snapshot.day.isoformat(),
        "ledger_version": file_version(snapshot.dataset.version),
        "link": provenance.link,
        "notice": f"{_(MEANING)} {_(NOT_MEANING)} {provenance.imprint}".strip(),
    }


def _shared(kind: str, code: str, snapshot: Snapshot, provenance: Provenance) -> dict[str, str]:
    """Return the last cells of a row; its link leads to the row's own page."""
    day = State(as_of=snapshot.day, version=snapshot.dataset.version)
    return {
        **circumstances(snapshot, provenance),
        "link": provenance.at(share_page_of(kind, code, day)),
        "selection": provenance.link,
    }


def dated_cells(name: str, when: Interval | None) -> dict[str, str]:
    """
    Return the cells of a date: as the source gives it, its first and its last day.

    Parameters
    ----------
    name : str
        Of the column with the date.
    when : Interval or None
        The date; None leaves the cells empty.

    Returns
    -------
    dict of str to str
        By the names of the three columns (`geo.model.columns.dated`).
    """
    days = (when.text, when.first.isoformat(), when.last.isoformat()) if when else ("", "", "")
    return dict(zip((name, name + FIRST, name + LAST), days, strict=True))


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


def properties(record: Record, snapshot: Snapshot, provenance: Provenance) -> dict[str, str]:
    """
    Return one record of a selection with everything that a quotation needs, as text.

    Parameters
    ----------
    record : Record
        One of the snapshot's records.
    snapshot : Snapshot
        The day shown.
    provenance : Provenance
        Where the file comes from.

    Returns
    -------
    dict of str to str
        Cells by column, in the order of `RECORD_COLUMNS`.
    """
    standing = snapshot.standing(record)
    claim, code, answers = standing.claim, standing.code, _answers(standing)
    signed = standing.word or claim
    cells = {
        "record": record.id,
        "place": place(record),
        "claimed_by": claim.authority,
        **dated_cells("claimed_on", claim.said),
        "claim": claim.summary,
        "claimed_police_body": claimed_police_body(record),
        "claimed_function": functions(record),
        "list": record.claim_list,
        "latest_word": code,
        "latest_word_label": _(LATEST_WORDS[code].label),
        "latest_word_sentence": latest_word(record, snapshot),
        "latest_word_speaker": signed.authority,
        **dated_cells("latest_word_date", signed.said),
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
        **_shared("record", record.id, snapshot, provenance),
    }
    return {name: cells[name] for name in RECORD_COLUMNS}


def event_properties(event: Event, snapshot: Snapshot, provenance: Provenance) -> dict[str, str]:
    """
    Return one event of a selection, as text.

    Parameters
    ----------
    event : Event
        One of the snapshot's events.
    snapshot : Snapshot
        The day shown.
    provenance : Provenance
        Where the file comes from.

    Returns
    -------
    dict of str to str
        Cells by the columns of `EVENT_COLUMNS`, without ids of events that were not
        public yet.
    """
    return {
        "event": event.id,
        **dated_cells("said_on", event.said),
        "said_on_basis": event.said_on_basis,
        **dated_cells("happened_on", event.happened),
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
        **_shared("event", event.id, snapshot, provenance),
    }
