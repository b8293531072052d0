"""uvicorn with bounded connections in a thread, and clients that speak to it by the byte."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from geo.server.connections import ConnectionLimits
from geo.server.http_protocol import BoundedProtocol

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
LARGE = bytes(4_000_000)
#: seconds in which a test expects what may take a moment on a busy machine
PATIENCE = 20.0


async def small(_request: Request) -> Response:
    return PlainTextResponse("small")


async def large(_request: Request) -> Response:
    return Response(LARGE)


async def echo(opened: WebSocket) -> None:
    await opened.accept()
    while True:
        await opened.send_text(await opened.receive_text())


APP = Starlette(routes=[Route("/", small), Route("/large", large), WebSocketRoute("/socket", echo)])


@contextmanager
def served(bounds: ConnectionLimits, app: Any = APP) -> Iterator[int]:
    """Run uvicorn with bounded connections in a thread; yield its port."""
    # as streamlit binds it: without the protocol's number
    listening = socket.socket(socket.AF_INET)
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        app,
        http=partial(BoundedProtocol, bounds=bounds),  # type: ignore[arg-type]
        ws="websockets-sansio",
        lifespan="off",
        log_config=None,
        timeout_keep_alive=5,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        until(lambda: server.started)
        yield listening.getsockname()[1]
    finally:
        server.should_exit = server.force_exit = True
        thread.join()
        listening.close()


def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)  # between two looks


def opened(port: int, begin: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    connection.sendall(begin)
    return connection


def answer(connection: socket.socket) -> bytes:
    """Read the answer to `GET`, which comes in parts."""
    found = b""
    while not found.endswith(b"small"):
        part = connection.recv(65_536)
        assert part, "the server closed the connection"
        found += part
    return found


def rest(connection: socket.socket) -> bytes:
    """Read to the end; a reset is an end too."""
    found = b""
    try:
        while part := connection.recv(65_536):
            found += part
    except ConnectionResetError:
        pass
    return found
