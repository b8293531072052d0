"""Other programs open workbook and data package with the same rows and the same days."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from geo.exports.tables import selection_tables
from geo.model.columns import Kind
from tests.foreign_programs import needed, rows_of, run, sheets_in_calc
from tests.geo.exports.selections import address, written_package, written_workbook
from tests.sizes import FULL

#: of LibreOffice; a start of it takes seconds
LANGUAGES = ("en-US", "de-DE", "fr-FR") if FULL else ("de-DE",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_calc_shows_the_workbook_as_it_is_in_every_language(language: str, tmp_path: Path) -> None:
    needed("soffice")
    file = tmp_path / "atlas.xlsx"
    file.write_bytes(written_workbook())
    shown = sheets_in_calc(file, language, tmp_path)
    for table in selection_tables(*address()):
        assert shown[table.title] == [dict(row) for row in table.rows]


def test_gdal_reads_the_workbook_with_its_days(tmp_path: Path) -> None:
    needed("ogr2ogr")
    (tmp_path / "atlas.xlsx").write_bytes(written_workbook())
    # otherwise a table of text alone has no head for GDAL
    forced = ("--config", "OGR_XLSX_HEADERS", "FORCE")
    assert run("ogr2ogr", *forced, "-f", "CSV", "out", "atlas.xlsx", folder=tmp_path) == ""
    for table in selection_tables(*address()):
        read = rows_of((tmp_path / "out" / f"{table.title}.csv").read_text(encoding="utf-8"))
        days = {column.name for column in table.columns if column.kind is Kind.DAY}
        # GDAL writes a day with slashes, and text as it is
        wanted = [
            {name: cell.replace("-", "/") if name in days else cell for name, cell in row.items()}
            for row in table.rows
        ]
        assert read == wanted


def test_gdal_reads_the_tables_of_the_data_package(tmp_path: Path) -> None:
    needed("ogr2ogr")
    ZipFile(io.BytesIO(written_package())).extractall(tmp_path)
    for table in selection_tables(*address()):
        names = (f"out-{table.name}.csv", f"{table.name}.csv")
        assert run("ogr2ogr", "-f", "CSV", *names, folder=tmp_path) == ""
        read = rows_of((tmp_path / names[0]).read_text(encoding="utf-8"))
        assert read == rows_of((tmp_path / names[1]).read_text(encoding="utf-8"))


def test_r_reads_the_tables_of_the_data_package(tmp_path: Path) -> None:
    needed("Rscript")
    ZipFile(io.BytesIO(written_package())).extractall(tmp_path)
    tables = selection_tables(*address())
    program = """
    options(warn = 2)
    for (name in commandArgs(trailingOnly = TRUE)) {
      x <- read.csv(paste0(name, ".csv"), na.strings = "", encoding = "UTF-8")
      days <- grep("_(first|last)$|^as_of$|^last_checked$", names(x), value = TRUE)
      for (day in days) x[[day]] <- as.Date(x[[day]])
      write.csv(x[c(names(x)[1], days)], paste0(name, ".out"), row.names = FALSE, na = "")
    }
    """
    (tmp_path / "read.R").write_text(program, encoding="utf-8")
    run("Rscript", "read.R", *(table.name for table in tables), folder=tmp_path)
    for table in tables:
        read = rows_of((tmp_path / f"{table.name}.out").read_text(encoding="utf-8"))
        assert read == [{name: row[name] for name in read[0]} for row in table.rows]
