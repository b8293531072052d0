"""
The application: the dashboard and the HTTP beside it, as one ASGI app.

``streamlit run app.py`` finds ``app``. The main script is ``geo/ui/frame.py``. It must not be
in the folder that contains ``pages/``: a cold link to a page would then run without its frame.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware

from geo.api.feeds import feed_routes
from geo.api.routes import api_routes
from geo.configuration import BadSetting, Configuration, SocketSettings
from geo.errors import AtlasError
from geo.ledger.dataset import today
from geo.link.addresses import PAGES
from geo.link.opening import Opened, open_address
from geo.link.permalink import parse_query
from geo.link.readings import freeze_readings
from geo.paths import FRAME, data_folder
from geo.releases.folders import releases
from geo.screen.context import Screen
from geo.screen.page import blocks
from geo.ui.messages import ends_run, parse_message
from geo.ui.settings import apply_settings
from geo.views.map_land import prepare_closest
from geo.views.symbols import layer_data
from geo.web import logs
from geo.web.assets import AssetFiles, asset_routes
from geo.web.bodies import Body
from geo.web.front_end import first_bodies, library_table
from geo.web.library_files import LibraryFiles
from geo.web.middleware import SecurityHeaders, UnknownPages
from geo.web.page_documents import page_routes
from geo.web.pictures import picture_routes
from geo.web.plain_pages import PLAIN, share_routes
from geo.web.robots import robots_routes
from geo.web.sitemap import sitemap_routes
from geo.web.socket_language import Language
from geo.web.socket_protocol import bound_sockets
from geo.web.sockets import OwnSockets

logs.install()
bound_sockets()
apply_settings()
try:
    # a setting that cannot be read is said now, and not to each reader
    Configuration.from_environment()
    SocketSettings.from_environment()
except BadSetting as error:
    raise SystemExit(str(error)) from None


settings = Configuration.from_environment


def open_(query: str) -> Opened:
    """Read the query of an address against the ledger as it is now."""
    return open_address(data_folder(), parse_query(query), today())


def warm() -> None:
    """Read the ledger and write each page once, so that no reader waits for what lasts."""
    # what cannot be read now may be readable later: each page says so by itself
    with suppress(AtlasError):
        opened = open_("")
        for code in PAGES:
            blocks(Screen(opened, settings(), code))
        layer_data(opened.selection)
        prepare_closest()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Import the pages, warm the caches, and keep what lasts out of garbage collections."""
    # the runtime is there: a component that is declared before it is known to no browser. That
    # it is declared outside a run is meant, and no warning for a host
    with logs.without_warnings("streamlit.runtime.scriptrunner_utils.script_run_context"):
        from geo.ui import live  # noqa: F401

    await run_in_threadpool(warm)
    freeze_readings()
    yield


assets, library = AssetFiles(), library_table()


def ahead() -> Iterator[Body]:
    """Yield the files that a first visit asks for, to be compressed when the server starts."""
    yield from first_bodies(library)
    yield from assets.bodies()


paths = [f"/{path}" for path in PAGES.values()]
routes = [
    *asset_routes(files=assets),
    *robots_routes(),
    *sitemap_routes(open_, settings, paths),
    *page_routes(open_, settings, paths),
    *share_routes(open_, settings, paths),
    *api_routes(open_, lambda: releases(data_folder())),
    *feed_routes(open_),
    *picture_routes(open_, settings),
]

# from the outside in
middleware = [
    Middleware(OwnSockets, language=Language(parse_message, ends_run)),
    Middleware(SecurityHeaders),
    Middleware(LibraryFiles, table=library, ahead=ahead),
    Middleware(UnknownPages, pages=paths, routes=routes, plain=PLAIN),
]
app = st.App(FRAME, lifespan=lifespan, routes=routes, middleware=middleware)
