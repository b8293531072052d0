"""The About page: every word explained, differences in words, nothing held back named."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from geo.configuration import Configuration
from geo.link.state import State
from geo.model.dates import parse
from geo.model.vocabulary import FLAGS, LATEST_WORDS, STRENGTHS
from geo.screen.about import about
from geo.words.claimed_figures import claimed_by_country, difference, other_figures, worldwide
from tests.entities import on, real
from tests.geo.views.test_rendering import Page
from tests.ledger_files import DATA, TODAY
from tests.markup import straight
from tests.screens import screen_of, screen_on


def _page(day: date = TODAY, *, publisher: str = "", contact: str = "") -> Page:
    state = State(as_of=None if day == TODAY else day)
    configuration = Configuration(publisher=publisher, contact=contact)
    return Page(about(screen_of(real(), state, "about", configuration)))


@pytest.mark.parametrize(
    ("claimed", "held", "words"),
    [
        (11, 8, "three fewer"),
        (3, 3, "the same number"),
        (3, 4, "one more"),
        (102, 79, "23 fewer"),
        (12, 0, "twelve fewer"),
        (1, 2001, "2,000 more"),
    ],
)
def test_a_difference_is_said_in_words(claimed: int, held: int, words: str) -> None:
    assert difference(claimed, held) == words


def test_italy_is_three_fewer() -> None:
    (italy,) = [c for c in claimed_by_country(on(TODAY), str) if c.name == "Italy"]
    said = [f"{f.text}; {f.compared}" for f in italy.figures]
    assert (
        "Safeguard Defenders (NGO), 5 December 2022: 11 sites in Italy; "
        "the ledger has 8 records: three fewer" in said
    )


def test_every_comparison_is_with_the_ledger_of_the_day() -> None:
    for day in (TODAY, date(2022, 12, 31)):
        held: dict[str, int] = {}
        for record in on(day).records:
            held[record.host_country] = held.get(record.host_country, 0) + 1
        for country in claimed_by_country(on(day), lambda code: code):
            number = held.get(country.address, 0)
            assert f" {number} record" in country.holds
            for figure in country.figures:
                assert f"has {number} record" in figure.compared or "not compared" in (
                    figure.compared
                )


def test_a_figure_for_a_part_of_a_country_is_not_compared() -> None:
    (canada,) = [c for c in claimed_by_country(on(TODAY), str) if c.name == "Canada"]
    (quebec,) = [f for f in canada.figures if "Quebec" in f.text]
    assert quebec.compared.startswith("not compared")


def test_the_totals_stand_beside_the_records_of_their_lists() -> None:
    listed = sum(r.claim_list != "other" for r in on(TODAY).records)
    said = " ".join(f.compared for f in worldwide(on(TODAY)))
    assert f"{listed} records from both lists: {102 - listed} fewer" in said


def test_every_public_figure_is_somewhere_and_has_a_source() -> None:
    for day in (TODAY, date(2022, 11, 30)):
        snapshot = on(day)
        shown = [f for c in claimed_by_country(snapshot, str) for f in c.figures]
        shown += [*worldwide(snapshot), *other_figures(snapshot)]
        public = [c for c in real().counts if parse(c.claimed_on).last <= day]
        assert len(shown) == len(public)
        assert all(f.sources for f in shown)
    assert len(public) < len(real().counts)


def test_every_latest_word_flag_and_letter_is_explained() -> None:
    page = _page()
    assert page.values("data-word") == list(LATEST_WORDS)
    for word in LATEST_WORDS.values():
        assert word.label in page.text
        assert f"On (date) (speaker) {word.phrase}." in page.text
    for text in (*FLAGS.values(), *STRENGTHS.values()):
        assert text in page.text


def test_nothing_that_is_on_hold_is_named() -> None:
    with (DATA / "stations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    held = [row for row in rows if row["review"] == "hold"]
    assert held
    shown = {row["host_country"] for row in rows if row["review"] == "publish"}
    page = _page()
    html = str(about(screen_on(on(TODAY), "about")))
    for row in held:
        assert row["id"] not in html
        assert not row["host_city"] or row["host_city"] not in page.text
    assert {row["host_country"] for row in held} - shown
    for name in (
        "Sicily",
        "Ulaanbaatar",
        "Mongolia",
        "Uzbekistan",
        "Vietnam",
        "Viet Nam",
        "Russia",
    ):
        assert name not in page.text
    assert "on hold" not in page.text


def test_what_was_left_out_stands_with_its_country() -> None:
    page = _page()
    assert real().excluded
    for row in real().excluded:
        assert straight(row.what) in straight(page.text)
        assert straight(row.why) in straight(page.text)
    assert "Belgium" in page.text


def test_a_past_day_is_not_told_what_came_later() -> None:
    page = _page(date(2022, 12, 31))
    assert "2026 in the United States" not in page.text
    assert "is not shown for earlier dates" in page.text
    assert "RTL and ntv" not in page.text


def test_the_publisher_is_named_or_the_preview_is() -> None:
    assert "Preview: not published; do not cite." in _page().text
    assert "No contact has been set" in _page().text
    published = _page(publisher="The Newsroom", contact="atlas@example.org")
    assert "Published by The Newsroom." in published.text
    assert "Preview" not in published.text
    assert "mailto:atlas@example.org" in published.values("href")


def test_a_contact_is_a_link_only_where_it_can_be_one() -> None:
    page = _page(contact="javascript:alert(1)")
    assert "javascript:alert(1)" in page.text
    assert not [h for h in page.values("href") if h.startswith("javascript")]
    page = _page(contact="https://user:secret@example.org/")
    assert not [h for h in page.values("href") if "user:" in h]
    assert "https://example.org/" in _page(contact="https://example.org/").values("href")
    assert "mailto:a@example.org" in _page(contact="mailto:a@example.org").values("href")


def test_the_ledgers_number_leads_to_its_records() -> None:
    assert "/?country=IT" in _page().values("href")


def test_sections_that_are_offered_exist() -> None:
    page = _page()
    offered = [h[1:] for h in page.values("href") if h.startswith("#")]
    assert len(offered) == 11
    assert set(offered) <= set(page.values("id"))
