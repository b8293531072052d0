"""Websockets from another site are closed before the dashboard hears of them."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import pytest

from geo.configuration import SocketSettings
from geo.origins import origin_of
from geo.server.same_origin import LOGGED, RefusalLog
from geo.server.socket_codec import MessageCodec
from geo.server.socket_limits import LONGEST_WAIT, SocketQuota
from geo.server.sockets import SameOriginSockets


@dataclass(frozen=True)
class Request:
    """A request for a run, whatever it is."""

    data: bytes

    def after(self, earlier: Request | None) -> Request:
        return self

    def encode(self) -> bytes:
        return self.data


ANY = MessageCodec(Request, lambda data: False)
HOST = {"host": "localhost:8501"}


def _open(
    headers: list[tuple[str, str]],
    kind: str = "websocket",
    places: SocketQuota | None = None,
    path: str = "/_stcore/stream",
    address: str = "",
    client: str = "192.0.2.1",
    **fields: Any,
) -> tuple[list[dict[str, str]], list[dict[str, Any]]]:
    """Open a socket; return the headers that the dashboard is told of, and what is sent."""
    reached: list[dict[str, str]] = []
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        reached.append({name.decode(): value.decode("latin-1") for name, value in scope["headers"]})

    async def send(message: Any) -> None:
        sent.append(dict(message))

    coming: list[dict[str, Any]] = [
        {"type": "websocket.receive", "bytes": b"run"},
        {"type": "websocket.connect"},
    ]

    async def receive() -> dict[str, Any]:
        return coming.pop() if coming else await asyncio.Future()

    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    scope: dict[str, Any] = {"type": kind, "headers": raw, "client": (client, 5000)}
    scope |= {"server": ("192.0.2.7", 8501), **fields}
    scope["path"] = path
    scope["extensions"] = {"websocket.http.response": {}}
    asyncio.run(SameOriginSockets(app, ANY, places, address)(scope, receive, send))
    return reached, sent


CLOSED = [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize(
    "origin",
    [
        "http://elsewhere.example",
        "http://localhost:9999",
        "null",
        "http://localhost",
        "http://[",
        "http://[::1",
        "http://localhost:8501/",
        "http://user@localhost:8501",
        "http://localhost:8501, http://localhost:8501",
        "localhost:8501",
        "ws://localhost:8501",
        "",
        "http://",
        "http://localhost:8501\xff",
        "http://localhost:8501" * 500,
    ],
)
def test_foreign_origins_are_closed(origin: str) -> None:
    assert _open([("origin", origin), *HOST.items()]) == ([], CLOSED)


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        [""],
        ["localhost:8501", "localhost:8501"],
        ["user@localhost"],
        ["localhost:99999"],
        ["localhost:"],
        ["local host"],
        ["localhost/"],
        ["exämple"],
        ["[::1"],
        ["::1"],
        ["a" * 300],
        ["a?b"],
        ["a,b"],
        ["a\r\nb"],
    ],
)
def test_hosts_that_are_none_are_closed(hosts: list[str]) -> None:
    headers = [("host", host) for host in hosts]
    assert _open(headers) == ([], CLOSED)
    own = [("origin", f"http://{host}") for host in hosts[:1]]
    assert _open([*headers, *own]) == ([], CLOSED)


@pytest.mark.parametrize("path", ["/", "/timeline", "/_stcore/stream/", "/_stcore/streams", ""])
def test_there_is_one_address_for_sockets(path: str) -> None:
    assert _open(list(HOST.items()), path=path) == ([], CLOSED)


def test_several_origins_are_closed() -> None:
    own = ("origin", "http://localhost:8501")
    assert _open([own, own, *HOST.items()]) == ([], CLOSED)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://localhost:8501", "host": "localhost:8501"},
        {"origin": "https://Atlas.Example", "host": "atlas.example"},
        {"origin": "http://[::1]:8501", "host": "[::1]:8501"},
        {"host": "localhost:8501"},
        {"host": "atlas_1"},
    ],
)
def test_own_pages_pass(headers: dict[str, str]) -> None:
    reached, sent = _open(list(headers.items()))
    assert len(reached) == 1
    assert [message["type"] for message in sent] == ["websocket.accept"]


PUBLIC = "https://atlas.example"


@pytest.mark.parametrize(
    ("host", "origin", "client", "passes"),
    [
        ("atlas.example", PUBLIC, "192.0.2.1", True),
        ("Atlas.Example:443", PUBLIC, "192.0.2.1", True),
        ("atlas.example", "https://ATLAS.example:443", "192.0.2.1", True),
        ("atlas.example", "", "192.0.2.1", True),
        # names that lead here, and pages of them
        ("rebound.example", "https://rebound.example", "192.0.2.1", False),
        ("rebound.example:8501", "http://rebound.example:8501", "127.0.0.1", False),
        ("rebound.example", "", "127.0.0.1", False),
        ("192.0.2.7:8501", "http://192.0.2.7:8501", "192.0.2.1", False),
        ("atlas.example.rebound.example", "https://atlas.example.rebound.example", "::1", False),
        # the public name with another page, another port or another scheme
        ("atlas.example", "https://rebound.example", "192.0.2.1", False),
        ("rebound.example", PUBLIC, "192.0.2.1", False),
        ("atlas.example", "http://atlas.example", "192.0.2.1", False),
        ("atlas.example:8501", "https://atlas.example:8501", "192.0.2.1", False),
        ("atlas.example", "null", "192.0.2.1", False),
        # this machine for itself
        ("localhost:8501", "http://localhost:8501", "127.0.0.1", True),
        ("127.0.0.1:8501", "http://127.0.0.1:8501", "127.0.0.1", True),
        ("[::1]:8501", "http://[::1]:8501", "::1", True),
        ("localhost:8501", "", "::ffff:127.0.0.1", True),
        ("localhost:8501", "http://localhost:8501", "192.0.2.1", False),
        ("localhost:8501", "http://localhost:8501", "", False),
        ("localhost:8501", "http://localhost:9999", "127.0.0.1", False),
        ("localhost:8501", "https://rebound.example", "127.0.0.1", False),
    ],
)
def test_where_the_address_is_known_its_pages_alone_open_sockets(
    host: str, origin: str, client: str, passes: bool
) -> None:
    headers = [("host", host), *([("origin", origin)] if origin else [])]
    reached, sent = _open(headers, address=PUBLIC, client=client)
    assert (len(reached), sent == CLOSED) == (int(passes), not passes)


#: what proxies write as the host, of a page that the reader has at the address before it
WRITTEN = [
    ("https://atlas.example", "atlas.example:443"),
    ("http://atlas.example", "atlas.example:80"),
    ("https://atlas.example", "ATLAS.example."),
    ("https://atlas.example.", "atlas.example"),
    ("https://[2001:db8::1]", "[2001:DB8:0::1]:443"),
]


@pytest.mark.parametrize(("page", "host"), WRITTEN)
def test_one_host_in_two_spellings_is_one(page: str, host: str) -> None:
    for address in ("", origin_of(page)):
        assert len(_open([("origin", page), ("host", host)], address=address)[0]) == 1


@pytest.mark.parametrize("host", ["atlas.example", "atlas.example:8080", "localhost:8501"])
def test_the_public_address_tells_the_port_that_a_proxy_leaves_out(host: str) -> None:
    page = "https://atlas.example:8443"
    asked = [("origin", page), ("host", host)]
    assert len(_open(asked, address=page, client="127.0.0.1")[0]) == 1
    assert _open(asked, client="127.0.0.1") == ([], CLOSED)
    other = [("origin", "https://rebound.example:8443"), ("host", host)]
    assert _open(other, address=page, client="127.0.0.1") == ([], CLOSED)


@pytest.mark.parametrize(
    "said",
    [
        {"x-forwarded-host": "atlas.example:8443"},
        {"x-forwarded-host": "client.example, atlas.example:8443"},
        {"x-forwarded-host": "atlas.example", "x-forwarded-port": "8443"},
        {"forwarded": 'for=192.0.2.60;host="atlas.example:8443";proto=https'},
        {"forwarded": 'host=client.example, for="[2001:db8::1]"; HOST="ATLAS.example:8443"'},
    ],
    ids=str,
)
def test_believed_proxies_say_which_host_was_asked(said: dict[str, str]) -> None:
    page = "https://atlas.example:8443"
    asked = [("origin", page), ("host", "10.0.0.7:8501"), *said.items()]
    for address in ("", page):
        assert len(_open(asked, client="127.0.0.1", address=address)[0]) == 1
        # from anybody else they are what the client likes to write
        assert _open(asked, client="192.0.2.1", address=address) == ([], CLOSED)


@pytest.mark.parametrize(
    ("host", "server", "passes"),
    [
        # a name of somebody else that leads to this machine, asked at the server's own port
        ("rebound.example:8501", ("127.0.0.1", 8501), False),
        ("rebound.example", ("127.0.0.1", 80), False),
        ("rebound.example:8501", ("::1", 8501), False),
        ("localhost.rebound.example:8501", ("127.0.0.1", 8501), False),
        # names that lead nowhere else, and addresses
        ("localhost:8501", ("127.0.0.1", 8501), True),
        ("atlas.localhost:8501", ("127.0.0.1", 8501), True),
        ("127.0.0.2:8501", ("127.0.0.2", 8501), True),
        ("0.0.0.0:8501", ("127.0.0.1", 8501), True),
        # a proxy on this machine, asked at its own port; a server for a network
        ("atlas.example", ("127.0.0.1", 8501), True),
        ("newsroom:8501", ("10.0.0.7", 8501), True),
    ],
)
def test_a_foreign_name_that_leads_to_this_machine_is_closed(
    host: str, server: tuple[str, int], passes: bool
) -> None:
    for origin in ([("origin", f"http://{host}")], []):
        reached, _sent = _open([("host", host), *origin], client="127.0.0.1", server=server)
        assert len(reached) == int(passes)


def test_a_proxy_that_says_that_it_is_there_may_name_any_host() -> None:
    host, said = "atlas.example:8501", ("x-forwarded-proto", "http")
    asked = [("host", host), ("origin", f"http://{host}"), said]
    assert len(_open(asked, client="127.0.0.1", server=("127.0.0.1", 8501))[0]) == 1


@pytest.mark.parametrize(
    ("address", "page", "host", "cure"),
    [
        ("", "https://atlas.example", "10.0.0.7:8501", "set ATLAS_ADDRESS=https://atlas.example,"),
        ("", "https://atlas.example", "10.0.0.7:8501", "proxy_set_header Host $http_host;"),
        (PUBLIC, PUBLIC, "10.0.0.7:8501", "proxy_set_header Host $http_host;"),
        (PUBLIC, "https://www.atlas.example", "www.atlas.example", "change ATLAS_ADDRESS"),
    ],
)
def test_a_refusal_is_logged_once_with_the_setting_to_change(
    address: str, page: str, host: str, cure: str, caplog: pytest.LogCaptureFixture
) -> None:
    refusals = RefusalLog()
    headers = [(b"host", host.encode()), (b"origin", page.encode())]
    for _number in range(3):
        refusals.log({"type": "websocket", "headers": headers}, address)
    assert len(caplog.messages) == 1
    assert all(part in caplog.messages[0] for part in (page, host, cure, "page loads"))


def test_strangers_cannot_fill_the_log(caplog: pytest.LogCaptureFixture) -> None:
    refusals = RefusalLog()
    for number in range(10 * LOGGED):
        headers = [(b"host", b"a"), (b"origin", f"http://{number}.example".encode())]
        refusals.log({"type": "websocket", "headers": headers}, "")
    refusals.log({"type": "websocket", "headers": [(b"origin", b"http://a\nb")]}, "")
    assert len(caplog.messages) == LOGGED


def test_http_passes_whatever_its_origin() -> None:
    reached, sent = _open([("origin", "http://elsewhere.example"), ("host", "a")], "http")
    assert len(reached) == 1
    assert sent == []


def test_streamlit_is_given_the_origin_as_the_host_is_spelt() -> None:
    # it would ask an outside host for this server's address before it refused the other one
    reached, _sent = _open([("origin", "https://ATLAS.example"), ("host", "Atlas.Example")])
    assert reached[0]["origin"] == "https://Atlas.Example"


@pytest.mark.parametrize(
    ("offered", "told"),
    [
        ("streamlit", "streamlit"),
        ("streamlit, token, 0d6e0ad4-5ae1-4c5c-8d3f-6bb0e2a9f5a1", "streamlit"),
        (" streamlit ,,", "streamlit"),
        ("other", None),
        ("", None),
        (",,,", None),
    ],
)
def test_no_session_can_be_named(offered: str, told: str | None) -> None:
    # an id that somebody has seen would hand them the session, and end it for its reader
    reached, sent = _open([("sec-websocket-protocol", offered), *HOST.items()])
    assert reached[0].get("sec-websocket-protocol") == told
    assert sent == [{"type": "websocket.accept", "subprotocol": told}]


def test_streamlit_keeps_nothing_else_of_a_handshake() -> None:
    more = [("cookie", "_streamlit_xsrf=2|x|y"), ("user-agent", "a" * 8000), ("x-more", "b")]
    reached, _sent = _open([*more, *HOST.items()])
    assert reached == [HOST]


def test_no_place_is_said_in_a_sentence() -> None:
    full = SocketQuota(lambda: SocketSettings(together=0))
    reached, sent = _open(list(HOST.items()), places=full)
    assert reached == []
    assert sent[0]["status"] == 503
    assert b"each click loads it anew" in sent[1]["body"]


def test_openings_that_come_too_fast_are_refused_in_a_sentence() -> None:
    places = SocketQuota()
    while places.wait("192.0.2.1") <= LONGEST_WAIT:
        pass
    reached, sent = _open(list(HOST.items()), places=places)
    assert reached == []
    assert sent[0]["status"] == 429
    assert 10 <= int(dict(sent[0]["headers"])[b"retry-after"]) <= 11
    assert b"each click loads it anew" in sent[1]["body"]
    assert len(_open(list(HOST.items()), places=places, client="192.0.2.2")[0]) == 1


def test_an_opening_waits_for_its_turn() -> None:
    places = SocketQuota()
    while places.wait("192.0.2.1") < 0.3:
        pass
    begun = time.monotonic()
    assert len(_open(list(HOST.items()), places=places)[0]) == 1
    assert time.monotonic() - begun > 0.2


def test_places_are_given_back() -> None:
    places = SocketQuota(lambda: SocketSettings(together=1))
    for _number in range(3):
        assert len(_open(list(HOST.items()), places=places)[0]) == 1
