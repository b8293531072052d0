"""Authorities that said that a report was wrong, apart from those that knew of no such site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geo.ledger.snapshot import Snapshot
from geo.link.permalink import decode, parse_query
from geo.link.state import State, encode
from geo.model.vocabulary import EVENT_TYPES, HOST, LATEST_WORDS, MAY_SET
from geo.views.history_chart import chart
from geo.views.shapes import legend
from geo.views.units import country_units
from geo.views.word_groups import word_groups
from geo.words.sentences import latest_word
from tests.entities import event, ledger, record
from tests.ledger_files import TODAY, LedgerFiles

KNEW, REJECTED = "says_none_known", "rejects_report"
TYPES = {KNEW: "none_known", REJECTED: "report_rejected"}


def _snapshot() -> Snapshot:
    """Two cities of one country: of one nothing was known, of the other the report was wrong."""
    ids = {KNEW: "nl-a-1", REJECTED: "nl-b-1"}
    claim = event("nl-c", about=tuple(ids.values()))
    answers = [
        event(
            f"nl-{code}",
            "2023-05-01",
            about=(ids[code],),
            event_type=TYPES[code],
            actor_type=HOST,
            authority="the ministry",
            sets=code,
            position=position,
        )
        for position, code in enumerate(TYPES, 3)
    ]
    return Snapshot(ledger([claim, *answers], [record(i) for i in ids.values()]), TODAY)


def test_nobody_is_signed_for_what_another_said() -> None:
    snapshot = _snapshot()
    said = {snapshot.statuses[r.id]: latest_word(r, snapshot) for r in snapshot.records}
    assert said == {
        KNEW: "On 1 May 2023 the ministry said that no such site was known.",
        REJECTED: "On 1 May 2023 the ministry said that the report was wrong.",
    }


def test_only_a_host_authority_may_say_either_of_its_country() -> None:
    for code, kind in TYPES.items():
        assert [actor for actor, codes in MAY_SET.items() if code in codes] == [HOST]
        assert EVENT_TYPES[kind].usual == {code}


@pytest.mark.parametrize("actor", ["china", "operator", "press", "named_party"])
def test_a_row_of_another_speaker_fails_its_check(tmp_path: Path, actor: str) -> None:
    files = LedgerFiles(tmp_path / "data")
    row = next(r for r in files.rows("investigations") if r["sets"] == KNEW)
    files.edit(
        "investigations",
        row["id"],
        sets=REJECTED,
        event_type=TYPES[REJECTED],
        actor_type=actor,
    )
    assert any('only host_authority may set "rejects_report"' in line for line in files.new())


def test_a_row_with_the_new_codes_passes_its_check(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data")
    row = next(r for r in files.rows("investigations") if r["sets"] == KNEW)
    files.edit("investigations", row["id"], sets=REJECTED, event_type=TYPES[REJECTED])
    assert files.new() == []


@pytest.mark.parametrize("name", ["status", "type"])
def test_each_code_of_a_link_selects_what_its_own_words_say(name: str) -> None:
    snapshot = _snapshot()
    for word, kind in TYPES.items():
        code = word if name == "status" else kind
        state, notices = decode(parse_query(f"{name}={code}"), snapshot.dataset, TODAY)
        assert (encode(state), notices) == (f"{name}={code}", [])
        found = state.filters.select(snapshot).records
        assert [snapshot.statuses[r.id] for r in found] == [word]
    codes = TYPES if name == "status" else TYPES.values()
    query = "&".join(f"{name}={code}" for code in codes)
    state, _notices = decode(parse_query(query), snapshot.dataset, TODAY)
    assert len(state.filters.select(snapshot).records) == 2


def test_both_have_the_flag_the_shape_and_the_row_of_the_legend() -> None:
    snapshot = _snapshot()
    flags = [snapshot.standing(r).own_flags for r in snapshot.records]
    assert flags == [frozenset({"no_evidence"})] * 2
    assert LATEST_WORDS[KNEW].shape == LATEST_WORDS[REJECTED].shape
    (row,) = [row for row in legend() if "report rejected" in row["label"]]
    assert "known" in row["label"]
    (country,) = country_units(snapshot.records, snapshot)
    # a mark a record, and none for the country
    assert sorted(country.words) == sorted(snapshot.statuses.values())


def test_the_chart_counts_both_in_one_group_that_names_neither_as_the_other() -> None:
    snapshot = _snapshot()
    (group,) = word_groups(snapshot.statuses.values())
    assert group.codes > set(TYPES)
    drawn = str(chart(State().filters.select(snapshot), ""))
    assert group.label in drawn
    assert not any(LATEST_WORDS[code].short in drawn for code in TYPES)


def test_before_the_answers_both_are_claims() -> None:
    early = Snapshot(_snapshot().dataset, date(2023, 4, 30))
    assert set(early.statuses.values()) == {"claim_only"}
