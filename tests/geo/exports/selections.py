"""Addresses of the frozen ledger with their provenance, as the data API opens them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from geo.exports.data_package import data_package
from geo.exports.rows import Provenance
from geo.exports.workbook import workbook
from geo.ledger.dataset import Dataset
from geo.link.opening import Edition, Opened
from geo.link.state import State
from tests.geo.api.data_app import opened
from tests.ledger_files import TODAY

ORIGIN = "https://atlas.example"
IMPRINT = "Preview: not published; do not cite."
#: all, nothing, one country on a past day, a search
QUERIES = ("", "q=zzzz", "country=NL&asof=2022-12-31", "q=embassy&type=statement")


def address(query: str = "") -> tuple[Opened, Provenance]:
    """What a query shows, and what its files say of their origin."""
    link = f"{ORIGIN}/?{query}"
    return opened(query), Provenance(link, IMPRINT, lambda path: ORIGIN + path)


def made_by_hand(dataset: Dataset) -> Opened:
    """All of a ledger that no check has seen."""
    edition = Edition(dataset=dataset, newest=dataset, modified=datetime(2026, 11, 22, tzinfo=UTC))
    return Opened(edition=edition, state=State(), notices=(), today=TODAY)


@cache
def written_workbook(query: str = "") -> bytes:
    """The workbook of a query."""
    return workbook(*address(query))


@cache
def written_package(query: str = "") -> bytes:
    """The data package of a query."""
    return data_package(*address(query))
