"""
The title and the description of an address, for its preview in a chat or a search result.

The text always holds claim, author, date and newest answer: a preview is all that many
people will ever read.
"""

from __future__ import annotations

from dataclasses import dataclass

from geo.records.card import answers, not_public_yet, not_yet
from geo.records.country_page import china_worldwide
from geo.records.coverage import NAMED_STATE, coverage
from geo.records.dates import spoken
from geo.records.names import country_name
from geo.records.permalink import State, city_code
from geo.records.sentences import latest_word, place, quoted
from geo.records.snapshot import Snapshot
from geo.records.statements import MEANING, NOT_MEANING, STRAPLINE, TITLE
from geo.records.summary import filter_words, sentence
from geo.records.vocabulary import COVERAGE
from geo.wording import N_, _

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
    """What a preview says: a title and a description, as plain text."""

    title: str
    description: str


def _record(state: State, snapshot: Snapshot) -> PreviewText:
    record = snapshot.dataset.records_by_id[state.record]
    if not snapshot.exists(record):
        return PreviewText(place(record), not_yet(record, snapshot.day))
    claim = snapshot.claims(record)[0]
    said = next((row.statement for row in answers(record, snapshot) if row.statement), None)
    newest = f" {said.when}, {said.who}: {said.text}" if said else ""
    title = _("Claim about {place}, and the answers").format(place=place(record))
    return PreviewText(
        f"{title} · {_(TITLE)}", f"{quoted(claim)}{newest} {latest_word(record, snapshot)}"
    )


def _no_record(code: str, snapshot: Snapshot) -> PreviewText:
    """A country about which the ledger holds no claim."""
    state = coverage(snapshot).get(code)
    said = [f"{_(COVERAGE[state])}."] if state else []
    events = [e for e in snapshot.events if e.country == code]
    newest = china_worldwide(snapshot) if code == NAMED_STATE else events
    said += [quoted(e) for e in newest[-1:]]
    return PreviewText(f"{country_name(code)} · {_(TITLE)}", " ".join([*said, _(MEANING)]))


def _place(code: str, snapshot: Snapshot) -> PreviewText:
    records = [r for r in snapshot.records if code in (r.host_country, city_code(r.id))]
    if not records and code.isupper():
        return _no_record(code, snapshot)
    named = place(records[0]) if records and not code.isupper() else country_name(code)
    title = _("Claims about {place}, and the answers").format(place=named)
    said = [quoted(snapshot.claims(r)[0]) for r in records[:1]]
    host = snapshot.host_events(code if code.isupper() else code[:2].upper())
    said += [quoted(host[-1])] if host else [_("No answer of a host authority was found.")]
    return PreviewText(f"{title} · {_(TITLE)}", " ".join([*said, _(MEANING)]))


def describe(page: str, state: State, snapshot: Snapshot) -> PreviewText:
    """Say what an address shows: its record, its event, or its selection."""
    if page == "changes":
        what = _("What has changed, record by record, since the release that the link names.")
        return PreviewText(f"{_(CHANGES)} · {_(TITLE)}", f"{what} {_(MEANING)}")
    if state.record:
        return _record(state, snapshot)
    if state.event:
        event = snapshot.dataset.events_by_id[state.event]
        shown = country_name(event.country)
        if not event.public_by(snapshot.day):
            return PreviewText(f"{shown} · {_(TITLE)}", not_public_yet(snapshot.day))
        return PreviewText(f"{shown}, {spoken(event.said.text)} · {_(TITLE)}", quoted(event))
    if state.place:
        return _place(state.place, snapshot)
    selection = state.filters.select(snapshot)
    # free text stays out: a crafted link must not speak in the atlas's name
    picked = filter_words(state.filters.without("q"))
    name = picked or _(PAGE_TITLES.get(page, ALL))
    as_of = _(" As of {date}.").format(date=spoken(state.as_of.isoformat())) if state.as_of else ""
    return PreviewText(
        f"{name} · {_(TITLE)}",
        f"{_(STRAPLINE)} {sentence(selection)}{as_of} {_(MEANING)} {_(NOT_MEANING)}",
    )
