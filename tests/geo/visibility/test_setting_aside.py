"""One typo costs what cannot be shown without it, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.ledger.dataset import Dataset
from tests.entities import real
from tests.ledger_files import TODAY, LedgerFiles


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "ledger")


def load(files: LedgerFiles) -> Dataset:
    return Dataset.load(files.folder, TODAY)


def widest(files: LedgerFiles, column: str = "about") -> dict[str, str]:
    """The event that names most rows in a column."""
    return max(files.rows("investigations"), key=lambda row: len(row[column].split()))


def test_one_mistyped_id_among_fifty_costs_one_record(files: LedgerFiles) -> None:
    event = widest(files)
    ids = event["about"].split()
    assert len(ids) > 40
    # the record that has no other claim, and one that has
    for place, lost in ((0, 1), (-1, 1)):
        wrong = ids.copy()
        wrong[place] = f"{ids[place][:2]}-no-such-place-1"
        files.edit("investigations", event["id"], about=" ".join(wrong))
        data = load(files)
        gone = real().records_by_id.keys() - data.records_by_id.keys()
        assert gone <= {ids[place]}
        assert len(gone) <= lost
        assert data.events_by_id[event["id"]].about == tuple(
            i for i in wrong if i in data.records_by_id
        )
        assert any(p.code == "unknown-id" for p in data.problems)


@pytest.mark.parametrize("table", ["stations", "investigations", "counts", "origins"])
def test_an_unknown_page_among_known_ones_costs_the_page_alone(
    files: LedgerFiles, table: str
) -> None:
    row = next(r for r in files.rows(table) if r["source_ids"] and r.get("review") != "hold")
    key = next(iter(row.values()))
    files.edit(table, key, source_ids=row["source_ids"] + " no-such-page")
    data = load(files)
    assert data.rows_set_aside == {}
    assert (data.records, data.events, data.counts, data.origins) == (
        (real().records, real().events, real().counts, real().origins)
    )


@pytest.mark.parametrize("column", ["differs_from", "repeat_of"])
def test_a_reference_that_may_be_empty_is_dropped_alone(files: LedgerFiles, column: str) -> None:
    event = widest(files, "about")
    files.edit("investigations", event["id"], **{column: "nl-2022-no-such-event"})
    data = load(files)
    assert getattr(data.events_by_id[event["id"]], column) in ("", ())
    assert data.records_by_id.keys() == real().records_by_id.keys()
    assert data.rows_set_aside == {}


def test_rows_that_are_set_aside_are_counted_by_table(files: LedgerFiles) -> None:
    files.edit("stations", "nl-rotterdam-1", origin_province="CN-ZI")
    count = files.rows("counts")[0]["id"]
    files.edit("counts", count, value="many")
    data = load(files)
    assert data.set_aside == 1
    assert data.rows_set_aside == {"stations": 1, "counts": 1}
