"""
The plain pages: all that a link shows, without a script and ready for paper.

They print what the dashboard's cards print, from the same templates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from geo.configuration import Configuration
from geo.ledger.coverage import NAMED_STATE
from geo.link import addresses
from geo.link.opening import Opened
from geo.link.state import State
from geo.model.dates import spoken
from geo.model.entities import Record
from geo.model.names import country_name
from geo.model.vocabulary import CLAIM_ONLY, EUROPEAN_UNION
from geo.screen.countries import country_values
from geo.screen.notices import linked_notices
from geo.screen.share import citation_files
from geo.views.rendering import TEMPLATES, render
from geo.wording import _
from geo.words.cards import later_words, not_public_yet, not_yet, record_card
from geo.words.citations import Citation
from geo.words.comparison import shown_records
from geo.words.country_page import china_steps, others
from geo.words.event_card import event_card
from geo.words.reporting import NO_NAMES, report_link
from geo.words.sentences import place

#: the one style of every plain page; a policy may name it by its checksum
STYLE = Markup((TEMPLATES / "plain.css").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """
    The parts of a page that depend on the request.

    Attributes
    ----------
    head : str
        Title and meta elements, escaped.
    picture, description : str
        The address of the picture of this view, and what it shows.
    fixed : str
        The absolute address of this page on this day, in this version of the ledger.
    cited : Citation
        Of what the page shows.
    configuration : Configuration
        The publisher's settings.
    """

    head: str
    picture: str
    description: str
    fixed: str
    cited: Citation
    configuration: Configuration


def page(template: str, opened: Opened, around: Around, **values: Any) -> Markup:
    """
    Write a page from a template of ``plain_*.html``.

    Parameters
    ----------
    template : str
        Its file name.
    opened : Opened
        What the address shows.
    around : Around
        What depends on the request.
    **values
        Variables of the template; they replace those of all pages.

    Returns
    -------
    Markup
        A whole document.
    """
    return render(template, **{**_same(opened, around), **values})


def _same(opened: Opened, around: Around) -> dict[str, Any]:
    state, dataset, configuration = opened.state, opened.dataset, around.configuration
    day = spoken(opened.snapshot.day.isoformat())
    past = _("Showing what had been said in public by the end of {date}.").format(date=day)
    code = state.record or state.event or state.place or "–"
    return {
        "style": STYLE,
        "around": replace(around, head=Markup(around.head)),
        "address": lambda kind, name: addresses.share_page_of(kind, name, state),
        "level": 2,
        "day": past if state.as_of else _("As of {day}.").format(day=day),
        "past": bool(state.as_of),
        "later": "",
        "today_link": addresses.share_page(replace(state, as_of=None)),
        "notices": linked_notices(opened, _path(state)),
        "atlas_link": addresses.in_the_atlas(state),
        "china_link": addresses.share_page_of("country", NAMED_STATE, state) + "#china",
        "version": dataset.version,
        "checked": spoken(dataset.last_checked) if dataset.last_checked else "–",
        "imprint": configuration.imprint,
        "cite": around.cited.text,
        "cite_files": citation_files(opened),
        "contact": report_link(configuration.contact, code, dataset.version, around.fixed),
        "no_names": _(NO_NAMES),
        "follow": followed(opened),
        **_pinned(opened),
    }


def _path(state: State) -> str:
    """Return the path of a page, whose query may have a day and filters."""
    return addresses.share_page(State(record=state.record, event=state.event, place=state.place))


def followed(opened: Opened) -> str:
    """
    Return the address of a page's feed.

    Parameters
    ----------
    opened : Opened
        What the address shows.

    Returns
    -------
    str
        Of its record, of the country of its card, or of its selection.
    """
    state = opened.state
    if state.event:
        return addresses.country_feed(opened.dataset.events_by_id[state.event].country)
    return addresses.feed(state)


def _pinned(opened: Opened) -> dict[str, str]:
    pinned = opened.edition.pinned
    if not pinned:
        return {"pinned": "", "changes_link": ""}
    records = shown_records(opened)
    link = addresses.changes_page(opened.state) if pinned.changed(records) else ""
    return {"pinned": pinned.notice(records), "changes_link": link}


def _not_yet(title: str, message: str, opened: Opened, around: Around) -> Markup:
    return page("plain_notyet.html", opened, around, title=title, message=message)


def word_shape(record: Record, opened: Opened) -> dict[str, Any]:
    """
    Return the shape of a record's latest word.

    Parameters
    ----------
    record : Record
        One that exists on the day.
    opened : Opened
        The day shown.

    Returns
    -------
    dict
        ``code`` of the word.
    """
    word = opened.snapshot.word(record)
    code = word.sets if word else CLAIM_ONLY
    return {"code": code}


def record_page(opened: Opened, around: Around) -> Markup:
    """
    Write the page of the open record.

    Parameters
    ----------
    opened : Opened
        What the address shows, with a record's card open.
    around : Around
        What depends on the request.

    Returns
    -------
    Markup
        A whole document; one sentence if the record does not exist on the day.
    """
    snapshot = opened.snapshot
    record = opened.dataset.records_by_id[opened.state.record]
    if not snapshot.exists(record):
        return _not_yet(place(record), not_yet(record, snapshot.day), opened, around)
    card = record_card(record, snapshot, opened.newest)
    return page(
        "plain_record.html",
        opened,
        around,
        card=card,
        checked=card.last_checked,
        later=later_words(card.later) if card.later > 0 else "",
    )


def event_page(opened: Opened, around: Around) -> Markup:
    """
    Write the page of the open event.

    Parameters
    ----------
    opened : Opened
        What the address shows, with an event's card open.
    around : Around
        What depends on the request.

    Returns
    -------
    Markup
        A whole document; one sentence if the event is not public on the day.
    """
    snapshot = opened.snapshot
    event = opened.dataset.events_by_id[opened.state.event]
    if not event.public_by(snapshot.day):
        title = country_name(event.country)
        return _not_yet(title, not_public_yet(snapshot.day), opened, around)
    card = event_card(event, snapshot)
    return page(
        "plain_event.html",
        opened,
        around,
        event=card.event,
        country=card.country,
        happened=card.happened,
        differs=card.differs,
        repeats=card.repeats,
        records=[
            {"id": r.id, "place": place(r), "word": word, **word_shape(r, opened)}
            for r, word in card.records
        ],
        sources=card.sources,
    )


def country_page(opened: Opened, around: Around) -> Markup:
    """
    Write the page of the open country.

    Parameters
    ----------
    opened : Opened
        What the address shows, with a country's card open.
    around : Around
        What depends on the request.

    Returns
    -------
    Markup
        A whole document.
    """
    code, snapshot = opened.state.place, opened.snapshot
    values = country_values(code, opened.selection)
    part = values["part"]
    rest = others(code, part, snapshot)
    known = (part.claims, part.answers, part.china, part.named, part.cases, values["figures"])
    named = code in (NAMED_STATE, EUROPEAN_UNION)
    return page(
        "plain_country.html",
        opened,
        around,
        silent=not named and not any(known),
        others=rest,
        steps=china_steps(snapshot) if code == NAMED_STATE else None,
        **values,
    )
