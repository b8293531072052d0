"""Request targets on the wire: the right status for each form, and none leads past the list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from geo.server.allow_list import AllowList
from geo.server.connections import ConnectionLimits
from tests.deploy.bounded import opened, rest, served


async def seen(request: Request) -> Response:
    """Tell the client what the application was told."""
    return JSONResponse([request.url.path, request.url.query, request.headers.getlist("host")])


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(" ".join([socket.url.path, *socket.headers.getlist("host")]))
    await socket.close()


ROUTES = [Route("/timeline", seen), Route("/s/{code}", seen)]
INNER = Starlette(routes=[*ROUTES, WebSocketRoute("/_stcore/stream", echo)])


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served(ConnectionLimits(), AllowList(INNER, (), routes=ROUTES)) as number:
        yield number


def exchanged(port: int, line: bytes, headers: bytes = b"Host: a\r\n") -> bytes:
    with opened(port, line + b" HTTP/1.1\r\n" + headers + b"Connection: close\r\n\r\n") as one:
        return rest(one)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET http://b.example/timeline", 200),
        (b"HEAD HTTPS://b.example/timeline", 200),
        (b"GET http://b.example/nope", 404),
        (b"GET http://b.example/_stcore/metrics", 404),
        (b"GET http://b.example//timeline", 404),
        (b"PUT http://b.example/_stcore/upload_file/a/b", 404),
        (b"POST http://b.example/timeline", 405),
        (b"OPTIONS *", 204),
        (b"OPTIONS http://b.example", 204),
        (b"GET *", 400),
        (b"CONNECT b.example:443", 405),
        (b"CONNECT /timeline", 405),
        (b"GET b.example:443", 400),
        (b"GET //timeline", 404),
        (b"GET /\\timeline", 404),
        (b"GET \\timeline", 400),
        (b"GET /%2ftimeline", 404),
        (b"GET /%2Ftimeline", 404),
        (b"GET %2ftimeline", 400),
        (b"GET /s%2fx", 404),
        (b"GET /s/x%2f", 404),
        (b"GET /s/x%5cy", 200),  # a code that no record has: for its page to say
        (b"GET /%74imeline", 200),  # letters may be written so (RFC 3986, section 6.2.2.2)
        (b"GET /./timeline", 404),
        (b"GET /%2e/timeline", 404),
        (b"GET /s/../timeline", 404),
        (b"GET /timeline\0", 400),
        (b"GET /timeline%00", 404),
        (b"GET /timeline\xc3\xa9", 400),
        (b"GET http://b\xc3\xa9/timeline", 400),
        (b"GET /timeline#x", 400),
        (b"GET /timeline?country=NL#x", 400),
        (b"GET http://b.example:99999/timeline", 400),
        (b"GET http://user@b.example/timeline", 400),
    ],
)
def test_each_form_gets_its_status(
    port: int, line: bytes, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    answer = exchanged(port, line)
    assert answer.startswith(f"HTTP/1.1 {status} ".encode()), answer[:200]
    assert not [record for record in caplog.records if record.exc_info]


def test_the_application_sees_the_path_and_the_host_that_was_meant(port: int) -> None:
    answer = exchanged(port, b"GET http://b.example:81/timeline?country=NL")
    assert answer.endswith(b'["/timeline","country=NL",["b.example:81"]]')
    refused = exchanged(port, b"GET http://b.example/timeline", b"Host: a\r\nHost: c\r\n")
    assert refused.startswith(b"HTTP/1.1 400 ")


def test_a_websocket_may_name_a_whole_address_too(port: int) -> None:
    upgrade = (
        b"Host: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    for target, status, told in (
        (b"ws://b.example/_stcore/stream", b"101", b"/_stcore/stream b.example"),
        (b"http://b.example/_stcore/stream", b"101", b"/_stcore/stream b.example"),
        (b"/_stcore%2fstream", b"404", b""),
        (b"http://b.example/timeline", b"404", b""),
    ):
        with opened(port, b"GET " + target + b" HTTP/1.1\r\n" + upgrade) as connection:
            answer = rest(connection)
        assert answer.startswith(b"HTTP/1.1 " + status), (target, answer[:100])
        assert told in answer
