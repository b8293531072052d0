"""The first screen: whole without a script, live before Streamlit, kept when that arrives."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.browser.conftest import DESK, PHONE, Readers
from tests.browser.driver import SECONDS, Reader
from tests.browser.serving import Server
from tests.sizes import size

ADDRESSES = {
    "map": "/?country=NL&record=nl-rotterdam-1",
    "timeline": "/timeline?country=NL",
    "countries": "/countries?country=NL",
    "data": "/data?country=NL",
    "about": "/about",
}
#: what Streamlit starts from
PACK = "**/static/js/pack.*.json"
LIVE = """() => document.documentElement.dataset.live === "true"
  && (document.getElementById("page").dataset.page !== "map"
      || document.getElementById("page").dataset.form !== "detail"
      || document.getElementById("live").classList.contains("drawn"))"""
#: each of four things that a reader may have done before Streamlit is there, so often
REPEATS = size(2, 20)
LINE = "Live updates are not available here."


class Gate:
    """Holds requests back until it is opened."""

    def __init__(self, reader: Reader, pattern: str) -> None:
        self._held: list[Route] = []
        self._open = False
        reader.context.route(pattern, self._take)

    def _take(self, route: Route) -> None:
        if self._open:
            route.continue_()
        else:
            self._held.append(route)

    def open(self) -> None:
        """Let all of them pass, also those to come."""
        self._open = True
        for route in self._held:
            route.continue_()


def _live(reader: Reader) -> None:
    reader.until(LIVE)


def _total(page: Page) -> int:
    return int(page.locator("#sentence").get_attribute("data-total") or "")


# -- without Streamlit


def _no_script(reader: Reader) -> None:
    """Nothing to do: the context runs no script."""


def _scripts_blocked(reader: Reader) -> None:
    reader.context.route("**/*.js*", lambda route: route.abort())


def no_socket(reader: Reader) -> None:
    """Close every socket as soon as it opens."""
    reader.context.route_web_socket("**/*", lambda socket: socket.close())


def _fails_once(pattern: str) -> Callable[[Reader], None]:
    def spoil(reader: Reader) -> None:
        failed: list[str] = []

        def once(route: Route) -> None:
            if failed:
                route.continue_()
            else:
                failed.append(route.request.url)
                route.abort()

        reader.context.route(pattern, once)

    return spoil


SPOILT: dict[str, tuple[Callable[[Reader], None], dict[str, Any]]] = {
    "no script": (_no_script, {"java_script_enabled": False}),
    "scripts blocked": (_scripts_blocked, {}),
    "no socket": (no_socket, {}),
    "page.js fails once": (_fails_once("**/page.js*"), {}),
    "Streamlit fails once": (_fails_once(PACK), {}),
    "menus.js fails once": (_fails_once("**/menus.js*"), {}),
    "the outline fails once": (_fails_once("**/countries-*.json*"), {}),
    "the component fails once": (_fails_once("**/component/**"), {}),
}


def _use(page: Page) -> None:
    """Open a card, step back a day, filter, and go to another page, as a reader would."""
    before = _total(page)
    page.locator("[data-panel=list] [data-event]").first.click()
    expect(page.locator("article.card h2")).to_be_visible()
    page.get_by_role("link", name="Close the card").click()
    expect(page.locator("article.card")).to_have_count(0)
    page.locator("#step-back").click()
    expect(page.locator("#clear-asof")).to_be_visible()
    page.locator("#menu-country > summary").click()
    page.locator("#f-country-NL").check()
    apply = page.get_by_role("button", name="Apply")
    if apply.is_visible():
        apply.click()
    expect(page.locator("#sentence")).not_to_have_attribute("data-total", str(before))
    assert "country=NL" in page.url
    assert "asof=" in page.url
    page.get_by_role("link", name="Timeline", exact=True).click()
    page.wait_for_url("**/timeline?*country=NL*")
    expect(page.locator("[data-event]").first).to_be_visible()


@pytest.mark.parametrize("spoilt", SPOILT)
def test_every_page_can_be_read_and_used(readers: Readers, server: Server, spoilt: str) -> None:
    spoil, options = SPOILT[spoilt]
    reader = readers(server, **options)
    reader.allowed = lambda _text: True
    spoil(reader)
    for address in ADDRESSES.values():
        reader.page.goto(server.url + address)
        expect(reader.page.locator("h1")).to_contain_text("Alleged Stations Atlas")
        expect(reader.page.locator("[data-panel=foot] footer")).to_be_visible()
        if address != "/about":
            assert _total(reader.page) > 0
    expect(reader.page.locator(".prose")).to_be_visible()
    reader.page.goto(server.url + "/")
    _use(reader.page)


@pytest.mark.parametrize("blocked", ["socket", "probes"])
def test_a_blocked_socket_is_said_in_one_line_and_logged_once(
    readers: Readers, server: Server, blocked: str
) -> None:
    reader = readers(server)
    # Streamlit has more to say about addresses that cannot be reached, in the console alone
    reader.allowed = lambda text: blocked == "probes" or "WebSocket" in text
    no_socket(reader)
    if blocked == "probes":
        reader.context.route("**/_stcore/**", lambda route: route.abort())
    logged: list[str] = []
    reader.page.on("console", lambda m: logged.append(m.text) if "atlas:" in m.text else None)
    reader.page.goto(server.url + "/?country=NL")
    expect(reader.page.locator("#status")).to_contain_text(LINE, timeout=SECONDS * 1000)
    # a dialog of Streamlit's would take clicks, keys and the page's words from all readers
    expect(reader.page.locator("[inert], [role=dialog]")).to_have_count(0)
    reader.page.locator("[data-record=nl-rotterdam-1]").first.click()
    expect(reader.page.locator("article.card h2")).to_contain_text("Rotterdam")
    expect(reader.page.locator("#status")).to_contain_text(LINE)
    assert len(logged) == 1, logged


def test_a_socket_that_drops_says_so_keeps_the_place_and_comes_back(
    readers: Readers, server: Server
) -> None:
    reader = readers(server)
    reader.allowed = lambda text: "WebSocket" in text or "atlas:" in text
    sockets: list[WebSocketRoute] = []
    blocked = False

    def pass_on(socket: WebSocketRoute) -> None:
        if blocked:
            socket.close()
            return
        socket.connect_to_server()
        sockets.append(socket)

    reader.context.route_web_socket("**/_stcore/stream", pass_on)
    page = reader.open("/timeline?country=NL")
    _live(reader)
    page.evaluate("() => window.scrollTo(0, 400)")
    blocked = True
    for socket in sockets:
        socket.close()
    expect(page.locator("#status")).to_contain_text(LINE, timeout=SECONDS * 1000)
    assert page.evaluate("() => window.scrollY") == 400
    page.locator("[data-event]").first.click()
    expect(page.locator("article.card")).to_be_visible()
    blocked = False
    _live(reader)
    expect(page.locator("#status")).to_be_empty()
    expect(page.locator("article.card")).to_be_visible()


def test_a_script_that_runs_makes_the_forms_button_needless(reader: Reader) -> None:
    page = reader.open("/")
    expect(page.locator("#filters .without-script")).to_be_hidden()
    expect(page.locator("#menu-share summary")).to_be_visible()


# -- what a reader did before


def _tick(page: Page) -> None:
    page.locator("#menu-more > summary").click()
    page.locator("#f-flag-inquiry").check()
    page.keyboard.press("Escape")


def _ticked(page: Page) -> None:
    expect(page.locator("#f-flag-inquiry")).to_be_checked()
    assert "flag=inquiry" in page.url


def _type(page: Page) -> None:
    page.locator("#menu-more > summary").click()
    page.locator("#f-from").press_sequentially("2022-1")


def _typed(page: Page) -> None:
    expect(page.locator("#f-from")).to_have_value("2022-1")
    expect(page.locator("#f-from")).to_be_focused()
    page.keyboard.type("2")
    expect(page.locator("#f-from")).to_have_value("2022-12")


def _menu(page: Page) -> None:
    page.locator("#menu-country > summary").click()
    page.locator("#narrow-country").fill("sp")


def _opened(page: Page) -> None:
    expect(page.locator("#menu-country")).to_have_attribute("open", "")
    expect(page.locator("#narrow-country")).to_have_value("sp")
    expect(page.locator("label.option:has(#f-country-ES)")).to_be_visible()
    expect(page.locator("label.option:has(#f-country-NL)")).to_be_hidden()


def _scroll(page: Page) -> None:
    page.evaluate("() => { document.querySelector('[data-panel=list]').scrollTop = 321; }")
    page.mouse.wheel(0, 77)
    page.wait_for_function("() => window.scrollY > 0")


def _scrolled(page: Page) -> None:
    found = page.evaluate(
        "() => [document.querySelector('[data-panel=list]').scrollTop, window.scrollY > 0]"
    )
    assert found == [321, True]


BEFORE = {
    "a filter": (_tick, _ticked),
    "a text": (_type, _typed),
    "a menu": (_menu, _opened),
    "the scroll": (_scroll, _scrolled),
}


@pytest.mark.parametrize("what", BEFORE)
def test_what_was_done_before_streamlit_came_is_kept(
    readers: Readers, server: Server, what: str
) -> None:
    do, kept = BEFORE[what]
    for _turn in range(REPEATS):
        reader = readers(server)
        gate = Gate(reader, PACK)
        reader.page.goto(server.url + "/")
        reader.until("() => window.atlas?.go !== undefined")
        do(reader.page)
        gate.open()
        _live(reader)
        kept(reader.page)
        reader.context.close()


def test_a_filter_ticked_while_streamlit_starts_is_kept(readers: Readers, server: Server) -> None:
    for turn in range(REPEATS):
        reader = readers(server)
        reader.page.goto(server.url + "/")
        reader.until("() => window.atlas?.go !== undefined")
        # at any moment of the start: the first run may be on its way with the older address
        reader.page.wait_for_timeout(turn * 97 % 700)
        _tick(reader.page)
        _live(reader)
        _ticked(reader.page)
        reader.until("() => document.querySelector('#f-flag-inquiry').checked")
        reader.context.close()


def test_a_change_that_is_taken_back_at_once_leaves_the_page_as_it_was(
    readers: Readers, server: Server
) -> None:
    for _turn in range(REPEATS):
        reader = readers(server)
        page = reader.open("/")
        total = _total(page)
        page.evaluate(
            "() => { const box = document.querySelector('#f-flag-inquiry');"
            " box.click(); setTimeout(() => box.click(), 15); }"
        )
        reader.until("() => !document.querySelector('#f-flag-inquiry').checked")
        reader.until(
            "(total) => Number(document.querySelector('#sentence').dataset.total) === total"
            " && !location.search.includes('flag')",
            total,
        )
        # the map shows it, and not its picture: what is dropped must not be waited for
        _live(reader)
        reader.drawn()
        reader.context.close()


# -- the same picture


def _picture(page: Page) -> np.ndarray[Any, Any]:
    taken = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
    return np.asarray(taken.convert("RGB")).astype(int)


BOXES = """() => [...document.querySelectorAll("[data-panel], [data-panel] *")]
  .filter((e) => !e.closest("#live"))
  .map((e) => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; })"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_moves_when_streamlit_arrives(
    readers: Readers, server: Server, screen: dict[str, int], scheme: str
) -> None:
    for address in ADDRESSES.values():
        reader = readers(server, screen, color_scheme=scheme)
        gate = Gate(reader, PACK)
        page = reader.page
        page.goto(server.url + address)
        page.evaluate("() => document.fonts.ready")
        reader.until("() => window.atlas?.go !== undefined")
        before, boxes = _picture(page), np.array(page.evaluate(BOXES))
        gate.open()
        _live(reader)
        after, moved = _picture(page), np.array(page.evaluate(BOXES))
        assert boxes.shape == moved.shape, address
        assert np.abs(boxes - moved).max() <= 1, address
        differ = np.abs(before - after).max(axis=2) > 8
        box = page.locator("#live").bounding_box()
        if box and "/?" in address:
            x, y = int(box["x"]), int(box["y"])
            differ[y : y + int(box["height"]) + 1, x : x + int(box["width"]) + 1] = False
        assert differ.mean() <= 0.005, address
        reader.context.close()


SHIFTS = """window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_layout_stands_from_the_first_paint(
    readers: Readers, server: Server, screen: dict[str, int]
) -> None:
    for address in ["/", *ADDRESSES.values()]:
        reader = readers(server, screen)
        reader.page.add_init_script(SHIFTS)
        for visit in ("first", "second"):
            reader.page.goto(server.url + address)
            _live(reader)
            assert reader.page.evaluate("() => window.shifts") <= 0.02, (address, visit)
        reader.context.close()
