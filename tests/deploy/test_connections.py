"""No connection is held for longer than a reader needs, and none of a reader's is cut."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.sync.client import connect

from geo.server.connections import ConnectionLimits
from geo.server.http_protocol import BoundedProtocol
from geo.server.request_limits import HEAD, HEADERS, TARGET
from geo.server.uvicorn_limits import bound_connections, running_server
from tests.deploy.bounded import GET, LARGE, PATIENCE, answer, opened, rest, served, until
from tests.sizes import size


@pytest.mark.parametrize(
    ("begin", "answer"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: ", b"HTTP/1.1 408 "),
        (GET.replace(b"\r\n\r\n", b"\r\nContent-Length: 9\r\n\r\n12345"), b"HTTP/1.1 200 "),
        (GET + b"GET / HT", b"HTTP/1.1 200 "),
    ],
    ids=["silent", "head", "body", "second head"],
)
def test_a_request_that_does_not_arrive_is_ended(begin: bytes, answer: bytes) -> None:
    with served(ConnectionLimits(arriving=0.3)) as port, opened(port, begin) as connection:
        begun = time.monotonic()
        found = rest(connection)
        # sooner than uvicorn closes a connection that is kept
        assert time.monotonic() - begun < 4
        assert found.startswith(answer)
        assert bool(found) == bool(answer)


def test_a_byte_now_and_then_prolongs_nothing() -> None:
    with (
        served(ConnectionLimits(arriving=0.5)) as port,
        opened(port, GET[:-2] + b"X: ") as connection,
    ):
        begun = time.monotonic()
        connection.settimeout(0.05)
        found = b""
        while time.monotonic() - begun < PATIENCE:
            try:
                found = connection.recv(65_536)
                break
            except TimeoutError:
                connection.send(b"x")
        assert found.startswith(b"HTTP/1.1 408 ")
        assert b"took too long" in found


def test_readers_come_in_while_others_wait() -> None:
    bounds = ConnectionLimits(waiting_most=20)
    with served(bounds) as port, ExitStack() as stack:
        silent = [stack.enter_context(opened(port)) for _number in range(size(60, 300))]
        for _number in range(5):
            with opened(port, GET) as reader:
                assert answer(reader).startswith(b"HTTP/1.1 200 ")
        assert len(bounds.waiting) <= bounds.waiting_most
        # those that have waited longest were closed
        assert rest(silent[0]) == b""


def test_a_connection_is_kept_between_requests() -> None:
    with served(ConnectionLimits(arriving=0.2)) as port, opened(port) as connection:
        for _number in range(3):
            connection.sendall(GET)
            assert answer(connection).startswith(b"HTTP/1.1 200 ")
            time.sleep(0.5)  # longer than a request may take to arrive


def test_a_websocket_is_left_alone() -> None:
    bounds = ConnectionLimits(arriving=0.2, reading=0.2, waiting_most=2)
    with served(bounds) as port, connect(f"ws://127.0.0.1:{port}/socket", proxy=None) as live:
        with ExitStack() as stack:
            for _number in range(5):
                stack.enter_context(opened(port))
            time.sleep(0.6)  # longer than a request may take to arrive
        live.send("still here")
        assert live.recv(timeout=PATIENCE) == "still here"
        assert not bounds.unread


def test_requests_behind_each_other_are_all_answered() -> None:
    with served(ConnectionLimits()) as port, opened(port, GET * 20) as connection:
        found = b""
        while found.count(b"HTTP/1.1 200 ") < 20:
            part = connection.recv(65_536)
            assert part
            found += part


def unread(port: int, stack: ExitStack) -> socket.socket:
    connection = stack.enter_context(socket.socket())
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", port))
    connection.sendall(GET.replace(b"/", b"/large", 1))
    return connection


def test_answers_that_nobody_reads_are_bounded() -> None:
    bounds = ConnectionLimits(unread_bytes=10_000_000, unread_most=50)
    with served(bounds) as port, ExitStack() as stack:
        for _number in range(20):
            unread(port, stack)
        with opened(port, GET) as reader:
            assert answer(reader).startswith(b"HTTP/1.1 200 ")
        until(lambda: bool(bounds.unread))
        assert sum(one.unsent for one in bounds.unread) <= bounds.unread_bytes


def test_who_reads_nothing_is_cut() -> None:
    bounds = ConnectionLimits(reading=0.3)
    with served(bounds) as port, ExitStack() as stack:
        for _number in range(5):
            unread(port, stack)
        until(lambda: len(bounds.unread) == 5)
        until(lambda: not bounds.unread and not bounds.waiting)


def test_who_reads_slowly_gets_everything() -> None:
    request = GET.replace(b"/", b"/large", 1)
    with served(ConnectionLimits(reading=0.5)) as port, opened(port, request) as connection:
        found = 0
        while found < len(LARGE):
            part = len(connection.recv(40_000))
            assert part, "cut"
            found += part
            time.sleep(0.004)  # a slow line
        assert found > len(LARGE)


def test_answers_are_not_held_back_for_an_acknowledgement() -> None:
    bounds = ConnectionLimits()
    with served(bounds) as port, opened(port):
        until(lambda: bool(bounds.waiting))
        connection = next(iter(bounds.waiting))
        assert isinstance(connection, BoundedProtocol)
        accepted = connection.transport.get_extra_info("socket")
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


class Sockets(WebSocketsSansIOProtocol):
    """A class for websockets."""


def test_the_server_is_found_and_given_the_bounds() -> None:
    bounds, found = ConnectionLimits(), []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        found.append((running_server(), bound_connections(bounds, Sockets)))
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

    config = uvicorn.Config(app, port=0, lifespan="on", log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    (port,) = (s.getsockname()[1] for s in server.servers[0].sockets)
    with opened(port):
        until(lambda: bool(bounds.waiting))
    server.should_exit = server.force_exit = True
    thread.join()
    assert found == [(server, True)]
    assert server.config.ws_protocol_class is Sockets


@pytest.mark.anyio
async def test_another_server_is_told_what_it_lacks(caplog: pytest.LogCaptureFixture) -> None:
    assert not bound_connections(ConnectionLimits())
    assert "Put a proxy before it" in caplog.text


def test_the_limits_fit_together() -> None:
    assert HEAD > TARGET + HEADERS
