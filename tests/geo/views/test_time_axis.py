"""Axes of time: lines on whole units, labels that do not overlap at either width."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from geo.views.periods import Period
from geo.views.time_axis import NARROW, WIDE, axes, axis, percent, place

FIRST = date(2022, 9, 1)


def _period(days: int, first: date = FIRST) -> Period:
    return Period("", first, first + timedelta(days=days))


def _number(x: str) -> float:
    return float(x.removesuffix("%"))


def test_places_are_shares_of_the_period() -> None:
    period = _period(100)
    ordinal = FIRST.toordinal()
    assert place(ordinal, period) == 0
    assert place(ordinal + 25.5, period) == 25.5
    assert (place(ordinal - 9, period), place(ordinal + 500, period)) == (0, 100)
    assert [percent(n) for n in (0, 12.3456, 50.1, 100)] == ["0%", "12.35%", "50.1%", "100%"]


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("days", [1, 2, 9, 30, 45, 100, 200, 480, 700, 1500, 4000, 9000, 40000])
@pytest.mark.parametrize("first", [FIRST, date(2020, 2, 27), date(2021, 12, 31)])
def test_labels_do_not_overlap(days: int, width: int, first: date) -> None:
    found = axis(_period(days, first), width)
    for labels, letter in ((found.labels, 6.2), (found.heads, 6.9)):
        ends = -1.0
        for x, text in labels:
            at = _number(x) * width / 100
            assert at >= ends, labels
            ends = at + 3 + len(text) * letter
    assert len(found.labels) <= len(found.lines)
    assert [_number(x) for x in found.lines] == sorted({_number(x) for x in found.lines})


def test_months_stand_under_their_years() -> None:
    found = axis(Period("", FIRST, date(2024, 1, 1)), WIDE)
    assert [text for _x, text in found.labels][:5] == ["Sep", "Oct", "Nov", "Dec", "Jan"]
    assert [text for _x, text in found.heads] == ["2022", "2023"]
    january = 100 * (date(2023, 1, 1) - FIRST).days / (date(2024, 1, 1) - FIRST).days
    assert found.heads[1][0] == found.labels[4][0] == percent(january)


def test_days_stand_under_their_months() -> None:
    found = axis(_period(40, date(2022, 11, 20)), WIDE)
    assert [text for _x, text in found.heads] == ["Nov 2022", "Dec"]
    assert "5" in [text for _x, text in found.labels]


def test_years_stand_alone() -> None:
    found = axis(Period("", date(2015, 10, 1), date(2026, 12, 1)), WIDE)
    assert [text for _x, text in found.labels] == [str(year) for year in range(2016, 2027)]
    assert found.heads == ()


def test_a_phone_has_fewer_labels() -> None:
    both = axes(Period("", FIRST, date(2024, 1, 1)))
    assert len(both["narrow"].labels) < len(both["wide"].labels)
