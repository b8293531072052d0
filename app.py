"""
The application: the dashboard and the HTTP beside it, as one ASGI app.

``streamlit run app.py`` finds ``app``. The main script is ``geo/ui/frame.py``. It must not be
in the folder that contains ``pages/``: a cold link to a page would then run without its frame.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st
from starlette.concurrency import run_in_threadpool

from geo.configuration import BadSetting, Configuration, SocketSettings
from geo.errors import AtlasError
from geo.ledger.dataset import today
from geo.link.addresses import PAGES
from geo.link.normalising import read_query
from geo.link.opening import Opened, open_address
from geo.link.readings import freeze_readings, known_releases
from geo.link.search import search_index
from geo.paths import FRAME, data_folder
from geo.screen.context import Screen
from geo.screen.page import blocks
from geo.server.connections import ConnectionLimits
from geo.server.preparation import Preparation
from geo.server.repeats import limited_repeats
from geo.server.site import site
from geo.server.socket_codec import MessageCodec
from geo.server.socket_protocol import BoundedSocket
from geo.server.uvicorn_limits import bound_connections, raise_descriptor_limit, refuse_other_root
from geo.ui.messages import ends_run, parse_message
from geo.ui.settings import apply_settings, refuse_base_path
from geo.views.layer import layer_data
from geo.views.map_land import prepare_closest
from geo.web import logs

logs.install()
apply_settings()
try:
    # a setting that cannot be read is said now, and not to each reader
    Configuration.from_environment()
    SocketSettings.from_environment()
    refuse_base_path()
except BadSetting as error:
    raise SystemExit(str(error)) from None


settings = Configuration.from_environment
#: records up to which the detail map is placed before the first reader asks for it
PLACED_AHEAD = 1000


def prepare() -> None:
    """Write each page once, and place what the map draws, for the ledger as it is now."""
    opened = open_("")
    for code in PAGES:
        blocks(Screen(opened, settings(), code))
    search_index(opened.newest).prepare()
    # the places of thousands of cities take minutes: a start does not wait for them
    if len(opened.newest.records) <= PLACED_AHEAD:
        layer_data(opened.selection, opened.newest)
    prepare_closest()


preparation = Preparation(prepare)


def open_(query: str) -> Opened:
    """Read the query of an address against the ledger as it is now."""
    return preparation.see(open_address(data_folder(), read_query(query), today()))


def warm() -> None:
    """Read the ledger and wait until it is prepared."""
    # what cannot be read now may be readable later: each page says so by itself
    with suppress(AtlasError):
        open_("")
        preparation.wait()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Set the limits of the server, import the pages, warm the caches, freeze what lasts."""
    refuse_other_root(settings().root)
    raise_descriptor_limit()
    bound_connections(ConnectionLimits(), BoundedSocket)
    # the runtime is there: a component that is declared before it is known to no browser. That
    # it is declared outside a run is meant, and no warning for a host
    with logs.without_warnings("streamlit.runtime.scriptrunner_utils.script_run_context"):
        from geo.ui import live  # noqa: F401

    await run_in_threadpool(warm)
    freeze_readings()
    with limited_repeats():
        yield


def map_script() -> str:
    """Return the script of the map's frame; importing it declares a component, as `lifespan`."""
    from geo.ui.atlas_map import frame_script

    return frame_script()


try:
    atlas = site(
        open_,
        settings,
        lambda: known_releases(data_folder()).whole,
        MessageCodec(parse_message, ends_run),
        map_script,
    )
except BadSetting as error:
    raise SystemExit(str(error)) from None
routes, middleware = atlas.routes, atlas.middleware
app = st.App(FRAME, lifespan=lifespan, routes=routes, middleware=middleware)
