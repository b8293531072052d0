"""Labels above a chart: none covers another at any width, and their lines stay clear of text."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as some

from geo.views.labels_above import Placed, Span, place_labels

WIDE, NARROW = 640.0, 280.0
SPANS = some.lists(
    some.builds(
        Span,
        x=some.floats(0, 100),
        wide=some.integers(5, 90),
        narrow=some.integers(5, 45),
        lined=some.booleans(),
    ),
    max_size=7,
)


def _box(span: Span, placed: Placed, letters: int, width: float) -> tuple[float, float]:
    at = span.x * width / 100
    long = min(letters * 6.5, at if placed.west else width - at)
    return (at - long, at) if placed.west else (at, at + long)


@given(SPANS, some.floats(1, 4))
def test_no_label_covers_another_on_any_wider_chart(spans: list[Span], times: float) -> None:
    placed = place_labels(spans, WIDE, NARROW)
    for size, width in (("wide", WIDE * times), ("narrow", NARROW * times)):
        boxes = [
            (getattr(on, size), *_box(span, on, getattr(span, size), width))
            for span, on in zip(spans, placed, strict=True)
        ]
        for (line, begin, end), (other, first, last) in combinations(boxes, 2):
            assert line != other or end <= first or last <= begin


@given(SPANS)
def test_lines_are_numbered_from_the_chart_upwards(spans: list[Span]) -> None:
    placed = place_labels(spans, WIDE, NARROW)
    for size in ("wide", "narrow"):
        lines = {getattr(on, size) for on in placed}
        assert lines == set(range(len(lines)))


def test_an_earlier_label_is_above_the_line_of_a_later_day() -> None:
    spans = [Span(x, 50, 20) for x in (5, 15, 25)]
    assert [on.wide for on in place_labels(spans, WIDE, NARROW)] == [2, 1, 0]
    apart = [Span(x, 5, 5) for x in (5, 25, 45)]
    assert [on.wide for on in place_labels(apart, WIDE, NARROW)] == [0, 0, 0]


def test_a_label_has_its_text_on_the_side_with_more_room() -> None:
    found = place_labels([Span(10, 50, 20), Span(90, 50, 20)], WIDE, NARROW)
    assert [on.west for on in found] == [False, True]
