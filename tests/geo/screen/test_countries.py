"""The Countries page: no word without speaker and date, rival counts, China's own words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters, Selection
from geo.model.names import country_codes, country_name
from geo.model.vocabulary import COVERAGE, HOST, LATEST_WORDS
from geo.screen.context import Screen
from geo.screen.countries import china, countries, country, jurisdictions
from geo.screen.coverage_table import coverage_table
from geo.screen.page import blocks
from geo.views.mark_row import mark_row
from geo.words.country_page import country_part
from geo.words.country_rows import SORTS, country_table, sorted_rows
from geo.words.jurisdictions import jurisdictions as of_jurisdictions
from geo.words.sentences import latest_word
from tests import entities
from tests.entities import days, on
from tests.geo.views.test_rendering import TEXTS, Page, _snapshot
from tests.ledger_files import TODAY
from tests.markup import straight
from tests.screens import screen_on

#: hue of each mark, and the code of each row
_MARK = re.compile(r'<g class="shape (\w+)">')
_CODE = re.compile(r'data-code="(\w+)"')


def _select(day: date = TODAY, **picked: tuple[str, ...]) -> Selection:
    return Filters().replace(**picked).select(on(day))


def _screen(selection: Selection, **settings: str) -> Screen:
    return screen_on(selection.snapshot, "countries", filters=selection.filters, **settings)


def _country(code: str, day: date = TODAY, **picked: tuple[str, ...]) -> Page:
    return Page(country(_screen(_select(day, country=(code,), **picked))))


def _table(selection: Selection, **settings: str) -> Page:
    return Page(countries(_screen(selection, **settings)))


def _hrefs(page: Page, query: str) -> list[str]:
    return [href for href in page.values("href") if href.startswith(f"/countries?{query}#")]


def _china(day: date = TODAY) -> Page:
    return Page(china(_screen(_select(day))))


def _jurisdictions(day: date = TODAY) -> Page:
    return Page(jurisdictions(_screen(_select(day))))


def _words() -> Iterator[str]:
    for word in LATEST_WORDS.values():
        yield from (word.label, word.short, word.phrase)


def _without_signed(text: str, selection: Selection) -> str:
    """The text without sentences that carry a speaker and a date."""
    snapshot = selection.snapshot
    signed = {latest_word(record, snapshot) for record in snapshot.records}
    for event in snapshot.events:
        signed |= {event.summary, event.authority}
    # a curator's note on somebody's number is no word on a record
    signed |= {count.note for count in snapshot.dataset.counts if count.note}
    text = straight(text)
    for sentence in sorted(signed, key=len, reverse=True):
        text = text.replace(straight(sentence), " ")
    return text


@pytest.mark.parametrize("day", days(20))
def test_no_latest_word_stands_without_speaker_and_date(day: date) -> None:
    selection = _select(day)
    snapshot = selection.snapshot
    shown: set[str] = set()
    for code in snapshot.countries:
        page = _country(code, day)
        shown |= set(page.values("data-record"))
        for record in snapshot.records:
            if record.host_country == code:
                word = snapshot.word(record) or snapshot.claims(record)[0]
                assert straight(latest_word(record, snapshot)) in straight(page.text)
                assert word.authority in latest_word(record, snapshot)
        rest = _without_signed(page.text, selection)
        assert not [word for word in _words() if word in rest]
    assert shown == {record.id for record in snapshot.records}
    rest = _without_signed(_table(selection).text, selection)
    assert not [word for word in _words() if word in rest]


@pytest.mark.parametrize("day", days(20))
def test_the_answer_of_a_row_is_the_most_recent_signed_and_of_the_day(day: date) -> None:
    snapshot = on(day)
    for row in country_table(_select(day)).rows:
        host = snapshot.host_events(row.code)
        assert bool(row.answer) == bool(host)
        if row.answer:
            event = snapshot.dataset.events_by_id[row.answer.id]
            assert event.said.end == max(e.said.end for e in host)
            assert row.answer.when.startswith(("On ", "In ", "Between "))
            assert row.answer.who == event.authority
            assert event.public_by(day)


def _two_answers(first: str, second: str, **cells: Any) -> Snapshot:
    entries = [
        entities.event("claim", "2022-09-01"),
        entities.event("a", first, actor_type=HOST, event_type="statement", position=2, **cells),
        entities.event("b", second, actor_type=HOST, event_type="statement", position=3),
    ]
    return Snapshot(entities.ledger(entries), TODAY)


@pytest.mark.parametrize(
    ("first", "second", "cells", "newest"),
    [
        ("2023-02-03", "2023-02-20", {}, ["b", "a"]),
        ("2023-02-20", "2023-02-03", {}, ["a", "b"]),
        ("2023-02", "2023-02-28", {}, ["b", "a"]),
        ("2023-02-03", "2023-02", {}, ["b", "a"]),
        # said in May about January: what happened later was said earlier
        ("2023-05-01", "2023-03-01", {"happened": "2023-01-05"}, ["a", "b"]),
    ],
)
def test_answers_are_newest_first_within_a_month_too(
    first: str, second: str, cells: dict[str, Any], newest: list[str]
) -> None:
    snapshot = _two_answers(first, second, **cells)
    part = country_part("NL", snapshot, frozenset())
    assert [s.id for s in part.answers] == newest
    (row,) = [r for r in country_table(Filters().select(snapshot)).rows if r.code == "NL"]
    assert row.answer
    assert row.answer.id == newest[0]


@pytest.mark.parametrize("day", days(20))
def test_the_marks_of_a_row_are_the_latest_words_on_its_records(day: date) -> None:
    snapshot = on(day)
    for status in ((), ("claim_only",), ("authority_looking", "told_to_stop")):
        selection = _select(day, status=status)
        html = str(countries(_screen(selection)))
        drawn = {
            code: _MARK.findall(row)
            for code, row in zip(_CODE.findall(html), html.split("data-code=")[1:], strict=True)
        }
        wanted: dict[str, list[str]] = defaultdict(list)
        for record in selection.records:
            wanted[record.host_country].append(snapshot.standing(record).code)
        for code, words in wanted.items():
            assert Counter(drawn[code]) == Counter(LATEST_WORDS[word].shape.hue for word in words)
        assert sum(map(len, drawn.values())) == len(selection.records)


@pytest.mark.parametrize("word", LATEST_WORDS)
def test_a_mark_has_the_shape_and_the_name_of_its_word(word: str) -> None:
    (drawn,) = mark_row([word]).split("<g ")[1:]
    shape = LATEST_WORDS[word].shape
    assert drawn.count("/>") == len(shape.primitives)
    assert f'aria-label="{LATEST_WORDS[word].short}: 2"' in mark_row([word, word])


def test_many_marks_become_a_number_and_a_bar() -> None:
    words = ["claim_only"] * 6 + ["party_says_closed"] * 2 + ["told_to_stop"] * 4
    html = str(mark_row(words))
    assert ">12<" in html
    widths = [float(w) for w in re.findall(r'<rect[^>]* width="([\d.]+)"', html)]
    assert widths == pytest.approx([19.5, 6.5, 13.0])
    assert mark_row([]) == ""


def test_every_section_is_reached_from_the_head_of_the_page_and_coverage_is_last() -> None:
    screen = _screen(_select())
    written = blocks(screen)
    targets = [href[1:] for href in Page(written["contents"]).values("href")]
    assert targets == ["answers", "china", "jurisdictions", "coverage"]
    names = [name for name in written if name not in ("card", "foot")]
    assert names[-1] == "coverage"
    for target, name in zip(targets, names[-4:], strict=True):
        assert Page(written[name]).values("id")[0] == target


def test_france_counts_nine_and_four_side_by_side() -> None:
    text = _country("FR").text
    assert "July 2025: 9 sites in France; the ledger has 4 records: five fewer." in text
    assert "5 December 2022: 4 sites in France; the ledger has 4 records: the same number." in text
    assert "9 sites" not in _country("FR", date(2023, 1, 1)).text


def test_a_country_s_part_holds_claim_answers_records_and_sources() -> None:
    page = _country("NL")
    for heading in ("Claims", "The country’s answer", "China", "People and bodies named",
                    "Records and the latest word on each", "Sources"):  # fmt: skip
        assert heading in page.text
    assert page.values("data-record") == ["nl-amsterdam-1", "nl-rotterdam-1"]
    assert "#china" in page.values("href")
    assert "told or asked to stop" in page.text
    assert "So far:" in page.text


def test_court_steps_are_about_a_place_and_nowhere_else() -> None:
    page, snapshot = _country("US"), on(TODAY)
    assert "Court proceedings about a site" in page.text
    cases = country_part("US", snapshot, frozenset()).cases
    assert [s.kind for s in cases] == ["Charge", "Plea", "Conviction"]
    assert all(s.who and s.when.startswith(("On ", "In ")) for s in cases)
    ids = {s.id for s in country_part("US", snapshot, frozenset()).answers}
    assert not ids & {s.id for s in cases}
    assert "Court proceedings" not in _country("NL").text


def test_filters_choose_the_records_and_never_the_answers() -> None:
    narrow, whole = _country("NL", status=("claim_only",)), _country("NL")
    assert narrow.values("data-record") == []
    assert "2 more records are outside the current selection." in narrow.text
    for code in ("NL",):
        for said in country_part(code, on(TODAY), frozenset()).answers:
            assert straight(said.text) in straight(narrow.text)
            assert straight(said.text) in straight(whole.text)


def test_a_country_that_has_not_spoken_is_said_to_have_given_no_answer() -> None:
    page = _country("AO")
    assert "Named in a claim; no authority’s answer found." in page.text
    assert page.text.count("None found in the sources consulted") >= 2
    # China spoke of the whole world, and that is what stands in its place
    assert "(worldwide)" in page.text


@pytest.mark.parametrize("code", ["IS", "BE", "EU", "CN", "TW"])
def test_any_country_has_a_part(code: str) -> None:
    page = _country(code)
    assert page.values("data-country") == [code]
    assert not page.values("data-record")
    if code == "CN":
        assert "The country’s answer" not in page.text
    if code == "BE":
        assert "Belgian justice minister" in page.text


def test_the_numbers_of_the_states_are_in_sight_and_add_up() -> None:
    states = Page(coverage_table(_screen(_select())))
    assert states.values("data-sum") == ["249"]
    assert states.values("data-state-count") == list(COVERAGE)
    numbers = _numbers(states)
    assert sum(numbers) == 249
    named = [href for href in states.values("href") if "country=" in href]
    assert len(set(named)) == 249 - numbers[3]
    assert "Iceland" not in states.text
    asked = Page(coverage_table(_screen(_select(), coverage="not_listed")))
    assert all(country_name(code) in asked.text for code in country_codes())
    page = _table(_select())
    assert f"Show the {numbers[3]} countries with no record" in page.text
    assert len(page.values("data-code")) == 249 - numbers[3]
    assert _hrefs(page, "rest=1") == ["/countries?rest=1#answers"]
    whole = _table(_select(), rest="1")
    assert len(whole.values("data-code")) == 249
    assert f"Hide the {numbers[3]} countries with no record" in whole.text
    assert "/countries#answers" in whole.values("href")


@pytest.mark.parametrize("state", COVERAGE)
def test_a_state_shows_its_countries_alone_and_then_all_again(state: str) -> None:
    states = Page(coverage_table(_screen(_select())))
    number = _numbers(states)[list(COVERAGE).index(state)]
    assert set(_hrefs(states, f"coverage={state}")) == {f"/countries?coverage={state}#answers"}
    alone = _table(_select(), coverage=state)
    assert alone.values("data-state") == [state] * number
    assert "/countries#answers" in alone.values("href")
    picked = Page(coverage_table(_screen(_select(), coverage=state)))
    assert picked.values("aria-current") == ["true"]
    assert _numbers(picked) == _numbers(states)
    assert "/countries#answers" in picked.values("href")


def _numbers(page: Page) -> list[int]:
    # a number is alone on its line, behind the state that it counts; the last is the total
    lines = [line.strip() for line in page.text.splitlines()]
    return [int(line) for line in lines if line.isdigit()][:-1]


@pytest.mark.parametrize("by", [code for code in SORTS if code != "coverage"])
def test_a_heading_says_how_the_table_is_sorted(by: str) -> None:
    for sort, says in ((by, "ascending"), (f"-{by}", "descending")):
        page = _table(_select(), sort=sort)
        assert page.values("aria-sort") == [says]
        assert page.values("data-sort") == ["name", "records", "newest", "first"]
    again = "/countries#" if by == "name" else f"/countries?sort={by}#"
    assert f"{again}answers" in page.values("href")


@pytest.mark.parametrize("sort", ["", "-claimed_on", "strength", "-nothing_of_the_kind"])
def test_another_table_s_column_leaves_the_order_of_names(sort: str) -> None:
    page = _table(_select(), sort=sort)
    assert page.values("data-code") == _table(_select()).values("data-code")
    assert page.values("aria-sort") == ["ascending"]


def test_rows_are_in_the_order_that_the_link_names() -> None:
    rows = country_table(_select()).rows
    for by in SORTS:
        for sort, descending in ((by, False), (f"-{by}", True)):
            wanted = [row.code for row in sorted_rows(rows, by, descending)]
            assert _table(_select(), sort=sort).values("data-code") == wanted


def test_a_name_leads_to_its_country() -> None:
    assert "/countries?country=FR" in _table(_select()).values("href")


def test_china_s_position_is_told_step_by_step() -> None:
    page = _china()
    assert "china" in page.values("id")
    steps = page.values("data-event")
    assert len(steps) >= 5
    said = [on(TODAY).dataset.events_by_id[i] for i in steps]
    assert [e.said.end for e in said] == sorted(e.said.end for e in said)
    for event in said:
        assert (event.actor_type, event.about) == ("china", ("world",))
        assert straight(event.authority) in straight(page.text)
        assert straight(event.summary) in straight(page.text)
        assert event.sources
    early = _china(date(2022, 11, 5))
    assert len(early.values("data-event")) == 2
    assert "No answer to the claims as a whole" in _china(date(2022, 10, 1)).text


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_cells_are_shown_as_text(text: str) -> None:
    def made(snapshot: Snapshot) -> list[Page]:
        selection = Filters(country=("NL",)).select(snapshot)
        screen = _screen(selection)
        return [Page(country(screen)), _table(selection), Page(china(screen))]

    for page, plain in zip(made(_snapshot(text)), made(_snapshot("plain")), strict=True):
        assert [tag for tag, _a in page.tags] == [tag for tag, _a in plain.tags]
        assert [set(a) for _t, a in page.tags] == [set(a) for _t, a in plain.tags]
        assert straight(page.text).count(text) == plain.text.count("plain")
        assert not any(name.startswith("on") for name in page.attributes())


def test_jurisdictions_hold_every_record_once_with_first_report_and_script() -> None:
    page = _jurisdictions()
    assert page.values("data-jurisdiction") == [
        "fuzhou", "lishui", "qingtian", "wenzhou", "nantong", "unknown",
    ]  # fmt: skip
    parts = {part.code: part for part in of_jurisdictions(on(TODAY))}
    once = sum(part.held for code, part in parts.items() if code != "qingtian")
    assert once == len(on(TODAY).records)
    assert parts["lishui"].held > parts["qingtian"].held > 0
    for part in parts.values():
        assert part.script in page.text
        assert f"{part.held} record" in page.text
        assert part.first is not None
        assert straight(part.first.text) in straight(page.text)
    assert "/?jurisdiction=unknown" in page.values("href")
    silent = [code for code, part in parts.items() if not part.said and code != "unknown"]
    none = "None found in the sources consulted (last checked 21 November 2026)."
    assert page.text.count(none) == len(silent) > 0


def test_a_body_speaks_with_date_and_source() -> None:
    parts = {part.code: part for part in of_jurisdictions(on(TODAY))}
    (lishui,) = parts["lishui"].said
    assert lishui.who.startswith("the Lishui police")
    assert lishui.sources
    assert {body.origin.city for body in parts["wenzhou"].bodies} >= {"Wenzhou"}
    assert all(body.sources for part in parts.values() for body in part.bodies)
    assert not parts["unknown"].bodies


def test_notes_on_bodies_stay_out_of_past_days() -> None:
    page = _jurisdictions(date(2023, 1, 1))
    assert "are not shown for earlier dates" in page.text
    assert "Figures given" not in page.text
    assert not [p for p in of_jurisdictions(on(date(2023, 1, 1))) if p.bodies]
    assert "In 2018, " not in page.text
