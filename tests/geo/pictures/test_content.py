"""What a picture says: whose words, on which day, and never what an address made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geo.link.opening import Opened, open_address
from geo.link.permalink import parse_query
from geo.pictures.content import Picture, picture_of
from geo.words.cards import answers
from geo.words.statements import statement
from geo.words.summary import sentence
from tests.entities import on
from tests.ledger_files import DATA, TODAY, LedgerFiles

IMPRINT = "Preview: not published; do not cite."
PHRASE = "an unsayable phrase"


def opened(query: str, folder: Path = DATA) -> Opened:
    return open_address(folder, parse_query(query), TODAY)


def picture(query: str, folder: Path = DATA) -> Picture:
    return picture_of(opened(query, folder), IMPRINT)


@pytest.mark.parametrize("day", [TODAY, date(2022, 10, 20)], ids=str)
def test_a_record_shows_its_claim_and_its_three_answers(day: date) -> None:
    snapshot = on(day)
    for record in snapshot.records:
        shown = picture(f"record={record.id}&asof={day}")
        claim, *rows = shown.rows
        assert claim.statement == statement(snapshot.claims(record)[0], snapshot, record.id)
        assert [row.statement for row in rows] == [
            answer.statement for answer in answers(snapshot.standing(record), snapshot)
        ]
        assert [row.host for row in rows] == [True, False, False]
        assert all(row.statement or row.missing for row in rows)
        assert shown.records == (record,)
        assert shown.sources


def test_a_record_that_is_not_yet_reported_shows_no_claim() -> None:
    shown = picture("record=ca-vancouver-1&asof=2022-09-15")
    assert (shown.rows, shown.records, shown.sources) == ((), (), ())
    assert shown.note == "Vancouver, Canada: no claim had been made by 15 September 2022."
    assert shown.circumstances[0] == "As of 15 September 2022."


def test_an_event_that_is_not_yet_public_is_not_repeated() -> None:
    shown = picture("event=nl-2022-11-01-told-to-stop&asof=2022-10-31")
    assert (shown.rows, shown.records, shown.sources) == ((), (), ())
    assert shown.title == "Netherlands"


def test_a_claim_never_stands_without_what_was_answered() -> None:
    for event in on(TODAY).events:
        rows = picture(f"event={event.id}").rows
        assert rows[0].statement == statement(event, on(TODAY))
        if event.event_type == "claim":
            assert "China" in [row.heading for row in rows[1:]]
            assert event.country in ("EU", "ZZ") or rows[1].host


def test_a_place_shows_a_claim_and_the_answers_of_its_country() -> None:
    country, city = picture("place=ES"), picture("place=es-madrid")
    assert [row.heading for row in country.rows] == ["Claim", "Host authorities", "China"]
    assert country.rows[1:] == city.rows[1:]
    assert len(country.records) > len(city.records) > 1
    assert city.note.startswith("3 records.")
    assert country.title == "Claims about Spain, and the answers"


def test_a_city_of_which_nothing_was_said_yet_has_its_name() -> None:
    shown = picture("place=ca-vancouver&asof=2022-09-15")
    assert (shown.title, shown.rows, shown.mapped) == ("Vancouver, Canada", (), False)


def test_a_selection_says_what_the_page_says() -> None:
    for query in ("", "country=NL", "status=told_to_stop&asof=2022-12-05", "flag=no_answer"):
        view = opened(query)
        shown = picture(query)
        assert shown.note == sentence(view.selection, dated=True)
        assert shown.records == view.selection.records
        assert shown.rows == ()
    assert picture("").title.endswith(" countries, and the answers")
    assert picture("").circumstances[1] == f"Ledger version {opened('').dataset.version}."


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("country=NL", "Netherlands: two records, and the answers"),
        ("country=NL&asof=2022-09-01", "Netherlands: no record matches"),
        ("country=IE&country=NL", "Ireland or Netherlands: three records in two countries, and"),
        ("country=IT&province=CN-ZJ", "Italy · Zhejiang: "),
        ("status=told_to_stop", "Told or asked to stop: two records in two countries, and the"),
        ("flag=court_case", "Court case: "),
        ("from=2023-02", "From February 2023: "),
        ("q=zzzz", "A search: no record matches"),
        ("asof=2022-09-01", "Claims: no record matches"),
    ],
)
def test_a_title_says_what_is_shown_and_lists_no_filters(query: str, title: str) -> None:
    assert picture(query).title.startswith(title)


def test_publishers_are_counted_by_page() -> None:
    shown = picture("country=NL")
    snapshot = on(TODAY)
    cited = {i for r in shown.records for i in r.sources} | {
        i for r in shown.records for claim in snapshot.claims(r) for i in claim.sources
    }
    assert sum(count for _publisher, count in shown.publishers) == len(cited)
    assert list(shown.publishers) == sorted(shown.publishers, key=lambda p: (-p[1], p[0]))


@pytest.mark.parametrize("query", ["q=rotterdam", "q=rotterdam&country=NL", "q=nothing+at+all"])
def test_a_search_is_named_and_not_repeated(query: str) -> None:
    shown = picture(query)
    assert "search" in shown.title
    assert "rotterdam" not in shown.title.lower()
    assert "nothing" not in shown.title


def test_what_is_withheld_is_not_said(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data")
    files.edit("stations", "nl-rotterdam-1", summary=f"Record: {PHRASE}.", place_label=PHRASE)
    files.edit(
        "investigations", "nl-2022-10-25-claim", about="nl-rotterdam-1", summary=f"Said {PHRASE}."
    )  # fmt: skip
    queries = ("record=nl-rotterdam-1", "event=nl-2022-10-25-claim", "place=NL", "country=NL", "")
    assert any(PHRASE in repr(picture(query, files.folder)) for query in queries)
    for kind, name in (("record", "nl-rotterdam-1"), ("event", "nl-2022-10-25-claim")):
        files.add(
            "withheld", kind=kind, id=name, field="", since="2026-03-03", ground="privacy", note=""
        )  # fmt: skip
    for query in queries:
        assert PHRASE not in repr(picture(query, files.folder))
