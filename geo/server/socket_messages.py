"""
The two directions of one websocket: messages of the reader, and answers.

Of the reader's messages those pass that a page of the atlas sends. A run costs the server far
more than the reader, so a socket has one run at a time. A few requests may end the run before
them, as quick clicks do; further ones wait for its end. Of several that wait the last passes: an
older address is of no use to anybody.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress

from starlette.types import Message, Receive, Send

from geo.server.socket_codec import MessageCodec, Rerun
from geo.server.socket_limits import Bucket
from geo.web.live_runs import live_runs

log = logging.getLogger("atlas")

#: seconds in which a socket must ask for its first run: a page does it at once
FIRST_RUN = 60.0
#: messages of one socket that no page sends, until it is closed
FORGED = 1000
#: seconds after which a run counts as ended, whether or not its end was seen
LONGEST_RUN = 5.0
#: runs a second that end the one before them, and at once before that holds
QUICK_RATE, QUICK_BURST = 5.0, 10.0
#: seconds between two looks at a reader who has not taken the last answer yet
LOOK = 0.25
POLICY_VIOLATION = 1008  # RFC 6455, section 7.4.1


class Conversation:
    """
    One websocket, between the server and Streamlit.

    Parameters
    ----------
    receive, send : callable
        Of the server.
    codec : MessageCodec
        How messages are read.
    bucket : Bucket
        A token of it is taken for each run.
    """

    def __init__(
        self,
        receive: Receive,
        send: Send,
        codec: MessageCodec,
        bucket: Bucket,
    ) -> None:
        self._receive, self._send, self._codec = receive, send, codec
        self._bucket, self._quick = bucket, Bucket(QUICK_RATE, QUICK_BURST)
        self._ends = 0.0  # when the run of this socket counts as ended
        self._ended = asyncio.Event()
        self._next: asyncio.Task[Message] | None = None
        self._ahead: list[Message] | None = None  # read before Streamlit hears of the socket
        self._waiting: Rerun | None = None
        self._sending = 0
        self._forged = 0
        self._first_run: float | None = None  # until when; after it, none is due any more
        self._closed = False

    async def open(self, subprotocol: str | None) -> bool:
        """
        Accept the socket and wait for its first request.

        Streamlit makes a session with an event loop, that is three descriptors, for a socket
        that is connected to it; so it hears of a socket once a run is needed.

        Parameters
        ----------
        subprotocol : str or None
            The one to accept.

        Returns
        -------
        bool
            False if the socket has ended without a request.
        """
        connect = await self._receive()
        if connect["type"] != "websocket.connect":
            return False
        await self.send({"type": "websocket.accept", "subprotocol": subprotocol})
        self._first_run = time.monotonic() + FIRST_RUN
        request = await self.receive()
        if request["type"] != "websocket.receive":
            return False
        self._ahead = [request, connect]
        return True

    async def send(self, message: Message) -> None:
        """
        Send an answer.

        Raises
        ------
        OSError
            If the socket is closed, as the ASGI specification has it (since 2.4).
        """
        if self._closed:
            raise OSError("the socket is closed")
        if message["type"] == "websocket.accept" and self._ahead is not None:
            return  # `open` has accepted it
        self._sending += 1
        try:
            await self._send(message)
        except RuntimeError as error:
            # uvicorn's answer once it has closed the socket by itself, after a message too big
            self._closed = True
            raise OSError("the socket is closed") from error
        finally:
            self._sending -= 1
        if self._codec.ends_run(message.get("bytes") or b""):
            self._ends = 0.0
            live_runs.end(self)
            self._ended.set()

    async def receive(self) -> Message:
        """Return the next message that passes, or the end of the socket."""
        if self._ahead:
            return self._ahead.pop()
        while True:
            message = await self._within(self._patience())
            if message is None:
                if self._waiting is None:
                    return await self._close()
                if not self._delay():
                    return self._pass()
            elif message["type"] != "websocket.receive":
                return message
            elif not self._read(message) and self._forged > FORGED:
                return await self._close()

    def end(self) -> None:
        """Stop waiting for messages; no run is under way any more."""
        live_runs.end(self)
        if self._next:
            self._next.cancel()

    def _read(self, message: Message) -> bool:
        data = message.get("bytes")
        rerun = self._codec.parse(data) if data else None
        if rerun is None:
            self._forged += 1
            # of lines that repeat, a few are written and the rest are counted (`repeats`)
            log.warning("websocket: a message that no page sends was ignored")
            return False
        self._waiting = rerun.after(self._waiting)
        return True

    def _delay(self) -> float:
        """Return the seconds until a run may pass."""
        delay = self._bucket.wait()
        left = self._ends - time.monotonic()
        if left > 0:
            delay = max(delay, min(left, self._quick.wait()))
        # who does not take the answers would have them piled up here
        return max(delay, LOOK) if self._sending else delay

    def _patience(self) -> float | None:
        if self._waiting is not None:
            return self._delay()
        return None if self._first_run is None else max(0.0, self._first_run - time.monotonic())

    def _pass(self) -> Message:
        assert self._waiting is not None
        now = time.monotonic()
        self._bucket.take()
        if self._ends > now:
            self._quick.take()
        self._ends = now + LONGEST_RUN
        live_runs.begin(self, self._ends)
        self._ended.clear()
        data, self._waiting, self._first_run = self._waiting.encode(), None, None
        return {"type": "websocket.receive", "bytes": data}

    async def _within(self, seconds: float | None) -> Message | None:
        """Return the server's next message; None if there is none in time, or a run has ended."""
        if seconds is None and self._next is None:
            return await self._receive()
        if self._next is None:
            self._next = asyncio.ensure_future(self._receive())
        if seconds is None:
            await asyncio.wait({self._next})
        else:
            ended = asyncio.ensure_future(self._ended.wait())
            await asyncio.wait(
                {self._next, ended}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
            )
            ended.cancel()
            self._ended.clear()
        if not self._next.done():
            return None
        message = self._next.result()
        self._next = None
        return message

    async def _close(self) -> Message:
        if not self._closed:
            self._closed = True
            # the server may have closed it meanwhile, because its client answers no ping
            with suppress(RuntimeError, OSError):
                await self._send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
