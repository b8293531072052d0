"""One reading lasts: what it replaces is dropped, and the collector walks neither."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from geo.files.tables import Row
from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.link import readings
from geo.link.opening import Opened, open_address
from geo.link.readings import freeze_readings
from geo.views.layer import layer_data
from tests.ledger_files import LedgerFiles

DAY = date(2026, 11, 21)
RELOADS = 6


@pytest.fixture
def freezing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process that freezes readings, as the server does."""
    monkeypatch.setattr(readings, "_freezing", False)
    freeze_readings()
    yield
    gc.unfreeze()


def _open(folder: Path, query: str = "") -> Opened:
    asked = {"asof": ["2022-12-05"]} if query else {}
    return open_address(folder, asked, DAY)


def _use(opened: Opened) -> None:
    """Have all that is cached made of a reading."""
    selection = opened.selection
    selection.counts("type")
    layer_data(selection, selection.snapshot)
    assert opened.newest.derived(_count) > 0


def _count(snapshot: Snapshot) -> int:
    return len(snapshot.events)


def _reloads(files: LedgerFiles) -> Iterator[Dataset]:
    for number in range(RELOADS):
        rows = files.rows("stations")
        rows[0]["summary"] = f"Read for the {number}th time."
        files.write("stations", rows)
        for query in ("", "asof"):
            opened = _open(files.folder, query)
            _use(opened)
        yield opened.dataset


@pytest.mark.usefixtures("freezing")
def test_what_is_outdated_is_gone_and_what_lasts_is_frozen(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data")
    seen: list[weakref.ref[Dataset]] = []
    frozen: list[int] = []
    for dataset in _reloads(files):
        seen.append(weakref.ref(dataset))
        del dataset
        frozen.append(gc.get_freeze_count())
    gc.collect()
    alive = [reference for reference in seen if reference() is not None]
    # the newest, and one that the loop's last name may have held while the next was read
    assert len(alive) <= 2
    assert seen[-1] in alive
    assert frozen[0] > 1000
    # a reading of this ledger is some thousands of objects: none of the earlier is left
    assert max(frozen[2:]) - min(frozen[2:]) < 0.02 * frozen[2]


def test_snapshots_of_many_days_do_not_keep_what_is_outdated(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data")
    opened = _open(files.folder)
    dataset = weakref.ref(opened.dataset)
    days = [weakref.ref(readings.snapshot(opened.dataset, day)) for day in opened.dataset.days]
    for reference in days[-readings.SNAPSHOTS :]:
        kept = reference()
        assert kept is not None
        readings_of = kept.derived(_count)
        assert readings_of > 0
    del opened, kept
    rows = files.rows("stations")
    rows[0]["summary"] = "Read again."
    files.write("stations", rows)
    _open(files.folder)
    gc.collect()
    assert dataset() is None
    assert [reference for reference in days if reference() is not None] == []


def test_a_day_that_is_in_no_cache_any_more_is_freed(tmp_path: Path) -> None:
    opened = _open(LedgerFiles(tmp_path / "data").folder)
    days = opened.dataset.days
    assert len(days) > 70
    first = readings.snapshot(opened.dataset, days[0])
    opened.state.filters.select(first).counts("type")
    gone = weakref.ref(first)
    del first
    for day in days[1:]:
        readings.snapshot(opened.dataset, day)
    gc.collect()
    assert gone() is None


def test_the_same_files_are_read_once(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data")
    first = _open(files.folder).dataset
    assert _open(files.folder).dataset is first
    assert _open(files.folder, "asof").dataset is first


def test_a_text_that_is_gone_from_its_file_is_gone_from_memory(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data")
    rows = files.rows("stations")
    rows[0]["summary"] = "Zzyzx was here before."
    files.write("stations", rows)
    assert _open(files.folder).dataset.records_by_id[rows[0]["id"]].summary == rows[0]["summary"]
    rows[0]["summary"] = "Read again."
    files.write("stations", rows)
    _open(files.folder)
    gc.collect()
    held = [row for row in gc.get_objects() if isinstance(row, Row) and "Zzyzx" in row["summary"]]
    assert held == []
