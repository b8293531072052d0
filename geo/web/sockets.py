"""
Websockets of this site's pages, and no others.

Streamlit answers a websocket with a foreign ``Origin`` only after it has asked an outside
host for the server's address. Closing such a socket first keeps the server silent.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

_POLICY_VIOLATION = 1008  # RFC 6455, section 7.4.1


class OwnSockets:
    """
    Refuses websockets that a page of another site tries to open.

    Parameters
    ----------
    app : ASGIApp
        What it wraps.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything but a websocket with a foreign ``Origin``."""
        if scope["type"] == "websocket":
            headers = MutableHeaders(scope=scope)
            if _foreign(headers):
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
                return
            _align(headers)
        await self.app(scope, receive, send)


def _foreign(headers: Headers) -> bool:
    origin, host = headers.get("origin"), headers.get("host", "")
    if origin is None:
        return False  # not a browser: it carries no reader's cookies either
    return urlsplit(origin).netloc.lower() != host.lower()


def _align(headers: MutableHeaders) -> None:
    # Streamlit takes another spelling of the same host for a foreign one
    origin = urlsplit(headers.get("origin", ""))
    if origin.netloc:
        headers["origin"] = f"{origin.scheme}://{headers['host']}"
