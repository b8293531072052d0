"""Partial dates: intervals as wide as what the source says, and no wider."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.dates import (
    PATTERN,
    Interval,
    latest_day,
    latest_day_of,
    parse,
    spoken,
    spoken_on,
)

DAYS = st.dates(date(1900, 1, 1), date(2998, 12, 31))
PARTS = st.tuples(DAYS, st.sampled_from((4, 7, 10))).map(lambda p: p[0].isoformat()[: p[1]])


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("2022", date(2022, 1, 1), date(2023, 1, 1)),
        ("2022-02", date(2022, 2, 1), date(2022, 3, 1)),
        ("2024-02", date(2024, 2, 1), date(2024, 3, 1)),
        ("2022-12", date(2022, 12, 1), date(2023, 1, 1)),
        ("2022-12-05", date(2022, 12, 5), date(2022, 12, 6)),
        ("2022-12-31", date(2022, 12, 31), date(2023, 1, 1)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 3, 1)),
        ("2000-02-29", date(2000, 2, 29), date(2000, 3, 1)),
        ("2022-10/2022-11-08", date(2022, 10, 1), date(2022, 11, 9)),
        ("2021/2023", date(2021, 1, 1), date(2024, 1, 1)),
        ("2022-12-05/2022-12-05", date(2022, 12, 5), date(2022, 12, 6)),
        ("2022-12-05/2022", date(2022, 12, 5), date(2023, 1, 1)),
        ("0001-01-01", date(1, 1, 1), date(1, 1, 2)),
    ],
)
def test_a_date_is_an_interval_of_days(text: str, first: date, end: date) -> None:
    assert parse(text) == Interval(first, end, text)
    assert parse(text).last == end - timedelta(days=1)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "22", "2022-", "2022-1", "2022-12-5", "2022-12-05-06", "2022/", "/2022",
        "2022//2023", "2022/2023/2024", "12-2022", "5.12.2022", "2022-12-05T00:00", 
        " 2022", "2022 ", "2022\n",
        "2022-12-05\n", "２０２２", "٢٠٢٢-١٢-٠٥", "-2022", "+2022", "2022‐12", "2022–12",
        "early 2022", "2022-xx", "null", "2022-12-05/", "1e3", "<b>2022</b>", "2" * 5000,
    ],
)  # fmt: skip
def test_other_texts_are_no_dates(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date like 2022, 2022-12 or 2022-12-05"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "2022-00", "2022-13", "2022-12-00", "2022-12-32", "2022-02-29", "2023-02-29", "1900-02-29",
        "2022-04-31", "2022-12/2022-13", "0000", "0000-01-01", "9999", "9999-12", "9999-12-31",
    ],
)  # fmt: skip
def test_days_that_no_calendar_has(text: str) -> None:
    with pytest.raises(ValueError, match="is not a calendar date"):
        parse(text)


@pytest.mark.parametrize("text", ["2023/2022", "2022-12/2022-11", "2022-12-05/2022-12-04"])
def test_an_interval_does_not_run_backwards(text: str) -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        parse(text)


@given(PARTS, PARTS)
def test_every_interval_holds_a_day_and_keeps_its_text(one: str, other: str) -> None:
    for text in (one, other):
        assert parse(text).first < parse(text).end
        assert parse(text).first <= parse(text).last
        assert parse(text).text == text
    both = f"{one}/{other}"
    if parse(other).end > parse(one).first:
        assert (parse(both).first, parse(both).end) == (parse(one).first, parse(other).end)
        assert parse(both).text == both
    else:
        with pytest.raises(ValueError, match="ends before it begins"):
            parse(both)


@given(DAYS)
def test_less_precision_is_a_wider_interval(day: date) -> None:
    exact, month, year = (parse(day.isoformat()[:n]) for n in (10, 7, 4))
    assert (exact.first, exact.last) == (day, day)
    assert year.first <= month.first <= exact.first < exact.end <= month.end <= year.end
    assert (year.first.month, year.first.day, month.first.day) == (1, 1, 1)
    assert (year.end.month, year.end.day, month.end.day) == (1, 1, 1)
    assert (month.end - month.first).days in (28, 29, 30, 31)
    assert (year.end - year.first).days in (365, 366)


@given(DAYS)
def test_months_and_years_meet_without_gap(day: date) -> None:
    month = parse(day.isoformat()[:7])
    assert parse(month.end.isoformat()[:7]).first == month.end
    year = parse(day.isoformat()[:4])
    assert parse(year.end.isoformat()[:4]).first == year.end


@given(st.text(max_size=30))
def test_any_text_has_the_form_of_a_date_or_a_sentence_about_it(text: str) -> None:
    if PATTERN.match(text):
        assert text == text.strip()
        assert set(text) <= set("0123456789-/")
    else:
        with pytest.raises(ValueError, match="is not a date") as caught:
            parse(text)
        assert text in str(caught.value)


@pytest.mark.parametrize(
    ("text", "alone", "begins"),
    [
        ("2022", "2022", "In 2022"),
        ("2022-12", "December 2022", "In December 2022"),
        ("2022-12-05", "5 December 2022", "On 5 December 2022"),
        ("2024-02-29", "29 February 2024", "On 29 February 2024"),
        ("2021/2023", "2021 to 2023", "Between 2021 and 2023"),
        (
            "2022-10/2022-11-08",
            "October 2022 to 8 November 2022",
            "Between October 2022 and 8 November 2022",
        ),
        ("2025-06/2025-07", "June to July 2025", "Between June and July 2025"),
        ("2026-05-13/2026-05-14", "13 to 14 May 2026", "Between 13 and 14 May 2026"),
        (
            "2022-10-27/2022-11-18",
            "27 October to 18 November 2022",
            "Between 27 October and 18 November 2022",
        ),
        (
            "2022-12-27/2023-01-03",
            "27 December 2022 to 3 January 2023",
            "Between 27 December 2022 and 3 January 2023",
        ),
    ],
)
def test_dates_are_said_as_precisely_as_they_are_known(text: str, alone: str, begins: str) -> None:
    assert spoken(text) == alone
    assert spoken_on(text) == begins


@given(PARTS)
def test_what_is_said_holds_no_more_than_the_text(text: str) -> None:
    said = spoken(text)
    assert str(int(text[:4])) in said
    assert len(said.split()) == len(text.split("-"))
    assert spoken_on(text).endswith(said)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-26T09:59:59+00:00", date(2026, 11, 26)),
        ("2026-11-26T10:00:00+00:00", date(2026, 11, 27)),
        ("2026-11-27T00:30:00+14:00", date(2026, 11, 27)),
        ("2026-11-25T22:30:00-11:00", date(2026, 11, 26)),
        ("2026-12-31T23:59:59+00:00", date(2027, 1, 1)),
    ],
)
def test_the_latest_day_is_that_of_the_easternmost_clocks(moment: str, day: date) -> None:
    assert latest_day(datetime.fromisoformat(moment)) == day


def test_the_latest_day_begins_while_it_is_the_day_before_in_utc() -> None:
    assert latest_day_of(date(2026, 12, 31)) == date(2027, 1, 1)
    assert datetime.now(UTC).date() <= latest_day() <= latest_day_of(datetime.now(UTC).date())
