"""Neither the browser nor the server ever turns to anybody else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Readers
from tests.browser.driver import FRAME, SECONDS
from tests.browser.serving import Server

RECORD = "es-madrid-2"
OUT = "<img src='https://tiles.example.org/1.png'>"


def _page(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator('[data-panel="foot"] footer')).to_be_visible(timeout=SECONDS * 1000)


def test_all_pages_and_downloads_ask_no_third_party_for_anything(
    fresh: Callable[..., Server], readers: Readers, tmp_path: Path
) -> None:
    server = fresh()
    reader = readers(server, accept_downloads=True)
    page = reader.open(f"/?country=ES&record={RECORD}&view=41.00_-3.00_5")
    reader.look(40, -3, 6)  # cities
    page.frame_locator(FRAME).locator("[data-unit] a").first.hover()
    page.get_by_role("link", name="Close the card").click()
    expect(page.locator("article.card")).to_have_count(0)
    _page(page, f"{server.url}/timeline?country=NL")
    page.locator(".chart .dots").first.wait_for()
    _page(page, f"{server.url}/data?country=NL")
    buttons = page.locator(".datatable .files a[download]")
    buttons.first.wait_for()
    names = []
    for number in range(buttons.count()):
        with page.expect_download() as started:
            buttons.nth(number).click()
        started.value.save_as(tmp_path / "download")
        assert (tmp_path / "download").stat().st_size > 100
        names.append(started.value.suggested_filename)
    assert len(names) >= 2
    assert all(name.startswith("atlas_") and "_nl_asof-" in name for name in names), names
    _page(page, f"{server.url}/about")
    page.locator("#menu-share summary").click()
    offered = page.locator("#menu-share a").evaluate_all("all => all.map((a) => a.href)")
    assert len(offered) >= 7
    for address in offered:
        assert page.request.get(address).status == 200, address
    for plain in (f"/s/{RECORD}", "/c/ES", "/v?country=ES", "/changes", "/api"):
        assert page.goto(server.url + plain) is not None
        assert page.locator("h1").count() == 1
        assert page.evaluate("() => [...document.images].every((i) => i.naturalWidth === 1200)")
    for path in ("/robots.txt", "/no-such-page", "/_stcore/health"):
        assert page.request.get(server.url + path).status in (200, 404)
    # the server's own side; the browser's is looked at for every test
    assert server.reached == []
    assert "Traceback" not in server.log
    for asked_for in ("country=", RECORD, "52."):
        assert asked_for not in server.log, "the log tells what a reader looked for"


def test_a_request_to_a_third_party_would_be_noticed(readers: Readers, server: Server) -> None:
    # the policy of the page stops it, and both the policy's word and the attempt are seen
    reader = readers(server)
    page = reader.page
    page.goto(f"{server.url}/robots.txt")
    page.set_content(OUT)
    reader.until("() => [...document.images].every((image) => image.complete)")
    assert reader.third_parties or reader.errors
    reader.third_parties.clear()
    reader.errors.clear()


def test_a_connection_of_the_server_would_be_noticed(tmp_path: Path) -> None:
    reached = tmp_path / "reached.txt"
    for attempt in (
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import urllib.request; urllib.request.urlopen('http://example.org', timeout=1)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('192.0.2.1', 9))",
    ):
        reached.unlink(missing_ok=True)
        done = subprocess.run(
            [sys.executable, "-c", attempt],
            env={**os.environ, "ATLAS_TEST_REACHED": str(reached)},
            capture_output=True,
            check=False,
        )
        assert done.returncode != 0
        assert reached.read_text(encoding="utf-8").strip()
