"""The citation file names the latest release of the ledger, and no version before the first."""

from __future__ import annotations

import yaml

from geo.paths import PROJECT
from geo.releases.listing import releases


def test_the_citation_file_names_the_latest_release() -> None:
    cited = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    ledger = cited["preferred-citation"]
    latest = releases(PROJECT / "data")[-1:]
    expected = [(release.version, str(release.date)) for release in latest]
    named = [(str(ledger["version"]), str(ledger["date-released"]))] if "version" in ledger else []
    assert named == expected
