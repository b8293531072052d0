"""
Middleware around every answer: security headers, a plain answer to a crash, a real 404.

Pure ASGI: Starlette's ``BaseHTTPMiddleware`` would buffer streams and come between
Streamlit and its websocket.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence

from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.web.library_files import MAP_FRAME
from geo.web.logs import discreet
from geo.web.not_found import not_found_page
from geo.web.policy import frame_policy, framed, page_policy
from geo.wording import _

log = logging.getLogger(__name__)

# what Streamlit 1.67 answers beside pages (streamlit/web/server/starlette/*_routes.py), as
# far as the atlas uses it: no logging in (/auth/, /oauth2callback), no /app/static/.
# "/~/+/" is where Streamlit Community Cloud puts the app
STREAMLIT_FOLDERS = ("/_stcore/", "/static/", "/component/", "/media/", "/~/+/")
STREAMLIT_FILES = ("/favicon.png", "/manifest.json")


EVERYWHERE: Mapping[str, str] = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}


class SecurityHeaders:
    """
    Sets the security headers on every HTTP answer, and answers a crash in a sentence.

    Belongs outermost. A header that the answer already has is left alone, so that a plain page
    may be stricter; to its policy is only added who may frame it.

    Parameters
    ----------
    app : ASGIApp
        What it wraps.
    framed_by : Sequence of str
        Origins of the sites that may show an answer in a frame.
    map_script : callable, optional
        Returns the script of the base map, which is written into the map's frame.
    """

    def __init__(
        self,
        app: ASGIApp,
        framed_by: Sequence[str] = (),
        map_script: Callable[[], str] = str,
    ) -> None:
        self.app = app
        self._framed_by = tuple(framed_by)
        self._map_script = map_script

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap ``send``; websockets and the lifespan pass unchanged."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_frame = scope["path"].startswith(MAP_FRAME)
        usual = frame_policy(self._map_script()) if is_frame else page_policy()
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in EVERYWHERE.items():
                    headers.setdefault(name, value)
                policy = headers.get("Content-Security-Policy", usual)
                headers["Content-Security-Policy"] = framed(policy, self._framed_by)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            # half an answer cannot be taken back: let the server cut the connection
            if started:
                raise
            # a query says what the reader was looking for, and so may a path
            log.exception("no answer for %s", discreet(scope["path"]))
            sentence = _("Something went wrong on our side. Please try again in a moment.")
            crash = PlainTextResponse(sentence, status_code=500)
            await crash(scope, receive, send_with_headers)


class UnknownPages:
    """
    Answers 404, with help, for unknown paths.

    Streamlit answers 200 with its shell for every path, so a mistyped or cut link would look
    like an empty atlas.

    Parameters
    ----------
    app : ASGIApp
        What it wraps.
    pages : Sequence of str
        The paths of the dashboard's pages, ``/`` among them.
    routes : Iterable of BaseRoute
        The atlas's routes; a path that they match passes.
    plain : Sequence of (str, str)
        Those routes that the page lists: path and description.
    folders, files : Sequence of str
        Path prefixes and whole paths that pass: Streamlit's.
    """

    def __init__(
        self,
        app: ASGIApp,
        pages: Sequence[str],
        routes: Iterable[BaseRoute] = (),
        plain: Sequence[tuple[str, str]] = (),
        folders: Sequence[str] = STREAMLIT_FOLDERS,
        files: Sequence[str] = STREAMLIT_FILES,
    ) -> None:
        self.app = app
        self._pages = tuple(pages)
        self._routes = tuple(routes)
        self._plain = tuple(plain)
        self._folders = tuple(folders)
        self._exact = frozenset(files) | frozenset(pages)

    def known(self, scope: Scope) -> bool:
        """Say whether the application behind this middleware answers the requested path."""
        path = scope["path"]
        # streamlit sends "/timeline/" on to "/timeline" with its query
        if path in self._exact or path.rstrip("/") in self._exact or path.startswith(self._folders):
            return True
        return any(route.matches(scope)[0] is not Match.NONE for route in self._routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass known paths and all that is not HTTP; answer the rest."""
        if scope["type"] != "http" or self.known(scope):
            await self.app(scope, receive, send)
            return
        page = HTMLResponse(
            not_found_page(scope["path"], self._pages, self._plain),
            status_code=404,
            headers={"Cache-Control": "no-store"},
        )
        await page(scope, receive, send)
