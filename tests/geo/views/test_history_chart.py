"""Latest words over time: four groups on one scale, exact steps, numbers beside each."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree.ElementTree import Element, fromstring

import pytest

from geo.ledger.history import history
from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from geo.model.vocabulary import CHINA, HOST, LATEST_WORDS
from geo.views.history_chart import chart, levels, outline
from geo.views.periods import Period
from geo.views.word_groups import word_groups
from tests.entities import event, ledger, on, real, record
from tests.ledger_files import TODAY

EVERYTHING = Filters()
CHOSEN = [EVERYTHING, Filters(country=("CA", "NL")), Filters(q="rcmp")]
GROUPS = {
    "claim": {"claim_only"},
    "looking": {"authority_looking"},
    "stopped": {"told_to_stop", "party_says_closed", "authority_says_closed"},
    "none": {
        "looked_found_none",
        "no_offence_found",
        "says_none_known",
        "rejects_report",
        "inquiry_closed",
    },
}


def _drawing(filters: Filters, day: Snapshot, shown: str = "") -> Element:
    html = str(chart(filters.select(day), "A name.", shown))
    return fromstring(html.replace("&nbsp;", "\u00a0"))


def _rows(figure: Element) -> dict[str, Element]:
    return {row.attrib["data-group"]: row for row in figure.iter() if row.get("data-group")}


def _text(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def test_every_latest_word_is_in_one_of_four_groups() -> None:
    groups = word_groups(LATEST_WORDS)
    assert {group.code: set(group.codes) for group in groups} == GROUPS
    assert [group.blue for group in groups] == [False, True, True, True]
    assert [group.code for group in word_groups(["rejects_report"])] == ["none"]
    # one sign for each shape, as on the map
    assert [len(group.shapes) for group in groups] == [1, 1, 3, 2]


@pytest.mark.parametrize("filters", CHOSEN)
def test_edges_are_the_numbers_of_each_day(filters: Filters) -> None:
    selection = filters.select(on(TODAY))
    steps = history(selection.records, selection.snapshot)
    period = Period("", steps[0][0], TODAY + timedelta(days=1))
    for group in word_groups(LATEST_WORDS):
        edge, area = outline(levels(steps, group), period, 100)
        x, y = (int(n) for n in re.findall(r"\d+", edge)[:2])
        reached = {x: y}
        for across, down in re.findall(r"H(\d+)V(\d+)", edge):
            reached[int(across)] = int(down)
        for day, counts in steps:
            at = round(10_000 * (day - period.first).days / period.days)
            number = sum(counts.get(code, 0) for code in group.codes)
            assert 100 - reached[max(p for p in reached if p <= at)] == number
        assert edge.endswith("H10000")
        assert area == f"{edge}V100H{x}Z"


@pytest.mark.parametrize("filters", CHOSEN)
def test_each_row_has_the_number_of_the_day_shown(filters: Filters) -> None:
    snapshot = on(real().days[len(real().days) // 2])
    selection = filters.select(snapshot)
    words = [snapshot.statuses[r.id] for r in selection.records]
    total = 0
    for code, row in _rows(_drawing(filters, snapshot, "a day")).items():
        now = _text(row.find("p[@class='now']"))
        number = sum(word in GROUPS[code] for word in words)
        assert re.match(rf"{number} records? on a day", now)
        total += number
        others = words.count("party_says_closed") if code == "stopped" else 0
        assert (f"{others} by China or an operator" in now) == (others > 0)
    assert total == len(selection.records)


def test_today_is_called_today() -> None:
    for row in _rows(_drawing(EVERYTHING, on(TODAY))).values():
        assert re.match(r"\d+ records? today", _text(row.find("p[@class='now']")))


def test_all_rows_have_one_scale() -> None:
    scales = set()
    for row in _rows(_drawing(EVERYTHING, on(TODAY))).values():
        outer = row.find("svg[@class='levels']")
        inner = row.find("svg/svg")
        assert outer is not None
        assert inner is not None
        scales.add(
            round(float(outer.attrib["height"]) / float(inner.attrib["viewBox"].split()[3]), 1)
        )
    assert len(scales) == 1


def test_extremes_and_start_are_labelled() -> None:
    selection = EVERYTHING.select(on(TODAY))
    steps = history(selection.records, selection.snapshot)
    rows = _rows(_drawing(EVERYTHING, on(TODAY)))
    for group in word_groups(LATEST_WORDS):
        numbers = [n for _day, n in levels(steps, group)]
        labels = [_text(text) for text in rows[group.code].iter("text")]
        assert str(max(numbers[:-1])) in labels
        assert len(labels) in (1, 2, 3)


def test_colours_belong_to_groups_and_not_to_a_selection() -> None:
    for filters in CHOSEN:
        for code, row in _rows(_drawing(filters, on(TODAY))).items():
            assert row.attrib["class"].split() == ["lane", "ink" if code == "claim" else "blue"]


def test_one_record_on_its_first_day_is_drawn() -> None:
    made = ledger([event("a", TODAY.isoformat())], [record()])
    rows = _rows(_drawing(EVERYTHING, Snapshot(made, TODAY)))
    assert list(rows) == ["claim"]
    assert _text(rows["claim"].find("p[@class='now']")) == "1 record today"


def test_the_words_of_others_are_counted_apart_in_a_blue_group() -> None:
    made = ledger(
        [
            event("a"),
            event("b", "2023-01-01", event_type="closure_stated", actor_type=CHINA,
                  sets="party_says_closed"),
            event("c", about=("nl-b-1",)),
            event("d", "2023-01-01", event_type="closure_stated", actor_type=HOST,
                  about=("nl-b-1",), sets="authority_says_closed"),
        ],
        [record(), record("nl-b-1")],
    )  # fmt: skip
    row = _rows(_drawing(EVERYTHING, Snapshot(made, TODAY)))["stopped"]
    assert _text(row.find("p[@class='now']")) == "2 records today 1 by China or an operator"


def test_no_colour_is_written_into_the_drawing() -> None:
    text = str(chart(EVERYTHING.select(on(TODAY)), "A name."))
    assert re.findall(r"#[0-9a-f]{3,8}\b", text) == []
