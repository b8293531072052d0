"""
Feeds in Atom (RFC 4287): the latest entries, and the latest corrections.

Any selection can be followed: the feed's parameters are the link's. The content of a feed
comes from `geo.exports.feed_entries`. The standard library writes the XML: feedgen 1.0 loses
rel, type and title of an entry's links, so that each source would pass for the entry itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.api.endpoints import (
    CORRECTIONS_FEED,
    COUNTRY_CORRECTIONS,
    COUNTRY_EVENTS,
    EVENTS_FEED,
    Endpoint,
)
from geo.configuration import Configuration
from geo.exports.feed_entries import Entry, Feed, corrections_feed, events_feed
from geo.exports.json_documents import API, notices
from geo.link.opening import Opened
from geo.link.parameters import parameter
from geo.web.cross_origin import (
    LINKS,
    METHODS,
    allow_cross_origin,
    json_refusal,
    notices_header,
)
from geo.web.head import absolute
from geo.web.refusals import AsyncHandler
from geo.web.responses import Open, query_of, respond
from geo.wording import _
from geo.words.permanent_lines import TITLE

# everything that XML 1.0 has no character for (its production 2)
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: from an address, a country's code (empty for all) and the imprint to a feed
Write = Callable[[Opened, str, str], Feed]


def _xml(text: str) -> str:
    return _NO_CHARACTER.sub("\ufffd", text)


def _say(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """Add an element; what XML cannot carry is replaced, the rest is escaped by the writer."""
    element = SubElement(parent, name, {n: _xml(value) for n, value in attributes.items()})
    element.text = _xml(text) or None
    return element


def _moment(when: datetime) -> str:
    return when.isoformat().replace("+00:00", "Z")


def _add(feed: Element, entry: Entry, at: Callable[[str], str]) -> None:
    one = _say(feed, "entry")
    _say(one, "id", entry.id)
    _say(one, "title", entry.title)
    _say(one, "updated", _moment(entry.updated))
    _say(one, "link", rel="alternate", type="text/html", href=at(entry.address))
    for url, words in entry.sources:
        _say(one, "link", rel="via", href=url, title=words)
    for term, label in entry.kinds:
        _say(one, "category", term=term, label=label)
    _say(one, "summary", entry.summary)


def atom(feed: Feed, own: str, at: Callable[[str], str], author: str) -> bytes:
    """
    Write a feed as XML.

    Parameters
    ----------
    feed : Feed
        Its content.
    own : str
        Its own absolute address.
    at : callable
        From a path with its query to an absolute address.
    author : str
        Who publishes it; the entries name the speakers.

    Returns
    -------
    bytes
        An Atom document in UTF-8.
    """
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _say(root, "id", feed.id)
    _say(root, "title", feed.title)
    _say(root, "subtitle", feed.subtitle)
    _say(root, "updated", _moment(feed.updated))
    _say(_say(root, "author"), "name", author)
    _say(root, "rights", feed.rights)
    _say(root, "generator", _(TITLE), version=API)
    page = feed.address + (f"?{feed.query}" if feed.query else "")
    _say(root, "link", rel="self", type="application/atom+xml", href=own)
    _say(root, "link", rel="alternate", type="text/html", href=at(page))
    for entry in feed.entries:
        _add(root, entry, at)
    indent(root)
    xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def _events(opened: Opened, country: str, imprint: str) -> Feed:
    return events_feed(opened, imprint)


def _corrections(opened: Opened, country: str, imprint: str) -> Feed:
    return corrections_feed(opened, imprint, country)


def _of_country(opened: Opened, country: str) -> Opened:
    """Return the same address with exactly one country picked."""
    filters = opened.state.filters.replace(country=(country,))
    return replace(opened, state=replace(opened.state, filters=filters))


def _feed(open_: Open, endpoint: Endpoint, write: Write) -> AsyncHandler:
    def handler(request: Request) -> Response:
        country = request.path_params.get("country", "")
        if country and country not in parameter("country").codes:
            return json_refusal(request, 404, _("No country has this code."))
        opened = open_(query_of(request))
        if country:
            opened = _of_country(opened, country)
        configuration = Configuration.from_environment()
        path = request.scope["path"]

        def at(target: str) -> str:
            return absolute(request.scope, target)

        def make() -> bytes:
            feed = write(opened, country, configuration.imprint)
            pairs = feed.query.split("&")
            # a country in the path is left out of the query
            query = "&".join(p for p in pairs if not country or p != f"country={country}")
            own = at(f"{path}?{query}" if query else path)
            return atom(feed, own, at, configuration.publisher or _(TITLE))

        headers = {"Link": LINKS, **notices_header(notices(opened))}
        return respond(request, opened, path, make, endpoint.media_type, headers)

    return allow_cross_origin(handler)


def feed_routes(open_: Open) -> list[Route]:
    """
    Return the routes of the feeds for ``streamlit.App(routes=…)``.

    Parameters
    ----------
    open_ : callable
        Opens the query of an address.
    """
    feeds = (
        (EVENTS_FEED, _events),
        (COUNTRY_EVENTS, _events),
        (CORRECTIONS_FEED, _corrections),
        (COUNTRY_CORRECTIONS, _corrections),
    )
    return [Route(a.path, _feed(open_, a, write), methods=METHODS) for a, write in feeds]
