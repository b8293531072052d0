"""The timeline's drawing: exact places, links with names, colours by class, text as text."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import tostring

import pytest

from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters, Selection
from geo.views.marks import LANES
from geo.views.periods import period_of
from geo.views.timeline import Timeline
from geo.views.timeline_chart import Addresses, chart
from geo.words.findings import first_days
from geo.words.milestones import milestones
from tests.entities import event, ledger, on, record
from tests.geo.views.charts import drawing, marks, strip
from tests.ledger_files import TODAY
from tests.markup import straight

HOSTILE = '<img src=x onerror="alert(1)">${alert(1)}`</script>'
VIEWS = [(False, ""), (False, "all"), (True, ""), (True, "2023"), (False, "2022-11-07_2022-12-03")]


def _selection(*events: Any) -> Selection:
    made = ledger(events, [record(), record("nl-b-1"), record("be-a-1", host_country="BE")])
    return Filters().select(Snapshot(made, TODAY))


def _share(timeline: Timeline, day: float) -> float:
    period = timeline.period
    return 100 * (day - period.first.toordinal()) / (period.end - period.first).days


@pytest.mark.parametrize(("by_country", "wanted"), VIEWS)
def test_each_mark_shown_is_one_link_in_its_row(by_country: bool, wanted: str) -> None:
    timeline = Timeline(Filters().select(on(TODAY)), by_country, wanted)
    figure = drawing(timeline)
    labels = {row.code: row.label for row in timeline.rows}
    expected = {(m.event.id, labels[m.row]) for m in timeline.shown}
    drawn = marks(figure)
    assert {(m.id, m.row) for m in drawn} == expected
    assert len(drawn) == len(expected) > 0
    rows = [svg.attrib["aria-label"] for svg in figure.findall(".//svg[@class='dots']")]
    assert rows == [row.label for row in timeline.rows]
    # one stop for the keyboard in each row; a script moves on from there
    stops = [mark.row for mark in drawn if mark.stop]
    assert stops == list(dict.fromkeys(mark.row for mark in drawn))


@pytest.mark.parametrize(("by_country", "wanted"), VIEWS)
def test_each_mark_is_where_its_dates_are(by_country: bool, wanted: str) -> None:
    timeline = Timeline(Filters().select(on(TODAY)), by_country, wanted)
    by_id = {m.event.id: m for m in timeline.shown}
    for drawn in marks(drawing(timeline)):
        said = by_id[drawn.id].event.said
        first, end = (_share(timeline, d.toordinal()) for d in (said.first, said.end))
        if (said.end - said.first).days == 1:
            assert drawn.x == pytest.approx((first + end) / 2, abs=0.051)
            assert 0 < drawn.x < 100
        else:
            # a hairline is as long as the date, also where the period cuts it
            assert drawn.x == pytest.approx(first, abs=0.051)
            assert drawn.width == pytest.approx(end - first, abs=0.101)
            assert drawn.x < 100
            assert drawn.x + drawn.width > 0


def test_an_interval_is_as_wide_as_the_doubt() -> None:
    selection = _selection(event("day"), event("month", "2022-10"), event("year", "2023"))
    timeline = Timeline(selection, wanted="all")
    drawn = {mark.id: mark for mark in marks(drawing(timeline))}
    whole = timeline.period.days
    days = {name: round(mark.width * whole / 100) for name, mark in drawn.items()}
    assert days == {"day": 0, "month": 31, "year": 365}


def test_the_vaguer_a_date_the_paler_is_its_hairline() -> None:
    dates = {"day": "2022-10-03", "month": "2022-10", "year": "2022"}
    ink = {}
    for name, said in dates.items():
        timeline = Timeline(_selection(event("a"), event(name, said)), wanted="all")
        figure = drawing(timeline)
        (mark,) = [m for m in marks(figure) if m.id == name]
        if not mark.vague:
            ink[name] = 1.0
            continue
        code = re.match(r"url\(#(.*)\)", mark.shape.attrib["fill"])
        assert code
        stops = figure.findall(f".//linearGradient[@id='{code[1]}']/stop")
        found = [(float(s.attrib["offset"]), float(s.attrib["stop-opacity"])) for s in stops]
        ink[name] = sum((b - a) * (p + q) / 2 for (a, p), (b, q) in pairwise(found))
        assert found[0][1] == found[-1][1] < max(strength for _at, strength in found) < 1
    assert ink["day"] > ink["month"] > 1.5 * ink["year"]


def test_hues_are_those_of_the_speakers() -> None:
    kinds = {
        "claimants": {},
        "host": {"actor_type": "host_authority", "event_type": "charge"},
        "china": {"actor_type": "china", "event_type": "answer_by_china"},
        "named": {"actor_type": "named_party", "event_type": "answer_by_named_party"},
        "others": {"actor_type": "parliament", "event_type": "statement"},
    }
    days = [event(name, **cells) for name, cells in kinds.items()]
    vague = [event(f"{name}-vague", "2022-10", **cells) for name, cells in kinds.items()]
    found = marks(drawing(Timeline(_selection(*days, *vague), by_country=True)))
    assert len(found) == 2 * len(kinds)
    for mark in found:
        lane = LANES[mark.id.removesuffix("-vague")]
        said = mark.shape.attrib["fill"] if mark.vague else mark.shape.attrib["class"]
        assert ("blue" in said) == lane.blue
        assert ("ink" in said) != lane.blue


@pytest.mark.parametrize(("by_country", "wanted"), VIEWS)
def test_the_entries_named_are_links_above_the_chart(by_country: bool, wanted: str) -> None:
    selection = Filters().select(on(TODAY))
    timeline = Timeline(selection, by_country, wanted)
    named = milestones(selection)
    figure = drawing(timeline, "", named, first_days(selection))
    items = figure.findall(".//ul[@class='above']/li")
    links = [link for item in items for link in item.findall("a")]
    assert [link.attrib["href"] for link in links] == [f"/e/{m.event.id}" for m in named]
    for link, milestone in zip(links, named, strict=True):
        text = " ".join("".join(link.itertext()).replace("\u00a0", " ").split())
        assert f"{milestone.date} {milestone.label}: " in text
        said = milestone.event.said
        assert ("→" in text) == (said.first >= timeline.period.end)
        assert ("←" in text) == (said.end <= timeline.period.first)
    band = figure.find(".//rect[@class='band']")
    shown = not wanted or wanted == "all"
    assert (band is not None) == shown == (len(items) > len(links))


def test_a_mark_is_named_by_date_speaker_country_and_kind() -> None:
    selection = _selection(
        event("root", country="ZZ", about=("world",), authority="the NGO & others"),
        event("echo", repeat_of="root"),
    )
    (mark,) = marks(drawing(Timeline(selection)))
    assert mark.name == (
        "12 September 2022, the NGO & others, worldwide: Claim, restated by 1 selected entry"
    )
    names = [m.name for m in marks(drawing(Timeline(Filters().select(on(TODAY)))))]
    assert all(names)


def test_the_open_mark_is_current_and_no_other() -> None:
    timeline = Timeline(Filters().select(on(TODAY)))
    opened = "nl-2022-11-01-told-to-stop"
    assert [m.id for m in marks(drawing(timeline, opened)) if m.current] == [opened]
    assert not any(m.current for m in marks(drawing(timeline)))


def test_the_strip_links_to_each_part_of_the_whole_time() -> None:
    timeline = Timeline(Filters().select(on(TODAY)), wanted="2023")
    found = strip(drawing(timeline))
    codes = [a.attrib["href"].removeprefix("/p/") for a in found.findall("a")]
    whole = timeline.periods["all"]
    assert codes == [str(y) for y in range(whole.first.year, whole.last.year + 1)]
    current = [a for a in found.findall("a") if a.get("aria-current")]
    assert [a.findtext("title") for a in current] == [f"2023: {len(timeline.shown)} marks"]
    ends = 0.0
    for link in found.findall("a"):
        rect = link.find("rect")
        assert rect is not None
        assert float(rect.attrib["x"].removesuffix("%")) == pytest.approx(ends, abs=0.02)
        ends += float(rect.attrib["width"].removesuffix("%"))
    assert ends == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("wanted", ["", "2022-11-07_2022-12-03", "2015", "all"])
def test_the_window_of_the_strip_is_the_period(wanted: str) -> None:
    timeline = Timeline(Filters().select(on(TODAY)), wanted=wanted)
    found = strip(drawing(timeline))
    whole, period = timeline.periods["all"], period_of(wanted, timeline.periods)
    assert (found.attrib["data-first"], found.attrib["data-last"]) == (
        whole.first.isoformat(),
        whole.last.isoformat(),
    )
    assert found.attrib["data-href"] == "/p/PERIOD"
    (window,) = found.findall("rect")
    assert ("whole" in window.attrib["class"]) == (wanted == "all")
    begins = max(period.first, whole.first)
    expected = 100 * (begins - whole.first).days / whole.days
    assert float(window.attrib["x"].removesuffix("%")) == pytest.approx(expected, abs=0.006)
    length = (min(period.end, whole.end) - begins).days
    assert float(window.attrib["width"].removesuffix("%")) == pytest.approx(
        100 * length / whole.days, abs=0.006
    )


def test_the_strip_counts_days_and_draws_doubt_along_its_foot() -> None:
    first = date(2020, 1, 1)
    crowd = [event(f"e{n}", "2020-01-01", event_type="statement") for n in range(4)]
    later = event("late", "2025-12-31", actor_type="host_authority", event_type="statement")
    year = event("year", "2022", event_type="statement")
    timeline = Timeline(_selection(event("a", "2020-01-01"), *crowd, later, year), wanted="all")
    ink, blue = (path.attrib["d"] for path in strip(drawing(timeline)).findall("svg/path"))
    # five marks of one day reach the top; one is lower, but seen
    assert re.findall(r"M2 100v-(\d+)", ink) == ["100"]
    (alone,) = re.findall(r"M998 100v-(\d+)", blue)
    assert 30 <= int(alone) <= 50
    days = (date(2026, 1, 1) - first).days
    ends = [1000 * (date(y, 1, 1) - first).days / days for y in (2022, 2023)]
    assert f"M{ends[0]:.0f} 100H{ends[1]:.0f}" in ink


def test_no_colour_and_no_width_is_written_into_the_drawing() -> None:
    figure = drawing(Timeline(Filters().select(on(TODAY))))
    # the key has a size of its own
    for parent in list(figure.iter()):
        for how in parent.findall("aside"):
            parent.remove(how)
    text = tostring(figure, encoding="unicode")
    assert re.findall(r"[\"; ]#[0-9a-f]{3,8}\b", text) == []
    lengths = re.findall(r'\b(?:x|x1|x2|cx|width)="([^"]+)"', text)
    assert lengths
    assert [length for length in lengths if not length.endswith("%")] == []


def test_hostile_text_stays_text() -> None:
    selection = _selection(event("a", summary=HOSTILE, authority=HOSTILE))
    figure = drawing(Timeline(selection))
    (mark,) = marks(figure)
    assert HOSTILE in straight(mark.name)
    assert {e.tag for e in figure.iter()} <= {
        "figure", "figcaption", "a", "svg", "defs", "g", "line", "text", "title", "div", "p", "b",
        "rect", "circle", "path", "linearGradient", "stop", "small", "aside", "h2", "ul", "li",
        "span",
    }  # fmt: skip


def test_every_drawing_bears_what_a_picture_must_say() -> None:
    figure = drawing(Timeline(Filters().select(on(TODAY)), by_country=True))
    assert (figure.findtext("figcaption/p") or "").strip() == "A note."


def test_an_unusual_length_of_time_can_be_drawn() -> None:
    for days in (0, 1, 40, 400, 4000, 40_000):
        last = date(1900, 1, 1) + timedelta(days=days)
        selection = _selection(event("a", "1900-01-01"), event("b", last.isoformat()))
        html = chart(Timeline(selection, wanted="all"), Addresses(str, str))
        assert html.count('<circle class="dot ink" cx="') == 2 + 1  # the key has one
