"""
The application: the dashboard and the HTTP beside it, as one ASGI app.

``streamlit run app.py`` finds ``app``. The main script is ``geo/ui/frame.py``. It must not be
in the folder that contains ``pages/``: a cold link to a page would then run without its frame.
"""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st
from starlette.middleware import Middleware

from geo.api.feeds import feed_routes
from geo.api.routes import api_routes
from geo.configuration import BadSetting, Configuration
from geo.ledger.dataset import today
from geo.link.addresses import PAGES, feed, share_page
from geo.link.indexing import robots
from geo.link.opening import Opened, open_address
from geo.link.permalink import encode, parse_query
from geo.paths import FRAME, data_folder
from geo.releases.folders import releases
from geo.web import logs
from geo.web.assets import AssetFiles, asset_routes
from geo.web.bodies import Body
from geo.web.front_end import first_bodies, library_table
from geo.web.library_files import LibraryFiles
from geo.web.middleware import SecurityHeaders, UnknownPages
from geo.web.pictures import PICTURE, picture_routes
from geo.web.plain_pages import PLAIN, share_routes
from geo.web.previews import PagePreviews, Preview
from geo.web.robots import robots_routes
from geo.web.sitemap import sitemap_routes
from geo.web.sockets import OwnSockets
from geo.words.permanent_lines import TITLE
from geo.words.preview_text import describe

logs.install()
try:
    # a setting that cannot be read is said now, and not to each reader
    Configuration.from_environment()
except BadSetting as error:
    raise SystemExit(str(error)) from None


def open_(query: str) -> Opened:
    """Read the query of an address against the ledger as it is now."""
    return open_address(data_folder(), parse_query(query), today())


def preview(path: str, query: str) -> Preview:
    """
    Describe an address for the head of its document: its claim and answers, or its selection.

    Parameters
    ----------
    path : str
        Of a page; an unknown one is taken for the map.
    query : str
        Without its question mark.

    Returns
    -------
    Preview
        Never with the text of a search.
    """
    opened = open_(query)
    page = next((code for code, p in PAGES.items() if p == path.strip("/")), "map")
    text = describe(page, opened.state, opened.snapshot)
    published = bool(Configuration.from_environment().publisher)
    asks = robots(page, opened.state, opened.snapshot, published)
    return Preview(
        title=text.title,
        description=text.description,
        robots=asks,
        canonical_query=encode(opened.state),
        feed=feed(opened.state),
        plain=share_page(opened.state),
    )


assets, library = AssetFiles(), library_table()


def ahead() -> Iterator[Body]:
    """Yield the files that a first visit asks for, to be compressed when the server starts."""
    yield from first_bodies(library)
    yield from assets.bodies()


paths = [f"/{path}" for path in PAGES.values()]
settings = Configuration.from_environment
routes = [
    *asset_routes(files=assets),
    *robots_routes(),
    *sitemap_routes(open_, settings, paths),
    *share_routes(open_, settings, paths),
    *api_routes(open_, lambda: releases(data_folder())),
    *feed_routes(open_),
    *picture_routes(open_, settings),
]

# from the outside in
middleware = [
    Middleware(OwnSockets),
    Middleware(SecurityHeaders),
    Middleware(LibraryFiles, table=library, ahead=ahead),
    Middleware(UnknownPages, pages=paths, routes=routes, plain=PLAIN),
    Middleware(PagePreviews, pages=paths, describe=preview, site=TITLE, picture=PICTURE),
]
app = st.App(FRAME, routes=routes, middleware=middleware)
