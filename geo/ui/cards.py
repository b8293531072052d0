"""The open card beside the map (on a phone: at the foot of the screen), or the list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from geo.model.entities import Record
from geo.model.names import country_name
from geo.model.vocabulary import CLAIM_ONLY
from geo.ui.atlas import Atlas
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


def draw(atlas: Atlas) -> None:
    """Show the open card if there is one, and the list of the selection."""
    # both always stand in the page: a list that is drawn anew would forget which countries
    # the reader had opened, and where the keyboard was
    with st.container(key="card"):
        panel("card", _card(atlas), receive)
    with st.container(key="list"):
        panel("list", _list(atlas), receive)


def open_card(atlas: Atlas) -> None:
    """The open card alone, for pages that have no list beside it."""
    html = _card(atlas)
    if html:
        with st.container(key="card"):
            panel("card", html, receive)


def _card(atlas: Atlas) -> str:
    state = atlas.state
    if state.record:
        return _record(atlas, atlas.dataset.records_by_id[state.record])
    if state.event:
        return _event(atlas)
    if state.place:
        return _place(atlas)
    return ""


def _item(atlas: Atlas, record: Record) -> dict[str, Any]:
    word = atlas.snapshot.word(record)
    code = word.sets if word else CLAIM_ONLY
    return {
        "id": record.id,
        "place": place(record),
        "origin": record.origin_city or _("police body not named"),
        "code": code,
        "faded": faded(code, word, atlas.snapshot),
    }


def _record(atlas: Atlas, record: Record) -> str:
    snapshot = atlas.snapshot
    if not snapshot.exists(record):
        return render(
            "notyet.html",
            title=place(record),
            code=record.id,
            message=content.not_yet(record, snapshot.day),
        )
    card = content.record_card(record, snapshot, atlas.newest)
    pinned = {"record": record.id, "event": "", "place": "", **atlas.fixed}
    link, absolute = atlas.href("map", **pinned), atlas.absolute("map", **pinned)
    imprint = atlas.configuration.imprint
    named = replace(atlas.opened, state=replace(atlas.state, **pinned))
    return render(
        "card.html",
        card=card,
        **{k: v for k, v in _item(atlas, record).items() if k in ("code", "faded")},
        outside=record.id not in atlas.selection.record_ids,
        later=content.later_words(card.later),
        version=atlas.dataset.version,
        imprint=imprint,
        link_card=link,
        china_link=_china(atlas),
        citation_text=citation(named, absolute, imprint),
        contact=report_link(
            atlas.configuration.contact, record.id, atlas.dataset.version, absolute
        ),
        no_names=_(NO_NAMES),
    )


def _china(atlas: Atlas) -> str:
    """Where China's answers stand one after the other, with this state kept."""
    return atlas.href("countries") + "#china"


def _place(atlas: Atlas) -> str:
    code, snapshot = atlas.state.place, atlas.snapshot
    records = records_of_place(code, snapshot)
    if not records and not snapshot.host_events(code):
        return render(
            "notyet.html",
            title=country_name(code),
            code=code,
            message=_(NO_RECORD),
        )
    card = place_card(code, records, atlas.selection.record_ids, snapshot)
    outside = ngettext(
        "{n} more record is outside the current selection.",
        "{n} more records are outside the current selection.",
        card.outside,
    )
    return render(
        "place.html",
        card=card,
        outside_words=outside,
        china_link=_china(atlas),
        imprint=atlas.configuration.imprint,
        records=[{**_item(atlas, r), "word": word} for r, word in card.records],
    )


def _event(atlas: Atlas) -> str:
    snapshot = atlas.snapshot
    event = atlas.dataset.events_by_id[atlas.state.event]
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
        records=[{**_item(atlas, r), "word": word} for r, word in card.records],
        version=atlas.dataset.version,
        imprint=atlas.configuration.imprint,
    )


def _list(atlas: Atlas) -> str:
    by_country: dict[str, list[Record]] = {}
    for record in atlas.selection.records:
        by_country.setdefault(record.host_country, []).append(record)
    whole = len(atlas.selection.records) <= LISTED
    countries = [
        {
            "code": code,
            "name": country_name(code),
            "count": len(records),
            "records": [_item(atlas, r) for r in records] if whole else [],
        }
        for code, records in sorted(by_country.items(), key=lambda pair: country_name(pair[0]))
    ]
    return render("list.html", countries=countries)
