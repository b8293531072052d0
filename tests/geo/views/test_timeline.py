"""The timeline: lanes by speaker, one mark a report, each in its place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from geo.ledger.snapshot import Snapshot
from geo.link.selection import Filters, Selection
from geo.model.vocabulary import ACTORS, EVENT_TYPES
from geo.screen.timeline import sentence
from geo.views.marks import LANES, lane_of, reports, with_room
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
    assert "1 mark shows a report that is only restated in this selection." in said


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
def test_marks_of_one_row_do_not_cover_each_other(by_country: bool, wanted: str) -> None:
    timeline = Timeline(Filters().select(on(TODAY)), by_country, wanted)
    taken: dict[tuple[str, int], float] = {}
    for mark in timeline.shown:
        place, (begin, finish) = (mark.row, mark.slot), mark.extent(timeline.day_width)
        assert begin >= taken.get(place, 0.0)
        taken[place] = finish
    # and no line is left empty above one that is used
    lines = {(mark.row, mark.slot) for mark in timeline.shown}
    assert all(slot == 0 or (row, slot - 1) in lines for row, slot in lines)


@pytest.mark.parametrize("wanted", ["", "all", "2023"])
def test_a_large_target_is_near_no_other_mark(wanted: str) -> None:
    timeline = Timeline(Filters().select(on(TODAY)), wanted=wanted)
    width = timeline.day_width
    roomy = with_room(timeline.shown, width)
    assert roomy
    for mark in timeline.shown:
        begin, finish = mark.extent(width)
        near = [
            other
            for other in timeline.shown
            if other is not mark
            and (other.row, abs(other.slot - mark.slot)) in ((mark.row, 0), (mark.row, 1))
            and other.extent(width)[0] < finish + 24
            and other.extent(width)[1] > begin - 24
        ]
        assert (mark.event.id in roomy) == (near == [])


def test_rows_are_speakers_or_countries() -> None:
    selection = Filters().select(on(TODAY))
    speakers = Timeline(selection)
    assert [code for code, _label in speakers.rows] == list(LANES)
    countries = Timeline(selection, by_country=True)
    labels = [label for _code, label in countries.rows]
    assert labels == sorted(labels)
    assert {"NL", "ZZ", "EU"} <= {code for code, _label in countries.rows}
    assert sum(speakers.lanes.values()) == len(countries.marks)
    assert speakers.signs == countries.signs


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
    assert "Only the newest 1,500 are drawn." in sentence(timeline)


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
