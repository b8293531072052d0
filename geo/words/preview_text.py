"""
The title and the description of an address, for its preview in a chat or a search result.

The text always names claim, author, date and latest answer, because many people read only
the preview.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.ledger.coverage import NAMED_STATE, coverage
from geo.ledger.snapshot import Snapshot
from geo.link.permalink import State
from geo.model.dates import spoken
from geo.model.entities import Event, Record
from geo.model.names import country_name, in_a_sentence
from geo.model.vocabulary import COVERAGE
from geo.wording import N_, _
from geo.words.cards import answers, not_public_yet, not_yet
from geo.words.country_page import china_worldwide
from geo.words.lines import line
from geo.words.permanent_lines import MEANING, NOT_MEANING, STRAPLINE, TITLE
from geo.words.place_card import first_claim, records_of_place
from geo.words.selection_title import selection_title
from geo.words.sentences import latest_word, place
from geo.words.summary import sentence
from geo.words.typography import typographic

PAGE_TITLES = {
    "map": N_("Map"),
    "timeline": N_("Timeline"),
    "countries": N_("Countries"),
    "data": N_("Data"),
    "about": N_("About"),
}
#: names of the plain pages that list; the others bear the name of what they show
ALL, CHANGES = N_("All records"), N_("What has changed")


@dataclass(frozen=True, slots=True)
class PreviewText:
    """The name and the description of what a preview shows, as plain text."""

    name: str
    description: str

    @property
    def title(self) -> str:
        """The name, and that of the atlas."""
        return f"{self.name} · {_(TITLE)}"


def _record(state: State, snapshot: Snapshot) -> PreviewText:
    record = snapshot.dataset.records_by_id[state.record]
    if not snapshot.exists(record):
        return PreviewText(place(record), not_yet(record, snapshot.day))
    standing = snapshot.standing(record)
    answer = next((row.statement for row in answers(standing, snapshot) if row.statement), None)
    newest = f" {answer.line}" if answer else ""
    return PreviewText(
        claim_title(record),
        f"{line(standing.claim, snapshot)}{newest} {latest_word(record, snapshot)}",
    )


def claim_title(record: Record) -> str:
    """Return the title of a record's card: “Claim about Rotterdam, …, and the answers”."""
    return _("Claim about {place}, and the answers").format(place=place(record))


def claims_title(code: str, records: Sequence[Record]) -> str:
    """
    Return the title of the card of a country or of a city.

    Parameters
    ----------
    code : str
        A country (``NL``) or a city (``es-madrid``).
    records : sequence of Record
        Its records; the first names a city.

    Returns
    -------
    str
        “Claims about the Netherlands, and the answers”.
    """
    named = place(records[0]) if records and not code.isupper() else in_a_sentence(code)
    return _("Claims about {place}, and the answers").format(place=named)


def event_title(event: Event) -> str:
    """Return country and date of an event: “Netherlands, 1 November 2022”."""
    where = country_name(event.country)
    return f"{where[:1].upper()}{where[1:]}, {spoken(event.said.text)}"


def _no_record(code: str, snapshot: Snapshot) -> PreviewText:
    """Describe a country about which the ledger has no claim."""
    state = coverage(snapshot).get(code)
    sentences = [f"{_(COVERAGE[state])}."] if state else []
    events = [e for e in snapshot.events if e.country == code]
    newest = china_worldwide(snapshot) if code == NAMED_STATE else events
    sentences += [line(e, snapshot) for e in newest[-1:]]
    return PreviewText(country_name(code), " ".join([*sentences, _(MEANING)]))


def _place(code: str, snapshot: Snapshot) -> PreviewText:
    records = records_of_place(code, snapshot)
    if not records and code.isupper():
        return _no_record(code, snapshot)
    claim = first_claim(records, snapshot)
    sentences = [line(claim, snapshot)] if claim else []
    shown = () if code.isupper() else tuple(record.id for record in records)
    host = snapshot.host_events(code if code.isupper() else code[:2].upper())
    sentences += (
        [line(host[-1], snapshot, *shown)]
        if host
        else [_("No answer from a host authority was found.")]
    )
    title = claims_title(code, records)
    return PreviewText(title, " ".join([*sentences, _(MEANING)]))


def describe(page: str, state: State, snapshot: Snapshot) -> PreviewText:
    """
    Describe an address: its record, its event, its place, or its selection.

    Parameters
    ----------
    page : str
        The page's code; ``changes`` for the comparison with a release.
    state : State
        What the link says.
    snapshot : Snapshot
        The day shown.

    Returns
    -------
    PreviewText
        Without the text of a search.
    """
    text = _described(page, state, snapshot)
    return PreviewText(typographic(text.name), typographic(text.description))


def _described(page: str, state: State, snapshot: Snapshot) -> PreviewText:
    if page == "changes":
        what = _("What has changed in each record since the release named in the link.")
        return PreviewText(_(CHANGES), f"{what} {_(MEANING)}")
    if state.record:
        return _record(state, snapshot)
    if state.event:
        event = snapshot.dataset.events_by_id[state.event]
        if not event.public_by(snapshot.day):
            country = country_name(event.country)
            return PreviewText(country, not_public_yet(snapshot.day))
        return PreviewText(event_title(event), line(event, snapshot))
    if state.place:
        return _place(state.place, snapshot)
    selection = state.filters.select(snapshot)
    # free text stays out of it: a crafted link must not speak in the atlas's name
    filtered = not state.filters.empty
    name = selection_title(selection) if filtered else _(PAGE_TITLES.get(page, ALL))
    sentences = [_(STRAPLINE), sentence(selection, dated=True)]
    if state.as_of:
        sentences.append(_("As of {date}.").format(date=spoken(state.as_of.isoformat())))
    return PreviewText(name, " ".join([*sentences, _(MEANING), _(NOT_MEANING)]))
