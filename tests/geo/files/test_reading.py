"""Files in any state are read as far as they go, and what is odd is said in one line."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.checks.check import examine
from geo.files.package import resources
from geo.files.reading import read_tables
from geo.files.records import LONGEST_READ
from geo.paths import SCHEMA
from tests.ledger_files import DATA, TODAY, LedgerFiles

STATIONS = "id,host_country,host_city,host_region,place_label,origin_province,origin_city,"
STATIONS += "claim_list,claimed_function,said_open_from,summary,review,last_checked,source_ids\n"


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "ledger")


def read(folder: Path, content: bytes) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """Read one stations.csv; return its rows and what is said about it."""
    folder.mkdir(exist_ok=True)
    (folder / "stations.csv").write_bytes(content)
    tables, problems = read_tables(folder)
    rows = [(row.number, dict(row.cells)) for row in tables["stations"].rows]
    return rows, [str(p) for p in problems if p.file == "stations.csv"]


def test_a_folder_without_a_data_package_is_read(files: LedgerFiles) -> None:
    assert not (files.folder / SCHEMA.name).exists()
    tables, problems = read_tables(files.folder)
    assert list(tables) == [resource.name for resource in resources()]
    assert [p for p in problems if not p.warning] == []
    assert files.new() == []


@pytest.mark.parametrize(
    "name", [resource.name for resource in resources() if not resource.optional]
)
def test_a_missing_file_is_one_line_and_an_empty_table(files: LedgerFiles, name: str) -> None:
    (files.folder / f"{name}.csv").unlink()
    assert files.new() == [f"{name}.csv: the file is missing"]
    examination = examine(files.folder, TODAY)
    assert examination.tables[name].rows == ()
    assert examination.lost == {name}


def test_a_missing_folder_is_a_line_for_each_file(tmp_path: Path) -> None:
    problems = examine(tmp_path / "nowhere", TODAY).problems
    assert {p.message for p in problems} == {"the file is missing"}
    assert len(problems) == sum(not resource.optional for resource in resources())


def test_a_file_that_need_not_be_there_is_read_where_it_is(files: LedgerFiles) -> None:
    assert {r.name for r in resources() if r.optional} == {"corrections", "entered", "quotes"}
    (optional,) = [resource for resource in resources() if resource.name == "corrections"]
    assert examine(files.folder, TODAY).tables["corrections"].columns == optional.names
    files.bytes("corrections", ",".join(optional.names).encode() + b"\n1,soon,,,,,,many\n")
    fields = {p.field for p in examine(files.folder, TODAY).problems if p.file == optional.file}
    assert fields == {"id", "date", "record", "reason", "stood_days"}
    files.bytes("corrections", b"")
    assert files.new() == ["corrections.csv: the file is empty: even the header is missing"]


@pytest.mark.parametrize("content", [b"", b"\n \n", codecs.BOM_UTF8])
def test_an_empty_file(files: LedgerFiles, content: bytes) -> None:
    files.bytes("counts", content)
    assert files.new() == ["counts.csv: the file is empty: even the header is missing"]


def test_a_folder_in_the_place_of_a_file(files: LedgerFiles) -> None:
    (files.folder / "counts.csv").unlink()
    (files.folder / "counts.csv").mkdir()
    assert files.new() == ["counts.csv: the file cannot be read (Is a directory)"]


def test_a_header_that_lacks_a_column(files: LedgerFiles) -> None:
    files.bytes("stations", files.bytes("stations").replace(b"claim_list", b"claim_lst", 1))
    assert files.new() == [
        "stations.csv:1: the header lacks claim_list",
        'stations.csv:1: the header has the unknown column "claim_lst" (did you mean claim_list?)',
    ]
    assert examine(files.folder, TODAY).lost == {"stations"}


def test_a_header_with_a_column_twice(tmp_path: Path) -> None:
    header = STATIONS.replace("host_region", "host_city").encode()
    rows, lines = read(tmp_path, header + b"nl-x-1,NL,Here,There,,,,,,,,,,\n")
    assert lines == [
        "stations.csv:1: the header lacks host_region",
        'stations.csv:1: the header has the column "host_city" twice; the first is used',
    ]
    assert rows[0][1]["host_city"] == "Here"


@pytest.mark.parametrize(
    ("row", "count"), [(b"nl-x-1,NL,Here", 3), (b"nl-x-1,NL,Here" + b"," * 14, 17)]
)
def test_a_row_with_the_wrong_number_of_cells_keeps_those_that_are_there(
    tmp_path: Path, row: bytes, count: int
) -> None:
    rows, lines = read(tmp_path, STATIONS.encode() + row + b"\n")
    assert lines == [f"stations.csv:2: has {count} cells, but the header has 14"]
    number, cells = rows[0]
    assert (number, cells["id"], cells["host_country"]) == (2, "nl-x-1", "NL")


def test_a_row_with_shifted_cells_is_not_complained_about_twice(files: LedgerFiles) -> None:
    lines = files.bytes("sources").split(b"\n")
    lines[4] = lines[4].split(b",")[0] + b",oops"
    files.bytes("sources", b"\n".join(lines))
    assert files.new() == ["sources.csv:5: has 2 cells, but the header has 10"]


def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path: Path) -> None:
    content = STATIONS + 'a-1,NL,"two\nlines"\n\n,,,\nb-1,NL\n'
    rows, lines = read(tmp_path, content.encode())
    assert [(number, cells["id"]) for number, cells in rows] == [(2, "a-1"), (5, "b-1")]
    assert rows[0][1]["host_city"] == "two\nlines"
    assert lines == [
        "stations.csv:2: has 3 cells, but the header has 14",
        "stations.csv:3: is empty: delete the row",
        "stations.csv:4: is empty: delete the row",
        "stations.csv:5: has 2 cells, but the header has 14",
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_a_wide_encoding(tmp_path: Path, encoding: str) -> None:
    rows, lines = read(tmp_path, (STATIONS + "nl-x-1,NL\n" * 9).encode(encoding))
    name = "UTF-32" if encoding == "utf-32" else "UTF-16"
    # the table counts as lost, but a list of what is withheld can be obeyed
    assert [cells for _number, cells in rows] == [{"id": "nl-x-1", "host_country": "NL"}] * 9
    assert lines == [
        f"stations.csv: line 1 is not UTF-8 (the file looks like {name}): run `make tidy`"
    ]


def test_windows_1252_costs_only_the_rows_that_need_it(files: LedgerFiles) -> None:
    row = files.edit("stations", "br-sao-paulo-1", host_city="São Paulo")
    content = files.bytes("stations").replace("São Paulo".encode(), "São Paulo".encode("cp1252"))
    files.bytes("stations", content)
    where = f"stations.csv:{row}"
    lines = [line for line in files.new() if line.startswith(where)]
    assert lines == [
        f"{where}: is not UTF-8 text (it looks like Windows-1252): save the file as UTF-8"
    ]
    table = examine(files.folder, TODAY).tables["stations"]
    assert len(table.rows) == len(files_rows("stations"))
    assert "S\ufffdo Paulo" in {row["host_city"] for row in table.rows}


def files_rows(name: str) -> tuple[object, ...]:
    return read_tables(DATA)[0][name].rows


def test_bytes_of_no_known_encoding_and_a_header_that_is_not_utf8(tmp_path: Path) -> None:
    rows, lines = read(tmp_path, b"\xe9" + STATIONS.encode() + b"nl\x81-1" + b"," * 13 + b"\n")
    assert "stations.csv:2: is not UTF-8 text: save the file as UTF-8" in lines
    assert lines[0] == (
        "stations.csv:1: is not UTF-8 text (it looks like Windows-1252): save the file as UTF-8"
    )
    assert rows[0][1]["host_country"] == ""


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda c: codecs.BOM_UTF8 + c, "a byte-order mark"),
        (lambda c: c.replace(b"\n", b"\r\n"), "line ends of Windows or old Macs (CR)"),
        (lambda c: c.replace(b",", b";"), "cells separated by semicolons"),
        (lambda c: c.replace(b",", b"\t"), "cells separated by tabs"),
    ],
)
def test_another_form_is_read_with_one_warning(
    files: LedgerFiles, change: Callable[[bytes], bytes], named: str
) -> None:
    plain = b"country,what,why,decided_on\nAE,Dubai,an inference,2026-11-21\n"
    files.bytes("excluded", plain)
    before = read_tables(files.folder)[0]["excluded"]
    files.bytes("excluded", change(plain))
    assert read_tables(files.folder)[0]["excluded"] == before
    assert files.new() == [
        f"warning: excluded.csv: is not in the standard form ({named}): run `make tidy`, "
        "which rewrites it"
    ]


def test_old_line_ends_give_the_same_rows(tmp_path: Path) -> None:
    rows, lines = read(tmp_path, (STATIONS + "nl-x-1" + "," * 13 + "\n").encode())
    old, said = read(tmp_path, (STATIONS + "nl-x-1" + "," * 13 + "\n").replace("\n", "\r").encode())
    assert (old, lines) == (rows, [])
    assert len(said) == 1


def test_an_unclosed_quote_costs_one_row(files: LedgerFiles) -> None:
    lines = files.bytes("counts").split(b"\n")
    first = lines[5].partition(b",")[0]
    lines[5] = first + b',"BR' + lines[5].partition(b",")[2]
    files.bytes("counts", b"\n".join(lines))
    assert [line for line in files.new() if line.startswith("counts.csv")] == [
        "counts.csv:6: has an unclosed or stray quotation mark"
    ]
    table = examine(files.folder, TODAY).tables["counts"]
    assert len(table.rows) == len(files_rows("counts"))
    assert table.rows[4]["id"] == first.decode()


def test_a_stray_quote_in_the_header(tmp_path: Path) -> None:
    rows, lines = read(tmp_path, b'"id"x' + STATIONS.encode() + b"nl-x-1,NL\n")
    assert rows == []
    assert lines == ["stations.csv:1: the first row cannot be read, so the columns are unknown"]


def test_a_cell_beyond_all_measure(tmp_path: Path) -> None:
    content = f"{STATIONS}nl-x-1,NL,{'x' * (LONGEST_READ + 1)}\nnl-x-2,NL{',' * 12}\n"
    rows, lines = read(tmp_path, content.encode())
    assert lines == ["stations.csv:2: has a cell that is far too long to be read"]
    assert [cells["id"] for _number, cells in rows] == ["nl-x-1", "nl-x-2"]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.one_of(
        st.binary(max_size=400),
        st.binary(max_size=200).map(lambda tail: STATIONS.encode() + tail),
        st.text(alphabet='",\r\n\0 a1-/é\u202e', max_size=200).map(
            lambda text: (STATIONS + text).encode()
        ),
    )
)
def test_no_bytes_raise(tmp_path: Path, content: bytes) -> None:
    for name in ("stations", "investigations", "places"):
        (tmp_path / f"{name}.csv").write_bytes(content)
    examination = examine(tmp_path, TODAY)
    assert examination.problems
    # what is said can be printed anywhere, and stays on its line
    assert all(line.isprintable() for line in map(str, examination.problems))
