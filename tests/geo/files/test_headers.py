"""The list of what may not be shown is read wherever its header is, and what is odd is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.files.form_warning import FORM
from geo.files.reading import LOST, read_table
from geo.files.withheld_rows import Entry, Withdrawn, entries
from tests.ledger_files import LedgerFiles

HEADER = b"kind,id,field,since,ground,note\n"
FIELD = b"field,nl-amsterdam-1,summary,2026-01-01,legal,\n"
RECORD = b"record,zm-1,,2026-02-01,privacy,\n"
LISTED = {
    Entry(0, "field", "nl-amsterdam-1", "summary", Withdrawn("2026-01-01", "legal")),
    Entry(0, "record", "zm-1", "", Withdrawn("2026-02-01", "privacy")),
}
ABOVE = "is above the header, which is row {}: the header has to be the first row"
TITLE = b"Withheld entries\n"

#: content, and what is said of it
FOUND = {
    "title": (TITLE + HEADER + FIELD + RECORD, [f":1: {ABOVE.format(2)}"]),
    "comment and blank row": (
        b"# kept by the desk\n\n" + HEADER + FIELD + RECORD,
        [f":1: {ABOVE.format(3)}", ":2: is empty: delete the row"],
    ),
    "sorted": (FIELD + HEADER + RECORD, [f":1: {ABOVE.format(2)}"]),
    "semicolons": (
        (HEADER + FIELD + RECORD).replace(b",", b";"),
        [
            ": is not in the standard form (cells separated by semicolons): run `make tidy`, "
            "which rewrites it"
        ],
    ),
    "title above tabs": (
        TITLE + (HEADER + FIELD + RECORD).replace(b",", b"\t"),
        [f":1: {ABOVE.format(2)}"],
    ),
    "other case": (
        HEADER.replace(b"kind", b" KIND ") + FIELD + RECORD,
        [':1: the header has the unknown column " KIND " (did you mean kind?)'],
    ),
    "repeated": (
        HEADER + FIELD + HEADER + RECORD,
        [":3: repeats the header: delete the row"],
    ),
    "repeated in another order": (
        HEADER + FIELD + b"id,kind,since,ground,field,note\nzm-1,record,2026-02-01,privacy,,\n",
        [":3: repeats the header: delete the row"],
    ),
    "wide": (
        (TITLE + HEADER + FIELD + RECORD).decode().encode("utf-16"),
        [": line 1 is not UTF-8 (the file looks like UTF-16): run `make tidy`"],
    ),
}


@pytest.mark.parametrize("case", FOUND)
def test_the_list_is_read_below_any_row(tmp_path: Path, case: str) -> None:
    content, said = FOUND[case]
    (tmp_path / "withheld.csv").write_bytes(content)
    table, problems = read_table(tmp_path, "withheld")
    # of a title each word is taken for a name, and no row has it
    assert {entry for entry in entries(table) if entry.kind in ("record", "field")} == LISTED
    assert [str(problem) for problem in problems] == [f"withheld.csv{line}" for line in said]
    assert {problem.code for problem in problems if problem.warning} <= {FORM}
    if case != "wide":
        assert LOST.isdisjoint(problem.code for problem in problems)


@pytest.mark.parametrize(
    "content",
    [FIELD + RECORD, b"field,zm-1,id,2026-01-01,legal,\n", TITLE, b"<html>\n", TITLE + RECORD],
    ids=["no header", "a cell named id", "title", "html", "title and no header"],
)
def test_a_list_without_any_header_has_no_columns(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "withheld.csv").write_bytes(content)
    table, problems = read_table(tmp_path, "withheld")
    assert table.columns == ()
    assert "header" in {problem.code for problem in problems}


def test_a_running_server_obeys_rows_without_a_header(tmp_path: Path) -> None:
    (tmp_path / "withheld.csv").write_bytes(FIELD + RECORD)
    assert set(entries(read_table(tmp_path, "withheld")[0])) == LISTED


def test_other_files_need_their_header_first(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "ledger")
    files.bytes("counts", TITLE + files.bytes("counts"))
    table, problems = read_table(files.folder, "counts")
    assert table.columns == ("Withheld entries",)
    assert "header" in {problem.code for problem in problems}


#: how much of a last row is written, and whether it names what it is going to name
CUT = {
    b"record,zm-1": False,
    b"record,zm-1,": True,
    b"record,zm-1,,20": True,
    b"field,zm-1,summ": False,
    b"field,zm-1,summary,": True,
}


@pytest.mark.parametrize("row", CUT)
def test_a_row_that_is_cut_within_a_name_names_nothing_yet(tmp_path: Path, row: bytes) -> None:
    (tmp_path / "withheld.csv").write_bytes(HEADER + FIELD + row)
    table, _problems = read_table(tmp_path, "withheld")
    keys = [entry.key for entry in entries(table, unfinished=True)]
    assert keys == ["nl-amsterdam-1"] + ["zm-1"] * CUT[row]
    assert [entry.key for entry in entries(table)] == ["nl-amsterdam-1", "zm-1"]
