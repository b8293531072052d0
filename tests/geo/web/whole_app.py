"""All of the atlas's HTTP over a folder, with its middleware and without Streamlit."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.types import ASGIApp

from geo.api.feeds import feed_routes
from geo.api.routes import api_routes
from geo.configuration import Configuration
from geo.link.addresses import PAGES
from geo.link.opening import Opened, open_address
from geo.link.permalink import parse_query
from geo.releases.listing import releases
from geo.server.allow_list import AllowList
from geo.web.middleware import SecurityHeaders
from geo.web.page_documents import page_routes
from geo.web.pictures import picture_routes
from geo.web.plain_pages import PLAIN, share_routes
from geo.web.robots import robots_routes
from geo.web.sitemap import sitemap_routes
from tests.ledger_files import DATA, TODAY

PUBLISHED = Configuration(publisher="The Publisher", contact="desk@atlas.example")
PATHS = [f"/{path}" for path in PAGES.values()]


def whole_app(folder: Path = DATA) -> ASGIApp:
    """Return the atlas as `app.py` puts it together."""

    def open_(query: str) -> Opened:
        return open_address(folder, parse_query(query), TODAY)

    def settings() -> Configuration:
        return PUBLISHED

    routes = [
        *robots_routes(),
        *sitemap_routes(open_, settings, PATHS),
        *page_routes(open_, settings, PATHS),
        *share_routes(open_, settings, PATHS),
        *api_routes(open_, lambda: releases(folder)),
        *feed_routes(open_),
        *picture_routes(open_, settings),
    ]
    inner = AllowList(Starlette(routes=routes), pages=PATHS, routes=routes, plain=PLAIN)
    return SecurityHeaders(inner)
