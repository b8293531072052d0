"""The headline of a page: how many records, in how many countries, and what the filters say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.link import parameters
from geo.link.kinds import Kind, Parameter
from geo.link.selection import Selection
from geo.model.dates import spoken
from geo.model.names import in_a_sentence
from geo.wording import _, alternatives, conjunction, ngettext

#: up to so many countries are named where they are picked, more are counted; one always is
NAMED = 3
#: what a figure of the headline leads to
RECORDS, COUNTRIES, ANSWERED = "records", "countries", "answered"


@dataclass(frozen=True, slots=True)
class Headline:
    """
    The headline in parts.

    Attributes
    ----------
    day : str
        The day shown, in words; empty for today.
    counted : str
        The counts; each passage in square brackets is a figure that is a link.
    links : tuple of str
        What the figures lead to, in their order: `RECORDS`, `COUNTRIES` or `ANSWERED`.
    clauses : str
        What the filters say of the records; may contain free text.
    """

    day: str
    counted: str
    links: tuple[str, ...]
    clauses: str

    @property
    def text(self) -> str:
        """The headline as plain text."""
        counted = self.counted.replace("[", "").replace("]", "")
        rest = f"{counted} {self.clauses}".rstrip()
        return _("As of {day}: {rest}").format(day=self.day, rest=rest) if self.day else rest


def _range(selection: Selection) -> str:
    """Say in which period the selected records were first claimed; empty for any time."""
    filters, n = selection.filters, len(selection.records)
    since, until = (spoken(d) if d else "" for d in (filters.since, filters.until))
    if since and until:
        said = ngettext(
            "was first claimed between {since} and {until}",
            "were first claimed between {since} and {until}",
            n,
            since=since,
            until=until,
        )
    elif since:
        said = ngettext(
            "was first claimed since {since}",
            "were first claimed since {since}",
            n,
            since=since,
        )
    elif until:
        said = ngettext(
            "was first claimed by {until}", "were first claimed by {until}", n, until=until
        )
    else:
        return ""
    return _("{said} (strict range)").format(said=said) if filters.certain else said


def _clause(row: Parameter, selection: Selection) -> str:
    n, picked = len(selection.records), getattr(selection.filters, row.field)
    values = (picked,) if row.kind is Kind.TEXT else picked
    if row.clause:
        return row.clause(n, values)
    words = alternatives(row.option_label(code) for code in values)
    label = _(row.label)
    return ngettext(
        "matches {label}: {words}", "match {label}: {words}", n, label=label, words=words
    )


def _clauses(selection: Selection) -> str:
    filters = selection.filters
    said = [
        _clause(row, selection)
        for row in parameters.filters()
        # countries are where the records are, and dates make one clause
        if getattr(filters, row.field) and row.field != "country" and row.kind is not Kind.DATE
    ]
    return conjunction(filter(None, [*said, _range(selection)]))


def answered(selection: Selection) -> tuple[str, ...]:
    """
    List the host countries whose authorities have spoken of it or of its records.

    Parameters
    ----------
    selection : Selection
        Its records' countries are looked at.

    Returns
    -------
    tuple of str
        Codes, in their order; the others have “no answer found”.
    """
    snapshot = selection.snapshot
    return tuple(code for code in sorted(selection.countries) if snapshot.host_events(code))


def _where(selection: Selection) -> tuple[str, tuple[str, ...]]:
    countries = sorted(selection.countries)
    if len(countries) == 1 or (selection.filters.country and len(countries) <= NAMED):
        return conjunction([in_a_sentence(code) for code in countries]), ()
    counted = ngettext("[{n} country]", "[{n} countries]", len(countries))
    return counted, (COUNTRIES,)


def _answers(selection: Selection, past: bool) -> tuple[str, tuple[str, ...]]:
    """Say of how many countries authorities have answered."""
    n, all_ = len(answered(selection)), len(selection.countries)
    if not n:
        return _("no answer by host authorities found"), ()
    if all_ == 1:
        return (
            _("its authorities had [answered]") if past else _("its authorities have [answered]")
        ), (ANSWERED,)
    form = (
        _("authorities of [{n}] had answered") if past else _("authorities of [{n}] have answered")
    )
    return form.format(n=f"{n:,}"), (ANSWERED,)


def headline(selection: Selection, as_of: date | None = None) -> Headline:
    """
    Say how many records are selected, where, and what the filters say of them.

    Parameters
    ----------
    selection : Selection
        Whose records are counted.
    as_of : date, optional
        The day that the reader has picked; None for today.

    Returns
    -------
    Headline
        Its first number, after the day, is the number of records in every other view of the
        selection. Without a filter on anything but countries it says how many of these have
        answered.
    """
    day = spoken(as_of.isoformat()) if as_of else ""
    total = len(selection.records)
    if not total:
        none = _("no records match.") if day else _("No records match.")
        return Headline(day, none, (), "")
    records = ngettext("[{n} record]", "[{n} records]", total)
    where, links = _where(selection)
    clauses = _clauses(selection)
    if clauses:
        counted = _("{records} in {where}").format(records=records, where=where)
        return Headline(day, counted, (RECORDS, *links), clauses)
    answers, more = _answers(selection, bool(day))
    form = ngettext(
        "{records} of a claim in {where}; {answers}",
        "{records} of claims in {where}; {answers}",
        total,
        records=records,
        where=where,
        answers=answers,
    )
    return Headline(day, form, (RECORDS, *links, *more), "")
