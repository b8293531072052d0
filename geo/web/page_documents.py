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

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from geo.configuration import Configuration
from geo.errors import AtlasError
from geo.exports.linked_data import brief, in_a_script, meta_names
from geo.link.addresses import PAGES, feed
from geo.link.indexing import robots
from geo.link.permalink import encode
from geo.link.root import rooted
from geo.link.state import Viewport
from geo.paths import ASSETS
from geo.screen.context import Screen
from geo.screen.page import address, blocks, form, page, unavailable, view
from geo.screen.share import cited
from geo.views.asset_urls import asset_url, served_asset
from geo.views.map_view import CITY_ZOOM
from geo.views.outline import COARSE, FINE
from geo.views.rendering import render
from geo.web.assets import PREFIX
from geo.web.front_end import frame_scripts, front_end
from geo.web.head import PageHead, page_address, tags
from geo.web.oembed import discovery
from geo.web.page_styles import sheets, styles, unseen_sheets
from geo.web.pictures import PICTURE
from geo.web.policy import checksum, page_policy
from geo.web.refusals import explain_errors
from geo.web.responses import Open, caching, query_of, respond
from geo.web.screens import requested_screen
from geo.wording import _
from geo.words.permanent_lines import TITLE
from geo.words.preview_text import describe

HTML = "text/html; charset=utf-8"
# comments that have lines to themselves, and indentation: a twentieth of a document's bytes
_NO_CODE = re.compile(
    r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*\n|//[^\n]*\n|(?=\S))", re.DOTALL | re.MULTILINE
)
# the style sheets are in the form that tools/style_sheets.py keeps: one declaration a line
_DECLARATION = re.compile(r"^([\w-]+): ", re.MULTILINE)
_BREAK = re.compile(r"([{};,])\n+")
#: what the first screen is set in; rarer letters come when a page has them
FONTS = tuple(
    f"atlas-{name}-latin.woff2" for name in ("sans-400", "sans-600", "serif-400", "serif-700")
)


#: what the map's frame asks for at every view, before the outline
MAP_FILES = (
    "leaflet.js",
    "atlas-map.js",
    "fonts.css",
    "leaflet.css",
    "atlas-map.css",
    "detail-map.css",
)
#: the script inside the document, for its first paint
EARLY = "early.js"
#: what starts the rest of the scripts; the document can be read before they are there
STARTING = ("unpack.js", "start.js")
#: what comes after the legend: together with the world above it, it is as high as Europe's map
AWAITED = "by-month"


@cache
def _asset(name: str) -> Markup:
    """Return a file of the atlas's own, to be written into a document."""
    code = without_comments((ASSETS / "atlas-1" / name).read_text(encoding="utf-8"))
    return Markup(without_spaces(code) if name.endswith(".css") else code)


def _style(name: str) -> Markup:
    """Return a style sheet; what it names is relative to itself, and not to a document."""
    return Markup(str(_asset(name)).replace('url("../', f'url("{rooted(PREFIX)}/'))


def without_comments(code: str) -> str:
    """Return a script or a style sheet without comment lines and indentation."""
    return _NO_CODE.sub("", code)


def without_spaces(style: str) -> str:
    """Return a style sheet without the line breaks and spaces that only people need."""
    declared = _DECLARATION.sub(r"\1:", style)
    return _BREAK.sub(r"\1", declared).replace(" {", "{").replace(";}", "}")


@cache
def _policy() -> str:
    return page_policy(checksum(_asset(EARLY)))


def _map_files(view: Viewport) -> list[str]:
    # the outline that atlas-map.js draws at this zoom, and not the other one
    outline = FINE if view.zoom >= CITY_ZOOM else COARSE
    return [*map(served_asset, (*MAP_FILES, outline)), *map(rooted, frame_scripts())]


def _start(code: str, view: Viewport | None = None) -> dict[str, object]:
    """Return what the script of a document needs to know; only a view needs the map's files."""
    return {
        "styles": {page: sheets(page) for page in PAGES},
        "streamlit": front_end().start,
        "map": _map_files(view) if view else [],
        "words": {
            "away": _("Live updates are not available here. Everything works by page loads."),
            "failed": _("This page could not be fetched. Please try again."),
            "part": _("Part of this page could not be fetched. Reload it to try again."),
            "copy": _("Your browser copies nothing for this page. Copy it by hand:"),
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
        screen = requested_screen(opened, configuration, code, request)

        kind = ("page", code, configuration)

        def make() -> bytes:
            return _document(request, screen).encode(errors="replace")

        headers = {"Content-Security-Policy": _policy(), **caching(configuration)}
        return respond(request, opened, kind, make, HTML, headers)


def _document(request: Request, screen: Screen) -> str:
    around = page(
        screen.page,
        blocks(screen),
        address(screen),
        form=form(screen),
        view=view(screen),
        ignored=bool(screen.opened.notices),
    )
    shown = screen.state.view if screen.page == "map" else None
    return _around(_head(request, screen), around, screen.page, shown, unseen_sheets(screen))


def _around(
    head: str,
    written: Markup,
    code: str,
    view: Viewport | None = None,
    unseen: Sequence[str] = (),
) -> str:
    within, after = styles(code, unseen)
    return render(
        "document.html",
        language="en",
        head=Markup(head),
        # under the addresses that the style sheet has
        fonts=[asset_url(name).partition("?")[0] for name in FONTS],
        awaited=AWAITED if code == "map" and not view else "",
        style=Markup().join(map(_style, within)),
        other_media=asset_url("media.css"),
        after=map(asset_url, after),
        page=written,
        start=htmlsafe_json_dumps(_start(code, view), separators=(",", ":")),
        script=_asset(EARLY),
        starting=map(asset_url, STARTING),
    )


def _head(request: Request, screen: Screen) -> str:
    opened, publisher = screen.opened, screen.configuration.publisher
    text = describe(screen.page, opened.state, opened.snapshot)
    query = encode(opened.state)
    # who reads only the preview is told as well
    description = f"{opened.withdrawal} {text.description}".strip()
    image = replace(PICTURE, alt=description)
    # a preview is fetched from elsewhere: without a host there is no picture to name
    pictured = page_address({**request.scope, "path": PICTURE.address}, query)
    view, address = cited(screen), page_address(request.scope, query)
    return tags(
        PageHead(
            site=TITLE,
            title=text.title,
            description=description,
            robots=robots(screen.page, opened.state, opened.snapshot, bool(publisher)),
            address=address,
            image=replace(image, address=pictured) if pictured and description else None,
            feed=feed(opened.state),
            oembed=discovery(request.scope, address, screen.configuration),
            cited=meta_names(view, publisher, short=True),
            data=in_a_script(brief(view, publisher)),
        )
    )


def _unavailable(message: str) -> Response:
    head = tags(PageHead(site=TITLE, title=TITLE, description=""))
    return HTMLResponse(
        _around(head, page("sorry", unavailable(message), "/", ignored=True), "sorry"),
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
