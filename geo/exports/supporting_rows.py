"""What a selection rests on, as rows of text: its sources, words of them, and claimed figures."""

from __future__ import annotations

from geo.exports.json_documents import cited_sources
from geo.exports.quotes import safe
from geo.exports.rows import dated_cells
from geo.ledger.past_day import public_counts, shows_undated_texts
from geo.link.opening import Opened
from geo.model.dates import lenient
from geo.model.entities import Count, Quotation, Source

Rows = tuple[dict[str, str], ...]


def _source(source: Source) -> dict[str, str]:
    return {
        "id": source.id,
        "url": safe(source.url) or "",
        "archive_url": safe(source.archive_url) or "",
        "publisher": source.publisher,
        "via": source.via,
        "title": source.title,
        **dated_cells("published", lenient(source.published)),
        "language": source.language,
        "kind": source.kind,
        "class": source.source_class,
    }


def _quotation(quotation: Quotation) -> dict[str, str]:
    return {
        "event": quotation.event,
        "source": quotation.source,
        "quote": quotation.text,
        "language": quotation.language,
        "translation": quotation.translation,
        "speech": quotation.speech,
    }


def _count(count: Count, *, noted: bool) -> dict[str, str]:
    return {
        "id": count.id,
        "country": count.country,
        "subject": count.subject,
        "value": str(count.value),
        "unit": count.unit,
        "period": count.period,
        "claimed_by": count.claimed_by,
        "actor_type": count.actor_type,
        **dated_cells("claimed_on", lenient(count.claimed_on)),
        # written with all that is known now, which an earlier day must not show
        "note": count.note if noted else "",
        "source_ids": " ".join(count.sources),
    }


def _counts(opened: Opened) -> tuple[Count, ...]:
    public, selection = public_counts(opened.snapshot), opened.selection
    if opened.state.filters.empty:
        return tuple(public)
    countries = {*selection.countries, *(event.country for event in selection.events)}
    return tuple(count for count in public if count.country in countries)


def _quotations(opened: Opened) -> tuple[Quotation, ...]:
    found = opened.dataset.quotations_of
    return tuple(q for event in opened.selection.events for q in found.get(event.id, ()))


def count_rows(opened: Opened) -> Rows:
    """
    Return the figures that others claim about what is selected.

    Parameters
    ----------
    opened : Opened
        The address.

    Returns
    -------
    tuple of dict of str to str
        Those given by the day shown: all of them without a filter, else those about the
        countries of the selected records and events; in file order.
    """
    noted = shows_undated_texts(opened.snapshot)
    return tuple(_count(count, noted=noted) for count in _counts(opened))


def quotation_rows(opened: Opened) -> Rows:
    """Return the words on which the selected events rest, in the order of the events."""
    return tuple(map(_quotation, _quotations(opened)))


def source_rows(opened: Opened) -> Rows:
    """
    Return the pages behind a selection.

    Parameters
    ----------
    opened : Opened
        The address.

    Returns
    -------
    tuple of dict of str to str
        In file order; each page that a row of records, events, quotations or figures names is
        among them.
    """
    ids = {source.id for source in cited_sources(opened)}
    ids |= {i for count in _counts(opened) for i in count.sources}
    ids |= {quotation.source for quotation in _quotations(opened)}
    return tuple(_source(source) for i, source in opened.dataset.sources.items() if i in ids)
