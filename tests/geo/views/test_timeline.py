"""The timeline: lanes by speaker, one mark a report, the doubt drawn, text as text."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters, Selection
from geo.model.vocabulary import ACTORS, EVENT_TYPES
from geo.screen.timeline import key, sentence, signs
from geo.views.palette import DARK, LIGHT
from geo.views.timeline import LANES, MOST, Timeline, lane_of, reports
from geo.views.timeline_chart import PICK, chart
from tests.entities import event, ledger, on, record
from tests.ledger_files import TODAY

HOSTILE = '<img src=x onerror="alert(1)">${alert(1)}`</script>'


def _selection(*events: Any, filters: Filters | None = None, day: date = TODAY) -> Selection:
    made = ledger(events, [record(), record("nl-b-1"), record("be-a-1", host_country="BE")])
    return (filters or Filters()).select(Snapshot(made, day))


def _rows(timeline: Timeline, **options: Any) -> list[dict[str, Any]]:
    spec = chart(timeline, **options).to_dict()
    name = spec["data"]["name"]
    rows: list[dict[str, Any]] = spec["datasets"][name]
    return rows


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_every_speaker_has_a_lane(actor: str, kind: str) -> None:
    assert lane_of(event("a", actor_type=actor, event_type=kind)) in LANES


@pytest.mark.parametrize(
    ("actor", "kind", "lane"),
    [
        ("ngo", "claim", "claimants"),
        ("anonymous", "claim", "claimants"),
        ("host_authority", "statement", "host"),
        ("host_authority", "charge", "courts"),
        ("china", "answer_by_china", "china"),
        ("operator", "closure_stated", "named"),
        ("named_party", "answer_by_named_party", "named"),
        ("parliament", "statement", "others"),
    ],
)
def test_lanes_are_by_who_spoke(actor: str, kind: str, lane: str) -> None:
    assert lane_of(event("a", actor_type=actor, event_type=kind)) == lane


def test_blue_is_for_host_authorities_alone() -> None:
    assert {code for code, lane in LANES.items() if lane.blue} == {"host", "courts"}


def test_one_mark_a_report_however_many_entries_restate_it() -> None:
    selection = _selection(
        event("root", about=("world",), country="ZZ"),
        event("echo", repeat_of="root"),
        event("echo-b", repeat_of="root", about=("be-a-1",), country="BE"),
    )
    assert [(e.id, n) for e, n in reports(selection)] == [("root", 2)]
    assert [row["id"] for row in _rows(Timeline(selection))] == ["root"]


def test_a_report_that_is_only_restated_is_drawn_once() -> None:
    selection = _selection(
        event("root", about=("world",), country="ZZ"),
        event("echo", repeat_of="root"),
        event("echo-2", repeat_of="root", about=("nl-b-1",)),
        filters=Filters(country=("NL",)),
    )
    assert {e.id for e in selection.events} == {"echo", "echo-2"}
    timeline = Timeline(selection)
    assert [row["id"] for row in _rows(timeline)] == ["root"]
    said = sentence(timeline)
    assert said.startswith("0 events in a selection of 2 records, as of 22 November 2026.")
    assert "2 more entries restate another report: they are listed, not drawn." in said
    assert "1 mark stands for a report that is only restated here." in said


def test_a_report_that_may_not_be_shown_has_an_entry_stand_for_it() -> None:
    selection = _selection(
        event("echo", repeat_of="gone"), event("echo-2", repeat_of="gone", about=("nl-b-1",))
    )
    assert [(e.id, n) for e, n in reports(selection)] == [("echo", 0)]


def test_the_real_ledger_draws_no_entry_that_restates_another() -> None:
    selection = Filters().select(on(TODAY))
    rows = _rows(Timeline(selection))
    drawn = {row["id"] for row in rows}
    assert len(rows) == len(drawn) == sum(not e.repeat_of for e in selection.events)
    assert not any(selection.snapshot.dataset.events_by_id[i].repeat_of for i in drawn)


def test_an_interval_is_as_wide_as_the_doubt() -> None:
    selection = _selection(event("day"), event("month", "2022-10"), event("year", "2023"))
    rows = {row["id"]: row for row in _rows(Timeline(selection))}
    width = {name: (row["end"] - row["first"]) // 86_400_000 for name, row in rows.items()}
    assert width == {"day": 1, "month": 31, "year": 365}
    assert {name for name, row in rows.items() if row["wide"]} == {"month", "year"}


def test_marks_of_one_row_do_not_cover_each_other() -> None:
    for by_country in (False, True):
        timeline = Timeline(Filters().select(on(TODAY)), by_country)
        taken: dict[tuple[str, int], date] = {}
        for mark in timeline.marks:
            place = (mark.row, mark.slot)
            assert mark.event.said.first >= taken.get(place, date.min)
            taken[place] = mark.event.said.end


def test_rows_are_speakers_or_countries() -> None:
    selection = Filters().select(on(TODAY))
    speakers = Timeline(selection)
    assert [code for code, _label in speakers.rows] == list(LANES)
    countries = Timeline(selection, by_country=True)
    labels = [label for _code, label in countries.rows]
    assert labels == sorted(labels)
    assert {"NL", "ZZ", "EU"} <= {code for code, _label in countries.rows}
    assert sum(speakers.lanes.values()) == len(countries.marks)
    assert signs(speakers) == signs(countries)


def test_the_chart_opens_on_the_busiest_time() -> None:
    timeline = Timeline(Filters().select(on(TODAY)))
    assert timeline.period.code == "busy"
    assert timeline.period.first <= date(2022, 9, 12) < timeline.period.end
    assert 0 < timeline.outside < len(timeline.marks) / 3
    assert str(timeline.outside) in key(timeline)
    everything = Timeline(timeline.selection, period="all")
    assert everything.outside == 0
    year = Timeline(timeline.selection, period="2023")
    assert (year.period.first, year.period.end) == (date(2023, 1, 1), date(2024, 1, 1))


def test_a_short_time_has_one_period() -> None:
    timeline = Timeline(_selection(event("a"), event("b", "2022-11")), period="busy")
    assert list(timeline.periods) == ["all"]
    assert chart(timeline).to_dict()


def test_too_many_marks_are_said_to_be_too_many() -> None:
    many = [event(f"e{i}", about=("country",), event_type="statement") for i in range(MOST + 7)]
    timeline = Timeline(_selection(event("a"), *many))
    assert len(timeline.marks) == MOST
    assert "The newest 1,500 are drawn." in sentence(timeline)


def test_an_empty_selection_draws_nothing() -> None:
    timeline = Timeline(Filters(q="zzzz").select(on(TODAY)))
    assert not timeline.marks
    assert not timeline.periods


def test_hostile_text_stays_text() -> None:
    selection = _selection(event("a", summary=HOSTILE, authority=HOSTILE))
    (row,) = _rows(Timeline(selection))
    # plain cells of a table: Vega's tooltip escapes them, and no expression holds them
    assert row["what"] == row["who"] == HOSTILE
    spec = chart(Timeline(selection)).to_dict()
    del spec["datasets"]
    assert "onerror" not in str(spec)


def test_a_click_returns_the_id_and_toggles() -> None:
    spec = chart(Timeline(Filters().select(on(TODAY)))).to_dict()
    (pick,) = [p for p in spec["params"] if p["name"] == PICK]
    assert pick["select"]["fields"] == ["id"]
    assert pick["select"]["toggle"] == "true"


def test_every_picture_bears_the_permanent_line() -> None:
    for by_country in (False, True):
        timeline = Timeline(Filters().select(on(TODAY)), by_country)
        text = " ".join(chart(timeline, imprint="Preview.").to_dict()["title"]["text"])
        assert "A symbol means that somebody named made a claim in public." in text
        assert "22 November 2026" in text
        assert "Preview." in text
        assert ("Blue: host authorities" in text) is by_country


def test_a_dark_chart_has_no_light_ink() -> None:
    timeline = Timeline(Filters().select(on(TODAY)))
    assert LIGHT.ink not in str(chart(timeline, dark=True).to_dict())
    assert set(asdict(DARK)) == set(asdict(LIGHT))
