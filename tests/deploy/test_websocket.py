"""What a stranger sends to the real server's websocket, by the byte."""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from websockets.asyncio.client import connect

from geo.paths import PROJECT
from geo.server.socket_limits import OPENING_BURST, OPENING_RATE
from tests.browser.serving import Server, environment_of, free_port, running
from tests.deploy.sessions import Session
from tests.forged_messages import forged_messages
from tests.ledger_files import DATA
from tests.sizes import size
from tools.attack.frames import CONTINUED, PING, TEXT, Socket, frame

UNFINISHED = 40  # sockets


@pytest.fixture(scope="module")
def processes(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Server, subprocess.Popen[bytes]]]:
    # a thousand sockets have two ends, and the server inherits the limit
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    folder, port = tmp_path_factory.mktemp("server"), free_port()
    running_server = Server(f"http://localhost:{port}", folder)
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = environment_of(folder, DATA)
    with running(command, running_server, environment, cwd=PROJECT) as process:
        yield running_server, process


@pytest.fixture
def server(processes: tuple[Server, subprocess.Popen[bytes]]) -> Server:
    return processes[0]


@pytest.fixture
def descriptors(processes: tuple[Server, subprocess.Popen[bytes]]) -> Callable[[], int]:
    """How many files and sockets the server has open; for Linux."""
    return lambda: len(os.listdir(f"/proc/{processes[1].pid}/fd"))


@pytest.fixture
def port(server: Server) -> Iterator[int]:
    """Of the server; its log has no traceback when the test ends."""
    before = server.log.count("Traceback")
    yield int(server.url.rpartition(":")[2])
    assert server.log.count("Traceback") == before, server.log[-3000:]
    assert not server.reached


def test_forged_messages_change_nothing(port: int) -> None:
    messages = [m for m in forged_messages(size(300, 1000)) if len(m) < 100_000]
    with Socket(port) as socket:
        assert socket.answers()
        for message in messages:
            socket.send(frame(message))
        socket.send(frame(b"text", TEXT))
        socket.send(frame(b"\xff\xfe", TEXT))
        assert socket.answers()


def test_forged_messages_before_the_first_run_change_nothing(port: int) -> None:
    with Socket(port) as socket:
        for message in forged_messages(size(100, 300)):
            socket.send(frame(message))
        assert socket.answers()


#: what is sent after the handshake, and the code that closes the socket
BREACHES: dict[str, tuple[list[bytes], int]] = {
    "2 MB": ([frame(bytes(2_000_000))], 1009),
    "200 MB announced": ([frame(b"", length=200_000_000), bytes(1000)], 1009),
    "exabytes announced": ([frame(b"", length=2**62)], 1009),
    "fragments": ([frame(bytes(600_000), last=False), frame(bytes(600_000), CONTINUED)], 1009),
    "empty fragments": (
        [frame(b"", last=False), *[frame(b"", CONTINUED, last=False)] * 1100],
        1008,
    ),
    "pings": ([frame(b"x", PING)] * 1100, 1008),
    "empty messages": ([frame(b"")] * 1100, 1008),
    "unknown kind": ([frame(b"", opcode=5)], 1002),
    "continuation of nothing": ([frame(b"", CONTINUED)], 1002),
    "no mask": ([b"\x82\x05hello"], 1002),
}


@pytest.mark.parametrize(("parts", "code"), BREACHES.values(), ids=BREACHES)
def test_what_is_too_much_or_no_websocket_closes_it(
    port: int, parts: list[bytes], code: int
) -> None:
    with Socket(port) as socket:
        socket.send(b"".join(parts))
        assert socket.close_code() == code
    with Socket(port) as another:
        assert another.answers()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://["},
        {"Origin": "http://[::1"},
        {"Origin": "null"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "http://exämple"},
        {"Host": None},
        {"Host": ""},
        {"Host": "exämple"},
        {"Host": "user@127.0.0.1"},
        {"Host": "127.0.0.1:99999"},
        {"Host": "[::1"},
        {"Sec-WebSocket-Key": None},
        {"Sec-WebSocket-Key": "short"},
        {"Sec-WebSocket-Key": "ä"},
        {"Sec-WebSocket-Version": "99"},
        {"Sec-WebSocket-Version": None},
        {"Sec-WebSocket-Version": "ä"},
        {"Sec-WebSocket-Extensions": "permessage-deflate; server_max_window_bits=99"},
        {"Sec-WebSocket-Extensions": ";;;=,"},
        {"Sec-WebSocket-Protocol": ";;;"},
        {"Sec-WebSocket-Protocol": "ä"},
        {"Sec-WebSocket-Protocol": "streamlit,,,,"},
        {"Sec-WebSocket-Protocol": None},
        {"Cookie": "_streamlit_xsrf=2|zz|zz|zz", "Sec-WebSocket-Protocol": "streamlit, 2|zz|zz|zz"},
        {"Cookie": "_streamlit_user=ä; _streamlit_user__1=; =;;;"},
        {"X-Forwarded-For": "ä, , 1.2.3.4.5, [::1"},
        {"X-Forwarded-Proto": "[gopher"},
        {"Upgrade": "websocket, h2c"},
    ],
    ids=str,
)
def test_no_handshake_is_an_error_of_the_server(port: int, headers: dict[str, str | None]) -> None:
    with Socket(port, headers) as socket:
        assert 100 < int(socket.status) < 500, socket.status


def test_two_hosts_are_none(port: int) -> None:
    with Socket(port, raw=b"Host: elsewhere.example\r\n") as socket:
        assert socket.status in {"400", "403"}


def test_nobody_is_given_the_session_of_another(server: Server, port: int) -> None:
    assert port

    async def two() -> None:
        async with Session(server.url) as one:
            await one.run("country=NL")
            async with Session(server.url, session_id=one.session_id) as other:
                taken = one.session_id
                await other.run("country=ES")
                assert other.session_id != taken
            await one.run("country=IT")
            assert one.session_id == taken

    asyncio.run(two())


def test_a_message_is_bounded_after_decompression(server: Server, port: int) -> None:
    assert port

    async def swollen() -> int | None:
        address = server.url.replace("http", "ws", 1) + "/_stcore/stream"
        async with connect(address, compression="deflate", proxy=None) as socket:
            await socket.send(bytes(20_000_000))  # 20 kB on the wire
            await socket.wait_closed()
            return socket.close_code

    assert asyncio.run(swollen()) == 1009


def test_unfinished_messages_end_with_their_socket(server: Server, port: int) -> None:
    part = frame(bytes(500_000), last=False)
    more = frame(bytes(500_000), CONTINUED, last=False)
    sockets = [Socket(port) for _number in range(UNFINISHED)]
    for one in sockets:
        one.send(part)
        one.send(more)
    # what the server has not read yet is in the buffers of the connections
    end = time.monotonic() + 20
    while (still_open := sum(one.is_open(0.01) for one in sockets)) > 33:
        assert time.monotonic() < end, "32 MB may wait for their end, and no more"
    assert still_open >= 30
    for one in sockets:
        one.drop()
    with Socket(port) as another:
        assert another.answers()


def test_who_opens_and_drops_sockets_in_a_loop_is_slowed_down(port: int) -> None:
    # another address than the other tests
    newsroom = [Socket(port, source="127.0.0.3") for _number in range(30)]
    assert all(socket.answers() for socket in newsroom)
    begun, number = time.monotonic(), int(OPENING_BURST) + size(60, 200)
    for _number in range(number):
        Socket(port, source="127.0.0.3").drop()
    assert time.monotonic() - begun > (len(newsroom) + number - OPENING_BURST) / OPENING_RATE - 1
    assert all(socket.answers() for socket in newsroom)
    for socket in newsroom:
        socket.drop()


def test_idle_pages_are_held_and_nothing_is_left_of_them(
    port: int, descriptors: Callable[[], int]
) -> None:
    with Socket(port) as first:
        assert first.answers()
        before = descriptors()
        idle = [Socket(port) for _number in range(size(30, 100))]
        assert descriptors() - before <= len(idle) + 10, "one for each without a run"
        # the bar: 1,000 pages that are open and do nothing
        live = [Socket(port) for _number in range(size(20, 1000))]
        assert all(socket.answers() for socket in live)
        assert first.answers()
        for socket in (*idle, *live):
            socket.drop()
        end = time.monotonic() + 20
        while descriptors() > before + 10:
            assert time.monotonic() < end, (before, descriptors())
            time.sleep(0.05)  # between two looks
        assert first.answers()
