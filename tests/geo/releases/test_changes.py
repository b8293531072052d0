"""The difference of two data folders: every cell, by id, and nothing that is withheld."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.__main__ import main
from geo.errors import LedgerUnreadable
from geo.files.building import ROW
from geo.files.package import resources
from geo.files.tables import Row, Table
from geo.releases.changes import COMPARED, Change, compare, differences
from geo.visibility.withholding import WITHHELD
from tests.ledger_files import LedgerFiles

CLAIM = "nl-2022-09-12-claim"
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@pytest.fixture
def old(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "new")


def found(old: LedgerFiles, new: LedgerFiles) -> list[Change]:
    return list(differences(old.folder, new.folder))


def row(files: LedgerFiles, name: str, key: str) -> dict[str, str]:
    return next(r for r in files.rows(name) if next(iter(r.values())) == key)


def test_a_folder_does_not_differ_from_its_copy(old: LedgerFiles, new: LedgerFiles) -> None:
    assert found(old, new) == []


def test_a_cell_is_one_change_wherever_its_row_stands(old: LedgerFiles, new: LedgerFiles) -> None:
    before = row(old, "stations", "nl-rotterdam-1")
    new.drop("stations", "nl-rotterdam-1")
    new.add("stations", **{**before, "summary": "Other words."})
    assert found(old, new) == [
        Change("stations", "nl-rotterdam-1", "summary", before["summary"], "Other words.")
    ]


def test_a_row_that_one_folder_has_is_one_change(old: LedgerFiles, new: LedgerFiles) -> None:
    new.drop("counts", "br-ngo-2022-12")
    new.add("counts", "ca-ngo-2022-09", id="ca-other-2022-09")
    added = Change("counts", "ca-other-2022-09", "", "", ROW)
    removed = Change("counts", "br-ngo-2022-12", "", ROW, "")
    assert found(old, new) == [added, removed]
    assert (added.added, removed.added) == (True, False)
    assert str(added) == "counts.csv ca-other-2022-09: row added"
    assert str(removed) == "counts.csv br-ngo-2022-12: row removed"


@pytest.mark.parametrize(
    ("name", "first", "column", "key"),
    [
        ("places", "AE", "geocoded_on", "AE//"),
        ("excluded", "AO", "why", "AO/a police post in a Chinese district of Luanda"),
        ("origins", "CN-FJ", "note", "CN-FJ/Fuzhou"),
    ],
)
def test_a_row_without_an_id_is_told_by_its_key(
    old: LedgerFiles, new: LedgerFiles, name: str, first: str, column: str, key: str
) -> None:
    before = row(old, name, first)[column]
    new.edit(name, first, **{column: "other"})
    assert found(old, new) == [Change(name, key, column, before, "other")]


def test_what_is_newly_withheld_is_a_change_of_the_list(old: LedgerFiles, new: LedgerFiles) -> None:
    new.add(
        "withheld", kind="record", id="nl-rotterdam-1", field="", since="2026-11-22",
        ground="legal", note="",
    )  # fmt: skip
    assert found(old, new) == [Change("withheld", "record/nl-rotterdam-1/", "", "", ROW)]


# withholding


def _withhold(files: LedgerFiles, kind: str, name: str, field: str = "") -> None:
    files.add(
        "withheld", kind=kind, id=name, field=field, since="2026-11-22", ground="privacy", note=""
    )


def _mark(files: LedgerFiles, phrase: str) -> None:
    """Write a phrase into a record, the claim that is about it alone, and their page."""
    files.edit("stations", "nl-rotterdam-1", summary=phrase)
    alone = next(
        r
        for r in files.rows("investigations")
        if r["about"] == "nl-rotterdam-1" or r["id"] == CLAIM
    )
    files.edit("investigations", alone["id"], summary=phrase, about="nl-rotterdam-1")


@pytest.mark.parametrize("marked", ["old", "new", "both"])
def test_nothing_of_a_withheld_record_is_repeated(
    old: LedgerFiles, new: LedgerFiles, marked: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if marked != "new":
        _mark(old, "the first unsayable phrase")
    if marked != "old":
        _mark(new, "the second unsayable phrase")
    _withhold(new, "record", "nl-rotterdam-1")
    for options in ([], ["--json"]):
        assert main(["changes", str(old.folder), str(new.folder), *options]) == 0
        assert "unsayable" not in capsys.readouterr().out
    masked = [c for c in found(old, new) if c.field == "summary"]
    assert [(c.before, c.after) for c in masked] == [(WITHHELD, WITHHELD)] * 2


def test_the_older_list_of_withheld_rows_binds_nobody(old: LedgerFiles, new: LedgerFiles) -> None:
    new.edit("stations", "nl-rotterdam-1", summary="Other words.")
    _withhold(old, "record", "nl-rotterdam-1")
    assert any(c.after == "Other words." for c in found(old, new))


def test_a_withheld_field_hides_itself_and_no_other(old: LedgerFiles, new: LedgerFiles) -> None:
    new.edit("stations", "nl-rotterdam-1", summary="Other words.", said_open_from="2018")
    _withhold(new, "field", "nl-rotterdam-1", "summary")
    changes = {c.field: (c.before, c.after) for c in found(old, new) if c.table == "stations"}
    assert changes["summary"] == (WITHHELD, WITHHELD)
    assert changes["said_open_from"][1] == "2018"


def test_to_withhold_what_a_row_cannot_do_without_hides_the_row(
    old: LedgerFiles, new: LedgerFiles
) -> None:
    new.edit("investigations", CLAIM, summary="Other words.", note="An unsayable note.")
    _withhold(new, "field", CLAIM, "authority")
    assert {(c.before, c.after) for c in found(old, new) if c.id == CLAIM} == {(WITHHELD, WITHHELD)}


def test_a_list_of_ids_does_not_name_what_is_withheld(old: LedgerFiles, new: LedgerFiles) -> None:
    new.edit("investigations", CLAIM, about="nl-amsterdam-1 nl-rotterdam-1")
    old.edit("investigations", CLAIM, about="nl-amsterdam-1")
    _withhold(new, "record", "nl-rotterdam-1")
    (change,) = [c for c in found(old, new) if c.id == CLAIM]
    assert (change.before, change.after) == ("nl-amsterdam-1", "nl-amsterdam-1 withheld")


def test_without_the_list_nothing_is_compared(old: LedgerFiles, new: LedgerFiles) -> None:
    (new.folder / "withheld.csv").unlink()
    with pytest.raises(LedgerUnreadable, match=r"withheld\.csv: the file is missing"):
        differences(old.folder, new.folder)
    new.bytes("withheld", b"kind,id,field,since,ground,note\nrecord,nl-rotterdam-1,,soon,legal,\n")
    new.edit("stations", "nl-rotterdam-1", summary="Other words.")
    assert "Other words." not in repr(found(old, new))


# the command


def test_one_line_each(
    old: LedgerFiles, new: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["changes", str(old.folder), str(new.folder)]) == 0
    assert capsys.readouterr().out == "No differences found.\n"
    old.edit("stations", "nl-rotterdam-1", summary="One\nword.")
    new.edit("stations", "nl-rotterdam-1", summary="Other words.")
    assert main(["changes", str(old.folder), str(new.folder)]) == 0
    line = 'stations.csv nl-rotterdam-1 summary: "One\\u000aword." → "Other words."\n'
    assert capsys.readouterr().out == line
    assert main(["changes", str(old.folder), str(new.folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "table": "stations",
            "id": "nl-rotterdam-1",
            "field": "summary",
            "before": "One\nword.",
            "after": "Other words.",
        }
    ]


def test_a_line_shows_what_differs_at_the_end_of_long_cells(
    old: LedgerFiles, new: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    same = "The same words again and again. " * 20
    old.edit("stations", "nl-rotterdam-1", summary=f"{same}The office was open.")
    new.edit("stations", "nl-rotterdam-1", summary=f"{same}The office was closed.")
    assert main(["changes", str(old.folder), str(new.folder)]) == 0
    before, after = capsys.readouterr().out.split(" → ")
    assert before.endswith('The office was open."')
    assert after == f'"…{same[-65:]}The office was closed."\n'


def test_a_line_is_cut_where_long_cells_go_on_after_what_differs(
    old: LedgerFiles, new: LedgerFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    rest = "The same words again and again. " * 20
    old.edit("stations", "nl-rotterdam-1", summary=f"Open. {rest}")
    new.edit("stations", "nl-rotterdam-1", summary=f"Closed. {rest}")
    assert main(["changes", str(old.folder), str(new.folder)]) == 0
    before, after = capsys.readouterr().out.split(" → ")
    assert 'summary: "Open. The same' in before
    assert after.startswith('"Closed. The same')
    assert len(after) < len(rest)


def test_a_folder_that_cannot_be_read_is_told_in_a_sentence(
    old: LedgerFiles, new: LedgerFiles, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["changes", str(tmp_path / "nowhere"), str(new.folder)]) == 1
    assert "There is no folder" in capsys.readouterr().err
    assert main(["changes", str(tmp_path), str(new.folder)]) == 1
    assert "cannot be compared. counts.csv: the file is missing." in capsys.readouterr().err
    new.bytes("stations", new.bytes("stations") + b'"stray\n')
    assert main(["changes", str(old.folder), str(new.folder)]) == 1
    assert "stations.csv:" in capsys.readouterr().err


# any two versions


@st.composite
def _table(draw: st.DrawFn, name: str) -> Table:
    (resource,) = [r for r in resources() if r.name == name]
    names = draw(st.lists(st.sampled_from("abcdefg"), unique=True))
    rows = []
    for number, one in enumerate(names, 2):
        cells = {column: draw(CELLS) for column in resource.names[-3:]}
        cells |= dict.fromkeys(resource.key, one)
        rows.append(Row(number, cells))
    return Table(name, resource.file, resource.names, tuple(rows))


def _flat(table: Table, key: tuple[str, ...]) -> dict[tuple[str, str], str]:
    found = {}
    for row in table.rows:
        name = "/".join(row[column] for column in key)
        found[name, ""] = ROW
        found |= {(name, column): row[column] for column in table.columns if column not in key}
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from([n for n in COMPARED if n not in ("withheld",)]))
def test_the_changes_make_the_newer_version_of_the_older(data: st.DataObject, name: str) -> None:
    one, other = data.draw(_table(name)), data.draw(_table(name))
    (key,) = [r.key for r in resources() if r.name == name]
    changes = list(compare({name: one}, {name: other}))
    assert len({(c.id, c.field) for c in changes}) == len(changes)
    before, after = _flat(one, key), _flat(other, key)
    for change in changes:
        assert before.get((change.id, change.field), "") == change.before
        assert after.get((change.id, change.field), "") == change.after
        assert change.before != change.after
    told = {(c.id, c.field) for c in changes}
    whole = {c.id for c in changes if not c.field}
    for place in before.keys() | after.keys():
        if place not in told and place[0] not in whole:
            assert before[place] == after[place]
    assert list(compare({name: one}, {name: one})) == []
    back = {(c.id, c.field, c.after, c.before) for c in compare({name: other}, {name: one})}
    assert back == {(c.id, c.field, c.before, c.after) for c in changes}
