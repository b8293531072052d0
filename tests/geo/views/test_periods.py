"""Periods of the timeline: what is offered, what an address names, how the strip is divided."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from geo.link.permalink import decode, parse_query
from geo.link.selection import Filters
from geo.model.dates import parse
from geo.views.periods import Period, period_of, periods_of, stretches
from geo.views.timeline import Timeline
from tests.entities import on, real
from tests.ledger_files import TODAY

DAYS = [parse(text) for text in ("2015-03-04", "2022-09-12", "2022-10", "2022-12-05", "2024")]
OFFERED = periods_of(DAYS)
WHOLE = OFFERED["all"]


def _both(code: str) -> tuple[date, date]:
    period = period_of(code, OFFERED)
    return period.first, period.last


def test_the_busiest_time_is_offered_first_then_all_then_each_year_with_a_mark() -> None:
    assert list(OFFERED) == ["busy", "all", "2015", "2022", "2024"]
    assert (WHOLE.first, WHOLE.last) == (date(2015, 3, 1), date(2024, 12, 31))


def test_a_short_time_has_one_period() -> None:
    assert list(periods_of([parse("2022-09-12"), parse("2022-11")])) == ["all"]
    assert periods_of([]) == {}


def test_an_address_names_a_period() -> None:
    assert _both("2022") == (date(2022, 1, 1), date(2022, 12, 31))
    # without a mark, but inside the whole time
    assert _both("2019") == (date(2019, 1, 1), date(2019, 12, 31))
    assert _both("2022-11-03_2022-11-20") == (date(2022, 11, 3), date(2022, 11, 20))
    assert _both("2022-11-03_2022-11-03") == (date(2022, 11, 3), date(2022, 11, 3))
    assert period_of("2022-11-03_2022-11-20", OFFERED).code == "2022-11-03_2022-11-20"


def test_days_outside_the_whole_time_are_left_out() -> None:
    assert _both("2000-01-01_2016-02-29") == (date(2015, 3, 1), date(2016, 2, 29))
    assert _both("2024-12-31_9999-12-31") == (date(2024, 12, 31), date(2024, 12, 31))


@pytest.mark.parametrize(
    "code",
    [
        "",
        "2014",
        "2025",
        "9999",
        "0000",
        "decade",
        "2025-01-01_2025-12-31",
        "2022-12-05_2022-12-04",
        "2022-02-30_2022-03-01",
        "2022-02-01_2022-13-01",
        "9999-12-31_9999-12-31",
        "_",
        "2022_2023_2024",
    ],
)
def test_what_names_no_period_of_the_ledger_shows_the_busiest_time(code: str) -> None:
    assert period_of(code, OFFERED) is OFFERED["busy"]


def test_every_period_that_a_link_may_carry_can_be_shown() -> None:
    selection = Filters().select(on(TODAY))
    for code in ("all", "busy", "2023", "1066", "2022-09-01_2023-01-31", "0001-01-01_9999-12-31"):
        state, notices = decode(parse_query(f"period={code}"), real(), TODAY)
        assert (state.period, notices) == (code, [])
        assert Timeline(selection, wanted=state.period).period.days > 0


def test_a_timeline_of_the_frozen_ledger_opens_on_the_busiest_time() -> None:
    timeline = Timeline(Filters().select(on(TODAY)))
    assert timeline.period.code == "busy"
    assert timeline.period.first <= date(2022, 9, 12) < timeline.period.end
    assert 0 < timeline.outside < len(timeline.marks) / 3
    assert Timeline(timeline.selection, wanted="all").outside == 0


@pytest.mark.parametrize(
    ("whole", "labels"),
    [
        (("2015-03-01", "2019-01-01"), ["2015", "2016", "2017", "2018"]),
        (("2022-02-01", "2024-02-01"), [f"Q{n % 4 + 1} {2022 + n // 4}" for n in range(9)]),
        (("2022-11-01", "2023-02-01"), ["Nov 2022", "Dec 2022", "Jan 2023"]),
    ],
)
def test_stretches_cover_the_whole_time_without_a_gap(
    whole: tuple[str, str], labels: list[str]
) -> None:
    period = Period("all", date.fromisoformat(whole[0]), date.fromisoformat(whole[1]))
    found = stretches(period)
    assert [label for _period, label in found] == labels
    pieces = [piece for piece, _label in found]
    assert pieces[0].first <= period.first < pieces[0].end
    assert pieces[-1].first < period.end <= pieces[-1].end
    assert all(a.end == b.first for a, b in pairwise(pieces))
    # what the strip links to is what the link shows
    for piece in pieces:
        there = period_of(piece.code, {"all": period})
        inside = piece if "_" not in piece.code else piece.within(period)
        assert (there.first, there.end) == (inside.first, inside.end)


def test_a_period_is_said_in_months_unless_it_cuts_one() -> None:
    first, end = date(2022, 9, 1), date(2023, 2, 1)
    assert Period("", first, end).words == "September 2022 to January 2023"
    assert Period("", first, date(2022, 10, 1)).words == "September 2022"
    cut = Period("", first, end - timedelta(days=1))
    assert cut.words == "1 September 2022 to 30 January 2023"
    assert Period("", first, first + timedelta(days=1)).words == "1 September 2022"
