"""The title of a picture of a selection: what it shows, and not the list of its filters."""

from __future__ import annotations

from collections.abc import Iterator

from geo.ledger.flags import NO_ANSWER
from geo.link import parameters
from geo.link.kinds import Kind
from geo.link.selection import Filters, Selection
from geo.model.dates import spoken
from geo.wording import _, alternatives, ngettext
from geo.words.headline import answered
from geo.words.numbers import in_words


def selection_title(selection: Selection) -> str:
    """
    Say what a selection shows.

    Parameters
    ----------
    selection : Selection
        Its records and filters.

    Returns
    -------
    str
        “Netherlands: two records, and the answers”, or without a filter “85 records of claims
        in 41 countries, and the answers”. Never the text of a search, with which a crafted
        link could speak in the atlas's name.
    """
    subject = selection_subject(selection.filters)
    count, countries = len(selection.records), len(selection.countries)
    if not count:
        return _("{subject}: no record matches").format(subject=subject or _("Claims"))
    if not subject:
        claims = ngettext("{n} record of a claim", "{n} records of claims", count)
        where = ngettext("in {n} country", "in {n} countries", countries)
        return _with_answers(f"{claims} {where}", selection)
    records = ngettext("{number} record", "{number} records", count, number=in_words(count))
    if len(selection.filters.country) != 1 and countries > 1:
        where = ngettext(
            "in {number} country", "in {number} countries", countries, number=in_words(countries)
        )
        records = f"{records} {where}"
    shown = _("{subject}: {records}").format(subject=subject, records=records)
    return _with_answers(shown, selection)


def selection_subject(filters: Filters) -> str:
    """
    Say what filters select, without their names: “Netherlands · Inquiry or checks”.

    Parameters
    ----------
    filters : Filters
        Those that are set.

    Returns
    -------
    str
        Empty without a filter; never the text of a search.
    """
    subject = " · ".join(_subjects(filters))
    return subject[:1].upper() + subject[1:]


def _with_answers(shown: str, selection: Selection) -> str:
    """Add that answers are shown too, or that there are none by host authorities."""
    if answered(selection):
        return _("{records}, and the answers").format(records=shown)
    # the subject has said so already
    if NO_ANSWER in selection.filters.flag:
        return shown
    return _("{records}; no answer by host authorities found").format(records=shown)


def _subjects(filters: Filters) -> Iterator[str]:
    for row in parameters.filters():
        value = getattr(filters, row.field)
        if not value:
            continue
        if row.kind is Kind.TEXT:
            yield _("a search")
        elif row.kind is Kind.DATE:
            yield _("{bound} {date}").format(bound=_(row.label).lower(), date=spoken(value))
        elif row.kind is Kind.FACET:
            yield alternatives(row.option_label(code) for code in value)
