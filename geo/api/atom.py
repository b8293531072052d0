"""
Atom (RFC 4287) as XML.

The standard library writes it: feedgen 1.0 loses rel, type and title of an entry's links, so
that each source would pass for the entry itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from geo.exports.feed_entries import Entry
from geo.exports.feeds import Feed
from geo.exports.json_documents import API
from geo.wording import _
from geo.words.permanent_lines import TITLE
from geo.words.source_rows import source_line

#: everything that XML 1.0 has no character for (its production 2)
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
    if entry.published:
        _say(one, "published", _moment(entry.published))
    _say(one, "updated", _moment(entry.updated))
    _say(one, "link", rel="alternate", type="text/html", href=at(entry.address))
    for source in entry.sources:
        _say(one, "link", rel="via", href=source.url, title=source_line(source))
    for term, label in entry.kinds:
        _say(one, "category", term=term, label=label)
    _say(one, "summary", entry.summary)


def atom(feed: Feed, links: Mapping[str, str], at: Callable[[str], str], author: str) -> bytes:
    """
    Write a feed as XML.

    Parameters
    ----------
    feed : Feed
        Its content.
    links : mapping of str to str
        The absolute addresses of its pages, by their relation: ``self``, ``next`` and so on.
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
    for relation, href in links.items():
        _say(root, "link", rel=relation, type="application/atom+xml", href=href)
    _say(root, "link", rel="alternate", type="text/html", href=at(page))
    for entry in feed.entries:
        _add(root, entry, at)
    indent(root)
    xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return xml
