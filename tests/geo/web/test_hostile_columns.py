"""A hostile text in any column is shown as text, or named by the check; every page answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.checks.check import examine
from geo.files.tables import Problem
from geo.model.characters import hidden
from tests.geo.web.test_hostile_texts import FILES, VIEWS, asked, parsed
from tests.geo.web.whole_app import whole_app
from tests.hostile_cells import Cell, columns, hostile_cells, ledgers_needed, placed
from tests.hostile_ledger import free_text
from tests.ledger_files import TODAY
from tests.markup import dangers
from tests.payloads import PAYLOADS, UNCHECKED
from tests.sizes import size

NUMBERS = range(0, ledgers_needed(), size(21, 1))
#: addresses of cards, which are gone with their rows
CARDS = ("/s/", "/e/")


def may_have(cell: Cell) -> bool:
    """Return whether the data package allows the text in its column."""
    longest = free_text().get(cell.file.removesuffix(".csv"), {}).get(cell.column, 0)
    return cell.payload not in UNCHECKED and len(cell.payload.text) <= longest


def unnamed(cells: list[Cell], problems: tuple[Problem, ...]) -> list[Cell]:
    """Return the cells that the check refuses without naming file, row and column."""
    errors = [p for p in problems if not p.warning]
    named = {(p.file, p.row, p.field) for p in errors}
    # where the same unknown id is in several rows, the first one names the others
    also = " ".join(p.message for p in errors if p.code == "unknown-id")
    # a row of withheld.csv that names a record with the same text as its id is right
    ids = {
        ("withheld.csv", "id", c.payload) for c in cells if c[:1] + c[2:3] == ("stations.csv", "id")
    }
    return [
        cell
        for cell in cells
        if not may_have(cell)
        and cell[:3] not in named
        and f"{cell.file}:{cell.row}" not in also
        and (cell.file, cell.column, cell.payload) not in ids
    ]


def test_the_ledgers_have_every_text_in_every_column() -> None:
    found = {
        (cell.file, cell.column, cell.payload)
        for number in range(ledgers_needed())
        for cell in placed(number)
    }
    assert found == {
        (f"{table}.csv", column, payload)
        for table, names in columns().items()
        for column in names
        for payload in PAYLOADS
    }


@pytest.mark.parametrize("number", NUMBERS)
def test_a_text_in_any_column_is_shown_or_named(number: int, tmp_path: Path) -> None:
    cells = hostile_cells(tmp_path / "data", number)
    problems = examine(tmp_path / "data", TODAY).problems
    assert unnamed(cells, problems) == []
    assert not [text for p in problems if hidden(text := str(p))]
    app, usual = whole_app(tmp_path / "data"), whole_app()
    for address in (*VIEWS, *FILES):
        answer = asked(app, address)
        # an id may be gone, and then there is no card and no figure of it
        by_id = address.startswith(CARDS) or "record=" in address
        statuses = (200, 400, 404, 410) if by_id else (200,)
        assert answer.status in statuses, (address, answer.text[:300])
        if address in FILES:
            if answer.status == 200:
                parsed(answer)
        else:
            scripts, faults = dangers(answer.text)
            assert faults == [], address
            assert scripts <= dangers(asked(usual, address).text)[0], address
        assert "Traceback" not in answer.text, address
