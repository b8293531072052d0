"""Every form of a request's target becomes a path and the host that was meant, or an error."""

from __future__ import annotations

import h11
import pytest

from geo.server.request_target import PathConnection, is_host, read_target


@pytest.mark.parametrize(
    ("target", "path", "host"),
    [
        ("/", "/", None),
        ("/timeline?country=NL", "/timeline?country=NL", None),
        ("//timeline", "//timeline", None),
        ("/?q=http://b.example/", "/?q=http://b.example/", None),
        ("http://b.example", "/", "b.example"),
        ("http://b.example/", "/", "b.example"),
        ("HTTP://B.Example:80/v?q=1?2", "/v?q=1?2", "B.Example:80"),
        ("https://b.example?country=NL", "/?country=NL", "b.example"),
        ("http://[::1]:8501/v", "/v", "[::1]:8501"),
        ("http://b.example//timeline", "//timeline", "b.example"),
        ("http://b.example/../app.py", "/../app.py", "b.example"),
        ("ws://b.example/_stcore/stream", "/_stcore/stream", "b.example"),
    ],
)
def test_paths_and_addresses_are_read(target: str, path: str, host: str | None) -> None:
    expected = (path.encode(), host.encode() if host is not None else None)
    assert read_target(b"GET", target.encode()) == expected


@pytest.mark.parametrize(
    "target",
    ["timeline", "*", "b.example:443", "http:", "http:/", "http://", "http:///timeline", "\\",
     "http://?q=1", "http:\\\\b.example\\", "http://user@b.example/", "http://u:p@b.example/",
     "http://b.example:99999/", "http://b.example:x/", "http://[::1/", "http://b%2fc/", "ftp://b/",
     "file:///etc/passwd", "javascript:alert(1)", "//#x"[1:], "/timeline#x", "/?q=a#b",
     "http://b.example/#x", "http://b.example#x", "http://b\\c/", "?country=NL", ".", "..",
     "http://b.example:/"],
)  # fmt: skip
def test_what_is_in_no_form_of_a_target_is_an_error(target: str) -> None:
    with pytest.raises(ValueError, match=r"fragment|neither"):
        read_target(b"GET", target.encode())


def test_the_whole_server_can_be_asked_about() -> None:
    assert read_target(b"OPTIONS", b"*") == (b"*", None)
    # the last proxy leaves out the path (RFC 9112, section 3.2.4)
    assert read_target(b"OPTIONS", b"http://b.example") == (b"*", b"b.example")
    assert read_target(b"OPTIONS", b"http://b.example/") == (b"/", b"b.example")
    assert read_target(b"CONNECT", b"b.example:443") == (b"b.example:443", None)


def test_a_host_has_a_port_or_none() -> None:
    assert all(is_host(text) for text in ("a", "a_1:8501", "192.0.2.1", "[::1]:65535"))
    assert not any(is_host(text) for text in ("", "a:", "a:65536", "[::1", "a b", "a/", "ä"))


def test_the_targets_host_takes_the_place_of_the_header() -> None:
    connection = PathConnection(h11.SERVER)
    connection.receive_data(b"GET http://b.example/v HTTP/1.1\r\nX: 1\r\nHost: a\r\n\r\n")
    event = connection.next_event()
    assert isinstance(event, h11.Request)
    assert event.target == b"/v"
    assert list(event.headers) == [(b"host", b"b.example"), (b"x", b"1")]
    old = PathConnection(h11.SERVER)
    old.receive_data(b"GET http://b.example/v HTTP/1.0\r\n\r\n")
    assert dict(old.next_event().headers) == {b"host": b"b.example"}
