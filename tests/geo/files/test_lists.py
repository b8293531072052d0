"""A list that a command is given is read as any spreadsheet saves it, or refused by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import AtlasError
from geo.files.lists import list_records, read_list

NAMES = ("record", "reason")
PLAIN = 'record,reason\nnl-1,"Says “a; b”, and more"\nde-1,Zürich\n'
READ = [["nl-1", "Says “a; b”, and more"], ["de-1", "Zürich"]]


SEMICOLONS = 'record;reason\nnl-1;"Says “a; b”, and more"\nde-1;Zürich\n'
TABS = "record\treason\nnl-1\tSays “a; b”, and more\nde-1\tZürich\n"

FORMS = {
    "plain": PLAIN.encode(),
    "BOM and CR LF": b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode(),
    "semicolons": SEMICOLONS.encode(),
    "a line for spreadsheets": b"sep=;\r\n" + SEMICOLONS.encode(),
    "tabs in UTF-16": TABS.encode("utf-16"),
    "other case": PLAIN.replace("record,reason", "Record, REASON ").encode(),
    "other order": b'reason,x,record\n"Says \xe2\x80\x9ca; b\xe2\x80\x9d, and more",,nl-1\n'
    + "Zürich,,de-1\n".encode(),
    "blank rows and columns": PLAIN.replace("\n", ",,\n").encode() + b",,,\n\n",
    "no last line end": PLAIN.removesuffix("\n").encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read(tmp_path: Path, form: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(FORMS[form])
    assert [one.cells for one in read_list(file, NAMES)] == READ


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "lacks record, reason"),
        (b"record,why\nx,y\n", "lacks reason"),
        (b"record,reason\nx\n", "list.csv:2: has 1 cells, but the header has 2"),
        (b"record,reason\nx,y,z\n", "list.csv:2: has 3 cells"),
        (b'record,reason\nx,"y\n', "list.csv:2: has an unclosed or stray quotation mark"),
        ("record,reason\nx,Zürich\n".encode("cp1252"), "list.csv:2: is not UTF-8 text"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    with pytest.raises(AtlasError) as refused:
        read_list(file, NAMES)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("content", ["a;b\n", "a\tb\n", "a,b\n", 'a;"b"\n;\n'])
def test_a_list_without_a_header_is_told_by_its_cells(tmp_path: Path, content: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text(content, encoding="utf-8")
    assert [one.cells for one in list_records(file, NAMES)] == [["a", "b"]]


def test_a_list_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match="cannot be read: No such file"):
        read_list(tmp_path / "list.csv", NAMES)
