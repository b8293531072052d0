"""Documents that a parser need not mend, with the language of every word in another script."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.asgi import call
from tests.geo.web.whole_app import whole_app
from tests.sizes import size

ADDRESSES = (
    ("/", "record=nl-amsterdam-1&country=NL"),
    ("/s/nl-amsterdam-1", ""),
    ("/timeline", "rows=country&period=all&event=nl-2022-11-01-told-to-stop"),
    ("/countries", "rest=1"),
    ("/data", "province=CN-ZJ"),
    ("/", "place=JP"),
    ("/", "q=青田"),
    ("/", "side=countries&flag=told_to_stop"),
    ("/", "view=48.00_8.00_5&layer=coverage"),
    ("/about", ""),
    ("/s/ca-montreal-1", ""),
    ("/c/NL", ""),
    ("/c/UA", ""),
    ("/e/nl-2022-11-01-told-to-stop", ""),
    ("/v", "q=青田"),
    ("/changes", ""),
    ("/api", ""),
)
#: elements that are blocks, and those that cannot have one inside
BLOCKS = frozenset({"details", "div", "dl", "fieldset", "figure", "form", "h1", "h2", "h3", "h4"})
BLOCKS |= {"ol", "p", "section", "table", "ul", "nav", "header", "footer", "article", "blockquote"}
PHRASES = frozenset({"span", "p", "b", "i", "strong", "em", "small", "label", "h1", "h2", "h3"})
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
#: Greek, Cyrillic, Hebrew, Arabic, Thai, Hangul, kana, Han
OTHER_SCRIPTS = re.compile(
    "[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff"
    "\u3400-\u9fff\uac00-\ud7af]"
)
BYTES_FOR_CHARSET = 1024


class _Reader(HTMLParser):
    """Keeps the open elements with their languages, and what is wrong with them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        parents = [name for name, _language in self.open]
        if tag in BLOCKS and set(parents) & PHRASES:
            self.faults.append(f"<{tag}> inside {' > '.join(parents[-4:])}")
        if tag == "figcaption" and parents[-1:] != ["figure"]:
            self.faults.append(f"<figcaption> inside {' > '.join(parents[-4:])}")
        identity = given.get("id", "")
        if identity and identity in self.ids:
            self.faults.append(f"twice: id {identity}")
        self.ids.add(identity)
        if tag not in VOID:
            inherited = self.open[-1][1] if self.open else ""
            self.open.append((tag, given.get("lang", inherited)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not OTHER_SCRIPTS.search(data) or self.open[-1][0] in ("script", "style", "title"):
            return
        if self.open[-1][1] in ("", "en"):
            self.faults.append(f"no language: {data.strip()[:40]}")


def faults_of(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.faults


@pytest.mark.parametrize(
    ("path", "query"), ADDRESSES[: size(4, len(ADDRESSES))], ids=lambda part: part
)
def test_a_document_is_valid_and_names_languages(path: str, query: str) -> None:
    text = call(whole_app(), path, query=query.encode()).text
    assert faults_of(text) == []
    assert "charset" in text.encode()[:BYTES_FOR_CHARSET].decode(errors="ignore").lower()


def test_a_feed_in_a_window_is_such_a_document() -> None:
    window = {"sec-fetch-dest": "document"}
    for path in ("/feeds/events.atom", "/feeds/RS/said.atom"):
        text = call(whole_app(), path, headers=window).text
        assert "<h2>" in text
        assert faults_of(text) == []


@pytest.mark.parametrize(
    "html",
    [
        "<span><details></details></span>",
        "<div><figcaption></figcaption></div>",
        "<div><p id=a></p><p id=a></p></div>",
        "<div lang=en>青田</div>",
        "<div><b></div></b>",
    ],
)
def test_faults_are_found(html: str) -> None:
    assert faults_of(html) != []
