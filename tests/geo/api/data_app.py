"""The data API and the feeds over a folder of ledger files, without a server."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette

from geo.api.feeds import feed_routes
from geo.api.routes import api_routes
from geo.ledger.dataset import Dataset
from geo.link.normalising import read_query
from geo.link.opening import Edition, Opened, open_address
from geo.link.permalink import read_link
from geo.link.readings import known_releases
from tests.ledger_files import DATA, TODAY


def opened(query: str = "", folder: Path = DATA) -> Opened:
    return open_address(folder, read_query(query), TODAY)


def serve_things(dataset: Dataset) -> Starlette:
    """The same over things made by hand, which no check has seen."""
    edition = Edition(dataset=dataset, newest=dataset, modified=datetime(2026, 11, 22, tzinfo=UTC))

    def open_(query: str) -> Opened:
        link = read_link(read_query(query), dataset, TODAY)
        return Opened(edition, link.state, link.notices, TODAY, ignored=link.ignored)

    return Starlette(routes=[*api_routes(open_, lambda: ()), *feed_routes(open_)])


def serve(folder: Path = DATA) -> Starlette:
    routes = [
        *api_routes(lambda query: opened(query, folder), lambda: known_releases(folder).whole),
        *feed_routes(lambda query: opened(query, folder)),
    ]
    return Starlette(routes=routes)


APP = serve()
#: every address that answers with data, and the feeds
FILES = (
    "/api/records.csv",
    "/api/records.geojson",
    "/api/events.csv",
    "/api/events.json",
    "/api/sources.json",
    "/api/workbook.xlsx",
    "/api/package.zip",
)
FEEDS = (
    "/feeds/events.atom",
    "/feeds/corrections.atom",
    "/feeds/NL/events.atom",
    "/feeds/NL/corrections.atom",
    "/feeds/said.atom",
    "/feeds/NL/said.atom",
    "/feeds/records/nl-rotterdam-1.atom",
)
