"""Pages are set in the atlas's own fonts, and names in Chinese in one of the reader's."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Readers
from tests.browser.serving import Server

CHINESE = "福州 青田 温州 南通 丽水"


def fonts(page: Page, selector: str) -> list[dict[str, Any]]:
    """The fonts that an element's text is drawn with."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    found: list[dict[str, Any]] = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})[
        "fonts"
    ]
    return found


def test_sentence_and_text_are_in_the_atlas_s_fonts_from_the_second_page_on(
    readers: Readers, server: Server
) -> None:
    reader = readers(server)
    page = reader.open("/about")
    # a font that comes late is for the next page: nothing may move
    page.evaluate("() => Promise.allSettled([...document.fonts].map((f) => f.load()))")
    page = reader.open("/?country=NL")
    reader.until("() => document.documentElement.dataset.live === 'true'")
    for selector, family in (
        ("#sentence", "Atlas Serif"),
        ("#menu-country > summary", "Atlas Sans"),
    ):
        names = {font["familyName"] for font in fonts(page, selector) if font["isCustomFont"]}
        assert names == {family}, selector
    fetched = page.evaluate("() => performance.getEntriesByType('resource').map((e) => e.name)")
    assert not [name for name in fetched if "/static/media/" in name], "Streamlit's own fonts"


def test_without_the_fonts_lines_are_as_wide(readers: Readers, server: Server) -> None:
    selectors = (".headline span", ".meaning", ".map-area .name")
    widths = """(selectors) => selectors.map((selector) => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector(selector));
      return range.getBoundingClientRect().width;
    })"""
    reader = readers(server)
    page = reader.open("/")
    page.evaluate("() => Promise.allSettled([...document.fonts].map((f) => f.load()))")
    page = reader.open("/?lang=en")
    expected = page.evaluate(widths, selectors)
    other = readers(server)
    other.page.route("**/*.woff2", lambda route: route.abort())
    page = other.open("/")
    assert not any(font["isCustomFont"] for font in fonts(page, ".meaning strong"))
    for found, wanted, selector in zip(
        page.evaluate(widths, selectors), expected, selectors, strict=True
    ):
        assert abs(found - wanted) < 0.04 * wanted, selector
    # the browser reports the fonts that the test has kept from it
    other.errors[:] = [error for error in other.errors if ".woff2" not in error]


def test_names_in_chinese_are_drawn(readers: Readers, server: Server) -> None:
    page = readers(server).open("/about")
    for family in ("--sans", "--serif"):
        page.evaluate(
            """([text, family]) => {
              document.getElementById("probe")?.remove();
              const probe = document.createElement("p");
              probe.id = "probe";
              probe.textContent = text;
              probe.style.fontFamily = `var(${family})`;
              document.body.append(probe);
            }""",
            [CHINESE, family],
        )
        used = [font for font in fonts(page, "#probe") if font["glyphCount"] >= 10]
        if not any("CJK" in font["familyName"] or "Han" in font["familyName"] for font in used):
            pytest.skip("not run: no Chinese font on this machine")
        assert sum(font["glyphCount"] for font in used) == len(CHINESE.replace(" ", ""))
        assert not any(font["isCustomFont"] for font in used)
