"""Two replicas answer alike, and each goes on with what the other has begun."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string

from geo.link.addresses import PAGES
from tests.browser.serving import free_port
from tests.deploy.http import get
from tests.deploy.serving import DEPLOY, SECRET, Process, listens, replicas
from tests.deploy.sessions import Session, shown

START = DEPLOY / "start"
VARIABLE = "STREAMLIT_SERVER_COOKIE_SECRET"


def run(replica: Process, query: str, page: str = "", session_id: str = "") -> tuple[str, str]:
    """What an address shows on a replica, and the session's id."""

    async def once() -> tuple[str, str]:
        # as behind a proxy: one origin for all replicas
        origin = "http://atlas.example"
        async with Session(replica.url, session_id, origin=origin) as session:
            return shown(await session.run(query, page)), session.session_id

    return asyncio.run(once())


@pytest.mark.parametrize(
    "address",
    [
        *(f"/{page}?country=NL&status=told_to_stop" for page in PAGES.values()),
        "/v?status=told_to_stop",
        "/s/nl-amsterdam-1",
        "/api/records.geojson?country=NL",
        "/api/events.json",
        "/api/version",
        "/feeds/events.atom",
        "/preview.png?country=IT",
        "/figure.svg",
        "/assets/atlas-1/atlas.css",
        "/sitemap.xml",
    ],
)
def test_a_document_and_its_tag_are_the_same(pair: list[Process], address: str) -> None:
    headers = {"Host": "atlas.example", "Accept-Encoding": "gzip"}
    one, other = (get(replica.url, address, headers) for replica in pair)
    assert one.status == other.status == 200
    for name in ("etag", "last-modified", "cache-control", "content-type", "vary"):
        assert one.headers.get(name) == other.headers.get(name), name
    assert one.body == other.body


@pytest.mark.parametrize("page", PAGES.values())
def test_a_run_is_the_same_with_all_ids_in_it(pair: list[Process], page: str) -> None:
    one, other = (run(replica, "country=NL", page)[0] for replica in pair)
    assert "Netherlands" in one
    assert one == other


def test_a_session_of_one_replica_begins_anew_on_the_other(pair: list[Process]) -> None:
    before, first = run(pair[0], "country=NL")
    after, second = run(pair[1], "country=NL", session_id=first)
    assert second not in {"", first}
    assert after == before


def test_a_replica_goes_on_with_the_token_of_another(pair: list[Process]) -> None:
    given = re.findall(
        r"_streamlit_xsrf=([^;]+)", get(pair[0].url, "/_stcore/health").headers["set-cookie"]
    )
    kept = get(pair[1].url, "/_stcore/health", {"Cookie": f"_streamlit_xsrf={given[0]}"})
    again = re.findall(r"_streamlit_xsrf=([^;]+)", kept.headers["set-cookie"])
    assert decode_xsrf_token_string(again[0]) == decode_xsrf_token_string(given[0])

    async def live() -> str:
        async with Session(pair[1].url, token=given[0]) as session:
            return shown(await session.run("country=NL"))

    assert "Netherlands" in asyncio.run(live())


def test_a_replica_without_a_reader_yet_serves_the_frame_of_the_map(tmp_path: Path) -> None:
    # Streamlit knows a component once a script of this process has run: the reader's websocket
    # may be at another replica
    with replicas(1, tmp_path) as (fresh,):
        answer = get(fresh.url, "/component/streamlit_folium.st_folium/index.html")
    assert answer.status == 200
    assert b"<script" in answer.body


def test_no_replica_logs_requests_or_readers(pair: list[Process]) -> None:
    for replica in pair:
        get(replica.url, "/about")
        run(replica, "country=NL")
        assert '… - "WebSocket /_stcore/stream" [accepted]' in replica.log
        assert " /about" not in replica.log
        assert "Traceback" not in replica.log


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Process]]:
    """Two processes with one secret, and one that invents its own."""
    folder = tmp_path_factory.mktemp("signing")
    (folder / "secret").write_text(SECRET, encoding="utf-8")
    kept = {n: v for n, v in os.environ.items() if not n.startswith("STREAMLIT_")}
    named = kept | {f"{VARIABLE}_FILE": str(folder / "secret")}
    with ExitStack() as stack:
        started = []
        for number, environment in enumerate([named, named, kept]):
            port = free_port()
            words = ["uvicorn", "tests.deploy.cookie_app:app", "--port", str(port)]
            command = [str(START), sys.executable, "-m", *words]
            process = Process(command, port, folder / f"{number}.log", environment)
            stack.callback(process.stop)
            process.start()
            started.append(process)
        for process in started:
            process.wait(lambda port=process.port: listens(port))  # type: ignore[misc]
        yield started


def test_replicas_with_one_secret_accept_each_others_cookies(signing: list[Process]) -> None:
    one, other, stranger = signing
    cookie = get(one.url, "/write?kept").headers["set-cookie"].partition(";")[0]
    assert get(one.url, "/read", {"Cookie": cookie}).body == b"kept"
    assert get(other.url, "/read", {"Cookie": cookie}).body == b"kept"
    assert get(stranger.url, "/read", {"Cookie": cookie}).body == b""


def start(secret: Path | None) -> subprocess.CompletedProcess[str]:
    """Start a program that prints the secret, with nothing else in the environment."""
    show = f"import os; print(os.environ.get('{VARIABLE}'))"
    environment = {f"{VARIABLE}_FILE": str(secret)} if secret else {}
    environment["PATH"] = os.environ["PATH"]
    command = [str(START), sys.executable, "-c", show]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_secret_comes_from_a_file_or_not_at_all(tmp_path: Path) -> None:
    secret = tmp_path / "cookie_secret"
    secret.write_text("from a file\n", encoding="utf-8")
    assert start(secret).stdout == "from a file\n"
    assert start(None).stdout == "None\n"


def test_a_secret_that_cannot_be_read_is_no_start(tmp_path: Path) -> None:
    secret = tmp_path / "cookie_secret"
    missing = start(secret)
    secret.write_text("\n", encoding="utf-8")
    empty = start(secret)
    for done in (missing, empty):
        assert done.returncode != 0
        assert done.stdout == ""
        assert str(secret) in done.stderr
