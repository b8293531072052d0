"""Each fault of the kinds that an audit found is named, once, with its row and its column."""

from __future__ import annotations

from pathlib import Path

from tests.ledger_files import DATA, TODAY, LedgerFiles
from tests.seeded_faults import named_and_sown


def test_faults_in_a_copy_of_the_frozen_ledger_are_named_once(tmp_path: Path) -> None:
    named, sown = named_and_sown(LedgerFiles(tmp_path / "ledger", DATA), TODAY)
    assert len(sown) >= 40
    assert named == sown
