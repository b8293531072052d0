"""
Bounds on what a websocket may make the server keep, where its bytes arrive.

``streamlit run`` lets a message have as many bytes as the largest answer (200 MB), and uvicorn
limits neither the number of a message's fragments nor the time that they take. What was
received of a message stays in memory until it is complete or its socket is gone, and a socket
whose client reads nothing is never gone. So the bounds are set in uvicorn's protocol itself,
however the server is started.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

#: bytes of one message of a reader, also after decompression
LONGEST_MESSAGE = 1_048_576
#: seconds from the first byte of a message to its last
LONGEST_TIME = 20.0
#: bytes of unfinished messages of all sockets; above it the largest is closed
UNFINISHED = 33_554_432
#: frames of one socket in a span of `SPAN` seconds, pings and fragments included
FRAMES, SPAN = 1000, 10.0
#: bytes read before the frames in them are counted
PORTION = 4096
#: seconds that a closed socket gets to take what was sent to it
FAREWELL = 10.0
#: bytes that a fragment takes beside its content
_FRAGMENT = 64
_BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_POLICY_VIOLATION, _TOO_BIG = 1008, 1009  # RFC 6455, section 7.4.1


class BoundedSocket(WebSocketsSansIOProtocol):
    """A websocket of uvicorn that keeps no more than the bounds of this module."""

    #: bytes of each unfinished message
    held: ClassVar[dict[BoundedSocket, int]] = {}

    def __init__(self, config: Config, *given: Any, **named: Any) -> None:
        config.ws_max_size = min(config.ws_max_size, LONGEST_MESSAGE)
        super().__init__(config, *given, **named)
        self._late: asyncio.TimerHandle | None = None
        self._frames, self._span_ends = 0, 0.0

    def data_received(self, data: bytes) -> None:
        """Read bytes in portions, until there are too many frames or too much is unfinished."""
        for start in range(0, len(data), PORTION):
            if self.transport.is_closing():
                return
            super().data_received(data[start : start + PORTION])
            if self.conn.handshake_exc is not None:
                self._refuse_handshake()
            self._bound_unfinished()

    def handle_events(self) -> None:
        """Count the frames that have been read, and handle them."""
        now = self.loop.time()
        if now >= self._span_ends:
            self._frames, self._span_ends = 0, now + SPAN
        self._frames += len(self.conn.events)
        if self._frames > FRAMES:
            self.conn.events.clear()
            self._end(_POLICY_VIOLATION, "too many frames")
            return
        super().handle_events()

    async def send(self, message: Any) -> None:
        """Send what the application sends."""
        await super().send(message)
        if message["type"] == "websocket.http.response.body":
            # uvicorn would log a refusal with a sentence as a handshake that was forgotten
            self.handshake_complete = True

    def handle_text(self, event: Any) -> None:
        """Treat text as bytes: no page sends any, so it need not be decoded to be ignored."""
        self.handle_bytes(event)

    def handle_parser_exception(self) -> None:
        """Close a socket that breaks the protocol or its bounds."""
        self._forget()
        if self.conn.close_sent is None:  # frames before the handshake has ended
            self.transport.abort()
            return
        super().handle_parser_exception()
        # what was sent before waits for the client to read it, which it may never do
        self.loop.call_later(FAREWELL, self.transport.abort)

    def keepalive_timeout(self) -> None:
        """Drop a socket that answers no ping, with all that it has not read."""
        super().keepalive_timeout()
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Drop what was received of an unfinished message."""
        self._forget()
        super().connection_lost(exc)

    def _refuse_handshake(self) -> None:
        """Answer a handshake that cannot be read, and close: uvicorn would do neither."""
        if self.transport.is_closing():
            return
        answer = b"".join(self.conn.data_to_send())
        self.transport.write(answer or _BAD_REQUEST)
        self.transport.close()

    def _bound_unfinished(self) -> None:
        size = len(self.conn.reader.buffer)
        size += sum(map(len, self.frames)) + _FRAGMENT * len(self.frames)
        if not size or self.transport.is_closing():
            self._settle()
            return
        if self._late is None:
            self._late = self.loop.call_later(
                LONGEST_TIME, self._end, _POLICY_VIOLATION, "a message took too long"
            )
        held = self.held
        held[self] = size
        if size > 2 * LONGEST_MESSAGE:
            self._end(_TOO_BIG, "too many fragments")
        elif sum(held.values()) > UNFINISHED:
            max(held, key=held.__getitem__)._end(_TOO_BIG, "too much is unfinished")

    def _end(self, code: int, reason: str) -> None:
        if not self.transport.is_closing():
            self.conn.fail(code, reason)
            self.handle_parser_exception()

    def _settle(self) -> None:
        self.held.pop(self, None)
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _forget(self) -> None:
        self._settle()
        self.frames = []
        self.conn.reader.buffer.clear()
