"""Findings as titles: counted by plain code too, and silent where a count would say nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters, Selection
from geo.model.dates import parse
from geo.model.vocabulary import HOST
from geo.words.findings import FirstDays, first_day, first_days, quiet_since
from tests.entities import days, event, ledger, on, real, record
from tests.ledger_files import TODAY
from tests.sizes import size

FIRST = date(2022, 9, 12)
SELECTIONS = [
    Filters(),
    Filters(country=("IT",)),
    Filters(country=("CA",)),
    Filters(province=("CN-ZJ",)),
    Filters(status=("claim_only",)),
    Filters(q="embassy"),
]


def _statement(number: int, said: str, **cells: Any) -> Any:
    cells = {"actor_type": HOST, "event_type": "statement", "about": ("country",), **cells}
    return event(f"s{number}", said, **cells)


def _selection(*dates: str, day: date = TODAY, filters: Filters | None = None) -> Selection:
    events = [event("a"), *(_statement(i, said) for i, said in enumerate(dates))]
    made = ledger(events, [record()])
    return (filters or Filters()).select(Snapshot(made, day))


def test_only_a_date_whose_every_day_is_among_the_first_counts() -> None:
    inside = ["2022-09-12", "2022-12-20", "2022-10", "2022-09-12/2022-12-20"]
    overlapping = ["2022-12-20/2022-12-21", "2022-12", "2022", "2022-09"]
    outside = ["2022-09-11", "2022-12-21", "2023", "2021"]
    found = first_days(_selection(*inside, *overlapping, *outside))
    assert found == FirstDays(FIRST, FIRST + timedelta(days=100), 4, 4, 12)
    assert found.headline == (
        "At least 4 of 12 statements by host authorities came within 100 days of the first report"
    )
    assert found.label == "First 100 days: at least 4"
    assert found.remark == "4 more, dated by month or year only, may belong to them."


def test_a_count_that_no_date_leaves_open_is_exact() -> None:
    found = first_days(_selection(*["2022-10-01"] * 10, *["2024-01-01"] * 5))
    assert found is not None
    assert found.headline == (
        "10 of 15 statements by host authorities came within 100 days of the first report"
    )
    assert found.about("") == found.headline
    assert found.about("Italy").startswith("Italy: 10 of 15 statements")
    assert (found.label, found.remark) == ("First 100 days: 10", "")


@pytest.mark.parametrize(
    ("dates", "day", "filters"),
    [
        (["2022-10-01"] * 9, TODAY, Filters()),
        (["2022-10-01"] * 4 + ["2024"] * 9, TODAY, Filters()),
        (["2022-10-01"] * 12, date(2023, 3, 1), Filters()),
        (["2022-10-01"] * 12, TODAY, Filters(until="2025")),
        (["2022-10-01"] * 12, TODAY, Filters(since="2022")),
    ],
)
def test_there_is_no_finding_where_a_count_says_nothing(
    dates: list[str], day: date, filters: Filters
) -> None:
    assert first_days(_selection(*dates, day=day, filters=filters)) is None


def test_courts_count_and_repeats_and_claims_do_not() -> None:
    events = [
        event("a"),
        *(_statement(i, "2022-10-01") for i in range(9)),
        _statement(20, "2022-10-02", event_type="charge"),
        _statement(21, "2022-10-03", repeat_of="s0"),
        _statement(22, "2022-10-04", event_type="claim", about=("nl-a-1",)),
        _statement(23, "2022-10-05", actor_type="china"),
    ]
    found = first_days(Filters().select(Snapshot(ledger(events, [record()]), TODAY)))
    assert found is not None
    assert (found.inside, found.total) == (10, 10)


def test_days_are_counted_from_the_first_report_on_a_list() -> None:
    assert first_day(on(TODAY)) == FIRST
    lone = ledger([event("a", "2022-05-03")], [record(claim_list="other")])
    assert first_day(Snapshot(lone, TODAY)) == date(2022, 5, 3)
    assert first_day(Snapshot(ledger([], []), TODAY)) is None


@pytest.mark.parametrize("filters", SELECTIONS)
def test_the_frozen_ledger_is_counted_as_by_plain_code(filters: Filters) -> None:
    selection = filters.select(on(TODAY))
    end = FIRST + timedelta(days=100)
    ids, inside, possible = set(), 0, 0
    by_id = {e.id: e for e in selection.snapshot.events}
    for one in selection.events:
        while one.repeat_of in by_id:
            one = by_id[one.repeat_of]
        if one.id in ids or one.actor_type != HOST or one.event_type == "claim":
            continue
        ids.add(one.id)
        said = parse(one.said.text)
        whole = said.first >= FIRST and said.end <= end
        inside += whole
        possible += not whole and said.first < end and said.end > FIRST
    found = first_days(selection)
    if len(ids) >= 10 and 3 * inside >= len(ids):
        assert found == FirstDays(FIRST, end, inside, possible, len(ids))
    else:
        assert found is None


def _words(*turns: tuple[str, str], records: int = 10) -> Selection:
    """Records that were inquired into in 2022, of which some have had another word since."""
    names = [f"nl-r{i}-1" for i in range(records)]
    events = [event(f"c-{name}", about=(name,)) for name in names]
    for name, (said, code) in zip(names, turns, strict=False):
        cells: dict[str, Any] = {"about": (name,), "sets": code, "event_type": "inquiry_closed"}
        events.append(event(f"t-{name}", said, actor_type=HOST, **cells))
    kept = [record(name, host_city=f"City {i}") for i, name in enumerate(names)]
    return Filters().select(Snapshot(ledger(events, kept), TODAY))


def test_a_quiet_time_names_the_few_records_that_have_changed() -> None:
    changed = ("2023-02-01", "looked_found_none")
    assert quiet_since(_words(changed, ("2025-05-06", "inquiry_closed"), records=20)) == (
        "Since the start of 2024 the latest word has changed on 1 record of 20: "
        "City 1 (inquiry closed, 6 May 2025)"
    )
    assert quiet_since(_words(records=10)) == (
        "Since the start of 2023 the latest word has changed on none of 10 records"
    )


def test_a_time_of_changes_is_no_finding() -> None:
    late = [("2025-12-01", "inquiry_closed")] * 3
    assert quiet_since(_words(*late, records=10)) == ""
    assert quiet_since(_words(records=9)) == "", "too few records"


def test_a_record_that_is_new_has_not_changed() -> None:
    new = ledger(
        [*(event(f"c{i}", about=(f"nl-r{i}-1",)) for i in range(9)), event("n", "2025-01-05")],
        [*(record(f"nl-r{i}-1") for i in range(9)), record()],
    )
    assert "none of 10 records" in quiet_since(Filters().select(Snapshot(new, TODAY)))


def test_the_frozen_ledger_is_compared_with_itself() -> None:
    for day in days(size(4, 20)):
        selection = Filters().select(Snapshot(real(), day))
        said = quiet_since(selection)
        if not said:
            continue
        year = int(said.split("start of ")[1][:4])
        now = selection.snapshot.statuses
        before = Snapshot(real(), date(year - 1, 12, 31)).statuses
        changed = [i for i in before if before[i] != now[i]]
        assert 20 * len(changed) <= len(now)
        assert f" of {len(now)}" in said
        assert said.count("(") == (len(changed) if len(changed) <= 3 else 0)
