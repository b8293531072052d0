"""
Websockets of this site's pages, and no others.

Streamlit answers a websocket with a foreign ``Origin`` only after it has asked an outside
host for the server's address. Closing such a socket first keeps the server silent. It would
also hand a session to whoever names its id, and keep all headers of a handshake as long as the
socket is open; so it is told of four headers alone, and never of an earlier session: a page
needs none, because all of it is in its address.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.server.socket_codec import Ignored, MessageCodec
from geo.server.socket_limits import SocketQuota
from geo.server.socket_messages import POLICY_VIOLATION, Conversation
from geo.web.clients import client_of
from geo.wording import _

TRY_AGAIN_LATER = 1013  # IANA's register of close codes
#: where Streamlit answers websockets, also below a prefix
STREAM = "/_stcore/stream"
_SUBPROTOCOL = "streamlit"
_HOST = re.compile(r"(?:[\w.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(?::(?P<port>\d{1,5}))?", re.ASCII)


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
    """

    def __init__(
        self, app: ASGIApp, codec: MessageCodec, places: SocketQuota | None = None
    ) -> None:
        self.app = app
        self._codec = codec
        self._places = places or SocketQuota()
        self._ignored = Ignored()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything but a websocket that is foreign, or has no place."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        known = own_headers(Headers(scope=scope))
        if known is None or not scope["path"].endswith(STREAM):
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        key = client_of(scope)
        bucket = self._places.take(key)
        if bucket is None:
            await _refuse(scope, send)
            return
        raw = [(name.encode(), value.encode()) for name, value in known.items()]
        inside = dict(scope) | {"headers": raw}
        conversation = Conversation(receive, send, self._codec, bucket, self._ignored)
        try:
            if await conversation.open(known.get("sec-websocket-protocol")):
                await self.app(inside, conversation.receive, conversation.send)
        finally:
            conversation.end()
            self._places.leave(key)


def own_headers(headers: Headers) -> dict[str, str] | None:
    """
    Return what Streamlit is told of a handshake.

    Parameters
    ----------
    headers : Headers
        All headers of it.

    Returns
    -------
    dict of str to str or None
        None if a page of another site opens the socket, or if the site cannot be read from the
        headers: no ``Host`` or several, or one of them malformed.
    """
    hosts, origins = headers.getlist("host"), headers.getlist("origin")
    if len(hosts) != 1 or len(origins) > 1 or not _is_host(hosts[0]):
        return None
    known = {"host": hosts[0]}
    if origins:  # without one it is not a browser: it carries no reader's cookies either
        scheme, _colon, authority = origins[0].partition("://")
        if scheme not in ("http", "https") or authority.lower() != hosts[0].lower():
            return None
        # Streamlit takes another spelling of the same host for a foreign one
        known["origin"] = f"{scheme}://{hosts[0]}"
    offered = ",".join(headers.getlist("sec-websocket-protocol")).split(",")
    if _SUBPROTOCOL in (name.strip() for name in offered):
        known["sec-websocket-protocol"] = _SUBPROTOCOL
    return known


def _is_host(text: str) -> bool:
    found = _HOST.fullmatch(text)
    return bool(found) and int((found and found["port"]) or 0) <= 65_535


async def _refuse(scope: Scope, send: Send) -> None:
    """Answer that there is no place; the page goes on by page loads."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
        return
    sentence = _(
        "Too many pages of the atlas are open at once. This page still works; each click "
        "loads it anew."
    )
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"60")]
    start = {"type": "websocket.http.response.start", "status": 503, "headers": headers}
    await send(start)
    await send({"type": "websocket.http.response.body", "body": sentence.encode()})
