"""The open card of a record, an event or a place; or why it cannot be shown yet."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from geo.model.entities import Record
from geo.model.names import country_name
from geo.model.vocabulary import CLAIM_ONLY
from geo.screen.card_head import head, position
from geo.screen.context import Screen
from geo.views.rendering import render
from geo.wording import _, ngettext
from geo.words import cards as content
from geo.words.event_card import event_card
from geo.words.place_card import NO_RECORD, place_card, records_of_place
from geo.words.reporting import NO_NAMES, report_link
from geo.words.sentences import place


def card(screen: Screen) -> Markup:
    """Write the open card; empty while none is open."""
    state = screen.state
    if state.record:
        return _record(screen, screen.dataset.records_by_id[state.record])
    if state.event:
        return _event(screen)
    if state.place:
        return _place(screen)
    return Markup("")


def symbol(screen: Screen, record: Record) -> dict[str, Any]:
    """
    Return the symbol of a record's latest word.

    Parameters
    ----------
    screen : Screen
        The day shown.
    record : Record
        One of its records.

    Returns
    -------
    dict
        ``code`` of the word.
    """
    word = screen.snapshot.word(record)
    code = word.sets if word else CLAIM_ONLY
    return {"code": code}


def _item(screen: Screen, record: Record, word: str) -> dict[str, Any]:
    return {"id": record.id, "place": place(record), "word": word, **symbol(screen, record)}


def _not_yet(screen: Screen, title: str, code: str, message: str) -> Markup:
    return render(
        "notyet.html",
        click=screen.click,
        head=head(screen),
        title=title,
        code=code,
        message=message,
    )


def _record(screen: Screen, record: Record) -> Markup:
    snapshot = screen.snapshot
    if not snapshot.exists(record):
        message = content.not_yet(record, snapshot.day)
        return _not_yet(screen, place(record), record.id, message)
    values = content.record_card(record, snapshot, screen.newest)
    contact, version = screen.configuration.contact, screen.dataset.version
    return render(
        "card.html",
        click=screen.click,
        card=values,
        head=head(screen),
        position=position(screen, record),
        later=content.later_words(values.later) if values.later > 0 else "",
        version=version,
        imprint=screen.configuration.imprint,
        china_link=_china(screen),
        contact=report_link(contact, record.id, version, screen.absolute("map", **screen.fixed)),
        no_names=_(NO_NAMES),
    )


def _china(screen: Screen) -> str:
    """Return the address of China's answers over time, with this state."""
    return screen.href("countries") + "#china"


def place_values(screen: Screen) -> dict[str, Any] | str:
    """
    Return what the card of the open country or city shows.

    Parameters
    ----------
    screen : Screen
        With a place open.

    Returns
    -------
    dict or str
        Variables of ``_place_body.html``; a sentence where nothing is known of the place.
    """
    code, snapshot = screen.state.place, screen.snapshot
    records = records_of_place(code, snapshot)
    if not records and not snapshot.host_events(code):
        return _(NO_RECORD)
    values = place_card(code, records, screen.selection.record_ids, snapshot)
    outside = ngettext(
        "{n} more record is outside the current selection.",
        "{n} more records are outside the current selection.",
        values.outside,
    )
    return {
        "card": values,
        "outside_words": outside,
        "records": [_item(screen, record, word) for record, word in values.records],
    }


def _place(screen: Screen) -> Markup:
    values = place_values(screen)
    if isinstance(values, str):
        code = screen.state.place
        return _not_yet(screen, country_name(code), code, values)
    return render(
        "place.html",
        click=screen.click,
        head=head(screen),
        china_link=_china(screen),
        imprint=screen.configuration.imprint,
        **values,
    )


def _event(screen: Screen) -> Markup:
    snapshot = screen.snapshot
    event = screen.dataset.events_by_id[screen.state.event]
    if not event.public_by(snapshot.day):
        message = content.not_public_yet(snapshot.day)
        return _not_yet(screen, country_name(event.country), event.id, message)
    values = event_card(event, snapshot)
    return render(
        "event.html",
        click=screen.click,
        head=head(screen),
        event=values.event,
        country=values.country,
        happened=values.happened,
        differs=values.differs,
        repeats=values.repeats,
        records=[_item(screen, record, word) for record, word in values.records],
        sources=values.sources,
        version=screen.dataset.version,
        imprint=screen.configuration.imprint,
    )
