"""One entry as cards print it, and the words of the pages on which it rests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from geo.ledger.marks import OTHER_PLACE, marks
from geo.ledger.past_day import shows_undated_texts
from geo.ledger.snapshot import Snapshot
from geo.model.dates import spoken, spoken_on
from geo.model.entities import Event, Quotation, Source
from geo.model.names import text_direction
from geo.model.vocabulary import ACTORS, EVENT_TYPES, SPEECH
from geo.wording import _
from geo.words.lines import mark_words, row_line
from geo.words.sentences import about_what

_QUOTATION_MARK = re.compile('["“”„«»「」『』]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """
    The words of a page, as printed.

    Attributes
    ----------
    text, language, direction : str
        The original, the code of its language, and ``ltr``, ``rtl`` or ``auto``.
    translation : str
        In English; empty where the original is.
    speech : str
        Whether these are the speaker's own words.
    source : Source
        The page.
    """

    text: str
    language: str
    direction: str
    translation: str
    speech: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """
    One event as printed: when, who, what, about what, and where it can be read.

    Attributes
    ----------
    when, date : str
        “On 1 November 2022” and “1 November 2022”, as precise as the source.
    own : bool
        Whether it is about the one record whose card prints it, so that its scope need not
        be said.
    marks : tuple of str
        Codes of what limits it as an answer (`geo.ledger.marks.marks`).
    quotes : tuple of Quote
        The words on which it rests.
    line : str
        All of it in one line, without sources.
    """

    id: str
    when: str
    date: str
    who: str
    text: str
    scope: str
    own: bool
    kind: str
    actor: str
    note: str
    sources: tuple[Source, ...]
    marks: tuple[str, ...]
    quotes: tuple[Quote, ...]
    line: str

    @property
    def speaker(self) -> str:
        """The speaker as the beginning of a sentence: “The Dutch foreign minister”."""
        return self.who[:1].upper() + self.who[1:]

    @property
    def unquoted(self) -> tuple[Source, ...]:
        """The sources whose words are not among the quotes."""
        quoted = {quote.source.id for quote in self.quotes}
        return tuple(source for source in self.sources if source.id not in quoted)

    def aside(self, *, scope: bool = False) -> str:
        """
        Return what is printed in brackets after the speaker.

        Parameters
        ----------
        scope : bool
            Whether that includes what the statement is about, which says of another place
            that it is one.

        Returns
        -------
        str
            Scope and marks in words; empty if there are none.
        """
        if not scope:
            return mark_words(self.marks)
        others = mark_words(code for code in self.marks if code != OTHER_PLACE)
        return f"{self.scope}; {others}" if others else self.scope


def _marked(text: str) -> str:
    """Put a page's words between quotation marks, where they have none themselves."""
    return f"“{text}”" if text and not _QUOTATION_MARK.search(text) else text


def _quote(quotation: Quotation, sources: Mapping[str, Source]) -> Quote:
    return Quote(
        text=_marked(quotation.text),
        language=quotation.language,
        direction=text_direction(quotation.language),
        translation=_marked(quotation.translation),
        speech=_(SPEECH[quotation.speech]),
        source=sources[quotation.source],
    )


def quotes(event: Event, snapshot: Snapshot) -> tuple[Quote, ...]:
    """
    List the words on which an event rests.

    Parameters
    ----------
    event : Event
        One of the snapshot's events.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    tuple of Quote
        In file order; empty where the ledger has none.
    """
    dataset = snapshot.dataset
    return tuple(_quote(q, dataset.sources) for q in dataset.quotations_of.get(event.id, ()))


def statement(event: Event, snapshot: Snapshot, *shown: str) -> Statement:
    """
    Put an event into the form that cards print.

    Parameters
    ----------
    event : Event
        What was claimed, said or done.
    snapshot : Snapshot
        The day shown.
    *shown : str
        Ids of the records whose card prints the event; none on other cards.

    Returns
    -------
    Statement
        Without the curator's note on past days: it is written with later knowledge.
    """
    dataset = snapshot.dataset
    limits = marks(event, snapshot, *shown)
    return Statement(
        id=event.id,
        when=spoken_on(event.said.text),
        date=spoken(event.said.text),
        who=event.authority,
        text=event.summary,
        scope=about_what(event, dataset.records_by_id, shown[0] if len(shown) == 1 else ""),
        own=len(shown) == 1 and shown[0] in event.about,
        kind=_(EVENT_TYPES[event.event_type].label),
        actor=_(ACTORS[event.actor_type]),
        note=event.note if shows_undated_texts(snapshot) else "",
        sources=tuple(dataset.sources[i] for i in event.sources if i in dataset.sources),
        marks=limits,
        quotes=quotes(event, snapshot),
        line=row_line(event, mark_words(limits)),
    )
