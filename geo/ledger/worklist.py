"""
What of the ledger wants a human, by kind, the newest risk first.

A latest word with one page, or without its original words, cannot be checked by a reader; a
question that nobody decides stays open. None of this is a fault, so `check` does not say it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from geo.ledger.open_questions import Question, project_questions
from geo.ledger.quotation_coverage import newest_first, quoted_events, status_setting
from geo.ledger.snapshot import Snapshot
from geo.model.dates import lenient
from geo.model.entities import Event, Source
from geo.model.vocabulary import CASE_TYPES, COUNTRY, HOST, WEAK_CLASSES

#: a record is to be compared with its sources again after so many days
RECHECK = 180

ONE_SOURCE = "one_source"
WEAK_SOURCES = "weak_sources"
NO_QUOTATION = "no_quotation"
NO_ARCHIVE = "no_archive"
OPEN_QUESTION = "open_question"
NOT_CHECKED = "not_checked"
NO_OUTCOME = "no_outcome"
NO_ANSWER = "no_answer"
OTHER_FORM = "other_form"
#: in the order in which they are listed
KINDS = (
    ONE_SOURCE,
    WEAK_SOURCES,
    NO_QUOTATION,
    NO_ARCHIVE,
    OPEN_QUESTION,
    NOT_CHECKED,
    NO_OUTCOME,
    NO_ANSWER,
    OTHER_FORM,
)

#: what a host authority says or does at the end of an inquiry
OUTCOMES = CASE_TYPES | {
    "told_to_stop",
    "closure_stated",
    "no_place_found",
    "no_offence_found",
    "inquiry_closed",
}
#: who may answer a claim
SIDES = ("host", "china", "named")

_AMP = re.compile(r"(?:[/_.-]amp(?:[/.]|$)|[?&]amp(?:=|&|$))", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """
    One thing that wants a human.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    table : str
        Name of the table of its row; empty for a question about several tables' rows.
    ids : tuple of str
        Of the rows.
    day : str
        A partial date, by which the tasks of a kind are ordered; empty where there is none.
    days : int or None
        Days since then, where they are what counts.
    detail : tuple of str
        Codes or ids: the only source, classes, sides without an answer.
    text : str
        The question as the notes put it.
    """

    kind: str
    table: str
    ids: tuple[str, ...]
    day: str = ""
    days: int | None = None
    detail: tuple[str, ...] = ()
    text: str = ""


def _task(kind: str, event: Event, *detail: str) -> Task:
    return Task(
        kind=kind, table="investigations", ids=(event.id,), day=event.said.text, detail=detail
    )


def _of_words(snapshot: Snapshot) -> Iterator[Task]:
    """Yield what the events that leave a latest word lack."""
    quoted, known = quoted_events(snapshot), snapshot.dataset.sources
    for event in status_setting(snapshot):
        pages = [known[i] for i in event.sources if i in known]
        classes = {page.source_class for page in pages}
        if len(pages) == 1:
            yield _task(ONE_SOURCE, event, pages[0].id)
        if classes <= WEAK_CLASSES:
            yield _task(WEAK_SOURCES, event, *sorted(classes))
        if event.id not in quoted:
            yield _task(NO_QUOTATION, event)
        if not any(page.archive_url for page in pages):
            yield _task(NO_ARCHIVE, event)


def _questions(snapshot: Snapshot, questions: Iterable[Question], public: bool) -> Iterator[Task]:
    """Yield the open questions, those about the newest events first."""
    dataset = snapshot.dataset
    days = {source.id: source.published for source in dataset.sources.values()}
    days |= {count.id: count.claimed_on for count in dataset.counts}
    days |= {record.id: "" for record in snapshot.records}
    days |= {event.id: event.said.text for event in snapshot.events}
    tasks = [
        Task(
            kind=OPEN_QUESTION,
            table="",
            ids=ids,
            day=max(days.get(i, "") for i in ids),
            text=text,
        )
        for ids, text in questions
        # a question may say what a hidden row says, so one hidden row hides all of it
        if not public or days.keys() >= {*ids}
    ]
    yield from sorted(tasks, key=lambda task: task.day, reverse=True)


def _not_checked(snapshot: Snapshot) -> Iterator[Task]:
    for record in sorted(snapshot.records, key=lambda one: one.last_checked):
        day = lenient(record.last_checked)
        days = (snapshot.day - day.last).days if day else None
        if days is None or days > RECHECK:
            yield Task(
                kind=NOT_CHECKED,
                table="stations",
                ids=(record.id,),
                day=record.last_checked,
                days=days,
            )


def _has_outcome(inquiry: Event, spoken: Sequence[Event]) -> bool:
    topics = {*inquiry.about, COUNTRY}
    return any(
        event.event_type in OUTCOMES
        and event.order > inquiry.order
        and (COUNTRY in inquiry.about or not topics.isdisjoint(event.about))
        for event in spoken
    )


def _no_outcome(snapshot: Snapshot) -> Iterator[Task]:
    """Yield inquiries after which no authority of the country has given an outcome."""
    for event in newest_first(snapshot.events):
        if event.event_type == "inquiry_opened" and event.actor_type == HOST:
            spoken = [e for e in snapshot.host_events(event.country) if not e.repeat_of]
            if not event.repeat_of and not _has_outcome(event, spoken):
                days = (snapshot.day - event.said.last).days
                yield Task(
                    kind=NO_OUTCOME,
                    table="investigations",
                    ids=(event.id,),
                    day=event.said.text,
                    days=days,
                )


def _no_answer(snapshot: Snapshot) -> Iterator[Task]:
    """Yield records to whose claims one of the three sides has not answered."""
    tasks = []
    for record in snapshot.records:
        standing = snapshot.standing(record)
        answers = (standing.host_answer, standing.china_answer, standing.named_answer)
        silent = tuple(side for side, answer in zip(SIDES, answers, strict=True) if answer is None)
        if silent:
            day = standing.claim.said.text
            tasks.append(
                Task(kind=NO_ANSWER, table="stations", ids=(record.id,), day=day, detail=silent)
            )
    yield from sorted(tasks, key=lambda task: (len(task.detail), task.day), reverse=True)


def _other_form(snapshot: Snapshot) -> Iterator[Task]:
    cited: Collection[Source] = snapshot.dataset.sources.values()
    for source in sorted(cited, key=lambda one: one.published, reverse=True):
        if _AMP.search(source.url) and not source.archive_url:
            yield Task(kind=OTHER_FORM, table="sources", ids=(source.id,), day=source.published)


def worklist(
    snapshot: Snapshot, questions: Iterable[Question], *, public: bool
) -> dict[str, tuple[Task, ...]]:
    """
    List what wants a human.

    Parameters
    ----------
    snapshot : Snapshot
        The ledger on a day, without what is withheld or on hold.
    questions : iterable of tuple
        The open questions, as `geo.ledger.open_questions` reads them.
    public : bool
        Leave out questions about rows that may not be seen; False for curators.

    Returns
    -------
    dict of str to tuple of Task
        For each of `KINDS`, the newest first; the longest unchecked record first.
    """
    found: dict[str, list[Task]] = {kind: [] for kind in KINDS}
    for tasks in (
        _of_words(snapshot),
        _questions(snapshot, questions, public),
        _not_checked(snapshot),
        _no_outcome(snapshot),
        _no_answer(snapshot),
        _other_form(snapshot),
    ):
        for task in tasks:
            found[task.kind].append(task)
    return {kind: tuple(tasks) for kind, tasks in found.items()}


def current_worklist(snapshot: Snapshot) -> dict[str, tuple[Task, ...]]:
    """Return the public `worklist` with the project's own questions, for `Snapshot.derived`."""
    return worklist(snapshot, project_questions(), public=True)
