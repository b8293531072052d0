"""Cells in pages: whatever stands in one is shown as text and can run nowhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import combinations
from typing import Any
from urllib.parse import urlencode

import pytest
from markupsafe import Markup

from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from geo.model.latest_word import LatestWord
from geo.model.vocabulary import LATEST_WORDS
from geo.screen.cards import card
from geo.screen.record_list import record_list
from geo.screen.three_sides import three_sides
from geo.views import rendering
from geo.views.rendering import render
from geo.views.shapes import by_shape, shared_label
from tests.entities import event, ledger, on, record, source
from tests.ledger_files import TODAY
from tests.markup import straight
from tests.screens import screen_on


class Page(HTMLParser):
    """The elements of a page as a browser would make them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        # as plain text: Markup would escape what it is compared with
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str) -> list[str]:
        return [a[attribute] or "" for _tag, a in self.tags if attribute in a]

    def outward(self) -> list[dict[str, str | None]]:
        """The links that lead to another site."""
        return [a for tag, a in self.tags if tag == "a" and not re.match("/(?!/)", a["href"] or "")]

    def names(self) -> set[str]:
        return {tag for tag, _attributes in self.tags}

    def attributes(self) -> set[str]:
        return {name for _tag, attributes in self.tags for name in attributes}


TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "</li></ol></article><iframe src=//evil.example>",
    "{{ 7*7 }} {% for x in y %}",
    "${alert(1)}",
    "<!-- ",
    "&lt;b&gt; &amp;",
    "javascript:alert(1)",
    "]]> <svg/onload=alert(1)>",
)
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//evil.example/",
    "file:///etc/passwd",
    "https://user:secret@example.org/",
    "https:example.org",
    "",
)


def click(**message: Any) -> Markup:
    """The attributes of a link of the dashboard."""
    return Markup('href="/?{}"').format(urlencode(message))


def _snapshot(text: str, url: str = "https://example.org/", archive: str = "") -> Snapshot:
    page = source(url=url, archive_url=archive, publisher=text, via=text, title=text, language=text)
    shown = record(
        place_label=text, host_city=text, host_region=text, summary=text, origin_city=text
    )
    host = {"event_type": "told_to_stop", "actor_type": "host_authority", "sets": "told_to_stop"}
    events = [
        event("nl-c", authority=text, summary=text, note=text),
        event("nl-1", "2022-10-01", authority=text, summary=text, note=text, **host),
        event("nl-2", "2022-11-01", authority=text, summary=text, event_type="answer_by_china",
              actor_type="china", differs_from=("nl-1",)),
        event("nl-3", "2022-11-02", authority=text, summary=text, actor_type="named_party",
              event_type="answer_by_named_party"),
    ]  # fmt: skip
    return Snapshot(ledger(events, [shown], [page]), TODAY)


def _card(snapshot: Snapshot, record: str = "nl-a-1") -> str:
    return card(screen_on(snapshot, record=record))


def _list(snapshot: Snapshot) -> str:
    # each form of the list: records and entries, answers, countries
    states: list[dict[str, Any]] = [
        {},
        {"filters": Filters(flag=("told_to_stop", "no_answer"))},
        {"side": "countries"},
    ]
    return "".join(str(record_list(screen_on(snapshot, **state))) for state in states)


def _place(snapshot: Snapshot) -> str:
    return card(screen_on(snapshot, place="NL"))


@pytest.fixture(scope="module")
def harmless() -> dict[str, Page]:
    snapshot = _snapshot("plain")
    return {
        "card": Page(_card(snapshot)),
        "list": Page(_list(snapshot)),
        "place": Page(_place(snapshot)),
        "sides": Page(str(three_sides(screen_on(snapshot)))),
    }


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("page", ["card", "list", "place", "sides"])
def test_hostile_cells_are_shown_as_text(page: str, text: str, harmless: dict[str, Page]) -> None:
    snapshot = _snapshot(text)
    html = {
        "card": lambda: _card(snapshot),
        "list": lambda: _list(snapshot),
        "sides": lambda: str(three_sides(screen_on(snapshot))),
        "place": lambda: _place(snapshot),
    }[page]()
    made = Page(html)
    # the same elements with the same attributes as with harmless cells: nothing was added
    assert [tag for tag, _a in made.tags] == [tag for tag, _a in harmless[page].tags]
    assert [set(a) for _t, a in made.tags] == [set(a) for _t, a in harmless[page].tags]
    # a speaker that begins a sentence has a capital letter
    expected = harmless[page].text.casefold().count("plain")
    assert straight(made.text).casefold().count(text.casefold()) == expected > 0
    assert not {"script", "img", "iframe"} & made.names()
    assert not any(name.startswith("on") for name in made.attributes())
    assert "49" not in made.text


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("where", ["url", "archive"])
def test_only_pages_of_the_web_become_links(address: str, where: str) -> None:
    snapshot = _snapshot("x", **{where: address})
    made = Page(_card(snapshot))
    hrefs = [link["href"] for link in made.outward()]
    assert all(href == "https://example.org/" for href in hrefs)
    if where == "archive" and not address:
        assert hrefs
    if address:
        assert not hrefs
    assert not any(
        "javascript" in (value or "").lower() for _t, a in made.tags for value in a.values()
    )


def test_a_quote_in_an_address_stays_inside_it() -> None:
    address = 'https://example.org/?a="onclick="alert(1)&b=<c>'
    made = Page(_card(_snapshot("x", address)))
    assert {link["href"] for link in made.outward()} == {address}
    assert "onclick" not in made.attributes()


def test_links_open_apart_and_tell_nobody_where_from() -> None:
    links = Page(_card(_snapshot("x"))).outward()
    assert links
    for attributes in links:
        assert attributes["target"] == "_blank"
        assert attributes["rel"] == "noopener noreferrer"


def test_every_real_card_stands_in_its_fixed_order() -> None:
    snapshot = on(TODAY)
    for shown in snapshot.records:
        made = Page(_card(snapshot, shown.id))
        rows = [value.split()[0] for value in made.values("data-row")]
        assert rows == ["latest", "claim", "answer", "answer", "answer"]
        headings = re.findall(r"<h3[^>]*>([^<(]+)", _card(snapshot, shown.id))
        order = [heading.strip() for heading in headings]
        assert order[:5] == [
            "Latest word", "Claim", "Host authorities", "China", "People or bodies named",
        ]  # fmt: skip
        folded = ["Chronology", "Sources", "Corrections", "Other records in this city"]
        differ = ["Accounts differ"] * (order[5] == "Accounts differ")
        rest = order[5:]
        assert rest == [*differ, *(heading for heading in folded if heading in rest)]
        assert "It does not mean that a “station” exists or existed" in made.text
        outward = [link["href"] or "" for link in made.outward()]
        assert all(href.startswith(("https://", "http://")) for href in outward)


def test_a_missing_value_is_an_error_of_ours_and_no_gap_on_the_page() -> None:
    with pytest.raises(Exception, match="message"):
        render("sorry.html")
    assert "A reason &lt;b&gt;." in render("sorry.html", message="A reason <b>.")


def test_what_is_rendered_is_not_escaped_twice() -> None:
    html = render("sorry.html", message="Viña & “x”")
    assert "Viña &amp; “x”" in html
    assert html == html.__html__()


def test_a_line_after_a_block_is_not_joined_to_it() -> None:
    template = rendering._environment().from_string("{% if true %}one{% endif %}\n    two\n")
    assert template.render().split() == ["one", "two"]


@pytest.mark.parametrize("alike", by_shape(LATEST_WORDS), ids=lambda words: words[0].code)
def test_any_words_of_one_shape_have_one_label(alike: tuple[LatestWord, ...]) -> None:
    whole = shared_label(alike, short=True)
    for some in combinations(alike, 2):
        assert shared_label(some, short=True) == whole
    assert " / " not in whole
