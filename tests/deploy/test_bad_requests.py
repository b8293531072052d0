"""What cannot be read is answered once, in a sentence, and takes nothing."""

from __future__ import annotations

import logging
import time
from contextlib import suppress

import pytest

from geo.server.connections import ConnectionLimits
from geo.server.http_protocol import DROPPED
from geo.server.request_limits import HEAD
from tests.deploy.bounded import GET, answer, opened, rest, served


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /" + b"a" * (HEAD + 10), 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * (HEAD + 10), 431),
        (b"\x16\x03\x01\r\n\r\n", 400),
        (b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_what_cannot_be_read_is_answered_in_a_sentence(
    request_: bytes, status: int, at_once: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with served(ConnectionLimits(arriving=1.0)) as port, opened(port) as connection:
        if at_once:
            connection.sendall(request_)
        else:
            for start in range(0, len(request_), step := max(1, len(request_) // 7)):
                connection.sendall(request_[start : start + step])
                time.sleep(0.01)  # so that it arrives in parts
        found = rest(connection)
    assert found.startswith(f"HTTP/1.1 {status} ".encode())
    assert found.endswith(b".")
    assert b"x-content-type-options: nosniff" in found.lower()
    assert b"content-security-policy: default-src 'none'" in found.lower()
    assert not [one for one in caplog.records if one.exc_info or one.levelno > logging.WARNING]


def test_a_broken_body_gets_one_answer_at_most(caplog: pytest.LogCaptureFixture) -> None:
    request = GET.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n")
    with served(ConnectionLimits()) as port:
        with opened(port, request + b"zz\r\n") as at_once:
            assert rest(at_once).startswith(b"HTTP/1.1 400 ")
        with opened(port, request) as later:
            assert answer(later).startswith(b"HTTP/1.1 200 ")
            later.sendall(b"zz\r\n")
            assert rest(later) == b""
    assert not [one for one in caplog.records if one.exc_info or one.levelno > logging.WARNING]


def test_a_body_that_nobody_wants_is_dropped() -> None:
    request = GET.replace(b"\r\n\r\n", b"\r\nContent-Length: 300000\r\n\r\n")
    with served(ConnectionLimits()) as port, opened(port, request) as connection:
        assert answer(connection).startswith(b"HTTP/1.1 200 ")
        connection.sendall(bytes(300_000))
        # the connection serves on
        connection.sendall(GET)
        assert answer(connection).startswith(b"HTTP/1.1 200 ")


def test_no_more_than_a_megabyte_of_a_body_is_taken() -> None:
    request = GET.replace(b"\r\n\r\n", b"\r\nContent-Length: 900000000\r\n\r\n")
    with served(ConnectionLimits()) as port, opened(port, request) as connection:
        sent = 0
        with suppress(ConnectionError):
            while sent < 900_000_000:
                sent += connection.send(bytes(100_000))
        # what the system holds for both sides comes on top
        assert sent < 30 * DROPPED
