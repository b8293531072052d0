"""Latest words over time: areas of exact steps, a key with numbers, a column for each step."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree.ElementTree import Element, fromstring

import pytest

from geo.ledger.history import history
from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters
from geo.model.vocabulary import LATEST_WORDS
from geo.views.history_chart import areas, chart
from geo.views.periods import Period
from tests.entities import event, ledger, on, real, record
from tests.ledger_files import TODAY

EVERYTHING = Filters()
CHOSEN = [EVERYTHING, Filters(country=("CA", "NL")), Filters(q="rcmp")]


def _drawing(filters: Filters, day: Snapshot) -> Element:
    return fromstring(str(chart(filters.select(day), "A name.")))


def _outline(path: str) -> tuple[dict[int, int], dict[int, int]]:
    """Replay an outline: y of the upper and of the lower edge from each x on."""
    start = re.match(r"M(\d+) (\d+)", path)
    assert start
    x, y = int(start[1]), int(start[2])
    upper, lower, back = {x: y}, {}, False
    for command, number in re.findall(r"([HV])(\d+)", path):
        if command == "H":
            back = back or int(number) < x
            x = int(number)
            if back:
                lower[x] = y
        else:
            y = int(number)
            if not back and x < 10_000:
                upper[x] = y
    return upper, lower


def _at(edge: dict[int, int], x: int) -> int:
    return edge[max(place for place in edge if place <= x)]


@pytest.mark.parametrize("filters", CHOSEN)
def test_areas_are_the_numbers_of_each_day(filters: Filters) -> None:
    selection = filters.select(on(TODAY))
    steps = history(selection.records, selection.snapshot)
    codes = [c for c in LATEST_WORDS if any(c in counts for _day, counts in steps)]
    period = Period("", steps[0][0], TODAY + timedelta(days=1))
    drawn = dict(areas(steps, codes, period))
    total = max(sum(counts.values()) for _day, counts in steps)
    edges = {code: _outline(path) for code, path in drawn.items()}
    for day, counts in steps:
        x = round(10_000 * (day - period.first).days / period.days)
        foot = total
        for code in codes:
            upper, lower = (_at(edge, x) for edge in edges[code])
            assert (lower, lower - upper) == (foot, counts.get(code, 0)), (day, code)
            foot = upper


@pytest.mark.parametrize("filters", CHOSEN)
def test_the_key_has_the_numbers_of_the_day_shown(filters: Filters) -> None:
    snapshot = on(real().days[len(real().days) // 2])
    selection = filters.select(snapshot)
    figure = _drawing(filters, snapshot)
    items = figure.findall(".//li")
    numbers = [int(item.findtext("span") or "") for item in items]
    assert sum(numbers) == len(selection.records)
    labels = {w.short: code for code, w in LATEST_WORDS.items()}
    for item, number in zip(items, numbers, strict=True):
        text = "".join(item.itertext())
        code = labels[text.rsplit(maxsplit=1)[0].strip()]
        there = sum(snapshot.statuses[r.id] == code for r in selection.records)
        assert number == there


def test_each_step_says_its_numbers() -> None:
    figure = _drawing(EVERYTHING, on(TODAY))
    selection = EVERYTHING.select(on(TODAY))
    steps = history(selection.records, selection.snapshot)
    columns = figure.findall(".//rect[@class='hit']")
    assert len(columns) == len(steps)
    last = columns[-1].findtext("title") or ""
    for code, number in steps[-1][1].items():
        assert f"{LATEST_WORDS[code].short} {number}" in last
    ends = 0.0
    for column in columns:
        assert float(column.attrib["x"].removesuffix("%")) == pytest.approx(ends, abs=0.5)
        ends = float(column.attrib["x"][:-1]) + float(column.attrib["width"][:-1])
    assert ends == pytest.approx(100, abs=0.02)


def test_ink_is_for_claims_and_blue_for_authorities() -> None:
    figure = _drawing(EVERYTHING, on(TODAY))
    for item in figure.findall(".//li"):
        label = "".join(item.itertext()).rsplit(maxsplit=1)[0].strip()
        (word,) = [w for w in LATEST_WORDS.values() if w.short == label]
        rect = item.find("svg/rect")
        assert rect is not None
        assert (rect.attrib["class"] == "ink") == (word.shape.hue == "claim")
    drawn = figure.findall(".//path[@fill-opacity]")
    shades = {(path.attrib["class"], path.attrib["fill-opacity"]) for path in drawn}
    assert len(shades) == len(drawn) > 5


def test_one_record_on_its_first_day_is_drawn() -> None:
    made = ledger([event("a", TODAY.isoformat())], [record()])
    figure = _drawing(EVERYTHING, Snapshot(made, TODAY))
    assert [p.attrib["d"] for p in figure.findall(".//path[@fill-opacity]")] == ["M0 0H10000V1H0Z"]
    assert "1 record" in [t.text for t in figure.iter("text")]


def test_no_colour_is_written_into_the_drawing() -> None:
    text = str(chart(EVERYTHING.select(on(TODAY)), "A name."))
    assert re.findall(r"#[0-9a-f]{3,8}\b", text) == []
    assert "style=" not in text
