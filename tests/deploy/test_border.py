"""The whole server, started as users start it, keeps to its limits on the wire."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from geo.server.repeats import SAME_TEXT
from geo.server.request_limits import HEAD
from tests.browser.serving import Server as Started
from tests.browser.serving import environment_of, free_port, running
from tests.deploy.bounded import opened, rest, until
from tests.deploy.http import get
from tests.deploy.sessions import Session, shown
from tests.ledger_files import DATA
from tests.sizes import FULL, size
from tests.test_settings import WAYS
from tools.attack.raw import exchange

#: addresses that Streamlit would answer, and the methods that it has for them
STREAMLITS = [
    ("PUT", "/_stcore/upload_file/session/file"),
    ("DELETE", "/_stcore/upload_file/session/file"),
    ("OPTIONS", "/_stcore/upload_file/session/file"),
    ("GET", "/_stcore/metrics"),
    ("GET", "/_stcore/script-health-check"),
    ("GET", "/_stcore/allowed-message-origins"),
    ("GET", "/_stcore/agent/mcp"),
    ("POST", "/_stcore/agent/mcp"),
    ("GET", "/_stcore/bidi-components/x/y.js"),
    ("GET", "/_stcore/stream"),
    ("GET", "/_stcore/message"),
    ("GET", "/media/x.png"),
    ("GET", "/component/other.component/index.html"),
    ("GET", "/app/static/x.txt"),
    ("GET", "/auth/login"),
    ("GET", "/oauth2callback"),
    ("GET", "/manifest.json"),
    ("GET", "/~/+/_stcore/health"),
]
#: seconds within which a request must have come, and room for a busy machine
ARRIVING, ROOM = 15, 10


@dataclass
class Served:
    """A server of this machine: its port, its process and what it has written."""

    port: int
    pid: int
    started: Started

    @property
    def url(self) -> str:
        """Its address."""
        return self.started.url


@pytest.fixture(scope="module", params=["streamlit run, here", "uvicorn, here"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The atlas, started in each way that takes part in what is tested here."""
    folder, port = tmp_path_factory.mktemp("border"), free_port()
    command, _here = WAYS[request.param]
    started = Started(f"http://127.0.0.1:{port}", folder)
    # few descriptors, as most systems give at first
    few = ["sh", "-c", 'ulimit -S -n 300; exec "$@"', "sh", *command(port)]
    root = Path(__file__).parents[2]
    with running(few, started, environment_of(folder, DATA), cwd=root) as process:
        yield Served(port, process.pid, started)
    assert started.reached == []


@pytest.mark.parametrize(("method", "path"), STREAMLITS)
def test_what_streamlit_has_beside_pages_is_not_there(
    server: Served, method: str, path: str
) -> None:
    answer = get(server.url, path, method=method)
    assert answer.status == 404
    assert b"Page not found" in answer.body
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "target",
    ["/../", "/%2e%2e/app.py", "/static/%2e%2e/index.html", "/static/..%2findex.html",
     "/%2fetc/passwd", "/assets/..%2f..%2fapp.py", "/timeline%00", "/timeline%0d%0aSet-Cookie:x",
     "//elsewhere.example/timeline", "/\\elsewhere.example", "/%5c/elsewhere.example/%2f..",
     "/%09/elsewhere.example", "/static", "/static/", "/_stcore/health/x", "/_stcore//health"],
)  # fmt: skip
def test_no_spelling_of_a_path_leads_anywhere(server: Served, target: str) -> None:
    request = f"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    assert exchange(server.port, request.encode()) == "404"


@pytest.mark.parametrize(
    ("target", "meant"),
    [
        *((target, "/") for target in ("//", "/.", "/%c0%ae%c0%ae/", "/index.html")),
        *(
            (target, "/timeline")
            for target in (
                "//timeline",
                "/\\timeline",
                "/timeline%5c",
                "http://elsewhere.example//timeline",
            )
        ),
        ("/timeline;x", "/timeline?x="),
        ("/api%2frecords.csv", "/api/records.csv"),
    ],
)
def test_a_changed_path_leads_to_what_it_means_here(
    server: Served, target: str, meant: str
) -> None:
    request = f"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode()
    with opened(server.port, request) as connection:
        head = rest(connection).partition(b"\r\n\r\n")[0].decode()
    assert head.startswith("HTTP/1.1 301 ")
    assert f"\r\nlocation: {meant}\r\n" in f"{head}\r\n"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("GET http://elsewhere.example/timeline", "200"),
        ("GET http://elsewhere.example/_stcore/metrics", "404"),
        ("OPTIONS *", "204"),
        ("CONNECT elsewhere.example:443", "405"),
        ("GET elsewhere.example:443", "400"),
        ("GET /timeline#x", "400"),
    ],
)
def test_each_form_of_a_target_gets_its_status(server: Served, line: str, status: str) -> None:
    request = f"{line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    assert exchange(server.port, request.encode()) == status


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "get", "PROPFIND", "PATCH", "POST"])
def test_pages_are_only_read(server: Served, method: str) -> None:
    request = f"{method} /timeline HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode()
    with opened(server.port, request) as connection:
        answer = rest(connection)
    assert answer.startswith(b"HTTP/1.1 405 ")
    assert b"\r\nallow: GET, HEAD\r\n" in answer


@pytest.mark.parametrize("parts", [1, 4])
def test_long_heads_get_a_sentence(server: Served, parts: int) -> None:
    line = b"GET /?q=" + b"a" * (HEAD + 1000) + b" HTTP/1.1\r\nHost: a\r\n\r\n"
    headers = b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * (HEAD + 1000) + b"\r\n\r\n"
    for request, status in ((line, b"414"), (headers, b"431")):
        with opened(server.port) as connection:
            step = len(request) // parts + 1
            for start in range(0, len(request), step):
                connection.sendall(request[start : start + step])
                time.sleep(0.02 * (parts > 1))  # so that it arrives in parts
            connection.settimeout(10)
            answer = connection.recv(65_536)
            # head and body may come apart
            answer += b"" if answer.endswith(b".") else connection.recv(65_536)
        assert answer.startswith(b"HTTP/1.1 " + status)
        assert b"too long: the atlas reads at most" in answer


def test_a_body_is_refused_on_every_kind_of_address(server: Served) -> None:
    for path in ("/", "/v", "/api/records.csv", "/_stcore/health", "/assets/atlas-1/icon.png"):
        assert get(server.url, path, {"Content-Length": "900000"}).status == 413
        assert get(server.url, path, {"Transfer-Encoding": "chunked"}).status == 413


def test_a_kept_connection_answers_as_fast_as_a_new_one(server: Served) -> None:
    def seconds(connection: HTTPConnection) -> float:
        begun = time.perf_counter()
        connection.request("GET", "/v?country=NL")
        connection.getresponse().read()
        return time.perf_counter() - begun

    fresh, kept = [], []
    lasting = HTTPConnection(urlsplit(server.url).netloc)
    for _number in range(30):
        connection = HTTPConnection(urlsplit(server.url).netloc)
        fresh.append(seconds(connection))
        connection.close()
        kept.append(seconds(lasting))
    lasting.close()
    # each answer but the first ones waited 40 ms for an acknowledgement
    assert sorted(kept)[10] - sorted(fresh)[10] < 0.003


def test_descriptors_are_as_many_as_the_system_allows(server: Served) -> None:
    limits = Path(f"/proc/{server.pid}/limits").read_text(encoding="utf-8")
    found = re.search(r"^Max open files +(\w+) +(\w+)", limits, re.MULTILINE)
    assert found
    assert found[1] == found[2]


def test_a_flood_of_bad_requests_leaves_a_few_lines(server: Served) -> None:
    before = len(server.started.log)
    for _number in range(size(100, 1000)):
        assert exchange(server.port, b"\x16\x03\x01 hidden-word\r\n\r\n") == "400"
    log = server.started.log[before:]
    assert log.count("Invalid HTTP request") <= SAME_TEXT
    assert len(log) < 5000
    assert "hidden" not in log


@pytest.mark.skipif(not FULL, reason="waits as long as a slow request may")
def test_slow_requests_end_and_a_reader_stays(server: Served) -> None:
    async def live() -> str:
        async with Session(server.url) as session:
            await session.run("country=NL")
            begun = time.monotonic()
            with ExitStack() as stack:
                slow = [
                    stack.enter_context(opened(server.port, begin))
                    for begin in (b"", b"GET / HTTP/1.1\r\nX: ", b"GET / HT") * 100
                ]
                await asyncio.to_thread(lambda: [rest(connection) for connection in slow])
            assert time.monotonic() - begun < ARRIVING + ROOM
            return shown(await session.run("country=ES"))

    assert "Spain" in asyncio.run(live())
    until(lambda: len(list(Path(f"/proc/{server.pid}/fd").iterdir())) < 100)
