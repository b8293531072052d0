"""The shipped nginx.conf passes on what replicas say, caches what they allow, and logs no query."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geo.link.addresses import PAGES
from tests.deploy.conftest import Installation
from tests.deploy.http import Answer, get
from tests.deploy.origin import TAG, Origin, serve_origin
from tests.deploy.serving import Process, nginx
from tests.deploy.sessions import Session, shown

#: what differs between two answers to one request
VOLATILE = {"date", "server", "connection", "keep-alive", "transfer-encoding", "set-cookie"}
SEARCH = "hidden-word"
SHARED = "public, max-age=0, s-maxage=1, must-revalidate"
pytestmark = pytest.mark.usefixtures("needs_nginx")

ADDRESSES = [
    *(f"/{page}?country=NL" for page in PAGES.values()),
    "/v?country=NL",
    "/s/nl-amsterdam-1",
    "/c/NL",
    "/api/records.csv?country=NL",
    "/api/records.geojson",
    "/api/version",
    "/feeds/NL/events.atom",
    "/preview.png?country=NL",
    "/figure.svg?country=NL",
    "/robots.txt",
    "/nowhere",
    "/_stcore/host-config",
    "/_stcore/health",
]


@pytest.fixture
def origin() -> Iterator[Origin]:
    with serve_origin() as found:
        yield found


@pytest.fixture
def proxy(origin: Origin, tmp_path: Path) -> Iterator[Process]:
    """Nginx before an origin of which a test decides what it says."""
    with nginx(tmp_path, [origin]) as found:
        yield found


def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something is so; nginx stores and logs an answer after it has sent it."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to be so"
        time.sleep(0.02)  # between two looks


def store(proxy: Process, path: str, headers: dict[str, str] | None = None) -> None:
    """Ask for an address until it comes from the cache."""
    before = proxy.log.count("cache=HIT")

    def hit() -> bool:
        assert get(proxy.url, path, headers).status == 200
        return proxy.log.count("cache=HIT") > before

    until(hit)


def lasting(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    kept = {n: v for n, v in answer.headers.items() if n not in {*VOLATILE, "content-length"}}
    return answer.status, kept, answer.body


@pytest.mark.parametrize("encoding", ["gzip", "br, gzip", "identity"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_passes_as_the_replica_sent_it(
    installation: Installation, address: str, encoding: str
) -> None:
    # previews name the host that was asked for
    headers = {"Host": "atlas.example:8443", "Accept-Encoding": encoding}
    direct = get(installation.replicas[0].url, address, headers)
    assert lasting(get(installation.proxy.url, address, headers)) == lasting(direct)


def test_who_has_a_copy_is_answered_without_it(installation: Installation) -> None:
    first = get(installation.proxy.url, "/v?country=NL", {"Accept-Encoding": "gzip"})
    asks = {"Accept-Encoding": "gzip", "If-None-Match": first.headers["etag"]}
    again = get(installation.proxy.url, "/v?country=NL", asks)
    assert (again.status, again.body) == (304, b"")
    head = get(installation.proxy.url, "/v?country=NL", method="HEAD")
    assert (head.status, head.body) == (200, b"")


def test_assets_are_served_from_the_cache(installation: Installation) -> None:
    page = get(installation.proxy.url, "/about").body.decode()
    for folder in ("static", "assets"):
        script = re.search(rf"/{folder}/[\w./-]+\.js\b", page)
        assert script
        store(installation.proxy, script[0])


def test_the_page_is_live_through_nginx(installation: Installation) -> None:
    async def pages() -> list[str]:
        async with Session(installation.proxy.url) as session:
            return [shown(await session.run("country=NL", page)) for page in PAGES.values()]

    runs = asyncio.run(pages())
    assert len(set(runs)) == len(PAGES)
    assert all("Netherlands" in run for run in runs)


@pytest.mark.parametrize(
    "address", ["/_stcore/metrics", "/_stcore/upload_file/a/b", "/_stcore/script-health-check"]
)
def test_what_readers_do_not_need_is_not_there(installation: Installation, address: str) -> None:
    assert get(installation.proxy.url, address).status == 404


def test_no_reader_sends_much(installation: Installation) -> None:
    size = {"Content-Length": str(1 << 20)}
    assert get(installation.proxy.url, "/v", size, method="POST").status == 413
    assert get(installation.proxy.url, f"/v?q={'a' * 20_000}").status == 414
    assert get(installation.proxy.url, f"/v?q={'a' * 8_000}").status == 200


@pytest.mark.parametrize("says", ["no-cache", "private, no-cache", "no-store", "private"])
def test_what_may_not_be_stored_is_asked_for_each_time(
    proxy: Process, origin: Origin, says: str
) -> None:
    origin.cache_control = says
    assert get(proxy.url, "/v?country=NL").body == b"200 as identity"
    origin.status = 410
    assert get(proxy.url, "/v?country=NL").body == b"410 as identity"
    assert len(origin.requests) == 2


def test_what_shared_caches_may_store_is_asked_for_once_and_then_by_its_tag(
    proxy: Process, origin: Origin
) -> None:
    # long enough that the requests come before its end
    origin.cache_control = "public, max-age=0, s-maxage=4, must-revalidate"
    store(proxy, "/v?country=NL")
    asked = len(origin.requests)
    answers = [get(proxy.url, "/v?country=NL") for _ in range(20)]
    assert {answer.body for answer in answers} == {b"200 as identity"}
    assert {answer.headers["cache-control"] for answer in answers} == {origin.cache_control}
    assert len(origin.requests) == asked

    def asked_again() -> bool:
        assert get(proxy.url, "/v?country=NL").body == b"200 as identity"
        return len(origin.requests) > asked

    until(asked_again)
    _, headers = origin.requests[asked]
    assert headers["if-none-match"] == TAG
    until(lambda: "cache=REVALIDATED" in proxy.log)


def test_a_withdrawal_is_through_when_the_time_is_over(proxy: Process, origin: Origin) -> None:
    origin.cache_control = SHARED
    store(proxy, "/s/nl-amsterdam-1")
    origin.status, origin.cache_control = 410, "no-store"

    def expired() -> bool:
        get(proxy.url, "/s/nl-amsterdam-1")
        return "cache=EXPIRED" in proxy.log

    until(expired, seconds=3)
    assert {get(proxy.url, "/s/nl-amsterdam-1").status for _ in range(10)} == {410}


def test_no_old_copy_is_shown_while_every_replica_is_gone(tmp_path: Path) -> None:
    host = {"Host": "atlas.example"}  # part of the key; the second nginx has another port
    with serve_origin() as origin, nginx(tmp_path, [origin]) as proxy:
        # long enough for the second to start in
        origin.cache_control = "public, max-age=0, s-maxage=5, must-revalidate"
        store(proxy, "/v?country=NL", host)
    # the same cache, and nothing behind it
    with nginx(tmp_path, [origin]) as proxy:
        assert get(proxy.url, "/v?country=NL", host).status == 200, "the copy is not there"
        until(lambda: get(proxy.url, "/v?country=NL", host).status == 502)
        assert {get(proxy.url, "/v?country=NL", host).status for _ in range(10)} == {502}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("/v?country=NL", {}), ("/v?country=IT", {})),
        (("/v", {"Host": "one.example"}), ("/v", {"Host": "other.example"})),
        (("/v", {"Accept-Encoding": "br"}), ("/v", {"Accept-Encoding": "gzip"})),
        (("/v", {"X-Forwarded-Proto": "https"}), ("/v", {})),
    ],
    ids=["query", "host", "encoding", "scheme"],
)
def test_a_copy_is_no_answer_to_another_request(
    proxy: Process,
    origin: Origin,
    one: tuple[str, dict[str, str]],
    other: tuple[str, dict[str, str]],
) -> None:
    origin.cache_control = "public, max-age=0, s-maxage=60, must-revalidate"
    store(proxy, *one)
    asked = len(origin.requests)
    answer = get(proxy.url, *other)
    assert len(origin.requests) == asked + 1
    encoding = other[1].get("Accept-Encoding", "identity")
    assert answer.body == f"200 as {encoding}".encode()


def test_who_has_a_copy_asks_the_replica_and_leaves_the_cache_alone(
    proxy: Process, origin: Origin
) -> None:
    origin.cache_control = "public, max-age=0, s-maxage=60, must-revalidate"
    assert get(proxy.url, "/v", {"If-None-Match": TAG}).status == 304
    # a "not modified" in the cache would be no answer to who has nothing
    assert get(proxy.url, "/v").status == 200
    assert [headers.get("if-none-match") for _, headers in origin.requests] == [TAG, None]


def test_replicas_learn_no_more_than_they_need(proxy: Process, origin: Origin) -> None:
    sent = {
        "Host": "atlas.example:8443",
        "Referer": "https://elsewhere.example/",
        "X-Forwarded-For": "192.0.2.7",
        "X-Forwarded-Proto": "https",
        "Upgrade": "h2c",
        "Connection": "Upgrade, HTTP2-Settings",
    }
    get(proxy.url, "/v", sent)
    _, headers = origin.requests[0]
    assert headers["host"] == "atlas.example:8443"
    assert headers["x-forwarded-proto"] == "https"
    # the connection's own address, and not the one that its client made up
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert not {"referer", "upgrade", "forwarded"} & set(headers)


def test_the_log_says_what_failed_and_not_what_was_looked_for(
    installation: Installation, tmp_path: Path
) -> None:
    named = [
        f"/?country=NL&q={SEARCH}",
        f"/timeline?q={SEARCH}",
        f"/api/records.csv?q={SEARCH}",
        f"/s/{SEARCH}",
        f"/e/{SEARCH}?asof=2022",
        f"/c/{SEARCH}",
        f"/feeds/{SEARCH}/events.atom",
        f"/%3Fq={SEARCH}",
        f"/v?q={SEARCH}&{'a' * 20_000}",
    ]
    told = {"Referer": f"https://elsewhere.example/{SEARCH}", "User-Agent": SEARCH}

    async def live(url: str) -> None:
        async with Session(url) as session:
            await session.run(f"q={SEARCH}")

    asyncio.run(live(installation.proxy.url))
    gone = Origin()
    gone.port = 1  # nothing listens there
    with nginx(tmp_path, [gone]) as broken:
        for proxy in (installation.proxy, broken):
            statuses = [get(proxy.url, path, told).status for path in named]
            assert len(statuses) == len(named)
    for log in (installation.proxy.log, broken.log, *(one.log for one in installation.replicas)):
        assert SEARCH not in log
        assert "192.0.2" not in log
    assert broken.log.count(" 502 ") == len(named) - 1
    lines = installation.proxy.log.splitlines()
    assert any(" /timeline 200 " in line and "127.0.0.1:" in line for line in lines)
    assert any(" /s/* 404 " in line for line in lines)
    # the readers' own address: that of the replica is another field
    assert not any(line.startswith("127.") or " 127." in line for line in lines)
