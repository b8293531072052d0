"""An entry is lifted when nothing withholds any more what it withheld."""

from __future__ import annotations

import pytest

from geo.checks.contents import Contents, read_contents
from geo.files.withheld_rows import Entry, Withdrawn
from geo.ledger.lifting import lifted
from tests.small_ledger import cut

LEGAL, PRIVACY = Withdrawn("2026-01-01", "legal"), Withdrawn("2026-01-02", "privacy")
ROW = Entry(2, "record", "nl-amsterdam-1", "", LEGAL)
CELL = Entry(3, "field", "nl-amsterdam-1", "summary", LEGAL)


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    return read_contents(cut(tmp_path_factory.mktemp("ledger") / "data"), "1a2b3c4d")


def entry(key: str, kind: str = "record", field: str = "") -> Entry:
    return Entry(2, kind, key, field, LEGAL)


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        ([ROW], [], [ROW]),
        ([CELL], [], [CELL]),
        ([ROW, CELL], [CELL], [ROW]),
        ([ROW, CELL], [ROW], []),
        ([ROW], [Entry(9, "record", "nl-amsterdam-1", "", PRIVACY)], []),
        ([ROW], [entry("nl-amsterdam-1", "event")], []),
        # only a release may have it
        ([entry("xx-1")], [], [entry("xx-1")]),
        ([entry("nl-amsterdam-1", "recrod")], [], [entry("nl-amsterdam-1", "recrod")]),
        ([entry("recrod", "recrod")], [], []),
    ],
)
def test_what_is_lifted(
    before: list[Entry], after: list[Entry], gone: list[Entry], contents: Contents
) -> None:
    assert list(lifted(before, after, contents)) == gone
