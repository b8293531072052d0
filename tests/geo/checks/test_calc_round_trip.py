"""What LibreOffice makes of the ledger's files is undone by `make tidy`, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.checks.tidying import rewrite, rewritings
from geo.files.package import resources
from geo.files.standard_form import csv_text
from geo.ledger.dataset import fingerprint
from tests.foreign_programs import converted, needed
from tests.ledger_files import LedgerFiles
from tests.sizes import FULL

#: UTF-8 with commas, in which Calc also looks for dates
_OPENED = "--infilter=CSV:44,34,76,1,,0,false,true"
#: UTF-8, cells as they are shown
_SAVED = "csv:Text - txt - csv (StarCalc):{separator},34,76,1,,0,{quoted},true,false"
#: language, document, separator, and whether all text is in quotation marks
_COMBINATIONS = (
    ("de-DE", "ods", ";", True),
    ("de-DE", "xlsx", ";", False),
    ("en-US", "ods", ",", True),
    ("en-US", "xlsx", "\t", False),
)


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    """Every table of a ledger, those too that the frozen one does not have."""
    files = LedgerFiles(tmp_path / "ledger")
    for resource in resources():
        path = files.folder / resource.file
        if not path.exists():
            cells = [column.example for column in resource.columns]
            path.write_text(csv_text([resource.names, cells]), encoding="utf-8")
    rewrite(files.folder, rewritings(files.folder))
    return files


@pytest.mark.parametrize(
    ("language", "form", "separator", "quoted"), _COMBINATIONS if FULL else _COMBINATIONS[:1]
)
def test_tidy_restores_every_table(
    files: LedgerFiles, tmp_path: Path, language: str, form: str, separator: str, quoted: bool
) -> None:
    needed("soffice")
    before = {path.name: path.read_bytes() for path in files.folder.iterdir()}
    assert set(before) == {resource.file for resource in resources()}
    version, found = fingerprint(files.folder), set(files.new())
    saved = _SAVED.format(separator=ord(separator), quoted=str(quoted).lower())
    documents = converted(files.folder.iterdir(), form, _OPENED, language=language, folder=tmp_path)
    for one in converted(documents, saved, language=language, folder=tmp_path):
        (files.folder / one.name).write_bytes(one.read_bytes())
    # the form alone has changed: one warning for each file, and the same ledger
    assert fingerprint(files.folder) == version
    changed = rewritings(files.folder)
    new = [line for line in files.new() if line not in found]
    assert len(new) == len(changed) > 0
    assert all(line.startswith("warning: ") and "tidy" in line for line in new)
    rewrite(files.folder, changed)
    assert {path.name: path.read_bytes() for path in files.folder.iterdir()} == before
