"""
The atlas below a path of a host that has other sites too (``ATLAS_ROOT``).

A proxy may pass the path on or take it away. Behind this middleware there is none: routes,
lists of addresses and Streamlit see the same paths as at the root of a host.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.configuration import BadSetting
from geo.link.root import rooted
from geo.wording import _


def check_root(root: str, paths: Iterable[str]) -> None:
    """
    Refuse a root that could be taken for an address of the atlas.

    Parameters
    ----------
    root : str
        As `Configuration.root`.
    paths : iterable of str
        Of everything that is served.

    Raises
    ------
    BadSetting
        When a path begins with the same part.
    """
    first = root.strip("/").partition("/")[0]
    if first and first in {path.strip("/").partition("/")[0] for path in paths}:
        raise BadSetting(
            _(
                "ATLAS_ROOT may not begin with /{part}, because the atlas has addresses there "
                "itself. It is “{value}”."
            ).format(part=first, value=root)
        )


class BelowPath:
    """
    Takes the root from the paths of requests, and puts it before addresses in headers.

    Belongs outermost.

    Parameters
    ----------
    app : ASGIApp
        What it wraps.
    root : str
        As `Configuration.root`; empty for none.
    """

    def __init__(self, app: ASGIApp, root: str = "") -> None:
        self.app = app
        self._root = root
        parts = (re.escape(part) for part in root.strip("/").split("/"))
        # in another case, with slashes twice, or with something behind it but a longer name
        self._changed = re.compile(rf"/+{'/+'.join(parts)}(?![\w-])", re.IGNORECASE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass each request on with its path from ``/`` on."""
        if not self._root or scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        path, outside = scope["path"], self._outside(scope)
        changed = None if outside else self._changed.match(path)
        if scope["type"] == "http" and (path == outside or changed):
            # what a page names relative to itself would be looked for one folder above
            rest = path[changed.end() :].lstrip("/") if changed else ""
            query = scope["query_string"].decode("latin-1")
            address = f"{self._root}/{quote(rest, errors='replace')}"
            address += f"?{query}" if query else ""
            await RedirectResponse(address, 308)(scope, receive, send)
            return
        inside = dict(scope) | {"path": path.removeprefix(outside), "root_path": ""}
        if raw := scope.get("raw_path"):
            # as it was sent: slashes that are encoded, also in the root, divide nothing
            inside["raw_path"] = raw.removeprefix(outside.encode())

        async def send_rooted(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                _root_headers(MutableHeaders(scope=message))
            await send(message)

        await self.app(inside, receive, send_rooted)

    def _outside(self, scope: Scope) -> str:
        """Return the part of a path that is no part of the atlas's own; empty for none."""
        path: str = scope["path"]
        # where the server was told of a path, it puts that before what the proxy has sent
        mounted = scope.get("root_path", "").rstrip("/")
        prefixes = (mounted + self._root, self._root, mounted)
        return next((p for p in prefixes if p == path or path.startswith(f"{p}/")), "")


def _root_headers(headers: MutableHeaders) -> None:
    if "location" in headers:
        headers["location"] = rooted(headers["location"])
    if "link" in headers:
        links = headers["link"].split("<")
        headers["link"] = "<".join([links[0], *map(rooted, links[1:])])
