"""What a reader does faster than the server answers, and what goes wrong meanwhile."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.browser.conftest import Readers
from tests.browser.driver import SECONDS, Reader
from tests.browser.serving import Server
from tests.browser.test_first_screen import LINE, LIVE, no_socket

READY = "() => window.atlas?.go !== undefined"


class Socket:
    """Streamlit's socket, whose messages to the browser can be held back or lost."""

    def __init__(self, reader: Reader, held: bool = False) -> None:
        self.held, self.lost = held, False
        self.waiting: list[tuple[WebSocketRoute, str | bytes]] = []
        reader.context.route_web_socket("**/_stcore/stream", self._connect)

    def _connect(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: self._take(socket, message))

    def _take(self, socket: WebSocketRoute, message: str | bytes) -> None:
        if self.held:
            self.waiting.append((socket, message))
        elif not self.lost:
            socket.send(message)

    def release(self) -> None:
        """Deliver what was held back, and what follows."""
        self.held = False
        for socket, message in self.waiting:
            socket.send(message)


def _tick(page: Page, country: str) -> None:
    page.evaluate("(code) => document.querySelector(`#f-country-${code}`).click()", country)


def test_the_first_run_does_not_lead_back_from_another_page(
    readers: Readers, server: Server
) -> None:
    reader = readers(server)
    socket = Socket(reader, held=True)
    page = reader.page
    page.goto(server.url + "/?country=NL")
    reader.until(READY)
    while not socket.waiting:
        page.wait_for_timeout(20)  # between two looks
    page.get_by_role("link", name="Timeline", exact=True).click()
    reader.until("() => document.querySelector('#page').dataset.page === 'timeline'")
    steps = page.evaluate("() => history.length")
    socket.release()
    reader.until(LIVE)
    assert page.url == server.url + "/timeline?country=NL"
    assert page.evaluate("() => history.length") == steps


def test_a_dead_socket_is_waited_for_once(readers: Readers, server: Server) -> None:
    reader = readers(server)
    reader.allowed = lambda text: "atlas:" in text
    socket = Socket(reader)
    page = reader.open("/timeline")
    reader.until(LIVE)
    socket.lost = True
    _tick(page, "NL")
    expect(page.locator("#sentence")).to_contain_text("Netherlands")
    reader.until("() => !window.atlas.live")
    _tick(page, "ES")
    expect(page.locator("#sentence")).to_contain_text("Spain", timeout=2000)
    expect(page.locator("#status")).to_contain_text(LINE, timeout=SECONDS * 1000)


def test_of_two_quick_cards_the_second_is_open(readers: Readers, server: Server) -> None:
    page = readers(server).open("/")
    page.evaluate(
        """() => {
          document.querySelector('#page a[href*="event="]').click();
          // a unit of the map
          window.atlas.open("place", "NL");
        }"""
    )
    expect(page.locator("article.card")).to_be_visible()
    assert "place=" in page.url
    assert "event=" not in page.url


def test_back_before_the_answer_takes_the_change_back(readers: Readers, server: Server) -> None:
    reader = readers(server)
    page = reader.open("/?country=NL")
    _tick(page, "ES")
    page.evaluate("() => history.back()")  # no answer can be there yet
    reader.until("() => location.search === '?country=NL'")
    reader.checked("f-country-NL")


def test_the_same_link_twice_is_one_step(readers: Readers, server: Server) -> None:
    page = readers(server).open("/")
    steps = page.evaluate("() => history.length")
    page.evaluate(
        "() => { for (let n = 0; n < 3; n += 1) document.querySelector('#step-back').click(); }"
    )
    expect(page.locator("#clear-asof")).to_be_visible()
    assert page.evaluate("() => history.length") == steps + 1


def test_a_map_that_is_drawn_gives_way_to_no_older_picture(
    readers: Readers, server: Server
) -> None:
    reader = readers(server)
    page = reader.open("/?view=52.00_5.00_6")
    page.evaluate(
        """() => {
          window.given = 0;
          const live = document.querySelector("#live");
          new MutationObserver(() => { if (!live.classList.contains("drawn")) window.given += 1; })
            .observe(live, { attributeFilter: ["class"] });
        }"""
    )
    _tick(page, "NL")
    reader.wait_total(2)
    assert page.evaluate("() => window.given") == 0


def test_the_picture_is_there_until_the_next_map_is(readers: Readers, server: Server) -> None:
    reader = readers(server)
    page = reader.open("/?view=52.00_5.00_6")
    page.get_by_role("link", name="Timeline", exact=True).click()
    reader.until(LIVE)
    reader.until("() => !document.querySelector('#live iframe')")
    page.evaluate(
        """() => {
          window.empty = 0;
          const live = document.querySelector("#live");
          new MutationObserver(() => {
            const inside = live.querySelector("iframe")?.contentDocument;
            const units = inside?.querySelectorAll("[data-unit]").length ?? 0;
            if (live.classList.contains("drawn") && !units) window.empty += 1;
          }).observe(live, { attributeFilter: ["class"] });
        }"""
    )
    page.get_by_role("link", name="Map", exact=True).click()
    reader.drawn()
    assert page.evaluate("() => window.empty") == 0


def test_the_picture_zooms_while_there_is_no_map(readers: Readers, server: Server) -> None:
    reader = readers(server)
    reader.allowed = lambda text: "WebSocket" in text
    no_socket(reader)
    page = reader.page
    page.goto(server.url + "/?view=52.00_5.00_6")
    reader.until(READY)
    page.locator(".map-zoom a").first.click()
    expect(page.locator(".map-zoom a").first).to_have_attribute("href", re.compile("_8$"))
    assert page.url.endswith("view=52.00_5.00_7")
    page.locator(".map-back:visible").click()
    expect(page.locator(".overview")).to_be_visible()
    assert "view=" not in page.url


def test_a_fetch_that_failed_is_forgotten_by_the_next(readers: Readers, server: Server) -> None:
    reader = readers(server)
    reader.allowed = lambda text: "WebSocket" in text or "ERR_FAILED" in text
    no_socket(reader)
    page = reader.page
    page.goto(server.url + "/timeline")
    expect(page.locator("#status")).to_contain_text(LINE, timeout=SECONDS * 1000)

    def fail(route: Route) -> None:
        route.abort()

    reader.context.route("**/timeline?*", fail)
    _tick(page, "NL")
    expect(page.locator("#status")).to_contain_text("could not be fetched")
    reader.context.unroute("**/timeline?*", fail)
    _tick(page, "ES")
    expect(page.locator("#status")).to_contain_text(LINE)


def test_a_style_sheet_that_never_comes_holds_no_page_back(
    readers: Readers, server: Server
) -> None:
    reader = readers(server)
    held: list[Route] = []
    reader.context.route("**/page-countries*.css*", lambda route: held.append(route))
    page = reader.open("/")
    page.get_by_role("link", name="Countries", exact=True).click()
    expect(page.locator("#page")).to_have_attribute("data-page", "countries")
    assert held


def test_words_written_before_the_script_came_are_searched_for(
    readers: Readers, server: Server
) -> None:
    reader = readers(server)
    held: list[Route] = []
    reader.context.route("**/page.js*", lambda route: held.append(route))
    page = reader.page
    page.goto(server.url + "/timeline")
    while not held:
        page.wait_for_timeout(20)  # between two looks
    page.locator("input[name=q]").fill("rotterdam")
    for route in held:
        route.continue_()
    page.wait_for_url("**/timeline?q=rotterdam")
    expect(page.locator("input[name=q]")).to_have_value("rotterdam")


def test_names_that_streamlit_keeps_to_itself_do_no_harm(readers: Readers, server: Server) -> None:
    reader = readers(server)
    page = reader.page
    # a value that is ignored keeps the address as it is
    page.goto(server.url + "/timeline?embed=true&country=NL&country=XX")
    reader.until(LIVE)
    assert "Netherlands" in page.title()


def test_an_older_browser_keeps_the_button(readers: Readers, server: Server) -> None:
    reader = readers(server)
    reader.allowed = lambda _text: True

    def older(route: Route) -> None:
        # what it cannot read, wherever that is
        route.fulfill(body=route.fetch().text().replace("?.", "@."), content_type="text/html")

    reader.context.route("**/timeline", older)
    reader.page.goto(server.url + "/timeline")
    expect(reader.page.get_by_role("button", name="Apply")).to_be_visible()
    assert reader.errors
    reader.errors.clear()


def test_an_address_outlives_a_ledger_that_cannot_be_read(
    readers: Readers, fresh: object, ledger: Path
) -> None:
    file = ledger / "stations.csv"
    content = file.read_bytes()
    file.unlink()
    server = fresh(ledger)  # type: ignore[operator]
    reader = readers(server)
    reader.allowed = lambda text: "503" in text
    page = reader.page
    page.goto(server.url + "/?country=NL&country=ES")
    expect(page.locator("[data-panel=sorry]")).to_be_visible()
    reader.until("() => document.documentElement.dataset.live === 'true'")
    assert page.url == server.url + "/?country=NL&country=ES"
    file.write_bytes(content)
    page.reload()
    expect(page.locator("#sentence")).to_contain_text("Spain")
    reader.until(LIVE)
    # from now on there is a good reading, and a file that is gone takes nothing from a reader
    file.unlink()
    _tick(page, "IT")
    expect(page.locator("#sentence")).to_contain_text("Italy")
    assert page.locator("[data-panel=sorry]").count() == 0


def test_the_page_stands_still_under_a_finger(reader: Reader) -> None:
    page = reader.open("/?country=NL&province=CN-ZJ")
    before = page.locator("#sentence").get_attribute("data-total")
    link = page.locator("#clear-all")
    box = link.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    # an answer that makes the labels before the link longer, and so moves it away
    page.evaluate(
        "() => { const { receive } = window.atlas;"
        " window.atlas.receive = (...sent) => { window.answered = true; return receive(...sent); };"
        " window.atlas.go('/?country=NL&province=CN-ZJ&status=looked_found_none'); }"
    )
    reader.until("() => window.answered")
    assert page.locator("#sentence").get_attribute("data-total") == before
    page.mouse.up()
    reader.until("() => location.pathname + location.search === '/'")
    reader.until(
        "(n) => Number(document.querySelector('#sentence').dataset.total) > n", int(before or 0)
    )
