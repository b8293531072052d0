"""All of the atlas's HTTP over a folder, with its middleware and without Streamlit."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.types import ASGIApp

from geo.configuration import Configuration
from geo.link.normalising import read_query
from geo.link.opening import Opened, open_address
from geo.releases.listing import releases
from geo.server.site import site
from geo.server.socket_codec import MessageCodec
from tests.ledger_files import DATA, TODAY

PUBLISHED = Configuration(publisher="The Publisher", contact="desk@atlas.example")
#: of no page: what is sent over a websocket is for other tests
SILENT = MessageCodec(lambda data: None, lambda data: False)


def whole_app(folder: Path = DATA, configuration: Configuration = PUBLISHED) -> ASGIApp:
    """Return the atlas as `app.py` puts it together."""

    def open_(query: str) -> Opened:
        return open_address(folder, read_query(query), TODAY)

    whole = site(open_, lambda: configuration, lambda: releases(folder), SILENT)
    return Starlette(routes=whole.routes, middleware=whole.middleware)
