"""What fails on the way once or twice is asked for again, and else a sentence says so."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from playwright.sync_api import Route, expect

from tests.browser.conftest import Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.browser.test_first_screen import LIVE

LAND = """() => {
  const canvas = document.querySelector("#live iframe")?.contentDocument.querySelector("canvas");
  return Boolean(canvas?.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data
    .some((value, i) => i % 4 === 3 && value));
}"""
STYLED = "(name) => [...document.styleSheets].some((s) => (s.href ?? '').includes(name))"


def _failing(reader: Reader, pattern: str | re.Pattern[str], times: int) -> Counter[str]:
    """Cut off the first requests for each file, as in a lift; count them all."""
    asked: Counter[str] = Counter()
    reader.allowed = lambda text: "Failed to load resource" in text

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        asked[path] += 1
        if asked[path] > times:
            route.continue_()
        else:
            route.abort()

    reader.context.route(pattern, answer)
    return asked


def test_whatever_a_page_asks_for_may_fail_once(readers: Readers, server: Server) -> None:
    reader = readers(server)
    asked = _failing(reader, re.compile(r"/assets/[^?]+\.(js|css)\b"), 1)
    page = reader.page
    page.goto(server.url + "/")
    reader.until(LIVE)
    page.get_by_role("link", name="Timeline", exact=True).click()
    page.wait_for_url("**/timeline*")
    for sheet in ("menus.css", "page-timeline.css"):
        reader.until(STYLED, sheet)
    for _look in range(100):
        if "/assets/atlas-1/timeline.js" in asked and all(n > 1 for n in asked.values()):
            break
        page.wait_for_timeout(100)  # between two looks
    assert "/assets/atlas-1/timeline.js" in asked
    assert [path for path, times in asked.items() if times < 2] == []
    assert page.locator("#status").inner_text() == ""


def test_the_land_is_asked_for_until_it_comes(readers: Readers, server: Server) -> None:
    reader = readers(server)
    asked = _failing(reader, "**/countries-*.json*", 3)
    reader.open("/?view=50.00_10.00_4")
    reader.until(LAND)
    assert max(asked.values()) >= 4


def test_a_script_that_never_comes_is_said(readers: Readers, server: Server) -> None:
    reader = readers(server)
    asked = _failing(reader, "**/fields.js*", 99)
    reader.page.goto(server.url + "/")
    expect(reader.page.locator("#status")).to_contain_text("Reload it to try again", timeout=30_000)
    assert sum(asked.values()) <= 6, "bounded"
    expect(reader.page.get_by_role("button", name="Apply")).to_be_visible()
