"""
The documents of the dashboard's pages, each whole without a script.

A document carries its page as HTML, made for exactly its address, and a short script that
starts what keeps it up to date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from geo.configuration import Configuration
from geo.errors import AtlasError
from geo.link.addresses import PAGES, feed
from geo.link.indexing import robots
from geo.link.permalink import encode
from geo.paths import ASSETS
from geo.screen.context import Screen
from geo.screen.page import address, blocks, page, unavailable
from geo.views.asset_urls import asset_url, is_asset
from geo.views.rendering import render
from geo.web.front_end import frame_scripts, front_end
from geo.web.head import PageHead, absolute, page_address, tags
from geo.web.pictures import PICTURE
from geo.web.policy import checksum, page_policy
from geo.web.refusals import explain_errors
from geo.web.responses import Open, caching, query_of, respond
from geo.wording import _
from geo.words.permanent_lines import TITLE
from geo.words.preview_text import describe

HTML = "text/html; charset=utf-8"
# comments that have lines to themselves, and indentation: a twentieth of a document's bytes
_NO_CODE = re.compile(
    r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*\n|//[^\n]*\n|(?=\S))", re.DOTALL | re.MULTILINE
)
#: what the first screen is set in; rarer letters come when a page has them
FONTS = tuple(
    f"atlas-{name}-latin.woff2" for name in ("sans-400", "sans-600", "serif-400", "serif-700")
)


#: what the map's frame asks for
MAP_FILES = (
    "leaflet.js",
    "atlas-map.js",
    "fonts.css",
    "leaflet.css",
    "atlas-map.css",
    "countries-110m.json",
)


@cache
def _asset(name: str) -> Markup:
    """Return a file of the atlas's own, to be written into a document."""
    return Markup(without_comments((ASSETS / "atlas-1" / name).read_text(encoding="utf-8")))


def without_comments(code: str) -> str:
    """Return a script or a style sheet without comment lines and indentation."""
    return _NO_CODE.sub("", code)


def _sheet(code: str) -> str:
    return f"page-{code}.css"


def _style(code: str) -> Markup:
    # a page brings its own style; that of another comes when the reader goes there
    own = _asset(_sheet(code)) if is_asset(_sheet(code)) else Markup()
    return _asset("fonts.css") + _asset("atlas.css") + own


def _script() -> Markup:
    return _asset("unpack.js") + _asset("start.js")


@cache
def _policy() -> str:
    return page_policy(checksum(_script()))


def _start(code: str) -> dict[str, object]:
    """Return what the script of a document needs to know."""
    return {
        "modules": {
            name: asset_url(file)
            for name, file in {
                "page": "page.js",
                "address": "address.js",
                "blocks": "blocks.js",
                "menus": "menus.js",
                "morph": "idiomorph.esm.js",
                "timeline": "timeline.js",
            }.items()
        },
        "styles": {page: asset_url(name) for page in PAGES if is_asset(name := _sheet(page))},
        "streamlit": front_end().start,
        "map": [*map(asset_url, MAP_FILES), *frame_scripts()] if code == "map" else [],
        "words": {
            "away": _("Live updates are not available here. Everything works by page loads."),
            "failed": _("This page could not be fetched. Please try again."),
            "outline": _("The map’s outlines could not be fetched."),
        },
    }


class PageDocuments:
    """
    Answers for the pages of the dashboard.

    Parameters
    ----------
    open_ : callable
        From a raw query to what it shows.
    configuration : callable
        Returns the publisher's settings as they are now.
    """

    def __init__(self, open_: Open, configuration: Callable[[], Configuration]) -> None:
        self._open = open_
        self._configuration = configuration

    def answer(self, request: Request) -> Response:
        """Answer with the document of one page, or say in one why it cannot be shown."""
        try:
            opened = self._open(query_of(request))
        except AtlasError as error:
            return _unavailable(str(error))
        path = request.scope["path"]
        code = next(code for code, own in PAGES.items() if own == path.strip("/"))
        configuration = self._configuration()
        origin = absolute(request.scope, "/")
        screen = Screen(opened, configuration, code, origin if urlsplit(origin).scheme else "")

        kind = ("page", code, configuration)

        def make() -> bytes:
            return _document(request, screen).encode(errors="replace")

        headers = {"Content-Security-Policy": _policy(), **caching(configuration)}
        return respond(request, opened, kind, make, HTML, headers)


def _document(request: Request, screen: Screen) -> str:
    around = page(screen.page, blocks(screen), address(screen), ignored=bool(screen.opened.notices))
    return _around(_head(request, screen), around, screen.page)


def _around(head: str, written: Markup, code: str = "") -> str:
    return render(
        "document.html",
        language="en",
        head=Markup(head),
        # under the addresses that the style sheet has
        fonts=[asset_url(name).partition("?")[0] for name in FONTS],
        style=_style(code),
        page=written,
        start=htmlsafe_json_dumps(_start(code), separators=(",", ":")),
        script=_script(),
    )


def _head(request: Request, screen: Screen) -> str:
    opened = screen.opened
    text = describe(screen.page, opened.state, opened.snapshot)
    query = encode(opened.state)
    # who reads only the preview is told as well
    description = f"{opened.withdrawal} {text.description}".strip()
    image = replace(PICTURE, alt=description)
    # a preview is fetched from elsewhere: without a host there is no picture to name
    pictured = page_address({**request.scope, "path": PICTURE.address}, query)
    return tags(
        PageHead(
            site=TITLE,
            title=text.title,
            description=description,
            robots=robots(
                screen.page, opened.state, opened.snapshot, bool(screen.configuration.publisher)
            ),
            address=page_address(request.scope, query),
            image=replace(image, address=pictured) if pictured and description else None,
            feed=feed(opened.state),
        )
    )


def _unavailable(message: str) -> Response:
    head = tags(PageHead(site=TITLE, title=TITLE, description=""))
    return HTMLResponse(
        _around(head, page("sorry", unavailable(message), "/", ignored=True)),
        status_code=503,
        headers={
            "Cache-Control": "no-store",
            "Retry-After": "60",
            "Content-Security-Policy": _policy(),
        },
    )


def page_routes(
    open_: Open, configuration: Callable[[], Configuration], paths: Sequence[str]
) -> list[Route]:
    """
    Return the routes of the pages for ``streamlit.App(routes=…)``.

    Parameters
    ----------
    open_ : callable
        From a raw query to what it shows.
    configuration : callable
        Returns the publisher's settings as they are now.
    paths : sequence of str
        Of the pages.

    Returns
    -------
    list of Route
        GET and HEAD.
    """
    documents = PageDocuments(open_, configuration)
    answer = explain_errors(documents.answer)
    return [Route(path, answer, methods=["GET"]) for path in paths]
