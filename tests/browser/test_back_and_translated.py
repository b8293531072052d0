"""What browsers do to a page by themselves: keep it for Back, and translate it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import FLAGS, browser_path
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.browser.test_first_screen import LIVE

#: as a browser's translation does it: each text in two elements more, and other words
TRANSLATE = """() => {
  const walker = document.createTreeWalker(document.getElementById("page").parentNode,
    NodeFilter.SHOW_TEXT, (node) => (
      node.nodeValue.trim() && !node.parentNode.closest("script, style, svg, font, [translate=no]")
        ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT));
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    inner.textContent = node.nodeValue;
    outer.append(inner);
    node.replaceWith(outer);
  }
  return nodes.length;
}"""
#: what the page says, without what is only spacing
TEXT = """() => [...document.querySelectorAll("[data-panel]:not([data-panel=map])")]
  .map((part) => [part.dataset.panel, part.textContent.replace(/\\s+/g, "")])"""


@pytest.fixture
def keeping(browser: Browser, server: Server) -> Iterator[Reader]:
    """A reader whose browser keeps pages for Back, which tests switch off elsewhere."""
    kept = browser.browser_type.launch(
        executable_path=browser_path(),
        args=FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    reader = Reader(kept.new_context(viewport={"width": 1400, "height": 900}), server.url)
    # a page that is kept has its socket closed by the browser
    reader.allowed = lambda text: "WebSocket" in text
    yield reader
    kept.close()
    assert reader.errors == []


def test_back_finds_the_page_as_it_was_and_alive(keeping: Reader) -> None:
    page = keeping.open("/?country=NL&record=nl-rotterdam-1")
    page.evaluate(
        "() => addEventListener('pageshow', ({ persisted }) => { window.persisted = persisted; })"
    )
    page.goto(keeping.url + "/s/nl-rotterdam-1")
    page.evaluate("() => { setTimeout(() => history.back()); }")
    keeping.until("() => window.persisted === true && document.querySelector('article.card')")
    keeping.until(LIVE)
    page.get_by_role("link", name="Close the card").click()
    expect(page.locator("article.card")).to_have_count(0)
    assert keeping.query == {"country": ["NL"]}


def test_a_translated_page_goes_on(reader: Reader) -> None:
    page = reader.open("/?country=NL")
    assert page.evaluate(TRANSLATE) > 50
    version = page.locator("[data-panel=foot] [translate=no]")
    assert re.fullmatch("[0-9a-f]{8}", version.first.inner_text())
    assert page.locator("[translate=no] font").count() == 0
    page.locator("[data-panel=list] a[data-record], [data-panel=list] a[data-event]").first.click()
    expect(page.locator("article.card h2")).to_be_visible()
    page.evaluate(TRANSLATE)
    reader.pick("country", "ES")
    reader.until("() => location.search.includes('country=ES')")
    page.evaluate(TRANSLATE)
    steps = "() => !location.search.includes('country=ES')"
    page.evaluate("() => history.back()")
    reader.until(steps)
    reader.until("() => document.querySelector('#f-country-ES').checked === false")
    page.get_by_role("link", name="Close the card").click()
    expect(page.locator("article.card")).to_have_count(0)
    # nothing is lost or there twice: the page says what a fresh one says
    fresh = reader.context.new_page()
    fresh.goto(page.url)
    fresh.wait_for_function(LIVE)
    reader.until("() => document.documentElement.dataset.live === 'true'")
    assert page.evaluate(TEXT) == fresh.evaluate(TEXT)
