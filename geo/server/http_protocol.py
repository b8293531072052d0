"""
uvicorn's protocol for HTTP/1.1 with limits of time and number.

uvicorn waits for ever for the rest of a request, and for a client that does not read its
answer. What counts here is whether a whole request has arrived: while one has not, the
connection is ended after a time, and sooner while too many others wait (`ConnectionLimits`).
"""

from __future__ import annotations

import asyncio
import socket
from functools import cache
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from geo.server.connections import ConnectionLimits
from geo.server.request_limits import HEAD, arriving_excess, refusal
from geo.server.request_target import PathConnection
from geo.web.middleware import EVERYWHERE
from geo.wording import _

#: bytes of an unwanted body that are read and dropped, so that its sender gets the answer
DROPPED = 1_048_576
#: bytes that a client must have read since the last look at it
PROGRESS = 16_384


class BoundedProtocol(H11Protocol):
    """
    uvicorn's HTTP/1.1 with limits of time and number, and with `TCP_NODELAY`.

    ``streamlit run`` binds its socket without naming a protocol; asyncio then leaves Nagle's
    algorithm on, and each answer on a connection that is kept waits 40 ms for the client's
    delayed acknowledgement.

    Parameters
    ----------
    *args, **kwargs
        As uvicorn gives them.
    bounds : ConnectionLimits
        Shared by the connections of a server.
    """

    def __init__(self, *args: Any, bounds: ConnectionLimits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conn = PathConnection(h11.SERVER, HEAD)
        self._bounds = bounds
        self._deadline: asyncio.TimerHandle | None = None
        self._look: asyncio.TimerHandle | None = None
        self._refused = self._upgraded = False
        self._dropped = 0
        self._last_unsent = 0

    @property
    def unsent(self) -> int:
        """Bytes of the answer that the client's side has not taken."""
        return self.transport.get_write_buffer_size()

    def end(self) -> None:
        """Close the connection once what was written is sent."""
        self._stop_waiting()
        self.transport.close()
        if self.unsent:
            self._lag()

    def cut(self) -> None:
        """Close the connection at once."""
        self._stop()
        self.transport.abort()

    # ------------------------------------------------------------ called by asyncio

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        opened = transport.get_extra_info("socket")
        if opened is not None and opened.family in (socket.AF_INET, socket.AF_INET6):
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._deadline = self.loop.call_later(self._bounds.arriving, self._late)
        self._bounds.wait(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read a part of a request, or drop a part of one that is refused already."""
        if self._answered:
            self._dropped += len(data)
            if self._dropped > DROPPED:
                self.cut()
                return
        if self._refused:
            return
        super().data_received(data)
        if self.transport.is_closing() or self._refused or self._upgraded:
            return
        self._follow()

    def pause_writing(self) -> None:
        """Begin to look whether the client reads."""
        super().pause_writing()
        self._lag()

    # ------------------------------------------------------------ called by uvicorn

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Leave the connection to the protocol of websockets."""
        self._stop()
        self._upgraded = True
        super().handle_websocket_upgrade(event)

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self._bounds.wait(self)
        if self.unsent:
            self._lag()
        super().on_response_complete()
        # the next request may have come already, or a part of it
        self._follow()

    def shutdown(self) -> None:
        """Close the connection, or let the answer that is under way be the last."""
        if self._refused:  # of the answer to it h11 was told nothing
            self.transport.close()
        else:
            super().shutdown()

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection on which no further request came."""
        self._stop_waiting()
        super().timeout_keep_alive_handler()

    def send_400_response(self, msg: str) -> None:
        """Say in a sentence what cannot be read, and why."""
        self._refuse(arriving_excess(self.conn.trailing_data[0]) or 400)

    # ------------------------------------------------------------ the rest is private

    @property
    def _busy(self) -> bool:
        """Whether a request is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def _answered(self) -> bool:
        """Whether what comes now belongs to a request that has its answer."""
        return self._refused or (self.conn.their_state is h11.SEND_BODY and not self._busy)

    @property
    def _arriving(self) -> bool:
        """Whether a part of a request has come and a part has not."""
        if self.conn.their_state is h11.IDLE:
            return bool(self.conn.trailing_data[0])
        return self.conn.their_state is h11.SEND_BODY

    def _follow(self) -> None:
        """Set the clock by what has come of a request."""
        if not self._arriving:
            self._dropped = 0
            self._deadline = _cancel(self._deadline)
        elif self._deadline is None and not self.transport.is_closing():
            self._deadline = self.loop.call_later(self._bounds.arriving, self._late)
        if self._busy:
            self._bounds.waiting.pop(self, None)

    def _late(self) -> None:
        self._deadline = None
        begun = self.conn.our_state is h11.IDLE and self._arriving
        if begun and not self.transport.is_closing():
            self._refuse(408)
        else:
            self.end()

    def _lag(self) -> None:
        if self._look is None:
            self._last_unsent = self.unsent
            self._look = self.loop.call_later(self._bounds.reading, self._check)
            self._bounds.lag(self)

    def _check(self) -> None:
        self._look = None
        self._bounds.unread.pop(self, None)
        if self.unsent > self._last_unsent - PROGRESS and self.unsent:
            self.cut()
        elif self.unsent:
            self._lag()

    def _refuse(self, status: int) -> None:
        """Answer without the application, and close when the client has heard it."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.cut()  # in the middle of an answer there is no room for another
            return
        if self._busy:
            self.cycle.disconnected = True
        self._refused = True
        self._stop()
        self.transport.write(_answer(status))
        if self.transport.can_write_eof():
            # closed at once, what is still on its way would reset the connection, and the
            # client would never read the sentence
            self.transport.write_eof()
            self._deadline = self.loop.call_later(1.0, self.cut)
        else:
            self.transport.close()

    def _stop_waiting(self) -> None:
        self._deadline = _cancel(self._deadline)
        self._bounds.waiting.pop(self, None)

    def _stop(self) -> None:
        self._stop_waiting()
        self._look = _cancel(self._look)
        self._bounds.forget(self)


def _cancel(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
    """Cancel a timer, and return what is left of it: nothing."""
    if timer is not None:
        timer.cancel()
    return None


@cache
def _answer(status: int) -> bytes:
    """Write the answer to a request that is refused: the same for all, so it is written once."""
    too_large = refusal(status) if status in (414, 431) else None
    if too_large is not None:
        sentence = bytes(too_large.body)
    elif status == 408:
        sentence = _("The request took too long to arrive. Please try again.").encode()
    else:
        sentence = _("The atlas cannot read this request.").encode()
    headers = {
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(len(sentence)),
        "cache-control": "no-store",
        "content-security-policy": "default-src 'none'",
        "connection": "close",
        **EVERYWHERE,
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    reason = STATUS_PHRASES[status].decode()
    return f"HTTP/1.1 {status} {reason}\r\n{lines}\r\n".encode() + sentence
