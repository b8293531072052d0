"""What a browser sends over the page's socket, and a page whose socket is refused."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, expect

from geo.paths import PROJECT
from geo.ui.messages import Rerun, parse_message
from tests.browser.conftest import Readers
from tests.browser.driver import SECONDS, Reader
from tests.browser.serving import Server, environment_of, free_port, running
from tests.browser.test_first_screen import LINE, LIVE
from tests.ledger_files import DATA

#: hands an update back to the page's script as one that never arrived
MISS = """() => {
  const receive = window.atlas.receive;
  window.atlas.receive = (data, missed) => {
    window.atlas.receive = receive;
    receive(data, missed);
    missed();
  };
}"""
PAGE = "(code) => document.querySelector('#page').dataset.page === code"


def _recorded(reader: Reader) -> list[bytes]:
    """Return the list to which each message of the browser is added."""
    sent: list[bytes] = []

    def add(data: bytes | str) -> None:
        sent.append(data if isinstance(data, bytes) else data.encode())

    reader.page.on("websocket", lambda socket: socket.on("framesent", add))
    return sent


def test_what_a_page_sends_is_read(reader: Reader, server: Server) -> None:
    sent = _recorded(reader)
    page = reader.open("/?q=police")
    reader.until(LIVE)
    reader.pick("country", "NL")
    for code in ("timeline", "countries", "data", "about"):
        page.get_by_role("link", name=code.title(), exact=True).first.click()
        reader.until(PAGE, code)
        reader.until(LIVE)
    page.go_back()
    reader.until(PAGE, "data")
    page.evaluate(MISS)
    page.get_by_role("link", name="Timeline", exact=True).first.click()
    reader.until(PAGE, "timeline")
    found: list[Rerun | None] = []
    while not (found and found[-1] and found[-1].missed):
        page.wait_for_timeout(50)  # between two looks
        found = [parse_message(message) for message in sent]
    assert None not in found, sent
    assert len(found) >= 8
    queries = {rerun.query for rerun in found if rerun}
    assert {"q=police", "country=NL&q=police"} <= queries, queries
    assert {rerun.origin for rerun in found if rerun} == {server.url}
    assert "no page sends" not in server.log


def test_a_page_without_a_place_works_and_says_so(
    browser: Browser, readers: Readers, tmp_path: Path
) -> None:
    assert browser
    port = free_port()
    full = Server(f"http://localhost:{port}", tmp_path)
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = {**environment_of(tmp_path, DATA), "ATLAS_SOCKETS": "0"}
    with running(command, full, environment, cwd=PROJECT):
        reader = readers(full)
        # the browser itself says in its console that a socket was refused
        reader.allowed = lambda text: "WebSocket" in text or "atlas:" in text
        page = reader.page
        page.goto(full.url + "/?country=NL")
        expect(page.locator("#status")).to_contain_text(LINE, timeout=SECONDS * 1000)
        page.locator("[data-record=nl-rotterdam-1]").first.click()
        expect(page.locator("article.card h2")).to_contain_text("Rotterdam")
        page.get_by_role("link", name="Timeline", exact=True).first.click()
        reader.until(PAGE, "timeline")
        assert "record=nl-rotterdam-1" in page.url
    assert "Traceback" not in full.log
    assert "without completing handshake" not in full.log
