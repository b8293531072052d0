"""The codebook says of every column what its cells are, and the cells are that."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from geo.exports.rows import (
    EVENT_COLUMNS,
    NOWHERE,
    RECORD_COLUMNS,
    Provenance,
    event_properties,
    properties,
)
from geo.exports.selection_files import events_csv, records_csv
from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.link.parameters import parameters
from geo.link.selection import Filters
from geo.model.codebook import EVENTS, RECORDS, SOURCES
from geo.model.columns import FIRST, LAST, Column, Kind
from geo.model.dates import parse
from tests.entities import on, real
from tests.ledger_files import TODAY, LedgerFiles

SOMEWHERE = Provenance("https://atlas.example/?asof=2026-11-22", "A publisher.")
TABLES = {"records": RECORDS, "events": EVENTS, "sources": SOURCES}


def _schema(columns: tuple[Column, ...]) -> Draft202012Validator:
    cells = {column.name: column.json_schema() for column in columns}
    schema: dict[str, Any] = {
        "type": "object",
        "properties": cells,
        "required": list(cells),
        "additionalProperties": False,
    }
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _check(snapshot: Snapshot) -> None:
    """Compare every cell of a day with the codebook."""
    for columns, rows in (
        (RECORDS, [properties(r, snapshot, SOMEWHERE) for r in snapshot.records]),
        (EVENTS, [event_properties(e, snapshot, SOMEWHERE) for e in snapshot.events]),
    ):
        validator = _schema(columns)
        may_be_empty = {column.name for column in columns if column.empty}
        for row in rows:
            assert [error.message for error in validator.iter_errors(row)] == []
            assert {name for name, cell in row.items() if not cell} <= may_be_empty


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_one_name_and_a_meaning(table: str) -> None:
    names = [column.name for column in TABLES[table]]
    assert len(set(names)) == len(names)
    for column in TABLES[table]:
        assert column.description.endswith(".")
        assert "{" not in column.description
        field = column.table_field()
        assert (field["name"], field["description"]) == (column.name, column.description)
        assert column.of in ("", *names)


def test_files_have_the_columns_of_the_codebook_in_its_order() -> None:
    selection = Filters().select(on(TODAY))
    for text, columns in (
        (records_csv(selection, NOWHERE), RECORDS),
        (events_csv(selection, NOWHERE), EVENTS),
    ):
        assert next(csv.reader(io.StringIO(text))) == [column.name for column in columns]


def test_what_picks_by_a_column_is_a_column() -> None:
    named = {column for row in parameters() for column in row.columns}
    assert named <= {*RECORD_COLUMNS, *EVENT_COLUMNS}


@pytest.mark.parametrize("day", [date(2022, 9, 20), date(2022, 12, 31), TODAY])
def test_cells_are_what_the_codebook_says(day: date) -> None:
    _check(on(day))


@pytest.mark.parametrize("table", ["stations", "investigations"])
def test_cells_that_are_withheld_are_what_the_codebook_says(table: str, tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data")
    ids = [row["id"] for row in files.rows(table)]
    # a row without one of these is not shown at all, nor are those about it
    hidden = {"host_country", "country", "said_on", "about", "source_ids", "event_type"}
    columns = [name for name in files.rows(table)[0] if name not in {"id", *hidden}]
    for key, column in zip(ids, cycle(columns), strict=False):
        files.add(
            "withheld", kind="field", id=key, field=column, since="2026-03-03",
            ground="privacy", note="",
        )  # fmt: skip
    snapshot = Snapshot(Dataset.load(files.folder, TODAY), TODAY)
    assert len(snapshot.records) > 50
    _check(snapshot)


def test_a_date_has_its_first_and_its_last_day_next_to_it() -> None:
    for columns, rows in (
        (RECORDS, [properties(r, on(TODAY), NOWHERE) for r in real().records]),
        (EVENTS, [event_properties(e, on(TODAY), NOWHERE) for e in real().events]),
    ):
        names = [column.name for column in columns]
        dated = [column.name for column in columns if column.kind is Kind.DATED]
        assert len(dated) == 2
        for name in dated:
            at = names.index(name)
            assert names[at + 1 : at + 3] == [name + FIRST, name + LAST]
            for row in rows:
                days = (row[name + FIRST], row[name + LAST])
                when = parse(row[name]) if row[name] else None
                assert days == (
                    (when.first.isoformat(), when.last.isoformat()) if when else ("", "")
                )
            # some are less exact than a day, which is what the two columns are for
            assert any(row[name + FIRST] != row[name + LAST] for row in rows), name
