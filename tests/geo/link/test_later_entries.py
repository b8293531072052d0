"""A running server obeys whatever can be read of ``withheld.csv``, as one that starts does."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.link.last_good import LastGood
from tests.ledger_files import TODAY, LedgerFiles
from tests.small_ledger import cut
from tests.withheld_forms import FORMS, HEADER


@pytest.mark.parametrize("content", FORMS)
def test_each_form_of_the_list_is_obeyed_while_the_server_runs(
    content: bytes, tmp_path: Path
) -> None:
    files = LedgerFiles(tmp_path / "data", cut(tmp_path / "small"))
    files.bytes("withheld", HEADER)
    good = LastGood(files.folder, seconds=0)
    assert "nl-amsterdam-1" in good.current(TODAY).reading.dataset.records_by_id
    files.bytes("withheld", content)
    shown = good.current(TODAY).reading.dataset.records_by_id
    assert "nl-amsterdam-1" not in shown
    assert "nl-rotterdam-1" in shown
