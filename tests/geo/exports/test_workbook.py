"""The workbook: the rows of the CSV files, days that are days, and text that stays text."""

from __future__ import annotations

import csv
import io
import time
from datetime import date, datetime
from functools import cache
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from geo.exports import sheets
from geo.exports.rows import Provenance
from geo.exports.selection_files import events_csv, harmless, records_csv
from geo.exports.sheets import can_be_linked, day_of, fitting
from geo.exports.tables import selection_tables
from geo.exports.workbook import workbook
from geo.model.columns import Kind
from geo.words.permanent_lines import MEANING
from tests.entities import event, ledger, source
from tests.geo.exports.selections import (
    ORIGIN,
    QUERIES,
    address,
    made_by_hand,
    written_workbook,
)
from tests.sizes import size


def _read(content: bytes) -> dict[str, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: sheet for sheet in book.worksheets}


@cache
def _sheets(query: str = "") -> dict[str, Worksheet]:
    return _read(written_workbook(query))


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def _rows(sheet: Worksheet) -> list[dict[str, str]]:
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), map(_text, row), strict=True)) for row in rest]


def _cells(sheet: Worksheet, name: str) -> list[Any]:
    (column,) = [cell.column for cell in sheet[1] if cell.value == name]
    return [row[column - 1] for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize("query", QUERIES)
def test_records_and_entries_have_the_rows_and_columns_of_the_csv_files(query: str) -> None:
    opened, provenance = address(query)
    read = _sheets(query)
    for title, write in (("Records", records_csv), ("Entries", events_csv)):
        text = write(opened.selection, provenance)
        head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert [cell.value for cell in read[title][1]] == head
        disarmed = [{k: harmless(v) for k, v in row.items()} for row in _rows(read[title])]
        assert disarmed == [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("query", QUERIES)
def test_every_table_of_the_selection_is_a_sheet(query: str) -> None:
    tables, read = selection_tables(*address(query)), _sheets(query)
    assert list(read) == ["About", *(table.title for table in tables), "Columns"]
    for table in tables:
        assert _rows(read[table.title]) == [dict(row) for row in table.rows]


def test_whole_days_are_days_and_partial_dates_are_text() -> None:
    read = _sheets()
    for table in selection_tables(*address()):
        for column in table.columns:
            for cell in _cells(read[table.title], column.name):
                if cell.value is None:
                    continue
                kind = {Kind.DAY: datetime, Kind.NUMBER: int}.get(column.kind, str)
                assert isinstance(cell.value, kind), (table.title, column.name)
                if column.kind is Kind.DAY:
                    assert cell.number_format == "yyyy-mm-dd"
    months = [c.value for c in _cells(read["Entries"], "said_on") if len(str(c.value)) == 7]
    assert months


def test_a_sheet_explains_every_column() -> None:
    explained = _rows(_sheets()["Columns"])
    wanted = [(t.title, c.name) for t in selection_tables(*address()) for c in t.columns]
    assert [(row["sheet"], row["column"]) for row in explained] == wanted
    assert all(row["meaning"] for row in explained)


def test_the_first_sheet_says_what_it_is_and_the_foot_of_each_that_it_is_no_finding() -> None:
    opened, provenance = address("country=NL")
    read = _sheets("country=NL")
    said = {
        str(row[0]): str(row[1]) for row in read["About"].iter_rows(min_row=3, values_only=True)
    }
    assert said["What a row means"].startswith(MEANING)
    assert said["Ledger version"] == f"v{opened.dataset.version}"
    assert "Netherlands" in said["Selected"]
    assert said["Address"] == provenance.link
    assert "CC BY 4.0" in said["Licence"]
    for sheet in read.values():
        assert sheet.oddFooter is not None
        assert MEANING in str(sheet.oddFooter.left.text)
        if sheet.title != "About":
            assert sheet.freeze_panes == "B2"
            assert sheet.auto_filter.ref


def test_addresses_are_links_that_lead_where_they_say() -> None:
    read = _sheets("country=NL")
    for title, name in (("Records", "link"), ("Entries", "link"), ("Sources", "url")):
        cells = [cell for cell in _cells(read[title], name) if cell.value]
        assert cells
        for cell in cells:
            assert cell.hyperlink is not None
            anchor = f"#{cell.hyperlink.location}" if cell.hyperlink.location else ""
            assert f"{cell.hyperlink.target}{anchor}" == cell.value
    assert str(_cells(read["Records"], "link")[0].value).startswith(f"{ORIGIN}/s/")


def test_the_same_selection_has_the_same_bytes() -> None:
    assert workbook(*address("country=NL")) == written_workbook("country=NL")


def test_the_whole_ledger_takes_less_than_half_a_second_of_work() -> None:
    opened, provenance = address()
    workbook(opened, provenance)

    def seconds() -> float:
        before = time.process_time()
        workbook(opened, provenance)
        return time.process_time() - before

    assert min(seconds() for _attempt in range(2)) < 0.5


# cells that other programs would change -----------------------------------------------------


def _made(**cells: Any) -> dict[str, Worksheet]:
    pages = [source("page", **{k: cells.pop(k) for k in ("url",) if k in cells})]
    made = made_by_hand(ledger([event("a", **cells)], sources=pages))
    return _read(workbook(made, Provenance(ORIGIN)))


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@x", "12345678", "1e5", "007", "2022-12", "1/2", "TRUE", "NA", " a ",
     "a\tb", "a\nb", "_x0041_", "\x01", "http://", "{=A1}", "ＩＤ", "𠮷", "mailto:a@b.example"],
)  # fmt: skip
def test_text_stays_text(cell: str) -> None:
    (found,) = _cells(_made(summary=cell)["Entries"], "summary")
    assert found.data_type == "s"
    # openpyxl does not undo Excel's form of characters that XML has none for
    read = str(found.value).replace("_x005F_", "_").replace("_x0001_", "\x01")
    assert read == cell


@settings(max_examples=size(10, 40))
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1))
def test_a_cell_keeps_any_text(text: str) -> None:
    if "_x" in text:
        return
    (found,) = _cells(_made(summary=text)["Entries"], "summary")
    assert found.value == text


def test_a_text_that_is_too_long_for_a_cell_says_that_it_is_cut() -> None:
    for text in ("x" * 40_000, "𠮷" * 20_000):
        cut = fitting(text)
        assert cut.endswith("The CSV file has all of it.]")
        assert len(cut.encode("utf-16-le")) // 2 <= sheets.LONGEST_CELL
        assert text.startswith(cut.partition(" [")[0])
    whole = "x" * sheets.LONGEST_CELL
    assert fitting(whole) == whole
    (found,) = _cells(_made(summary="x" * 40_000)["Entries"], "summary")
    assert found.value == fitting("x" * 40_000)


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("https://a.example/", True),
        ("https://a.example/#" + "x" * 255, True),
        ("https://a.example/#" + "x" * 256, False),
        ("https://a.example/" + "x" * 2061, True),
        ("https://a.example/" + "x" * 2062, False),
        ("https://a.example/ https://b.example/", False),
        ("javascript:alert(1)", False),
        ("/s/nl-1", False),
        ("", False),
    ],
)
def test_only_what_excel_accepts_is_linked(text: str, linked: bool) -> None:
    assert can_be_linked(text) is linked


def test_links_beyond_those_that_a_sheet_may_have_are_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheets, "MOST_LINKS", 3)
    cells = _cells(_read(workbook(*address("country=NL")))["Sources"], "url")
    assert [bool(cell.hyperlink) for cell in cells[:5]] == [True, True, True, False, False]
    assert all(cell.value for cell in cells)


@pytest.mark.parametrize(
    ("text", "day"),
    [("1900-02-28", None), ("1900-03-01", date(1900, 3, 1)), ("2022-12", None), ("2022", None),
     ("9999-12-31", date(9999, 12, 31)), ("", None)],
)  # fmt: skip
def test_a_day_is_one_that_all_programs_count_alike(text: str, day: date | None) -> None:
    assert day_of(text) == day
