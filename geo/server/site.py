"""The atlas's HTTP as a whole: its routes, and the middleware around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from starlette.middleware import Middleware
from starlette.routing import Route

from geo.api.feeds import feed_routes
from geo.api.routes import api_routes
from geo.configuration import Configuration
from geo.link.addresses import PAGES
from geo.link.opening import Opened
from geo.releases.listing import Release
from geo.server.accepted_codings import AcceptedCodings
from geo.server.allow_list import STREAMLIT_PATHS, AllowList
from geo.server.below_path import BelowPath, check_root
from geo.server.meant_addresses import MeantAddresses
from geo.server.socket_codec import MessageCodec
from geo.server.sockets import SameOriginSockets
from geo.web.assets import AssetFiles, asset_routes
from geo.web.bodies import Body
from geo.web.embeds import embed_routes
from geo.web.front_end import first_bodies, library_table
from geo.web.library_files import LibraryFiles, installed_paths
from geo.web.middleware import SecurityHeaders
from geo.web.oembed import oembed_routes
from geo.web.page_documents import page_routes
from geo.web.pictures import picture_routes
from geo.web.plain_pages import PLAIN, share_routes
from geo.web.robots import robots_routes
from geo.web.sitemap import sitemap_routes


@dataclass(frozen=True, slots=True)
class Site:
    """
    What an application is made from.

    Attributes
    ----------
    routes : list of Route
        What the atlas answers itself.
    middleware : list of Middleware
        From the outside in.
    """

    routes: list[Route]
    middleware: list[Middleware]


def site(
    open_: Callable[[str], Opened],
    settings: Callable[[], Configuration],
    releases: Callable[[], tuple[Release, ...]],
    codec: MessageCodec,
    map_script: Callable[[], str] = str,
) -> Site:
    """
    Put the atlas's HTTP together.

    Parameters
    ----------
    open_ : callable
        From a raw query to what it shows.
    settings : callable
        Returns the publisher's settings as they are now.
    releases : callable
        Returns the releases that may be shown.
    codec : MessageCodec
        How messages of a websocket are read.
    map_script : callable, optional
        Returns the script of the base map, which is written into the map's frame.

    Returns
    -------
    Site
        For one application.
    """
    paths = [f"/{path}" for path in PAGES.values()]
    pages: list[Route] = [
        *robots_routes(),
        *sitemap_routes(open_, settings, paths),
        *page_routes(open_, settings, paths),
        *share_routes(open_, settings, paths),
        *embed_routes(open_, settings),
        *oembed_routes(open_, settings),
        *api_routes(open_, releases),
        *feed_routes(open_),
        *picture_routes(open_, settings),
    ]
    assets, library = AssetFiles(), library_table()

    def ahead() -> Iterator[Body]:
        """Yield the files that a first visit asks for, to be compressed at the start."""
        yield from first_bodies(library)
        yield from assets.bodies()

    # the route of the assets takes any name, so the allow-list knows them by their whole paths
    files = installed_paths(library) | assets.paths
    now = settings()
    check_root(now.root, [*(route.path for route in pages), *STREAMLIT_PATHS, *files])
    middleware = [
        Middleware(BelowPath, root=now.root),
        Middleware(
            SecurityHeaders,
            framed_by=now.framed_by,
            embedded_by=now.embedded_by,
            map_script=map_script,
        ),
        Middleware(MeantAddresses, paths=[route.path for route in pages], files=files),
        Middleware(AllowList, pages=paths, routes=pages, plain=PLAIN, files=files),
        Middleware(SameOriginSockets, codec=codec, address=now.address),
        Middleware(LibraryFiles, table=library, ahead=ahead),
        Middleware(AcceptedCodings),
    ]
    return Site([*asset_routes(files=assets), *pages], middleware)
