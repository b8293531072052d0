"""The timeline: lanes by speaker, one mark a report, each in its place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from geo.ledger.snapshot import Snapshot
from geo.link.reports import reports
from geo.link.selection import Filters, Selection
from geo.model.vocabulary import ACTORS, EVENT_TYPES
from geo.screen.timeline import sentence
from geo.views.marks import LANES, lane_of
from geo.views.time_axis import NARROW, WIDE
from geo.views.timeline import MOST, Timeline, timeline_of
from tests.entities import event, ledger, on, record
from tests.ledger_files import TODAY


def _selection(*events: Any, filters: Filters | None = None, day: date = TODAY) -> Selection:
    made = ledger(events, [record(), record("nl-b-1"), record("be-a-1", host_country="BE")])
    return (filters or Filters()).select(Snapshot(made, day))


def _ids(timeline: Timeline) -> list[str]:
    return [mark.event.id for mark in timeline.marks]


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
        ("host_authority", "charge", "host"),
        ("china", "answer_by_china", "china"),
        ("operator", "closure_stated", "named"),
        ("named_party", "answer_by_named_party", "named"),
        ("parliament", "statement", "others"),
    ],
)
def test_lanes_are_by_who_spoke(actor: str, kind: str, lane: str) -> None:
    assert lane_of(event("a", actor_type=actor, event_type=kind)) == lane


def test_blue_is_for_host_authorities_alone() -> None:
    assert {code for code, lane in LANES.items() if lane.blue} == {"host"}


def test_one_mark_a_report_however_many_entries_restate_it() -> None:
    selection = _selection(
        event("root", about=("world",), country="ZZ"),
        event("echo", repeat_of="root"),
        event("echo-b", repeat_of="root", about=("be-a-1",), country="BE"),
    )
    assert [(e.id, n) for e, n in reports(selection)] == [("root", 2)]
    assert _ids(Timeline(selection)) == ["root"]


def test_a_report_that_is_only_restated_is_drawn_once() -> None:
    selection = _selection(
        event("root", about=("world",), country="ZZ"),
        event("echo", repeat_of="root"),
        event("echo-2", repeat_of="root", about=("nl-b-1",)),
        filters=Filters(country=("NL",)),
    )
    assert {e.id for e in selection.events} == {"echo", "echo-2"}
    timeline = Timeline(selection)
    assert _ids(timeline) == ["root"]
    said = sentence(timeline)
    assert said.startswith("0 entries for 2 records, as of 22 November 2026.")
    assert "2 more entries restate others and are listed but not drawn." in said
    assert "1 mark shows an entry that is only restated in this selection." in said


def test_a_report_that_may_not_be_shown_has_an_entry_stand_for_it() -> None:
    selection = _selection(
        event("echo", repeat_of="gone"), event("echo-2", repeat_of="gone", about=("nl-b-1",))
    )
    assert [(e.id, n) for e, n in reports(selection)] == [("echo", 0)]


def test_the_frozen_ledger_draws_no_entry_that_restates_another() -> None:
    selection = Filters().select(on(TODAY))
    drawn = _ids(Timeline(selection))
    assert len(set(drawn)) == len(drawn) == sum(not e.repeat_of for e in selection.events)
    assert not any(selection.snapshot.dataset.events_by_id[i].repeat_of for i in drawn)


@pytest.mark.parametrize("by_country", [False, True])
@pytest.mark.parametrize("wanted", ["", "all", "2022", "2022-11-01_2022-12-10"])
@pytest.mark.parametrize(("size", "chart"), [("wide", WIDE), ("narrow", NARROW)])
def test_marks_of_one_row_do_not_cover_each_other(
    by_country: bool, wanted: str, size: str, chart: int
) -> None:
    timeline = Timeline(Filters().select(on(TODAY)), by_country, wanted)
    day_width = chart / timeline.period.days
    taken: dict[tuple[str, bool, int], float] = {}
    for mark in timeline.shown:
        place = (mark.row, mark.vague, getattr(mark.slots, size))
        begin, finish = mark.extent(day_width)
        assert begin >= taken.get(place, 0.0) - 1e-5
        assert finish - begin >= (8 if mark.vague else 5.6)
        taken[place] = finish
    # and no place in a stack is left empty below one that is used
    assert all(slot == 0 or (row, vague, slot - 1) in taken for row, vague, slot in taken)


def test_rows_are_speakers_or_countries() -> None:
    selection = Filters().select(on(TODAY))
    speakers = Timeline(selection)
    assert [row.code for row in speakers.rows] == list(LANES)
    assert [row.label for row in speakers.rows if row.blue] == ["Host authorities"]
    countries = Timeline(selection, by_country=True)
    labels = [row.label for row in countries.rows]
    assert labels == sorted(labels)
    assert {"NL", "ZZ", "EU"} <= {row.code for row in countries.rows}
    for timeline in (speakers, countries):
        assert sum(row.count for row in timeline.rows) == len(timeline.marks)


def test_rows_say_who_speaks_where_their_label_does_not() -> None:
    timeline = Timeline(
        _selection(
            event("a"),
            event("b", actor_type="press"),
            event("c", actor_type="press"),
            event("d", actor_type="host_authority", event_type="charge"),
            event("e", actor_type="china", event_type="answer_by_china"),
        )
    )
    assert [(row.code, row.count, row.note) for row in timeline.rows] == [
        ("claimants", 3, "press, NGO"),
        ("host", 1, "courts included"),
        ("china", 1, ""),
    ]


def test_what_has_no_day_in_the_period_is_not_shown() -> None:
    timeline = Timeline(Filters().select(on(TODAY)), wanted="2022-11-01_2022-11-30")
    shown = {mark.event.id for mark in timeline.shown}
    for mark in timeline.marks:
        said = mark.event.said
        inside = said.first <= date(2022, 11, 30) and said.last >= date(2022, 11, 1)
        assert (mark.event.id in shown) == inside
    assert timeline.outside == len(timeline.marks) - len(timeline.shown) > 0


def test_too_many_marks_are_said_to_be_too_many() -> None:
    many = [event(f"e{i}", about=("country",), event_type="statement") for i in range(MOST + 7)]
    timeline = Timeline(_selection(event("a"), *many))
    assert len(timeline.marks) == MOST
    assert "Only the most recent 1,500 are drawn." in sentence(timeline)


def test_an_empty_selection_draws_nothing() -> None:
    timeline = Timeline(Filters(q="zzzz").select(on(TODAY)))
    assert not timeline.marks
    assert not timeline.periods


def test_blocks_of_one_page_share_a_timeline() -> None:
    selection, other = Filters().select(on(TODAY)), Filters().select(on(TODAY))
    assert timeline_of(selection, False, "all") is timeline_of(selection, False, "all")
    assert timeline_of(selection, False, "all") is not timeline_of(selection, True, "all")
    assert timeline_of(selection, False, "all").selection is selection
    assert timeline_of(other, False, "all").selection is other
