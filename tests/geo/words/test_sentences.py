"""Who said what: signed sentences, quotations and places."""

from __future__ import annotations

from datetime import date

import pytest

from geo.ledger.snapshot import Snapshot
from geo.model.vocabulary import LATEST_WORDS
from geo.words.lines import line
from geo.words.sentences import (
    about_what,
    claimed_police_body,
    country_answer,
    functions,
    latest_word,
    none_found,
    place,
    signed,
)
from geo.words.source_rows import source_line
from tests.entities import event, ledger, on, record, source
from tests.ledger_files import TODAY

HOST = {
    "event_type": "statement",
    "actor_type": "host_authority",
    "authority": "the Dutch minister",
}


@pytest.mark.parametrize("code", LATEST_WORDS)
@pytest.mark.parametrize(
    ("said", "when"),
    [("2022-12-20", "On 20 December 2022"), ("2022-12", "In December 2022"), ("2022", "In 2022"),
     ("2022-10/2022-11", "Between October and November 2022")],
)  # fmt: skip
def test_a_signed_sentence_is_date_speaker_phrase_and_no_other_words(
    code: str, said: str, when: str
) -> None:
    word = event("nl-x", said, authority="the Dutch foreign minister")
    phrase = LATEST_WORDS[code].phrase
    assert signed(word, code) == f"{when} the Dutch foreign minister {phrase}."


def test_a_relay_is_set_off_by_two_commas() -> None:
    word = event("nl-x", "2022-12-20", authority="the embassy, per the minister")
    said = signed(word, "party_says_closed")
    assert (
        said == "On 20 December 2022 the embassy, per the minister, "
        "said that the reported site had closed."
    )


def test_a_claim_alone_is_signed_by_the_claimant() -> None:
    snapshot = Snapshot(ledger([event("nl-c")]), TODAY)
    assert latest_word(record(), snapshot) == (
        "On 12 September 2022 the NGO made the claim; no statement by a host authority "
        "specifically about it was found."
    )
    assert country_answer(snapshot.standing(record()), snapshot) == ""


def test_a_countrys_answer_stands_in_the_same_line() -> None:
    events = [
        event("nl-c"),
        event("nl-1", "2022-10-01", about=("country",), **{**HOST, "summary": "Knew of two."}),
        event("nl-2", "2022-11-01", about=("country",), **{**HOST, "summary": "Knew of none."}),
        event("nl-3", "2022-12-01", about=("country",), summary="Not theirs.", actor_type="press"),
    ]
    said = latest_word(record(), Snapshot(ledger(events), TODAY))
    assert "no statement by a host authority specifically about it was found. Answer from " in said
    # the reservation comes first, so that a quotation that is cut short keeps it
    _claim, _reserved, answer = said.partition("not naming this place as a site: ")
    assert answer == "On 1 November 2022, the Dutch minister: Knew of none."
    assert "Not theirs" not in said
    early = latest_word(record(), Snapshot(ledger(events), date(2022, 10, 15)))
    assert "Knew of two" in early
    assert "Knew of none" not in early


def test_a_word_about_the_record_needs_no_country() -> None:
    events = [
        event("nl-c"),
        event("nl-1", "2022-10-01", about=("country",), **HOST),
        event("nl-2", "2022-09-20", sets="told_to_stop", **HOST),
    ]
    snapshot = Snapshot(ledger(events), TODAY)
    assert latest_word(record(), snapshot) == (
        "On 20 September 2022 the Dutch minister told China or the alleged operator to stop."
    )
    assert country_answer(snapshot.standing(record()), snapshot) == ""


def test_words_about_the_record_that_set_nothing_are_never_denied() -> None:
    events = [event("nl-c"), event("nl-1", "2022-10-01", **{**HOST, "summary": "Saw the report."})]
    said = latest_word(record(), Snapshot(ledger(events), TODAY))
    assert "no word of a host authority" not in said
    assert "On 1 October 2022, the Dutch minister: Saw the report." in said
    assert said.startswith("On 12 September 2022 the NGO made the claim")


def test_no_real_sentence_denies_a_host_word_that_its_card_shows() -> None:
    for shown in on(TODAY).records:
        said = latest_word(shown, on(TODAY))
        spoken_of = any(e.actor_type == "host_authority" for e in on(TODAY).about(shown))
        assert not (spoken_of and "no word of a host authority about this place" in said), shown.id


def test_a_line_has_date_speaker_and_words() -> None:
    said = event("nl-x", "2022-11", authority="the minister", summary="Said so.")
    assert line(said, Snapshot(ledger([said]), TODAY)) == "In November 2022, the minister: Said so."


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        ({}, "Amsterdam, Netherlands"),
        ({"host_city": "", "point": None}, "Netherlands"),
        ({"host_city": "", "host_region": "Holland"}, "Holland, Netherlands"),
        ({"place_label": "Greater Amsterdam"}, "Greater Amsterdam, Netherlands"),
        ({"place_label": "Somewhere in the Netherlands"}, "Somewhere in the Netherlands"),
    ],
)
def test_places_are_as_coarse_as_the_ledger(cells: dict[str, str], printed: str) -> None:
    assert place(record(**cells)) == printed


def test_what_is_claimed_and_what_no_source_says() -> None:
    assert claimed_police_body(record()) == "Fuzhou police (福州, Fujian)"
    unnamed = claimed_police_body(record(origin_city="", origin_province=""))
    assert unnamed == "none named in the sources consulted"
    assert functions(record(functions=("paperwork", "monitoring"))) == "paperwork, monitoring"
    assert functions(record()) == ""
    assert none_found("2026-11-21") == (
        "None found in the sources consulted (last checked 21 November 2026)."
    )


def test_an_answer_says_what_it_is_about() -> None:
    known = {r.id: r for r in (record("nl-a-1"), record("nl-b-1", host_city="Utrecht"))}
    assert about_what(event("x", about=("world",)), known) == "worldwide"
    assert (
        about_what(event("x", about=("country",)), known)
        == "about the Netherlands, no record named"
    )
    assert about_what(event("x"), known, "nl-a-1") == "about this record"
    elsewhere = about_what(event("x", about=("nl-b-1",)), known, "nl-a-1")
    assert elsewhere == "about Utrecht, Netherlands"


def test_a_page_is_cited_by_its_title_or_without_one() -> None:
    assert source_line(source()) == "A Newsroom: A title (12 September 2022, English)"
    assert source_line(source(title="")) == "A Newsroom, 12 September 2022, English"
    assert source_line(source(title="", published="", via="a copy")) == (
        "A Newsroom (a copy), undated, English"
    )
