"""The data package: valid, whole, and the same rows as the CSV files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from frictionless import Package

from geo.exports.data_package import data_package
from geo.exports.rows import Provenance
from geo.exports.selection_files import events_csv, harmless, records_csv
from geo.words.permanent_lines import MEANING, NOT_MEANING
from tests.entities import event, ledger
from tests.geo.exports.selections import (
    QUERIES,
    address,
    made_by_hand,
    written_package,
)

TABLES = ("records", "events", "sources", "quotes", "counts")


def _files(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _rows(content: bytes) -> list[dict[str, str]]:
    text = io.StringIO(content.decode(), newline="")
    return list(csv.DictReader(text, strict=True))


def _descriptor(files: Mapping[str, bytes]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(files["datapackage.json"])
    return read


def _complaints(content: bytes, folder: Path) -> list[tuple[str, str]]:
    """What frictionless finds: its kind of fault, and a sentence."""
    file = folder / "package.zip"
    file.write_bytes(content)
    found = Package(str(file)).validate().flatten(["type", "message"])
    return [(kind, message) for kind, message in found]


@pytest.mark.parametrize("query", QUERIES)
def test_frictionless_finds_nothing(query: str, tmp_path: Path) -> None:
    assert _complaints(written_package(query), tmp_path) == []


def test_frictionless_sees_a_row_that_others_miss(tmp_path: Path) -> None:
    files = _files(written_package("country=NL"))
    head, *pages = files["sources.csv"].splitlines(keepends=True)
    quoted = _rows(files["quotes.csv"])[0]["source"].encode()
    rest = b"".join(page for page in pages if not page.startswith(quoted))
    broken = tmp_path / "broken.zip"
    with ZipFile(broken, "w") as archive:
        for name, content in {**files, "sources.csv": head + rest}.items():
            archive.writestr(name, content)
    assert "foreign-key" in {kind for kind, _said in _complaints(broken.read_bytes(), tmp_path)}


@pytest.mark.parametrize("query", QUERIES)
def test_records_and_events_are_the_csv_files_without_their_mark(query: str) -> None:
    opened, provenance = address(query)
    files = _files(written_package(query))
    for name, write in (("records", records_csv), ("events", events_csv)):
        assert files[f"{name}.csv"] == write(opened.selection, provenance).encode()


@pytest.mark.parametrize("query", QUERIES)
def test_each_column_of_each_file_is_described_in_order(query: str) -> None:
    files = _files(written_package(query))
    described = _descriptor(files)["resources"]
    assert [resource["name"] for resource in described] == list(TABLES)
    for resource in described:
        head = next(csv.reader(io.StringIO(files[resource["path"]].decode(), newline="")))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == head
        assert all(field["description"] and field["type"] for field in fields)


def _mentioned(row: Mapping[str, str], field: Mapping[str, Any]) -> Iterator[str]:
    listing = field["list"]
    cell = row[field["name"]]
    yield from cell.split(listing["separator"]) if "separator" in listing else filter(None, [cell])


@pytest.mark.parametrize("query", QUERIES)
def test_every_page_that_a_row_names_has_its_row(query: str) -> None:
    files = _files(written_package(query))
    pages = _rows(files["sources.csv"])
    for resource in _descriptor(files)["resources"]:
        for field in resource["schema"]["fields"]:
            target, _dot, column = field.get("list", {}).get("references", "").partition(".")
            if target != "sources":
                continue
            known = {page[column] for page in pages}
            for row in _rows(files[resource["path"]]):
                assert set(_mentioned(row, field)) <= known


def test_sources_quotations_and_figures_are_those_of_the_selection() -> None:
    files = _files(written_package("country=NL"))
    events = {row["event"] for row in _rows(files["events.csv"])}
    assert {row["event"] for row in _rows(files["quotes.csv"])} <= events
    assert {row["country"] for row in _rows(files["counts.csv"])} == {"NL"}
    opened, _provenance = address()
    everything = _files(written_package())
    assert len(_rows(everything["counts.csv"])) == len(opened.dataset.counts)
    assert len(_rows(everything["quotes.csv"])) == len(opened.dataset.quotations)


def test_a_past_day_has_nothing_of_what_came_later() -> None:
    opened, _provenance = address("asof=2022-12-31")
    files = _files(written_package("asof=2022-12-31"))
    counts = _rows(files["counts.csv"])
    assert counts
    assert {row["note"] for row in counts} == {""}
    assert max(row["claimed_on_last"] for row in counts) <= "2022-12-31"
    public = {event.id for event in opened.snapshot.events}
    assert {row["event"] for row in _rows(files["quotes.csv"])} <= public


def test_it_says_what_it_is_and_how_it_was_selected() -> None:
    opened, provenance = address("country=NL")
    files = _files(written_package("country=NL"))
    read_me = files["README.txt"].decode()
    for words in (MEANING, NOT_MEANING, opened.dataset.version, provenance.link, "Netherlands"):
        assert words in read_me
    assert all(name in read_me for name in files if name != "README.txt")
    assert "CC BY 4.0" in files["LICENSE.txt"].decode()
    assert opened.dataset.version in files["CITATION.txt"].decode()
    described = _descriptor(files)
    assert described["version"] == f"v{opened.dataset.version}"
    assert described["homepage"] == provenance.link


def test_a_search_does_not_speak_in_the_atlas_s_name() -> None:
    files = _files(data_package(*address("q=unsayable")))
    link = address("q=unsayable")[1].link
    for content in files.values():
        assert "unsayable" not in content.decode().replace(link, "")


def test_the_same_selection_has_the_same_bytes() -> None:
    assert data_package(*address("country=NL")) == written_package("country=NL")
    with ZipFile(io.BytesIO(written_package())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_formula_is_disarmed_as_in_the_csv_files() -> None:
    made = made_by_hand(ledger([event("a", summary="=1+1")]))
    (row,) = _rows(_files(data_package(made, Provenance()))["events.csv"])
    assert row["summary"] == harmless("=1+1") == "'=1+1"


def test_what_was_ignored_is_in_the_first_column_and_described(tmp_path: Path) -> None:
    opened, provenance = address("country=NL")
    said = "Ignored in this link: country=“nl2” (unknown value)."
    content = data_package(opened, replace(provenance, notices=(said,), ignored=(said,)))
    assert _complaints(content, tmp_path) == []
    files = _files(content)
    for name in ("records", "events"):
        rows = _rows(files[f"{name}.csv"])
        assert {next(iter(row.items())) for row in rows} == {("ignored", said)}
    assert said in files["README.txt"].decode()
    assert _descriptor(files)["notices"] == [said]


def test_pandas_reads_the_types_that_are_described() -> None:
    files = _files(written_package())
    for resource in _descriptor(files)["resources"]:
        fields = resource["schema"]["fields"]
        days = [field["name"] for field in fields if field["type"] == "date"]
        frame = pd.read_csv(
            io.BytesIO(files[resource["path"]]),
            keep_default_na=False,
            na_values=dict.fromkeys(days, ""),
            parse_dates=days,
            dtype={f["name"]: str for f in fields if f["type"] == "string"},
        )
        rows = _rows(files[resource["path"]])
        assert len(frame) == len(rows)
        for day in days:
            shown = frame[day].dt.strftime("%Y-%m-%d").fillna("")
            assert list(shown) == [row[day] for row in rows]
