"""The shipped Caddyfile passes pages and websockets on, and logs no query."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.serving import free_port
from tests.deploy.http import get
from tests.deploy.serving import DEPLOY, Process, listens
from tests.deploy.sessions import Session, shown

SEARCH = "hidden-word"
pytestmark = pytest.mark.skipif(shutil.which("caddy") is None, reason="there is no Caddy here")


@contextmanager
def caddy(folder: Path, upstream: int) -> Iterator[Process]:
    """Start Caddy with the shipped file, without TLS, before a port of this machine."""
    port = free_port()
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    settings = folder / "Caddyfile"
    settings.write_text(text.replace("127.0.0.1:8501", f"127.0.0.1:{upstream}"), encoding="utf-8")
    environment = os.environ | {
        "ATLAS_HOST": f"http://127.0.0.1:{port}",
        "CADDY_ADMIN": f"127.0.0.1:{free_port()}",
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(settings)]
    process = Process(command, port, folder / "caddy.log", environment)
    process.start()
    try:
        process.wait(lambda: listens(port))
        yield process
    finally:
        process.stop()


def test_the_page_is_live_through_caddy(pair: list[Process], tmp_path: Path) -> None:
    async def live(url: str) -> str:
        async with Session(url) as session:
            return shown(await session.run("country=NL"))

    with caddy(tmp_path, pair[0].port) as proxy:
        assert "Netherlands" in asyncio.run(live(proxy.url))
        page = get(proxy.url, "/v?country=NL", {"Accept-Encoding": "gzip"})
        assert (page.status, page.headers["content-encoding"]) == (200, "gzip")
        assert "strict-transport-security" in page.headers
        assert get(proxy.url, "/_stcore/metrics").status == 404


def test_a_failure_is_logged_without_what_was_looked_for(tmp_path: Path) -> None:
    with caddy(tmp_path, 1) as proxy:  # nothing listens there
        named = {"Referer": f"https://elsewhere.example/{SEARCH}", "User-Agent": SEARCH}
        assert get(proxy.url, f"/v?q={SEARCH}", named).status == 502
        assert SEARCH not in proxy.log
        assert "connection refused" in proxy.log
