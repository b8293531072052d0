"""One line for each cause: what only follows from another problem is not named beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.checks.check import examine
from geo.ledger.dataset import Dataset
from tests.ledger_files import TODAY, LedgerFiles


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "ledger")


@pytest.mark.parametrize("country", ["XX", "FR", ""])
def test_a_wrong_country_of_a_record_is_one_line(files: LedgerFiles, country: str) -> None:
    row = files.edit("stations", "ie-dublin-1", host_country=country)
    (line,) = files.new()
    assert line.startswith(f"stations.csv:{row} ")


@pytest.mark.parametrize("country", ["XX", "FR", ""])
def test_a_wrong_country_of_an_event_is_one_line(files: LedgerFiles, country: str) -> None:
    row = files.edit("investigations", "ie-2022-09-12-claim", country=country)
    (line,) = files.new()
    assert line.startswith(f"investigations.csv:{row} ")


@pytest.mark.parametrize("country", ["XX", "FR", ""])
def test_a_wrong_country_of_a_place_is_one_line(files: LedgerFiles, country: str) -> None:
    rows = files.rows("places")
    index = next(n for n, row in enumerate(rows) if row["city"] == "Dublin")
    rows[index]["country"] = country
    files.write("places", rows)
    (line,) = files.new()
    assert line.startswith(f"places.csv:{index + 2} ")


@pytest.mark.parametrize("value", ["٣", "３", "1_0", "3٠"])
def test_a_number_in_other_digits_is_one_line(files: LedgerFiles, value: str) -> None:
    rows = files.rows("counts")
    rows[0]["value"] = value
    files.write("counts", rows)
    (line,) = files.new()
    assert line.startswith(f'counts.csv:2 value: "{value}" is not written with the digits 0–9')


@pytest.mark.parametrize("sign", ["٥", "５", "_1"])
def test_a_coordinate_in_other_digits_is_one_line(files: LedgerFiles, sign: str) -> None:
    rows = files.rows("places")
    index = next(n for n, row in enumerate(rows) if row["city"] == "Dublin")
    rows[index]["latitude"] += sign
    files.write("places", rows)
    (line,) = files.new()
    assert line.startswith(f"places.csv:{index + 2} latitude: ")


@pytest.mark.parametrize("number", ["2964574.0", "2,964,574", "2964574,00", "2.96E+06"])
def test_an_id_that_a_program_took_for_a_number_is_one_line(
    files: LedgerFiles, number: str
) -> None:
    rows = files.rows("places")
    index = next(n for n, row in enumerate(rows) if row["city"] == "Dublin")
    rows[index]["gazetteer_id"] = number
    files.write("places", rows)
    (line,) = files.new()
    assert line.startswith(f'places.csv:{index + 2} gazetteer_id: "{number}" ')


@pytest.mark.parametrize("day", ["2022-09-31", "2031-01-01", "2022-03-01", "12 Sep 2022"])
def test_a_wrong_day_is_one_line(files: LedgerFiles, day: str) -> None:
    row = files.edit("investigations", "ie-2022-10-25-told-to-stop", said_on=day)
    (line,) = files.new()
    assert f"investigations.csv:{row} " in line


def test_an_unknown_id_in_many_rows_is_one_line_that_names_them(files: LedgerFiles) -> None:
    rows = files.rows("investigations")
    numbers: list[int] = []
    for number, row in enumerate(rows, 2):
        if len(numbers) < 3 and " " in row["source_ids"]:
            row["source_ids"] += " nobody-2022"
            numbers.append(number)
    files.write("investigations", rows)
    first, *others = numbers
    places = ", ".join(f"investigations.csv:{number}" for number in others)
    (line,) = files.new()
    assert line.startswith(f"investigations.csv:{first} source_ids: no row of sources.csv")
    assert line.endswith(f"(also in {places})")


def test_rows_with_a_consequence_are_not_served(files: LedgerFiles) -> None:
    files.edit("stations", "ie-dublin-1", host_country="FR")
    examination = examine(files.folder, TODAY)
    assert any(problem.code == "other-country" for problem in examination.consequences)
    served = Dataset.load(files.folder, TODAY)
    assert not [event for event in served.events if "ie-dublin-1" in event.about]


def test_a_warning_hides_no_error(files: LedgerFiles) -> None:
    event = "ie-2022-10-25-told-to-stop"
    row = files.edit("investigations", event, said_on="2022-03-01", happened_on="2022-10-25")
    (line,) = files.new()
    assert line.startswith(f"investigations.csv:{row} happened_on: ")


def test_a_page_that_is_late_by_the_day_of_the_id_too_is_named_beside_it(
    files: LedgerFiles,
) -> None:
    event = "ie-2022-10-25-told-to-stop"
    late = next(row["id"] for row in files.rows("sources") if row["published"] == "2024-03-22")
    cited = next(r["source_ids"] for r in files.rows("investigations") if r["id"] == event)
    row = files.edit(
        "investigations", event, said_on="2022-10-26", source_ids=f"{cited} {late}", happened_on=""
    )
    places = [line.split(": ")[1] for line in files.new()]
    assert f"investigations.csv:{row} said_on" in places
    assert f"investigations.csv:{row} source_ids" in places
