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
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Self

from starlette.types import Message, Receive, Send

from geo.web.socket_limits import Bucket

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
#: seconds between two log lines about messages that no page sends
LINE = 60.0
POLICY_VIOLATION = 1008  # RFC 6455, section 7.4.1


class Rerun(Protocol):
    """A request for a run."""

    def after(self, earlier: Self | None) -> Self:
        """Return this request in place of an earlier one that has not been passed on."""
        ...

    def encode(self) -> bytes:
        """Return the message to pass on."""
        ...


@dataclass(frozen=True, slots=True)
class Language:
    """
    How messages are read.

    Attributes
    ----------
    parse : callable
        Reads a message of a reader; None if no page of the atlas sends it.
    ends_run : callable
        Says whether an answer is the last of a run.
    """

    parse: Callable[[bytes], Rerun | None]
    ends_run: Callable[[bytes], bool]


class Ignored:
    """Counts the messages of all sockets that are ignored; logs at most one line a minute."""

    def __init__(self) -> None:
        self._count, self._due = 0, 0.0

    def add(self) -> None:
        """Count one message, and log if a line is due."""
        self._count += 1
        if time.monotonic() >= self._due:
            log.warning("websocket: %d messages that no page sends were ignored", self._count)
            self._count, self._due = 0, time.monotonic() + LINE


class Conversation:
    """
    One websocket, between the server and Streamlit.

    Parameters
    ----------
    receive, send : callable
        Of the server.
    language : Language
        How messages are read.
    bucket : Bucket
        A token of it is taken for each run.
    ignored : Ignored
        Counts what is ignored.
    """

    def __init__(
        self,
        receive: Receive,
        send: Send,
        language: Language,
        bucket: Bucket,
        ignored: Ignored,
    ) -> None:
        self._receive, self._send, self._language = receive, send, language
        self._ignored = ignored
        self._bucket, self._quick = bucket, Bucket(QUICK_RATE, QUICK_BURST)
        self._ends = 0.0  # when the run of this socket counts as ended
        self._ended = asyncio.Event()
        self._next: asyncio.Task[Message] | None = None
        self._waiting: Rerun | None = None
        self._sending = 0
        self._forged = 0
        self._first_run: float | None = None  # until when; after it, none is due any more
        self._closed = False

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
        if message["type"] == "websocket.accept":
            self._first_run = time.monotonic() + FIRST_RUN
        self._sending += 1
        try:
            await self._send(message)
        except RuntimeError as error:
            # uvicorn's answer once it has closed the socket by itself, after a message too big
            self._closed = True
            raise OSError("the socket is closed") from error
        finally:
            self._sending -= 1
        if self._language.ends_run(message.get("bytes") or b""):
            self._ends = 0.0
            self._ended.set()

    async def receive(self) -> Message:
        """Return the next message that passes, or the end of the socket."""
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
        """Stop waiting for messages."""
        if self._next:
            self._next.cancel()

    def _read(self, message: Message) -> bool:
        data = message.get("bytes")
        rerun = self._language.parse(data) if data else None
        if rerun is None:
            self._forged += 1
            self._ignored.add()
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
            await self._send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
