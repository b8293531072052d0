"""What the data package asks is said in a sentence that names the cell and the way out."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

import pytest

from geo.checks.check import examine
from geo.files import schema
from geo.files.package import Column, resources
from geo.files.schema import Suggester, schema_problems
from geo.files.tables import Row, Table, quoted
from tests.ledger_files import TODAY, LedgerFiles

CLAIM = "ie-2022-09-12-claim"
DATE = "is not a date like 2022, 2022-12 or 2022-12-05"


@pytest.fixture
def files(tmp_path: Path) -> LedgerFiles:
    return LedgerFiles(tmp_path / "ledger")


@pytest.mark.parametrize(
    ("name", "column", "cell", "sentence"),
    [
        (
            "stations",
            "origin_province",
            "CN-ZI",
            '"CN-ZI" is not one of CN-FJ, CN-JS, CN-ZJ (did you mean CN-ZJ?)',
        ),
        ("stations", "review", "", "is empty but required"),
        ("stations", "summary", "x" * 292, "is 12 characters too long (292; at most 280)"),
        ("stations", "last_checked", "2026-11", '"2026-11" is not a date like 2026-11-21'),
        ("stations", "said_open_from", "March 2022", f"“March 2022” {DATE}"),
        ("stations", "origin_city", "x" * 41, "is 1 character too long (41; at most 40)"),
        (
            "stations",
            "claimed_function",
            "paperwork monitorng",
            '"monitorng" is not one of monitoring, paperwork, persuasion-to-return, unspecified '
            "(did you mean monitoring?)",
        ),
        ("stations", "claimed_function", "paperwork paperwork", 'lists "paperwork" twice'),
        (
            "stations",
            "claimed_function",
            "paperwork  monitoring",
            "has two spaces in a row (U+0020) at character 10: write one",
        ),
        (
            "stations",
            "source_ids",
            "the-irish-times-2022-10-08 oireachtas-2022-10-26",
            'no row of sources.csv has the id "oireachtas-2022-10-26" '
            "(did you mean oireachtas-2022-10-25?)",
        ),
        (
            "stations",
            "source_ids",
            "the-irish-times-2022-10-08 the-irish-times-2022-10-08",
            'lists "the-irish-times-2022-10-08" twice',
        ),
        (
            "stations",
            "source_ids",
            "oireachtas-2022-10-25,",
            'no row of sources.csv has the id "oireachtas-2022-10-25," '
            "(did you mean oireachtas-2022-10-25?)",
        ),
    ],
)
def test_a_cell_of_a_record(
    files: LedgerFiles, name: str, column: str, cell: str, sentence: str
) -> None:
    row = files.edit(name, "ie-dublin-1", **{column: cell})
    lines = [line for line in files.new() if line.startswith(f"{name}.csv:{row} {column}:")]
    assert lines == [f"{name}.csv:{row} {column}: {sentence}"]


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("said_on", "12 September", f"“12 September” {DATE}"),
        ("said_on", "２０２２-09-12", f"“２０２２-09-12” {DATE}"),
        (
            "about",
            "ie-dubln-1",
            'no row of stations.csv has the id "ie-dubln-1" (did you mean ie-dublin-1?)',
        ),
        (
            "about",
            "contry",
            'no row of stations.csv has the id "contry" (did you mean country?)',
        ),
        (
            "repeat_of",
            "zz-2022-09-12-clam",
            'no row of investigations.csv has the id "zz-2022-09-12-clam" '
            "(did you mean zz-2022-09-12-claim?)",
        ),
        (
            "differs_from",
            "zz-2022-09-12-claim nothing-like-this",
            'no row of investigations.csv has the id "nothing-like-this"',
        ),
    ],
)
def test_a_cell_of_an_event(files: LedgerFiles, column: str, cell: str, sentence: str) -> None:
    row = files.edit("investigations", CLAIM, **{column: cell})
    place = f"investigations.csv:{row} {column}:"
    assert [line for line in files.new() if line.startswith(place)] == [f"{place} {sentence}"]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("many", '"many" is not a whole number'),
        ("1.5", '"1.5" is not a whole number'),
        ("-1", '"-1" is below 0'),
        ("9" * 300 + "x", '"' + "9" * 59 + '…" is not a whole number'),
    ],
)
def test_a_count(files: LedgerFiles, value: str, sentence: str) -> None:
    row = files.edit("counts", files.rows("counts")[0]["id"], value=value)
    assert files.new() == [f"counts.csv:{row} value: {sentence}"]


@pytest.mark.parametrize(
    ("latitude", "sentence"),
    [
        ("91", '"91" is above 90'),
        ("-90.01", '"-90.01" is below -90'),
        ("52 N", '"52 N" is not a number'),
        ("NaN", '"NaN" is not a number'),
        ("sNaN", '"sNaN" is not a number'),
        ("inf", '"inf" is above 90'),
    ],
)
def test_a_latitude(files: LedgerFiles, latitude: str, sentence: str) -> None:
    row = files.add(
        "places",
        country="NL",
        city="Nowhere",
        latitude=latitude,
        longitude="5.1",
        precision="city",
    )
    assert files.new() == [f"places.csv:{row} latitude: {sentence}"]


def test_a_record_id_in_another_form(files: LedgerFiles) -> None:
    row = files.edit("stations", "ie-dublin-1", id="ie-Dublin")
    line = f'stations.csv:{row} id: "ie-Dublin" should look like nl-rotterdam-1'
    assert line in files.new()


def test_a_text_that_reads_like_a_number_is_judged_as_text(files: LedgerFiles) -> None:
    row = files.edit("stations", "ie-dublin-1", origin_province="nan")
    line = f'stations.csv:{row} origin_province: "nan" is not one of CN-FJ, CN-JS, CN-ZJ'
    assert line in files.new()


def test_a_duplicate_says_where_the_first_one_stands(files: LedgerFiles) -> None:
    first = files.edit("sources", "oireachtas-2022-10-25")
    row = files.add("sources", "oireachtas-2022-10-25", url="https://example.org/other")
    place = f"sources.csv:{row} id:"
    assert files.new() == [f'{place} "oireachtas-2022-10-25" already appears in row {first}']


def test_two_sources_with_one_address(files: LedgerFiles) -> None:
    rows = files.rows("sources")
    row = files.edit("sources", rows[1]["id"], url=rows[0]["url"])
    assert files.new() == [
        f"sources.csv:{row} url: {quoted(rows[0]['url'])} already appears in row 2"
    ]


def test_a_duplicate_of_several_columns(files: LedgerFiles) -> None:
    cells = {"kind": "field", "id": "ie-dublin-1", "field": "summary"}
    files.add("withheld", **cells, since="2026-11-21", ground="error")
    row = files.add("withheld", **cells, since="2026-11-20", ground="error")
    assert files.new() == [
        f'withheld.csv:{row}: "field, ie-dublin-1, summary" already appears in row 2'
    ]


def test_references_to_a_file_that_is_missing_are_not_looked_up(files: LedgerFiles) -> None:
    (files.folder / "sources.csv").unlink()
    assert files.new() == ["sources.csv: the file is missing"]


def test_one_cell_cannot_flood_the_list(files: LedgerFiles) -> None:
    row = files.edit("stations", "ie-dublin-1", source_ids=" ".join(f"x-{i}" for i in range(500)))
    place = f"stations.csv:{row} source_ids:"
    assert len([line for line in files.new() if line.startswith(place)]) == schema.WRONG_ITEMS


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """With how many words each wrong one was compared, which is slow."""
    counts: list[int] = []
    closest = difflib.get_close_matches

    def counting(word: str, words: Sequence[str], n: int, cutoff: float) -> list[str]:
        counts.append(len(words))
        return closest(word, words, n, cutoff)

    monkeypatch.setattr(difflib, "get_close_matches", counting)
    return counts


def test_suggestions_are_bounded(compared: list[int]) -> None:
    suggest = Suggester()
    known = [f"nl-{i}" for i in range(50_000)]
    given = [suggest("nl-1x", known) for _number in range(schema.SUGGESTIONS + 5)]
    assert compared == [schema.CANDIDATES] * schema.SUGGESTIONS
    assert given[0].startswith(" (did you mean nl-")
    assert given[-5:] == [""] * 5
    assert Suggester()("x" * 101, known) == ""


def test_a_row_without_an_id_and_a_column_without_a_rule() -> None:
    tables = {r.name: Table(r.name, r.file, (), ()) for r in resources()}
    rows = (Row(2, {"id": ""}), Row(3, {"id": ""}))
    tables["sources"] = Table("sources", "sources.csv", ("id",), rows)
    assert [str(p) for p in schema_problems(tables)] == [
        "sources.csv:2 id: is empty but required",
        "sources.csv:3 id: is empty but required",
    ]


def test_every_example_of_the_data_package_complies() -> None:
    tables = {r.name: Table(r.name, r.file, (), ()) for r in resources()}
    for resource in resources():
        cells = {column.name: column.example for column in resource.columns}
        table = Table(resource.name, "f", resource.names, (Row(2, cells),))
        good = {**tables, resource.name: table}
        lost = [r.name for r in resources()]
        assert [str(p) for p in schema_problems(good, lost)] == []


def test_every_column_with_ids_knows_its_file() -> None:
    columns: dict[str, Column] = {
        f"{r.name}.{c.name}": c for r in resources() for c in r.columns if c.refers
    }
    assert {name: column.refers for name, column in columns.items()} == {
        "stations.source_ids": "sources",
        "investigations.about": "stations",
        "investigations.repeat_of": "investigations",
        "investigations.differs_from": "investigations",
        "investigations.source_ids": "sources",
        "quotes.event": "investigations",
        "quotes.source": "sources",
        "counts.source_ids": "sources",
        "origins.source_ids": "sources",
    }


def test_complaints_stay_on_one_line() -> None:
    assert quoted("a\nb\u202ec") == '"a\\u000ab\\u202ec"'
    assert quoted("x" * 99) == '"' + "x" * 59 + '…"'


def test_rows_that_are_all_wrong_get_a_bounded_number_of_suggestions(
    files: LedgerFiles, compared: list[int]
) -> None:
    rows = files.rows("investigations")
    files.write("investigations", [{**row, "event_type": "clam"} for row in rows])
    wrong = [p.message for p in examine(files.folder, TODAY).problems if '"clam"' in p.message]
    suggested = [message for message in wrong if message.endswith("(did you mean claim?)")]
    assert len(wrong) == len(rows) > len(suggested) == len(compared) == schema.SUGGESTIONS
