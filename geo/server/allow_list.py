"""
Which methods of which paths the server answers; everything else is refused first.

Streamlit answers for much that the atlas does not use: uploads, which it keeps in memory,
metrics, an agent, log-ins, and 200 with its shell for every other path. Only what is listed
here reaches it, by whole path, so no spelling of a path (``//``, ``..``, ``;``) can matter.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.link.normalising import written_query
from geo.server.request_limits import body_excess, head_excess, refusal
from geo.web.middleware import EVERYWHERE
from geo.web.not_found import near_paths, not_found_page
from geo.wording import _

#: what Streamlit's front end asks for beside its files (streamlit 1.67, seen in a browser)
STREAMLIT_PATHS = frozenset({"/_stcore/health", "/_stcore/host-config"})
#: the page's websocket
SOCKETS = frozenset({"/_stcore/stream"})
READING = frozenset({"GET", "HEAD"})
#: what an ``Allow`` header may name: routes of the API take other methods to refuse them
_OFFERED = ("GET", "HEAD", "OPTIONS")
_FRESH = {"Cache-Control": "no-store"}


class AllowList:
    """
    Passes the requests that pages and their readers make, and refuses the others.

    Belongs outside everything that reads a request, and inside `SecurityHeaders`. In this
    order: 414 and 431 for a head that is too large, 404 with help for an unknown path, 405 for
    another method, 413 for a body.

    Parameters
    ----------
    app : ASGIApp
        What it wraps.
    pages : Sequence of str
        The paths of the dashboard's pages, ``/`` among them.
    routes : Iterable of BaseRoute
        The atlas's routes.
    plain : Sequence of (str, str)
        Those routes that the 404 page lists: path and description.
    files : Container of str
        The paths of the libraries' files.
    """

    def __init__(
        self,
        app: ASGIApp,
        pages: Sequence[str],
        routes: Iterable[BaseRoute] = (),
        plain: Sequence[tuple[str, str]] = (),
        files: Container[str] = frozenset(),
    ) -> None:
        self.app = app
        self._pages = tuple(pages)
        self._routes = tuple(routes)
        self._paths = [str(getattr(route, "path", "")) for route in self._routes]
        self._plain = tuple(plain)
        self._files = files
        self._exact = STREAMLIT_PATHS | frozenset(pages)

    def methods(self, scope: Scope) -> frozenset[str]:
        """
        Return the methods that the requested path is answered for.

        Parameters
        ----------
        scope : Scope
            Of HTTP.

        Returns
        -------
        frozenset of str
            Empty for an unknown path.
        """
        for route in self._routes:
            if route.matches(scope)[0] is not Match.NONE:
                return frozenset(getattr(route, "methods", None) or READING)
        path = scope["path"]
        return READING if path in self._exact or path in self._files else frozenset()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass what is allowed, and the lifespan; answer the rest."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refused = self._refusal(scope)
        if refused is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await refused(scope, receive, send)
        elif "websocket.http.response" in scope.get("extensions", {}):
            refused.headers.update(EVERYWHERE)  # `SecurityHeaders` passes websockets
            await refused(scope, receive, send)
        else:
            # before it was accepted: the server answers 403
            await send({"type": "websocket.close", "code": 1008})

    def _refusal(self, scope: Scope) -> Response | None:
        """Return the answer to what is refused; None for what passes."""
        if excess := refusal(head_excess(scope)):
            return excess
        if scope["type"] == "http" and scope["method"] == "CONNECT":
            return _other_method(READING)  # whatever it names: this is no proxy
        if _hides_slashes(scope) or _climbs(scope["path"]):
            return self._missing(scope)
        if scope["type"] == "websocket":
            return None if scope["path"] in SOCKETS else self._missing(scope)
        return self._http(scope)

    def _http(self, scope: Scope) -> Response | None:
        """Return the answer to a request that is refused; None for one that passes."""
        if (scope["method"], scope["path"]) == ("OPTIONS", "*"):
            return Response(status_code=204, headers={"Allow": ", ".join(_OFFERED), **_FRESH})
        methods = self.methods(scope)
        if not methods:
            return self._missing(scope)
        if scope["method"] not in methods:
            return _other_method(methods)
        return refusal(body_excess(scope))

    def _missing(self, scope: Scope) -> Response:
        """Return the page that says so; its guess keeps the query."""
        known = (*self._pages, *(path for path in self._paths if "{" not in path))
        query = written_query(scope["query_string"].decode("latin-1"))
        near = near_paths(scope["path"], known)
        meant = [f"{path}?{query}" if query else path for path in near]
        page = not_found_page(scope["path"], self._pages, self._plain, meant)
        return HTMLResponse(page, 404, headers=_FRESH)


def _hides_slashes(scope: Scope) -> bool:
    """
    Say whether a path has slashes that divide nothing, as ``%2F`` (RFC 3986, section 2.2).

    A proxy's rule for ``/api/`` does not see ``/api%2F``, so neither may lead to the same page.
    """
    raw = scope.get("raw_path")
    return raw is not None and raw.count(b"/") != scope["path"].count("/")


def _climbs(path: str) -> bool:
    """Say whether a part of a path names no page but a place in a folder, as ``..`` does."""
    return "\0" in path or ".." in path.replace("\\", "/").split("/")


def _other_method(methods: Container[str]) -> Response:
    """Return the answer to a method that an address does not have."""
    allowed = ", ".join(name for name in _OFFERED if name in methods)
    sentence = _("This address can only be read: use one of {methods}.")
    headers = {"Allow": allowed, **_FRESH}
    return PlainTextResponse(sentence.format(methods=allowed), 405, headers)
