"""A column of the files that is typed as a parameter is understood, or said to be none."""

from __future__ import annotations

from geo.exports.rows import EVENT_COLUMNS, RECORD_COLUMNS
from geo.link.normalising import read_query
from geo.link.parameters import parameters
from geo.link.permalink import read_link
from tests.entities import real
from tests.ledger_files import TODAY

COLUMNS = {*RECORD_COLUMNS, *EVENT_COLUMNS}


def test_parameters_name_columns_that_the_files_have() -> None:
    named = [column for row in parameters() for column in row.columns]
    assert set(named) <= COLUMNS
    assert len(set(named)) == len(named)


def test_no_column_is_ignored_in_silence() -> None:
    understood = {column: row.name for row in parameters() for column in row.columns}
    for column in COLUMNS:
        query = read_query(f"{column}=2022-12-05")
        ignored = read_link(query, real(), TODAY).ignored
        if column in understood:
            assert list(query) == [understood[column]]
        elif list(query) == [column]:
            assert [one.name for one in ignored] == [column]
        else:
            # another name of a parameter, such as a label
            assert {row.name for row in parameters()} >= set(query)
