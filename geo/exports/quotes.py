"""The words of pages in exports: as objects in JSON, and as one cell in CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geo.checks.rules_text import url_fault
from geo.ledger.snapshot import Snapshot
from geo.model.entities import Event
from geo.model.vocabulary import SPEECH
from geo.wording import _
from geo.words.statements import quotes


def safe(url: str) -> str | None:
    """Return an address that may become a link; None for any other."""
    return None if url_fault(url) else url


def quote_objects(event: Event | None, snapshot: Snapshot) -> list[dict[str, Any]]:
    """
    Return the words on which an event rests.

    Parameters
    ----------
    event : Event or None
        One of the snapshot's events.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    list of dict
        Original, language (BCP 47), translation (None where the original is English), speech
        as code and in words, and the page by id and address. Empty without an event, and for
        one without quotations.
    """
    dataset = snapshot.dataset
    return [
        {
            "original": q.text,
            "language": q.language,
            "translation": q.translation or None,
            "speech": q.speech,
            "speech_label": _(SPEECH[q.speech]),
            "source": {"id": q.source, "url": safe(dataset.sources[q.source].url)},
        }
        for q in (dataset.quotations_of.get(event.id, ()) if event else ())
    ]


def _cells(event: Event, snapshot: Snapshot) -> Iterator[str]:
    for quote in quotes(event, snapshot):
        by_the_atlas = _("translation by the atlas")
        translation = f"{quote.translation} ({by_the_atlas})"
        parts = (
            quote.language,
            translation if quote.translation else "",
            quote.speech,
            safe(quote.source.url) or quote.source.id,
        )
        yield f"{quote.text} [{'; '.join(filter(None, parts))}]"


def quote_cell(event: Event | None, snapshot: Snapshot) -> str:
    """
    Return the same as text, for a cell that may be quoted alone.

    Parameters
    ----------
    event : Event or None
        One of the snapshot's events.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    str
        Each original with language, translation, speech and address in square brackets;
        ``/`` between two. Empty where there are none.
    """
    return " / ".join(_cells(event, snapshot)) if event else ""
