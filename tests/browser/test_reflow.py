"""Every page can be read in small windows, with letters twice as large, and with wide spacing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import FLAGS, Readers, browser_path
from tests.browser.driver import Reader
from tests.browser.layout import WHOLE_ELSEWHERE, unreadable
from tests.browser.serving import Server
from tests.sizes import size

#: of pages in the states that lay them out otherwise; the first ones every day
ADDRESSES = (
    "/?record=ca-montreal-1",
    "/timeline",
    "/?view=48.00_8.00_5&record=de-1",
    "/data?record=nl-amsterdam-1",
    "/?q=police",
    "/?asof=2022-12-05&country=ES&status=claim_only",
    "/?side=countries&flag=told_to_stop",
    "/?place=IT",
    "/?layer=coverage&view=45.00_10.00_3",
    "/timeline?rows=country&period=all",
    "/countries?rest=1&coverage=not_listed",
    "/about",
    "/s/nl-amsterdam-1",
    "/c/NL",
    "/v",
    "/changes",
    "/api",
)
#: windows of 1280 × 1024 and 1280 × 2272 at a zoom of 400 %, and of a phone
SMALL = ((320, 256), (844, 390), (320, 568))
LARGE_TEXT = ((1280, 800), (390, 844))
#: WCAG 1.4.12
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
    " word-spacing: .16em !important } p { margin-bottom: 2em !important }"
)
_SPACED = """(rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


def _addresses(everyday: int) -> tuple[str, ...]:
    return ADDRESSES[: size(everyday, len(ADDRESSES))]


def _read(page: Page, url: str) -> None:
    page.goto(url, wait_until="domcontentloaded")
    page.evaluate("() => document.fonts.ready")


def _faults(
    page: Page, windows: tuple[tuple[int, int], ...], elsewhere: str
) -> dict[str, list[str]]:
    found = {}
    for width, height in windows:
        page.set_viewport_size({"width": width, "height": height})
        found[f"{width} × {height}"] = unreadable(page, elsewhere)
    return {window: faults for window, faults in found.items() if faults}


@pytest.fixture(scope="module")
def enlarged(browser: Browser) -> Iterator[Browser]:
    """A browser whose reader has set its text to twice the usual size."""
    found = browser.browser_type.launch(
        executable_path=browser_path(), args=[*FLAGS, "--blink-settings=defaultFontSize=32"]
    )
    yield found
    found.close()


@pytest.fixture
def large_text(enlarged: Browser, server: Server) -> Iterator[Reader]:
    """A reader with large letters."""
    context = enlarged.new_context()
    reader = Reader(context, server.url)
    yield reader
    context.close()
    assert (reader.third_parties, reader.errors) == ([], [])


def test_small_windows_show_everything(readers: Readers, server: Server) -> None:
    reader = readers(server)
    found = {}
    for address in _addresses(2):
        _read(reader.page, server.url + address)
        found[address] = _faults(reader.page, SMALL[: size(1, len(SMALL))], WHOLE_ELSEWHERE)
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_letters_twice_as_large_show_everything(large_text: Reader) -> None:
    found = {}
    for address in _addresses(2):
        _read(large_text.page, large_text.url + address)
        found[address] = _faults(large_text.page, LARGE_TEXT, WHOLE_ELSEWHERE)
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_wide_spacing_shows_everything(readers: Readers, server: Server) -> None:
    reader = readers(server)
    found = {}
    for address in _addresses(1):
        _read(reader.page, server.url + address)
        reader.page.evaluate(_SPACED, SPACING)
        # names of the overview are drawn for their places; the list has them too
        found[address] = _faults(
            reader.page, ((390, 844), (1280, 800)), f"{WHOLE_ELSEWHERE}, .map-area"
        )
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_large_letters_change_the_layout_and_every_text(large_text: Reader) -> None:
    # 1280 pixels have room for as many of them as 640 have for usual ones
    page = large_text.page
    page.set_viewport_size({"width": 1280, "height": 800})
    _read(page, large_text.url + "/")
    expect(page.locator(".tiles-by-region")).to_be_visible()
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('[data-panel] *')]"
        ".filter((e) => e.checkVisibility() && [...e.childNodes]"
        ".some((n) => n.nodeType === 3 && n.data.trim()))"
        ".map((e) => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 24


def test_the_permanent_line_is_in_sight_beside_a_card_in_a_low_window(
    readers: Readers, server: Server
) -> None:
    reader = readers(server, {"width": 844, "height": 390})
    cards = ("/?record=nl-amsterdam-1", "/?record=ca-montreal-1", "/?place=IT")
    for address in cards[: size(1, len(cards))]:
        page = reader.page
        _read(page, server.url + address)
        for place in ("0", "document.body.scrollHeight"):
            page.evaluate(f"() => scrollTo(0, {place})")
            expect(page.locator("#page .opening .meaning")).to_be_in_viewport(ratio=1)
        line = page.locator("#page .opening .meaning").bounding_box()
        card = page.locator("[data-panel=card]").bounding_box()
        assert line
        assert card
        assert line["x"] + line["width"] <= card["x"] + 1


def test_a_low_window_has_its_head_in_one_line(readers: Readers, server: Server) -> None:
    reader = readers(server, {"width": 844, "height": 390})
    pages = ("/", "/data", "/timeline", "/countries", "/about")
    for address in pages[: size(2, len(pages))]:
        _read(reader.page, server.url + address)
        box = reader.page.locator(".top .masthead").bounding_box()
        assert box
        assert box["height"] <= 44, address


@pytest.mark.parametrize("window", SMALL[: size(1, 3)], ids=str)
def test_the_page_scrolls_beside_the_detail_map(
    readers: Readers, server: Server, window: tuple[int, int]
) -> None:
    reader = readers(server, {"width": window[0], "height": window[1]})
    page = reader.open("/?view=48.00_8.00_5")
    page.evaluate("() => document.querySelector('#live').scrollIntoView({ block: 'start' })")
    box = page.locator("#live").bounding_box()
    assert box
    assert box["height"] <= window[1] - 48
    before = page.evaluate("() => scrollY")
    page.mouse.move(24, window[1] - 12)
    page.mouse.wheel(0, 120)
    reader.until("(before) => scrollY > before", before)
