"""Citations: author, year, title, version, day and address, in this order, of every view."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from geo.words.citations import Citation, citation
from geo.words.permanent_lines import TITLE
from tests.geo.pictures.test_content import opened
from tests.ledger_files import TODAY

PUBLISHER = "The Publisher"
LINK = "https://atlas.example/?asof=2022-12-05&v=1a2b3c4d"
VIEWS = (
    "",
    "country=NL",
    "q=embassy",
    "record=nl-rotterdam-1",
    "event=zz-2022-09-12-claim",
    "place=NL",
    "place=CN",
    "record=ca-vancouver-1&asof=2022-09-01",
    "asof=2022-12-05",
)


def cited(query: str, publisher: str = PUBLISHER) -> Citation:
    return citation(opened(query), LINK, publisher, f"Published by {publisher}.")


@pytest.mark.parametrize("publisher", [PUBLISHER, ""])
@pytest.mark.parametrize("query", VIEWS)
def test_a_citation_has_its_parts_in_the_usual_order(query: str, publisher: str) -> None:
    view = cited(query, publisher)
    text = view.text
    parts = [view.author, f"({view.issued.year})", view.title, view.version, LINK, "accessed"]
    at = [text.index(part) for part in parts]
    assert at == sorted(at)
    assert text.startswith(f"{publisher or TITLE} (")
    # the atlas is named once: as the author, or as what the title is part of
    assert text.partition("http")[0].count(TITLE) == 1
    assert "Cite the source for the claim" in text
    assert "  " not in text
    assert text.isprintable()


def test_the_year_is_that_of_the_ledger_and_the_day_that_of_the_view() -> None:
    view = cited("asof=2022-12-05")
    assert view.issued.isoformat() == opened("").dataset.last_checked
    assert f"({view.issued.year})" in view.text
    assert "as of 5 December 2022" in view.text
    assert view.whole_title.endswith(", as of 5 December 2022")
    assert view.accessed == TODAY


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("record=nl-rotterdam-1", "(record nl-rotterdam-1)"),
        ("event=zz-2022-09-12-claim", "(entry zz-2022-09-12-claim)"),
    ],
)
def test_a_card_is_cited_by_its_id(query: str, named: str) -> None:
    assert named in cited(query).text
    assert named in cited(query).whole_title
    assert named not in cited("country=NL").text


def test_what_is_not_public_on_the_day_is_not_told() -> None:
    event = next(e for e in opened("").snapshot.events if e.said.text > "2023")
    text = cited(f"event={event.id}&asof=2022-12-05").text
    assert event.summary not in text
    assert not re.search(r"\b2023\b", text)


def test_the_words_of_a_search_are_in_no_sentence_of_a_citation() -> None:
    # a crafted link must not speak in the atlas's name
    view = cited("q=embassy+says")
    assert "A search: " in view.title
    assert "embassy" not in view.text


def test_a_publisher_with_the_name_of_the_atlas_is_not_named_twice() -> None:
    assert cited("", TITLE).container == ""
    assert replace(cited("", ""), author=PUBLISHER).container == TITLE
