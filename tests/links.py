"""Every address that a document names, as a browser would ask for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")
#: attributes of elements that are addresses, and those that scripts read as one
ATTRIBUTES = frozenset({"href", "src", "action", "data-href", "data-now", "data-send", "data-copy"})
#: of addresses that lead into the atlas in whatever has no attributes: XML, JSON, lists
_QUOTED = re.compile(r"[\"'>](https?://[^\"'<>\s]+|/[A-Za-z_][^\"'<>\s]*)")


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = dict(attrs).get("id") or tag
        named = {name: value or "" for name, value in attrs}
        for name in ATTRIBUTES & named.keys():
            # scripts also read other values from their attributes, such as a sentence to copy
            if not name.startswith("data-") or named[name].startswith(("/", "http")):
                self.found.append(named[name])
        if named.get("property") in ("og:url", "og:image"):
            self.found.append(named.get("content", ""))
        self.found += _URL.findall(named.get("style", ""))

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "style":
            self.found += _URL.findall(data)
        elif self._within == "start":  # what the page's script is told
            self.found += _strings(json.loads(data))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str) and value.startswith(("/", "./")) and " " not in value:
        yield value


def addresses_in(media_type: str, text: str) -> list[str]:
    """
    List the addresses that a text names, as they are written.

    Parameters
    ----------
    media_type : str
        Of the text: HTML, CSS, or anything else.
    text : str
        As it was sent.
    """
    if "html" in media_type:
        collector = _Collector()
        collector.feed(text)
        return collector.found
    if "css" in media_type:
        return _URL.findall(text)
    if "xml" in media_type or "json" in media_type or "plain" in media_type:
        return _QUOTED.findall(text)
    return []


def own_paths(base: str, media_type: str, text: str) -> set[str]:
    """
    Return the paths and queries of a site's own addresses in a text.

    Parameters
    ----------
    base : str
        Where the text was found: a whole address.
    media_type, text : str
        As `addresses_in` takes them.
    """
    site = urlsplit(base).netloc
    # a word stands for a day until a script has put one there
    named = (a.replace("DAY", "2023-01-01") for a in addresses_in(media_type, text))
    split = [urlsplit(urljoin(base, one)) for one in named if not one.startswith(("#", "data:"))]
    return {
        one.path + (f"?{one.query}" if one.query else "")
        for one in split
        if one.scheme in ("http", "https") and one.netloc == site
    }
