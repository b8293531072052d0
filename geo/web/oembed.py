"""
``/oembed``: how an address of the atlas is shown on another site, for publishing systems.

They ask with an address that an editor has pasted, and get the code of a frame (oEmbed 1.0).
The address is only read: nothing is fetched, and nobody is redirected to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Scope

from geo.configuration import Configuration
from geo.link.addresses import PAGES, SELECTION, SHARE_PAGES
from geo.link.cards import opening
from geo.link.embed_addresses import EMBEDS, OEMBED
from geo.link.meant_paths import KnownPaths
from geo.link.root import root
from geo.origins import origin_of
from geo.screen.context import Screen
from geo.screen.embed_code import USUAL, embed_title, frame_code, frame_height
from geo.web.cross_origin import METHODS, allow_cross_origin, json_refusal
from geo.web.embeds import lost_card
from geo.web.head import absolute, page_address
from geo.web.refusals import AsyncHandler
from geo.web.responses import Open, respond
from geo.web.screens import requested_screen
from geo.wording import _
from geo.words.permanent_lines import TITLE

JSON, XML = "application/json; charset=utf-8", "text/xml; charset=utf-8"
_TYPES = {"json": JSON, "xml": XML}
_NUMBER = re.compile("[1-9][0-9]{0,5}")
_PATHS = KnownPaths(
    [
        *(f"/{path}" for path in PAGES.values()),
        *(start + "{code}" for start in SHARE_PAGES.values()),
        SELECTION,
        *EMBEDS,
    ]
)
#: seconds for which a publishing system may keep an answer
_FRESH = 3600


def discovery(scope: Scope, address: str | None, configuration: Configuration) -> str:
    """
    Return the address that says how a page is embedded.

    Parameters
    ----------
    scope : Scope
        The request of the page.
    address : str or None
        Of the page, absolute.
    configuration : Configuration
        Whether there are embeds.

    Returns
    -------
    str
        Absolute; empty where nothing may be embedded, or the page has no absolute address.
    """
    if not configuration.embedded_by or not address:
        return ""
    query = f"url={quote(address, safe='')}"
    return page_address({**scope, "path": OEMBED}, query) or ""


def _inside(url: str, origin: str) -> tuple[str, str] | None:
    """Return path and query of an address of the atlas; None for any other."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    own = origin_of(f"{parts.scheme}://{parts.netloc}")
    path = parts.path or "/"
    if not own or own != origin or not (path == root() or path.startswith(f"{root()}/")):
        return None
    found = _PATHS.meant(path.removeprefix(root()) or "/")
    if found is None:
        return None
    return found[0], "&".join(filter(None, (found[1], parts.query)))


def _named(path: str) -> tuple[str, dict[str, str]]:
    """Return the page of the dashboard that a path is of, and the card that it names."""
    for kind, start in SHARE_PAGES.items():
        if path.startswith(start):
            return "map", {"place" if kind == "country" else kind: path.removeprefix(start)}
    named = path.strip("/").removeprefix("embed").strip("/")
    return ("timeline" if named == "timeline" else "map"), {}


class OEmbed:
    """
    Answers for ``/oembed``.

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
        """Answer with the code of a frame, or say why there is none."""
        asked = request.query_params
        form = asked.get("format", "json").lower()
        if form not in _TYPES:
            return json_refusal(request, 501, _("The formats are json and xml."))
        limits = {name: asked[name] for name in ("maxwidth", "maxheight") if name in asked}
        wrong = [name for name, value in limits.items() if not _NUMBER.fullmatch(value)]
        if "url" not in asked or wrong:
            sentence = _("url is an address of this atlas, {names} are whole numbers of pixels.")
            names = "maxwidth, maxheight"
            return json_refusal(request, 400, sentence.format(names=names))
        configuration = self._configuration()
        if not configuration.embedded_by:
            return json_refusal(request, 403, _("This atlas allows no embeds."))
        screen = self._screen(request, asked["url"], configuration)
        if screen is None:
            return json_refusal(request, 404, _("Nothing at this address can be embedded."))
        if ignored := screen.opened.ignored:
            # the frame's address has only what was read, so a frame of more could not say so
            return json_refusal(request, 404, " ".join(one.sentence for one in ignored))
        width = min(USUAL, int(limits.get("maxwidth", USUAL)))
        most = int(limits.get("maxheight", 0))

        def make() -> bytes:
            return _written(form, _fields(screen, width, most)).encode(errors="replace")

        kind = (OEMBED, screen.page, form, width, most, configuration)
        return respond(request, screen.opened, kind, make, _TYPES[form])

    def _screen(self, request: Request, url: str, configuration: Configuration) -> Screen | None:
        origin = absolute(request.scope, "/")
        found = _inside(url, origin_of(origin.removesuffix("/").removesuffix(root())))
        if found is None:
            return None
        path, query = found
        page, card = _named(path)
        if card or path == SELECTION:
            # the path says what is shown, and no card in the query
            query = opening(query, **card)
        opened = self._open(query)
        if lost_card(opened, query):
            return None
        return requested_screen(opened, configuration, page, request)


def _fields(screen: Screen, width: int, most: int) -> dict[str, str | int]:
    """Return the members of an answer; the frame scrolls where it may not be as high as it is."""
    whole = frame_height(screen, width)
    height = min(whole, most) if most else whole
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": screen.configuration.publisher or _(TITLE),
        "provider_url": screen.origin,
        "title": embed_title(screen),
        "cache_age": _FRESH,
        "html": frame_code(screen, width, height),
        "width": width,
        "height": height,
    }


def _written(form: str, fields: Mapping[str, str | int]) -> str:
    if form == "json":
        return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"
    rows = "".join(f"<{name}>{escape(str(value))}</{name}>\n" for name, value in fields.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>\n{rows}</oembed>\n'


def oembed_routes(open_: Open, configuration: Callable[[], Configuration]) -> list[Route]:
    """
    Return the route of oEmbed for ``streamlit.App(routes=…)``.

    Parameters
    ----------
    open_ : callable
        From a raw query to what it shows.
    configuration : callable
        Returns the publisher's settings as they are now.

    Returns
    -------
    list of Route
        For every method, as the routes of the data API.
    """
    answer: AsyncHandler = allow_cross_origin(OEmbed(open_, configuration).answer)
    return [Route(OEMBED, answer, methods=METHODS)]
