"""A head that is too large is known by its first bytes, before it is divided into lines."""

from __future__ import annotations

import time

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.server.request_limits import HEAD, HEADERS, TARGET, arriving_excess
from geo.server.request_target import PathConnection

LINE = b"GET / HTTP/1.1\r\n"
_MANY = b"".join(b"X-%d: aaaaaaaaaaaaaaaaaaaa\r\n" % number for number in range(2000))


@pytest.mark.parametrize("ending", [b"\r\n", b"\n"])
@pytest.mark.parametrize(
    ("line", "headers", "status"),
    [
        (b"GET /" + b"a" * (TARGET - 1) + b" HTTP/1.1", b"", 0),
        (b"GET /" + b"a" * TARGET + b" HTTP/1.1", b"", 414),
        (b"GET /?" + b"a" * 60_000 + b" HTTP/1.1", b"", 414),
        (b"G" * 60_000, b"", 414),
        (b"GET / HTTP/1.1", b"X: " + b"a" * (HEADERS - 10), 0),
        (b"GET / HTTP/1.1", b"X: " + b"a" * (HEADERS + 10), 431),
        (b"GET /" + b"a" * (TARGET - 1) + b" HTTP/1.1", b"X: " + b"a" * (HEADERS - 10), 0),
        (b"GET / HTTP/1.1", _MANY.strip(), 431),
        (b"GET / HTTP/1.1", b"X: a", 0),
    ],
)
def test_a_head_is_measured(line: bytes, headers: bytes, status: int, ending: bytes) -> None:
    head = ending.join([line, headers, b"", b""] if headers else [line, b"", b""])
    assert arriving_excess(head) == status
    # what comes behind it, such as the next request, is not measured with it
    assert arriving_excess(head + b"GET /next HTTP/1.1\r\n\r\n" + bytes(100_000)) == status


@given(st.integers(0, HEAD + 100))
def test_a_part_of_a_good_head_is_never_too_large(size: int) -> None:
    head = (
        b"GET /" + b"a" * (TARGET - 1) + b" HTTP/1.1\r\nX: " + b"a" * (HEADERS - 10) + b"\r\n\r\n"
    )
    assert arriving_excess(head[:size]) == 0


def test_a_long_head_is_refused_without_being_divided() -> None:
    def seconds(received: bytes) -> float:
        connection = PathConnection(h11.SERVER, HEAD)
        connection.receive_data(received)
        begun = time.perf_counter()
        with pytest.raises(h11.RemoteProtocolError):
            connection.next_event()
        return time.perf_counter() - begun

    head = LINE + _MANY + b"\r\n"
    divided = min(seconds(LINE + _MANY[: HEADERS - 100] + b"no header\r\n\r\n") for _ in range(5))
    assert min(seconds(head) for _number in range(5)) < divided / 5
