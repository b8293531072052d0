"""Screens of a ledger that a test has made, or of the real one, without a session."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from geo.configuration import Configuration
from geo.ledger.dataset import Dataset
from geo.ledger.snapshot import Snapshot
from geo.link.opening import Edition, Opened
from geo.link.state import State
from geo.screen.context import Screen
from tests.ledger_files import TODAY

ORIGIN = "https://atlas.example/"


def screen_of(
    dataset: Dataset,
    state: State,
    page: str = "map",
    configuration: Configuration | None = None,
    notices: tuple[str, ...] = (),
) -> Screen:
    """Return a page of the dashboard that shows a ledger as a state says."""
    edition = Edition(dataset=dataset, newest=dataset, modified=datetime(2026, 1, 1, tzinfo=UTC))
    opened = Opened(edition, state, notices, TODAY)
    return Screen(opened, configuration or Configuration(), page, ORIGIN)


def screen_on(snapshot: Snapshot, page: str = "map", **state: Any) -> Screen:
    """Return a page that shows the ledger of a snapshot on its day."""
    as_of = None if snapshot.day == TODAY else snapshot.day
    return screen_of(snapshot.dataset, State(as_of=as_of, **state), page)
