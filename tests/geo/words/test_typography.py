"""Straight quotation marks of cells are shown typographic, and only where readers read text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from geo.exports.rows import NOWHERE
from geo.exports.selection_files import events_csv
from geo.link.selection import Filters
from geo.link.state import State
from geo.screen.page import PAGES, blocks
from geo.words.preview_text import describe
from geo.words.typography import typographic, typographic_html
from tests.entities import on, real
from tests.geo.views.test_rendering import Page
from tests.ledger_files import TODAY
from tests.markup import straight
from tests.screens import screen_of
from tests.sizes import size


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('Said that no such "station" existed', "Said that no such “station” existed"),
        ('"Secret" and (the "110" desk)', "“Secret” and (the “110” desk)"),
        ("China's police, the NGO's list", "China’s police, the NGO’s list"),
        ("the 'office' of the '90s", "the ‘office’ of the ’90s"),
        ("a 'list of China's desks' was", "a ‘list of China’s desks’ was"),
        ('it said "no', "it said “no"),
        ('报道"警察站"称', "报道“警察站”称"),
        ('צה"ל said "no"', 'צה"ל said “no”'),
        ("l'État", "l’État"),
        ("none", "none"),
    ],
)
def test_marks_of_a_cell(cell: str, shown: str) -> None:
    assert typographic(cell) == shown


@settings(max_examples=size(200, 2000), deadline=None)
@given(st.text(st.sampled_from("ab \"'.,(—ש警<&")))
def test_nothing_but_the_marks_changes(text: str) -> None:
    assert straight(typographic(text)) == straight(text)
    assert typographic(typographic(text)) == typographic(text)
    # a cell in a page: what it says, as text
    page = Page(typographic_html(f'<p title="{escape(text)}">{escape(text)}</p>'))
    assert page.text == typographic(text)
    assert page.values("title") == [text]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/?q=&#34;x&#34;">x</a>',
        "<code>&#34;x&#34;</code>",
        "<pre>a\n&#39;x&#39;</pre>",
        '<q lang="de">&#34;x&#34;</q>',
        '<textarea name="q">&#34;x&#34;</textarea>',
        "<script>'x'</script>",
    ],
)
def test_addresses_code_and_original_words_are_left_alone(html: str) -> None:
    assert typographic_html(html) == html
    assert typographic_html(f"<i>&#39;s</i>{html}it&#39;s") == f"<i>’s</i>{html}it’s"


_ORIGINAL = re.compile(r'<p lang="[^"]+" dir="[^"]+">.*?</p>', re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_a_straight_mark(page: str) -> None:
    for state in (State(), State(record="nl-rotterdam-1"), State(filters=Filters(country=("NL",)))):
        for name, block in blocks(screen_of(real(), state, page)).items():
            # the words of pages are as they were published
            shown = Page(_ORIGINAL.sub("", str(block))).text
            # the atlas's own texts have typographic marks already
            assert [line for line in shown.splitlines() if '"' in line or "'" in line] == [], name


def test_a_preview_shows_none_and_a_file_has_the_cell() -> None:
    snapshot = on(TODAY)
    event = next(e for e in snapshot.events if '"' in e.summary and "'" not in e.summary)
    text = describe("map", State(event=event.id), snapshot)
    assert typographic(event.summary) in text.description
    cell = event.summary.replace('"', '""')
    assert cell in events_csv(Filters().select(snapshot), NOWHERE)
