"""The open card beside the map (on a phone: at the foot of the screen), or the list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from geo.model.entities import Record
from geo.model.names import country_name
from geo.model.vocabulary import CLAIM_ONLY
from geo.screen.context import Screen
from geo.ui.messages import receive
from geo.ui.panel import panel
from geo.views.rendering import render
from geo.views.symbols import faded
from geo.wording import _, ngettext
from geo.words import cards as content
from geo.words.citations import citation
from geo.words.event_card import event_card
from geo.words.place_card import NO_RECORD, place_card, records_of_place
from geo.words.reporting import NO_NAMES, report_link
from geo.words.sentences import place

#: with more records than this the list names countries only; their cards hold the records
LISTED = 400


def draw(screen: Screen) -> None:
    """Show the open card if there is one, and the list of the selection."""
    # both always stand in the page: a list that is drawn anew would forget which countries
    # the reader had opened, and where the keyboard was
    with st.container(key="card"):
        panel("card", _card(screen), receive)
    with st.container(key="list"):
        panel("list", _list(screen), receive)


def open_card(screen: Screen) -> None:
    """The open card alone, for pages that have no list beside it."""
    html = _card(screen)
    if html:
        with st.container(key="card"):
            panel("card", html, receive)


def _card(screen: Screen) -> str:
    state = screen.state
    if state.record:
        return _record(screen, screen.dataset.records_by_id[state.record])
    if state.event:
        return _event(screen)
    if state.place:
        return _place(screen)
    return ""


def _item(screen: Screen, record: Record) -> dict[str, Any]:
    word = screen.snapshot.word(record)
    code = word.sets if word else CLAIM_ONLY
    return {
        "id": record.id,
        "place": place(record),
        "origin": record.origin_city or _("police body not named"),
        "code": code,
        "faded": faded(code, word, screen.snapshot),
    }


def _record(screen: Screen, record: Record) -> str:
    snapshot = screen.snapshot
    if not snapshot.exists(record):
        return render(
            "notyet.html",
            title=place(record),
            code=record.id,
            message=content.not_yet(record, snapshot.day),
        )
    card = content.record_card(record, snapshot, screen.newest)
    pinned = {"record": record.id, "event": "", "place": "", **screen.fixed}
    link, absolute = screen.href("map", **pinned), screen.absolute("map", **pinned)
    imprint = screen.configuration.imprint
    named = replace(screen.opened, state=replace(screen.state, **pinned))
    return render(
        "card.html",
        card=card,
        **{k: v for k, v in _item(screen, record).items() if k in ("code", "faded")},
        outside=record.id not in screen.selection.record_ids,
        later=content.later_words(card.later),
        version=screen.dataset.version,
        imprint=imprint,
        link_card=link,
        china_link=_china(screen),
        citation_text=citation(named, absolute, imprint),
        contact=report_link(
            screen.configuration.contact, record.id, screen.dataset.version, absolute
        ),
        no_names=_(NO_NAMES),
    )


def _china(screen: Screen) -> str:
    """Where China's answers stand one after the other, with this state kept."""
    return screen.href("countries") + "#china"


def _place(screen: Screen) -> str:
    code, snapshot = screen.state.place, screen.snapshot
    records = records_of_place(code, snapshot)
    if not records and not snapshot.host_events(code):
        return render(
            "notyet.html",
            title=country_name(code),
            code=code,
            message=_(NO_RECORD),
        )
    card = place_card(code, records, screen.selection.record_ids, snapshot)
    outside = ngettext(
        "{n} more record is outside the current selection.",
        "{n} more records are outside the current selection.",
        card.outside,
    )
    return render(
        "place.html",
        card=card,
        outside_words=outside,
        china_link=_china(screen),
        imprint=screen.configuration.imprint,
        records=[{**_item(screen, r), "word": word} for r, word in card.records],
    )


def _event(screen: Screen) -> str:
    snapshot = screen.snapshot
    event = screen.dataset.events_by_id[screen.state.event]
    if not event.public_by(snapshot.day):
        return render(
            "notyet.html",
            title=country_name(event.country),
            code=event.id,
            message=content.not_public_yet(snapshot.day),
        )
    card = event_card(event, snapshot)
    return render(
        "event.html",
        event=card.event,
        country=card.country,
        happened=card.happened,
        differs=card.differs,
        repeats=card.repeats,
        records=[{**_item(screen, r), "word": word} for r, word in card.records],
        version=screen.dataset.version,
        imprint=screen.configuration.imprint,
    )


def _list(screen: Screen) -> str:
    by_country: dict[str, list[Record]] = {}
    for record in screen.selection.records:
        by_country.setdefault(record.host_country, []).append(record)
    whole = len(screen.selection.records) <= LISTED
    countries = [
        {
            "code": code,
            "name": country_name(code),
            "count": len(records),
            "records": [_item(screen, r) for r in records] if whole else [],
        }
        for code, records in sorted(by_country.items(), key=lambda pair: country_name(pair[0]))
    ]
    return render("list.html", countries=countries)
