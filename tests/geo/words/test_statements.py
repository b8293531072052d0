"""Entries as cards print them, with the words of their pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.ledger.snapshot import Snapshot
from geo.model.entities import Quotation
from geo.words.cards import record_card
from geo.words.lines import bracketed, line
from geo.words.source_rows import source_line, source_rows
from geo.words.statements import quotes, statement
from tests.entities import event, ledger, on, real, record, source
from tests.ledger_files import TODAY

HOST = {"event_type": "statement", "actor_type": "host_authority", "authority": "the minister"}


def quotation(**cells: str) -> Quotation:
    values = {
        "event": "nl-1",
        "source": "page",
        "text": "Woorden van de minister",
        "language": "nl",
        "translation": "Words of the minister",
        "speech": "direct",
        **cells,
    }
    return Quotation(**values)


def printed(**cells: str) -> tuple[str, str]:
    """A quotation's original and its translation as a card prints them."""
    said = event("nl-1", "2022-10-01", **HOST)
    dataset = replace(ledger([event("nl-c"), said]), quotations=(quotation(**cells),))
    (quote,) = quotes(said, Snapshot(dataset, TODAY))
    return quote.text, quote.translation


@pytest.mark.parametrize(
    ("speaker", "aside", "printed"),
    [
        ("the minister", "", "the minister"),
        ("the minister (in the Senate)", "", "the minister (in the Senate)"),
        ("the minister", "about Italy", "the minister (about Italy)"),
        (
            "the minister (in the Senate)",
            "about Italy",
            "the minister (in the Senate; about Italy)",
        ),
        ("call(1)", "about Italy", "call(1) (about Italy)"),
    ],
)
def test_a_speaker_has_one_pair_of_brackets(speaker: str, aside: str, printed: str) -> None:
    assert "".join(bracketed(speaker, aside)) == printed


def test_no_line_of_the_ledger_closes_two_pairs_of_brackets() -> None:
    snapshot = on(TODAY)
    for said in snapshot.events:
        row = statement(said, snapshot)
        lead = "".join(bracketed(row.who, row.aside(scope=True)))
        assert ") (" not in lead, lead
        assert lead.count("(") == lead.count(")")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Woorden", "“Woorden”"),
        ("d’activités", "“d’activités”"),
        ('Zei: "woorden"', 'Zei: "woorden"'),
        ("„Wir prüfen“", "„Wir prüfen“"),
        ("« Bien »", "« Bien »"),
        ("「はい」", "「はい」"),
    ],
)
def test_a_page_s_words_have_quotation_marks_once(text: str, shown: str) -> None:
    assert printed(text=text) == (shown, "“Words of the minister”")
    # a page that reports writes “police station” without marks: the atlas does not
    assert printed(text=text, speech="indirect") == (shown, "“Words of the minister”")


def test_english_words_have_no_translation() -> None:
    assert printed(language="en", text="Words", translation="") == ("“Words”", "")


def test_each_script_has_its_direction() -> None:
    found = {q.language: q for e in real().events for q in quotes(e, on(TODAY))}
    assert {code: found[code].direction for code in ("ar", "ko", "zh", "nl")} == {
        "ar": "rtl",
        "ko": "ltr",
        "zh": "ltr",
        "nl": "ltr",
    }
    assert found["ko"].speech == "reported speech"
    assert found["ar"].speech == "direct speech"


def test_every_quotation_is_on_the_page_of_its_event_with_its_source() -> None:
    snapshot = on(TODAY)
    told = {(e.id, q.source.id) for e in snapshot.events for q in statement(e, snapshot).quotes}
    assert told == {(q.event, q.source) for q in real().quotations}
    assert len(told) >= 10


def test_a_latest_word_that_no_answer_prints_has_its_own_words() -> None:
    word = event("nl-1", "2022-10-01", sets="told_to_stop", **HOST)
    later = event("nl-2", "2022-11-01", **HOST)
    dataset = replace(ledger([event("nl-c"), word, later]), quotations=(quotation(),))
    snapshot = Snapshot(dataset, TODAY)
    card = record_card(record(), snapshot, snapshot)
    assert [q.language for q in card.latest_quotes] == ["nl"]
    dataset = replace(ledger([event("nl-c"), word]), quotations=(quotation(),))
    snapshot = Snapshot(dataset, TODAY)
    card = record_card(record(), snapshot, snapshot)
    assert card.latest_quotes == ()
    assert card.answers[0].statement is not None
    assert len(card.answers[0].statement.quotes) == 1


def test_a_mark_stands_in_the_line_and_beside_the_scope() -> None:
    older = event("nl-1", "2018-11", about=("country",), **HOST)
    elsewhere = event("nl-2", "2022-11", about=("country",), elsewhere=True, **HOST)
    snapshot = Snapshot(ledger([event("nl-c"), older, elsewhere]), TODAY)
    assert line(older, snapshot, "nl-a-1") == (
        "In November 2018, the minister (before the claim): Lists a place."
    )
    said = statement(older, snapshot, "nl-a-1")
    assert said.line == line(older, snapshot, "nl-a-1")
    assert said.aside() == "before the claim"
    assert said.aside(scope=True) == "about the Netherlands, no record named; before the claim"
    said = statement(elsewhere, snapshot, "nl-a-1")
    assert said.aside() == "about another place"
    assert said.aside(scope=True) == "about another place in the Netherlands"


def test_sources_stand_by_their_class_and_a_publisher_has_one_row() -> None:
    pages = [
        source("a", publisher="Copier", source_class="copy"),
        source("b", publisher="Agency", via="Agency (its website)", title=""),
        source("c", publisher="Party", source_class="party"),
        source("d", publisher="Court", source_class="official"),
        source("e", publisher="Agency", title="Second", source_class="copy"),
        source("f", publisher="Campaign", source_class="campaign_press"),
    ]
    rows = source_rows(pages)
    assert [[page.id for page, _label in row.pages] for row in rows] == [
        ["d"], ["b", "e"], ["c"], ["f"], ["a"],
    ]  # fmt: skip
    assert rows[1].kind == "independent press · copy"
    assert [str(label) for _page, label in rows[1].pages] == [
        "Agency (its website), 12 September 2022, English",
        "Second (12 September 2022, English)",
    ]


@pytest.mark.parametrize(
    ("publisher", "via", "named"),
    [
        ("CTV News", "Noovo Info (CTV News)", "Noovo Info (CTV News)"),
        ("CTV News", "CTV News Montreal", "CTV News Montreal"),
        ("TT", "Attic Times", "TT (Attic Times)"),
        ("Reuters", "", "Reuters"),
    ],
)
def test_a_publisher_is_named_once(publisher: str, via: str, named: str) -> None:
    page = source(publisher=publisher, via=via, title="T")
    assert source_line(page) == f"{named}: T (12 September 2022, English)"
