"""Events that restate or contradict themselves, directly or by way of others."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geo.ledger.dataset import Dataset
from tests.ledger_files import TODAY, LedgerFiles


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "ledger")


def ids(files: LedgerFiles, count: int) -> list[str]:
    """Events that nothing restates or contradicts."""
    rows = files.rows("investigations")
    free = [r["id"] for r in rows if not r["repeat_of"] and not r["differs_from"]]
    return free[:count]


@pytest.mark.parametrize("length", [2, 3, 8, 40])
def test_a_circle_of_any_length_names_its_events(files: LedgerFiles, length: int) -> None:
    ring = ids(files, length)
    rows = [
        files.edit("investigations", one, repeat_of=ring[(place + 1) % length])
        for place, one in enumerate(ring)
    ]
    lines = [line for line in files.new() if "circle" in line]
    assert len(lines) == length
    for place, (row, line) in enumerate(zip(rows, lines, strict=True)):
        turned = [*ring[place:], *ring[:place]]
        named = turned if length <= 8 else [*turned[:7], "…"]
        path = " → ".join([*named, ring[place]])
        assert line == (f"investigations.csv:{row} repeat_of: restates itself in a circle: {path}")
    # a row with an error is set aside as others are
    shown = Dataset.load(files.folder, TODAY)
    assert not shown.events_by_id.keys() & set(ring)


def test_a_chain_that_leads_to_a_circle_is_no_part_of_it(files: LedgerFiles) -> None:
    first, second, third = ids(files, 3)
    files.edit("investigations", first, repeat_of=second)
    files.edit("investigations", second, repeat_of=third)
    row = files.edit("investigations", third, repeat_of=second)
    lines = [line for line in files.new() if "circle" in line]
    assert len(lines) == 2
    assert not any(first in line for line in lines)
    assert lines[1].startswith(f"investigations.csv:{row} repeat_of: ")


@pytest.mark.parametrize("column", ["repeat_of", "differs_from"])
def test_no_event_names_itself_or_one_that_is_not_there(files: LedgerFiles, column: str) -> None:
    one, other = ids(files, 2)
    row = files.edit("investigations", one, **{column: one})
    assert f"investigations.csv:{row} {column}: refers to the event itself" in files.new()
    row = files.edit("investigations", other, **{column: "xx-2020-01-01-claim"})
    (line,) = [line for line in files.new() if "xx-2020-01-01-claim" in line]
    assert line.startswith(f"investigations.csv:{row} {column}: no row of investigations.csv has")


def test_two_events_may_contradict_each_other(files: LedgerFiles) -> None:
    with (files.folder / "investigations.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    mutual = [
        (one, other)
        for one, row in rows.items()
        for other in row["differs_from"].split()
        if one in rows[other]["differs_from"].split()
    ]
    assert mutual
    assert files.new() == []
