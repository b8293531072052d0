"""The figure of the timeline: the finding as its title, each mark drawn, all words in place."""

from __future__ import annotations

import re
from functools import cache

import pytest

from geo.pictures.drawing import Drawing
from geo.pictures.timeline_figure import timeline_figure
from geo.views.timeline import timeline_of
from geo.words.findings import first_days
from geo.words.milestones import milestones
from geo.words.permanent_lines import MEANING, NOT_MEANING
from tests.geo.pictures.test_content import IMPRINT, opened
from tests.geo.pictures.test_pictures import words
from tests.markup import straight

LINK = "https://atlas.example/timeline?asof=2026-11-22&v=0a1b2c3d"
VIEWS = (
    "",
    "rows=country&period=all",
    "period=2022-11-07_2022-12-03",
    "country=NL",
    "country=IT&period=2022",
    "province=CN-ZJ&asof=2023-06-30",
    "q=zzzz",
)


@cache
def drawn(query: str) -> Drawing:
    return timeline_figure(opened(query), IMPRINT, LINK)


@pytest.mark.parametrize("query", VIEWS)
def test_words_stay_in_their_frames_and_apart(query: str) -> None:
    figure = drawn(query)
    boxes = [(line, line.box) for line in figure.lines]
    for line, box in boxes:
        assert line.frame.holds(box), line.text
        assert box.x >= 23
        assert box.right <= figure.width - 23
        assert box.bottom <= figure.height
    for number, (line, box) in enumerate(boxes):
        for other, near in boxes[number + 1 :]:
            assert not box.meets(near), f"{line.text} / {other.text}"


@pytest.mark.parametrize("query", VIEWS)
def test_it_says_what_a_figure_must_say(query: str) -> None:
    found = opened(query)
    said = straight(words(drawn(query).svg()))
    finding = first_days(found.selection)
    if found.selection.records:
        title = (finding.headline if finding else "who spoke when").lower()
        assert straight(title) in said.lower()
    else:
        assert "no record matches" in said
    assert "Host country:" not in said
    for text in (MEANING, NOT_MEANING, IMPRINT, LINK, found.dataset.version):
        assert straight(text) in said
    assert "Ledger version" in said


@pytest.mark.parametrize("query", VIEWS[:-1])
def test_each_mark_of_the_period_is_drawn_once(query: str) -> None:
    found = opened(query)
    timeline = timeline_of(found.selection, found.state.rows == "country", found.state.period)
    svg = drawn(query).svg()
    vague = sum(mark.vague for mark in timeline.shown)
    assert len(re.findall("<circle ", svg)) == len(timeline.shown) - vague
    assert len(re.findall(r'fill="url\(#fade-', svg)) == vague
    said = straight(words(svg))
    for row in timeline.rows:
        assert f"{straight(row.label)} {row.count}" in said
    for milestone in milestones(found.selection):
        event = milestone.event
        inside = timeline.period.overlaps(event.said.first, event.said.end)
        assert (f"{milestone.date} {milestone.label}" in said) == inside


@pytest.mark.parametrize("query", VIEWS)
def test_no_word_is_cut_and_nothing_is_left_of_what_is_missing(query: str) -> None:
    lines = [line.text for line in drawn(query).lines]
    assert not [text for text in lines if "…" in text]
    assert not [text for text in lines if not re.search(r"\w", text)]


@pytest.mark.parametrize("query", VIEWS[:2])
def test_the_line_of_a_label_passes_behind_all_labels(query: str) -> None:
    svg = drawn(query).svg()
    stems = [found.start() for found in re.finditer('stroke="#23262b" stroke-width="1.2"', svg)]
    covers = [found.start() for found in re.finditer('<rect [^>]*fill="#fbfaf6"/>', svg)]
    assert len(covers[-len(stems) :]) == len(stems) > 0
    assert max(stems) < min(covers[-len(stems) :])


def test_a_search_is_not_repeated() -> None:
    assert "atlas says" not in words(drawn("q=the+atlas+says").svg())
