"""What other sites show in a frame: a card, the timeline or the map, whole without a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from geo.link import addresses
from geo.link.embed_addresses import embed as address_of
from geo.link.state import State
from geo.model.dates import spoken
from geo.model.names import country_name
from geo.screen import timeline
from geo.screen.cards import place_values, symbol
from geo.screen.context import Screen
from geo.screen.legend import legend
from geo.screen.map import map_picture
from geo.screen.notices import linked_notices
from geo.screen.overview import overview
from geo.views.asset_urls import asset_url
from geo.views.rendering import render
from geo.wording import _
from geo.words.cards import later_words, not_public_yet, not_yet, record_card
from geo.words.event_card import event_card
from geo.words.findings import first_days
from geo.words.headline import headline
from geo.words.selection_title import selection_subject
from geo.words.sentences import place

#: what is shown: an open card alone, else the timeline or the map
CARD, TIMELINE, MAP, DETAIL = "card", "timeline", "map", "detail"
#: what its words are set in: heights are computed for them
_FONTS = tuple(f"atlas-{name}-latin.woff2" for name in ("sans-400", "sans-600", "serif-700"))
_SHEETS: Mapping[str, tuple[str, ...]] = {
    CARD: (),
    TIMELINE: ("page-timeline.css",),
    MAP: ("page-map.css",),
    DETAIL: ("page-map.css", "detail-map.css"),
}


def form(screen: Screen) -> str:
    """Return what an embed of a page at an address is: `CARD`, `TIMELINE`, `MAP` or `DETAIL`."""
    if screen.opens_card:
        return CARD
    if screen.page == TIMELINE:
        return TIMELINE
    return DETAIL if screen.state.view else MAP


def embed(screen: Screen, head: str = "") -> Markup:
    """
    Write an embed.

    Parameters
    ----------
    screen : Screen
        The timeline for an embed of one, else the map; its links lead to the dashboard and to
        plain pages, in windows of their own.
    head : str
        Title and meta elements, escaped.

    Returns
    -------
    Markup
        A whole document: title, permanent line, notices, content, and who publishes it.
    """
    kind = form(screen)
    opened = screen.opened
    day = spoken(screen.snapshot.day.isoformat())
    pinned = opened.edition.pinned
    return render(
        "embed.html",
        head=Markup(head),
        kind=kind,
        sheets=[asset_url(s) for s in ("fonts.css", "atlas.css", *_SHEETS[kind], "embed.css")],
        # under the addresses that the style sheet has
        fonts=[asset_url(name).partition("?")[0] for name in _FONTS],
        other_media=asset_url("media.css"),
        notices=linked_notices(opened, address_of(screen.page, State())),
        pinned=pinned.notice(opened.shown) if pinned else "",
        stamp=_("As of {day}. Ledger version {version}.").format(
            day=day, version=screen.dataset.version
        ),
        imprint=screen.configuration.imprint,
        full=screen.absolute(as_of=opened.state.as_of),
        **(_card(screen) if kind == CARD else _drawing(screen, kind)),
    )


def message(title: str, sentence: str, link: str) -> Markup:
    """
    Write in words why there is no embed.

    Parameters
    ----------
    title, sentence : str
        In short, and whole.
    link : str
        Where the atlas shows what was asked for.

    Returns
    -------
    Markup
        A whole document.
    """
    sheets = [asset_url(name) for name in ("fonts.css", "atlas.css", "embed.css")]
    return render("embed_message.html", title=title, said=sentence, link=link, sheets=sheets)


def _drawing(screen: Screen, kind: str) -> dict[str, Any]:
    title = headline(screen.selection, screen.state.as_of).text
    if kind == TIMELINE and (finding := first_days(screen.selection)):
        # no second line says what is selected
        title = finding.about(selection_subject(screen.selection.filters))
    if kind == TIMELINE:
        return {"title": title, "drawing": timeline.chart(screen, still=True), "legend": ""}
    drawing = map_picture(screen) if kind == DETAIL else overview(screen)
    return {"title": title, "drawing": drawing, "legend": legend(screen)}


def _card(screen: Screen) -> dict[str, Any]:
    # with the day of a fixed embed, today too
    state = screen.opened.state
    write = _record if state.record else _event if state.event else _place
    return {
        # to plain pages, of the same day and version
        "address": lambda kind, name: addresses.share_page_of(kind, name, state),
        "china_link": screen.href("countries", **addresses.NO_CARD) + "#china",
        **write(screen),
    }


def _missing(title: str, sentence: str) -> dict[str, Any]:
    return {"title": title, "body": "", "missing": sentence}


def _record(screen: Screen) -> dict[str, Any]:
    snapshot = screen.snapshot
    record = screen.dataset.records_by_id[screen.state.record]
    if not snapshot.exists(record):
        return _missing(place(record), not_yet(record, snapshot.day))
    card = record_card(record, snapshot, screen.newest)
    later = later_words(card.later) if card.later > 0 else ""
    return {"title": card.title, "body": "_card_body.html", "card": card, "later": later}


def _event(screen: Screen) -> dict[str, Any]:
    snapshot = screen.snapshot
    event = screen.dataset.events_by_id[screen.state.event]
    if not event.public_by(snapshot.day):
        return _missing(country_name(event.country), not_public_yet(snapshot.day))
    card = event_card(event, snapshot)
    return {
        "title": f"{card.event.kind}, {card.country}",
        "body": "_event_body.html",
        "event": card.event,
        "happened": card.happened,
        "differs": card.differs,
        "repeats": card.repeats,
        "records": [
            {"id": r.id, "place": place(r), "word": word, **symbol(screen, r)}
            for r, word in card.records
        ],
        "sources": card.sources,
    }


def _place(screen: Screen) -> dict[str, Any]:
    values = place_values(screen)
    if isinstance(values, str):
        return _missing(country_name(screen.state.place), values)
    return {"title": values["card"].title, "body": "_place_body.html", **values}
