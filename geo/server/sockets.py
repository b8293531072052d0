"""
Websockets of this site's pages, and no others.

Streamlit answers a websocket with a foreign ``Origin`` only after it has asked an outside
host for the server's address. Closing such a socket first keeps the server silent. It would
also hand a session to whoever names its id, and keep all headers of a handshake as long as the
socket is open; so it is told of four headers alone, and never of an earlier session: a page
needs none, because all of it is in its address.
"""

from __future__ import annotations

import asyncio
from math import ceil
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.server.request_target import is_host
from geo.server.same_origin import RefusalLog, is_own_page
from geo.server.socket_codec import MessageCodec
from geo.server.socket_limits import LONGEST_WAIT, SocketQuota
from geo.server.socket_messages import POLICY_VIOLATION, Conversation
from geo.web.clients import client_of
from geo.web.middleware import EVERYWHERE
from geo.wording import _

TRY_AGAIN_LATER = 1013  # IANA's register of close codes
#: where Streamlit answers websockets, also below a prefix
STREAM = "/_stcore/stream"
_SUBPROTOCOL = "streamlit"


class SameOriginSockets:
    """
    Passes on the websockets of own pages, as many as there are places for.

    Parameters
    ----------
    app : ASGIApp
        What it wraps.
    codec : MessageCodec
        How messages are read.
    places : SocketQuota, optional
        How many there may be.
    address : str, optional
        The public origin, whose pages alone may open a socket, beside those that this machine
        opens for itself; empty where it is not known.
    """

    def __init__(
        self,
        app: ASGIApp,
        codec: MessageCodec,
        places: SocketQuota | None = None,
        address: str = "",
    ) -> None:
        self.app = app
        self._address = address
        self._codec = codec
        self._places = places or SocketQuota()
        self._refusals = RefusalLog()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything but a websocket that is foreign, or has no place."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        known = own_headers(scope, self._address)
        if known is None or not scope["path"].endswith(STREAM):
            self._refusals.log(scope, self._address)
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        key = client_of(scope)
        wait = self._places.wait(key)
        if wait > LONGEST_WAIT:
            await _refuse(scope, receive, send, 429, wait)
            return
        bucket = self._places.take(key)
        if bucket is None:
            await _refuse(scope, receive, send, 503, 60)
            return
        raw = [(name.encode(), value.encode()) for name, value in known.items()]
        inside = dict(scope) | {"headers": raw}
        conversation = Conversation(receive, send, self._codec, bucket)
        try:
            if wait:
                await asyncio.sleep(wait)
            if await conversation.open(known.get("sec-websocket-protocol")):
                await self.app(inside, conversation.receive, conversation.send)
        finally:
            conversation.end()
            self._places.leave(key)


def own_headers(scope: Scope, address: str = "") -> dict[str, str] | None:
    """
    Return what Streamlit is told of a handshake.

    Parameters
    ----------
    scope : Scope
        Of the websocket.
    address : str, optional
        The public origin of the site; empty where it is not known.

    Returns
    -------
    dict of str to str or None
        None if a page of another site opens the socket, or if the site cannot be read from the
        headers: no ``Host`` or several, or one of them malformed.
    """
    headers = Headers(scope=scope)
    hosts, origins = headers.getlist("host"), headers.getlist("origin")
    if len(hosts) != 1 or len(origins) > 1 or not is_host(hosts[0]):
        return None
    if not is_own_page(scope, origins[0] if origins else None, address):
        return None
    known = {"host": hosts[0]}
    if origins:
        # Streamlit takes another spelling of the same host for a foreign one
        known["origin"] = f"{urlsplit(origins[0]).scheme}://{hosts[0]}"
    offered = ",".join(headers.getlist("sec-websocket-protocol")).split(",")
    if _SUBPROTOCOL in (name.strip() for name in offered):
        known["sec-websocket-protocol"] = _SUBPROTOCOL
    return known


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, seconds: float) -> None:
    """Answer that there is no place now; the page goes on by page loads."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
        return
    sentences = {
        429: _("Too many pages of the atlas are being opened from your network at once."),
        503: _("Too many pages of the atlas are open at once."),
    }
    rest = _("This page still works; each click loads it anew.")
    answer = PlainTextResponse(
        f"{sentences[status]} {rest}",
        status,
        headers={"Retry-After": str(ceil(seconds)), "Cache-Control": "no-store", **EVERYWHERE},
    )
    await answer(scope, receive, send)
