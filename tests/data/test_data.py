"""The ledger in ``data/`` follows every rule, today."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from geo.model.named_days import named_days
from geo.model.place_names import TABLE, Place, read_names
from geo.paths import PROJECT
from tests.data.rules import RULES, Rule, no_later_day, no_problem
from tests.ledger_files import LedgerFiles

DATA = PROJECT / "data"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_ledger_follows_the_rule(rule: Rule) -> None:
    assert rule(DATA) == []


def test_a_problem_of_the_ledger_is_named(tmp_path: Path) -> None:
    files = LedgerFiles(tmp_path / "data", DATA)
    row = files.edit("stations", files.rows("stations")[0]["id"], review="perhaps")
    first, *_others = no_problem(files.folder)
    assert first.startswith(f"stations.csv:{row} ")


def test_every_city_has_its_names_in_other_languages() -> None:
    named = read_names(TABLE)
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as lines:
        cities = [row for row in csv.DictReader(lines) if row["city"] and row["gazetteer_id"]]
    missing = [c["city"] for c in cities if Place(c["country"], "", c["city"]) not in named]
    assert missing == [], "run make names"


@pytest.mark.parametrize("text", ["on {:%d %B} the next year, {:%Y}", "in {:%B %Y}", "{:%Y-%m-%d}"])
def test_a_text_that_tells_a_later_day_is_named(tmp_path: Path, text: str) -> None:
    files = LedgerFiles(tmp_path / "data", DATA)
    event = next(row for row in files.rows("investigations") if len(row["said_on"]) == 10)
    said = date.fromisoformat(event["said_on"])
    later = said.replace(year=said.year + 1, month=1 + said.month % 12, day=1)
    files.edit("investigations", event["id"], summary=text.format(later, later))
    assert any(line.startswith(f"{event['id']} summary") for line in no_later_day(files.folder))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("On 5 December 2022 and in Dec. 2023", ["2022-12-05", "2023-12"]),
        ("from 7 November to 3 January", ["2022-11-07", "2023-01-03"]),
        ("since 2018, by 2021-06 and 2021-06-30", ["2018", "2021-06", "2021-06-30"]),
        ("may march on; 2,022 of 20221 people, 12.2022 and 1999%", []),
    ],
)
def test_days_are_read_from_a_text(text: str, named: list[str]) -> None:
    assert [found.text for found in named_days(text, date(2022, 12, 1))] == named
