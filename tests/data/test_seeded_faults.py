"""The check of the ledger in ``data/`` names faults of the kinds that an audit found."""

from __future__ import annotations

from pathlib import Path

from geo.ledger.dataset import today
from geo.paths import PROJECT
from tests.ledger_files import LedgerFiles
from tests.seeded_faults import named_and_sown


def test_faults_in_a_copy_of_the_ledger_are_named_once(tmp_path: Path) -> None:
    named, sown = named_and_sown(LedgerFiles(tmp_path / "data", PROJECT / "data"), today())
    assert len(sown) >= 40
    assert named == sown
