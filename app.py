"""
The application: the dashboard and the HTTP beside it, as one ASGI app.

``streamlit run app.py`` finds ``app``. The main script is ``geo/ui/frame.py``, which must
not stand beside ``pages/``: a cold link to a page would then run without its frame.
"""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from geo.configuration import Configuration
from geo.paths import FRAME, data_folder
from geo.records.dataset import today
from geo.records.opening import Opened, open_address
from geo.records.permalink import encode, parse_query
from geo.records.preview_text import describe
from geo.records.statements import TITLE
from geo.ui.atlas import PAGES
from geo.web import logs
from geo.web.assets import asset_routes
from geo.web.middleware import SecurityHeaders, UnknownPages
from geo.web.pictures import PICTURE, picture_routes
from geo.web.preview import PagePreviews, Preview
from geo.web.robots import robots_routes
from geo.web.sockets import OwnSockets

logs.install()


def opened(query: str) -> Opened:
    """Read an address: the same for its page, its preview and its pictures."""
    return open_address(data_folder(), parse_query(query), today())


def imprint() -> str:
    """Say who publishes this installation, or that nobody does."""
    return Configuration.from_environment().imprint


def preview(path: str, query: str) -> Preview:
    """Describe an address before anything runs: its claim and answers, or its selection."""
    view = opened(query)
    page = next((code for code, p in PAGES.items() if p == path.strip("/")), "map")
    text = describe(page, view.state, view.snapshot)
    # nobody answers for a preview installation, so search engines stay out
    robots = None if Configuration.from_environment().publisher else "noindex"
    return Preview(text.title, text.description, "en", robots, encode(view.state))


paths = [f"/{path}" for path in PAGES.values()]
routes = [*asset_routes(), *robots_routes(), *picture_routes(opened, imprint)]

app = st.App(
    FRAME,
    routes=routes,
    middleware=[
        Middleware(OwnSockets),
        Middleware(SecurityHeaders),
        Middleware(UnknownPages, pages=paths, routes=routes),
        Middleware(PagePreviews, pages=paths, describe=preview, site=TITLE, picture=PICTURE),
    ],
)
