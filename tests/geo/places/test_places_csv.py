"""stations.csv is read leniently, places.csv strictly, and written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.errors import FileUnusable
from geo.places.errors import FileBroken
from geo.places.places_csv import (
    Place,
    PlaceRow,
    places_text,
    read_places,
    read_stations,
    write_places,
)

HEADER = ",".join(PlaceRow._fields) + "\n"
COUNTRIES = {"NL", "NA", "US"}
Write = Callable[..., Path]


def stations(folder: Path) -> tuple[set[Place], list[str]]:
    places, problems = read_stations(folder / "stations.csv", countries=COUNTRIES)
    return places, [str(problem) for problem in problems]


def test_three_columns_are_enough(ledger: Write) -> None:
    folder = ledger(
        "host_city,host_country,host_region\nRotterdam,NL,\nRotterdam,NL,\nWindhoek,NA,\n,US,Ohio\n"
    )
    assert stations(folder) == (
        {Place("NL", "", "Rotterdam"), Place("NA", "", "Windhoek"), Place("US", "Ohio", "")},
        [],
    )


def test_other_columns_may_be_broken(ledger: Write) -> None:
    folder = ledger(
        "id,host_country,host_city,host_region,origin_province,last_checked\n"
        'x,NL, Rotterdam ,,CN-ZI,"never, ""ever"""\nx,NL,Rotterdam,,,tomorrow\n'
    )
    assert stations(folder) == ({Place("NL", "", "Rotterdam")}, [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_windows_files_are_read(ledger: Write, delimiter: str) -> None:
    content = "\ufeffhost_country,host_city,host_region\r\nNL,Rotterdam,\r\n"
    folder = ledger(content.replace(",", delimiter))
    assert stations(folder) == ({Place("NL", "", "Rotterdam")}, [])


def test_rows_that_cannot_be_trusted_are_set_aside_by_number(ledger: Write) -> None:
    folder = ledger(
        "host_country,host_region,host_city\nnl,,Rotterdam\nUS,,Washington, D.C.\n\n,,\nNL,,Breda\n"
    )
    places, problems = stations(folder)
    assert places == {Place("NL", "", "Breda")}
    rest = "; its place was not looked up"
    assert problems == [
        f"stations.csv:2 host_country: “nl” is not a two-letter country code{rest}",
        f"stations.csv:3: 4 cells instead of 3{rest}",
        f"stations.csv:5 host_country: “” is not a two-letter country code{rest}",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", r"stations\.csv:1: the column host_country is missing"),
        (b"host_country,host_region\nNL,\n", r"stations\.csv:1: the column host_city is missing"),
        (
            b"host_country,host_region,host_city\nNL,,A\nNL,,M\xfcnchen\n",
            r"stations\.csv:3: .*UTF-8",
        ),
    ],
)
def test_unreadable_stations_are_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "stations.csv").write_bytes(content)
    with pytest.raises(FileBroken, match=sentence):
        stations(tmp_path)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match=r"There is no stations\.csv in"):
        stations(tmp_path)


GOOD = "NL,,Breda,51.59,4.78,city,manual,,2026-01-01,by hand\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", r"places\.csv:1: the columns must be country,region,city"),
        (HEADER + GOOD + "NL,,Delft,52.01\n", r"places\.csv:3: 4 cells instead of 10"),
        (HEADER + "NL,,Delft,52.01,4.36,city,manual,,,a,b\n", r"places\.csv:2: 11 cells"),
        (HEADER.replace("region,city", "city,region") + GOOD, r"places\.csv:1: the columns must"),
        (HEADER.encode() + b"DE,,K\xf6ln,1,2,city,manual,,,\n", r"places\.csv:2: .*not UTF-8"),
        (HEADER + GOOD + GOOD, r"places\.csv:3: Breda \(NL\) already appears in row 2"),
        (HEADER + 'NL,,"Delft,1,2,city,manual,,,\n', r"places\.csv:2: the row cannot be read"),
    ],
)
def test_a_broken_places_file_is_a_sentence(
    tmp_path: Path, content: str | bytes, sentence: str
) -> None:
    file = tmp_path / "places.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(FileBroken, match=sentence):
        read_places(file)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_files_of_a_spreadsheet_are_read_and_written_in_the_standard_form(
    tmp_path: Path, delimiter: str, end: str
) -> None:
    content = HEADER + GOOD.replace("Breda", "Bre\u0301da ")
    saved = content.replace(",", delimiter).replace("\n", end)
    (tmp_path / "places.csv").write_bytes(f"\ufeff{saved}".encode())
    rows = read_places(tmp_path / "places.csv")
    assert places_text(rows) == HEADER + GOOD.replace("Breda", "Bréda")


def test_places_survive_a_round_trip_sorted(tmp_path: Path) -> None:
    file = tmp_path / "places.csv"
    rows = [
        PlaceRow("NA", "", "Windhoek", "-22.56", "17.08", "city"),
        PlaceRow("DE", "", "Köln", "50.93", "6.95", "city", attribution='a, "b"'),
        PlaceRow("DE", precision="country", region="", city=""),
    ]
    write_places(file, rows)
    assert read_places(file) == sorted(rows)
    assert file.read_bytes() == places_text(reversed(rows)).encode("utf-8")
    assert b"\r" not in file.read_bytes()


def test_no_file_yet_is_no_rows(tmp_path: Path) -> None:
    assert read_places(tmp_path / "places.csv") == []


def test_a_write_that_fails_leaves_the_old_file_and_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "places.csv"
    file.write_text(HEADER + GOOD, encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(FileUnusable, match=r"places\.csv could not be written.*No space left"):
        write_places(file, [])
    assert file.read_text(encoding="utf-8") == HEADER + GOOD
    assert [path.name for path in tmp_path.iterdir()] == ["places.csv"]


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "places.csv"
    real.write_text(HEADER, encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    write_places(link, [PlaceRow("NL", "", "", precision="country")])
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert len(read_places(real)) == 1
