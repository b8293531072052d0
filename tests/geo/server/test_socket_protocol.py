"""What a socket makes the server keep is bounded in bytes, frames and time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from geo.server import socket_protocol
from geo.server.socket_protocol import BoundedSocket
from tools.attack.frames import CONTINUED, PING, TEXT, frame

HANDSHAKE = (
    b"GET /_stcore/stream HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Pipe(asyncio.Transport):
    """The client's side: what was written to it, and how it was closed."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.closed = self.aborted = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += bytes(data)

    def close(self) -> None:
        self.closed = True

    def abort(self) -> None:
        self.aborted = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


async def _open(size: int = 200_000_000) -> tuple[BoundedSocket, Pipe, list[Any]]:
    """Open a socket; return what it reads too."""
    received: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while True:
            received.append(await receive())

    config = uvicorn.Config(app, ws_max_size=size, lifespan="off", interface="asgi3")
    config.load()
    config.loaded_app = app
    socket, pipe = BoundedSocket(config, ServerState(), {}), Pipe()
    socket.connection_made(pipe)
    socket.data_received(HANDSHAKE)
    while b"101" not in pipe.written:
        await asyncio.sleep(0)
    pipe.written = b""
    return socket, pipe, received


def run(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    BoundedSocket.held.clear()

    async def whole() -> None:
        async with asyncio.timeout(10):
            await scene()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    asyncio.run(whole())
    assert BoundedSocket.held == {}, "nothing is counted of a socket that is closed"


def code(pipe: Pipe) -> int:
    """The code with which the server has closed."""
    assert pipe.closed
    return int.from_bytes(pipe.written.rpartition(b"\x88")[2][1:3], "big")


def test_a_whole_message_passes_in_any_portions() -> None:
    async def scene() -> None:
        socket, pipe, received = await _open()
        data = frame(b"a" * 10_000) + frame(b"b", last=False) + frame(b"c", CONTINUED)
        for start in range(0, len(data), 7):
            socket.data_received(data[start : start + 7])
        while len(received) < 2:
            await asyncio.sleep(0)
        assert [message["bytes"] for message in received] == [b"a" * 10_000, b"bc"]
        assert not pipe.closed

    run(scene)


def test_text_is_handed_on_as_bytes() -> None:
    async def scene() -> None:
        socket, _pipe, received = await _open()
        socket.data_received(frame(b"\xff", TEXT))
        while not received:
            await asyncio.sleep(0)
        assert received == [{"type": "websocket.receive", "bytes": b"\xff"}]

    run(scene)


def test_no_server_takes_a_larger_message() -> None:
    async def scene() -> None:
        for size in (200_000_000, 2**40):
            socket, pipe, _received = await _open(size)
            socket.data_received(frame(b"", length=socket_protocol.LONGEST_MESSAGE + 1))
            assert code(pipe) == 1009

    run(scene)


def test_an_operator_may_allow_less() -> None:
    async def scene() -> None:
        socket, pipe, _received = await _open(1000)
        socket.data_received(frame(bytes(1001)))
        assert code(pipe) == 1009

    run(scene)


def test_a_message_must_end_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_protocol, "LONGEST_TIME", 0.05)

    async def scene() -> None:
        slow, slow_pipe, _received = await _open()
        part, part_pipe, _received = await _open()
        good, good_pipe, _received = await _open()
        slow.data_received(frame(b"abc")[:-1])
        part.data_received(frame(b"abc", last=False))
        good.data_received(frame(b"abc")[:-1])
        good.data_received(frame(b"abc")[-1:])
        while not (slow_pipe.closed and part_pipe.closed):
            await asyncio.sleep(0.01)
        assert code(slow_pipe) == code(part_pipe) == 1008
        assert not good_pipe.closed

    run(scene)


@pytest.mark.parametrize("data", [frame(b"x", PING), frame(b"x"), frame(b"")])
def test_frames_are_counted(data: bytes) -> None:
    async def scene() -> None:
        socket, pipe, received = await _open()
        socket.data_received(data * (socket_protocol.FRAMES - 1))  # the handshake counts
        assert not pipe.closed
        pipe.written = b""
        socket.data_received(data * 10_000)
        assert code(pipe) == 1008
        await asyncio.sleep(0)
        assert len(received) <= socket_protocol.FRAMES

    run(scene)


def test_fragments_without_content_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_protocol, "FRAMES", 10**9)

    async def scene() -> None:
        socket, pipe, _received = await _open()
        socket.data_received(frame(b"", last=False))
        for _number in range(100):
            socket.data_received(frame(b"", CONTINUED, last=False) * 500)
        assert code(pipe) == 1009
        assert socket.frames == []

    run(scene)


def test_the_largest_unfinished_message_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_protocol, "UNFINISHED", 500_000)

    async def scene() -> None:
        large, large_pipe, _received = await _open()
        small, small_pipe, _received = await _open()
        large.data_received(frame(bytes(450_000), last=False))
        small.data_received(frame(bytes(60_000), last=False))
        assert code(large_pipe) == 1009
        assert not small_pipe.closed
        small.connection_lost(None)

    run(scene)


def test_who_answers_no_ping_is_dropped_with_all_that_waits() -> None:
    async def scene() -> None:
        socket, pipe, _received = await _open()
        socket.keepalive_timeout()
        assert pipe.aborted

    run(scene)


def test_who_does_not_read_the_farewell_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_protocol, "FAREWELL", 0.01)

    async def scene() -> None:
        socket, pipe, _received = await _open()
        socket.data_received(frame(b"", opcode=5))
        assert code(pipe) == 1002
        while not pipe.aborted:
            await asyncio.sleep(0.01)

    run(scene)


def test_frames_before_the_handshake_end_it() -> None:
    async def scene() -> None:
        config = uvicorn.Config(run, lifespan="off", interface="asgi3")
        config.load()
        socket, pipe = BoundedSocket(config, ServerState(), {}), Pipe()
        socket.connection_made(pipe)
        socket.data_received(HANDSHAKE + frame(b"", length=2**40))
        assert pipe.aborted

    run(scene)


@pytest.mark.parametrize(
    "change",
    [
        (b"\r\n\r\n", b"\r\nContent-Length: 1\r\n\r\n"),
        (b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n"),
        (b"/stream", b"/stream?q=" + b"x" * 9000),
        (b"\r\n\r\n", b"\r\nX: " + b"x" * 9000 + b"\r\n\r\n"),
        (b"\r\n\r\n", b"\r\nX: x" * 200 + b"\r\n\r\n"),
    ],
    ids=["length", "chunked", "target", "header", "headers"],
)
def test_a_handshake_that_cannot_be_read_is_answered_and_closed(
    change: tuple[bytes, bytes],
) -> None:
    async def scene() -> None:
        config = uvicorn.Config(run, lifespan="off", interface="asgi3")
        config.load()
        socket, pipe = BoundedSocket(config, ServerState(), {}), Pipe()
        socket.connection_made(pipe)
        socket.data_received(HANDSHAKE.replace(*change))
        assert pipe.written.startswith(b"HTTP/1.1 4")
        assert pipe.closed

    run(scene)
