"""The first screen at a desk and on a phone, in light and dark, for every reader."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import DESK, PHONE, Readers
from tests.browser.driver import FRAME, SECONDS, Reader
from tests.browser.serving import Server
from tests.browser.test_first_screen import LIVE
from tests.sizes import size

PAGES = {
    "map": "/?country=ES",
    "card": "/?record=nl-rotterdam-1&view=52.00_5.00_6",
    "past": "/?asof=2022-12-05&place=ES&country=XQ",
    "timeline": "/timeline?country=ES&country=NL",
    "countries": "/countries?country=ES",
    "data": "/data?country=ES",
    "about": "/about",
}
IN_SIGHT = """(selector) => {
  const e = [...document.querySelectorAll(selector)].find((e) => e.getClientRects().length);
  if (!e) return selector + " is not shown";
  const r = e.getBoundingClientRect();
  return r.top >= 0 && r.bottom <= innerHeight && r.width > 0 ? "" :
    `${selector} lies at ${Math.round(r.top)} to ${Math.round(r.bottom)} of ${innerHeight}`;
}"""
#: each size and scheme once; all four pairs where CI is true
SCREENS = [(DESK, "light"), (PHONE, "dark"), (DESK, "dark"), (PHONE, "light")][: size(2, 4)]
WHOLE = "() => document.documentElement.scrollWidth - innerWidth"


def _open(reader: Reader, address: str) -> Page:
    reader.open(address) if "about" not in address else reader.page.goto(reader.url + address)
    expect(reader.page.locator('[data-panel="foot"] footer')).to_be_visible(timeout=SECONDS * 1000)
    # what a reader looks at for longest: the page while Streamlit is there
    reader.until(LIVE)
    if "timeline" in address:
        reader.page.locator(".chart .strip").wait_for()
    return reader.page


def test_the_first_screen_of_a_phone(readers: Readers, server: Server) -> None:
    reader = readers(server, PHONE, has_touch=True, is_mobile=True)
    page = _open(reader, "/")
    assert page.evaluate("() => [innerWidth, innerHeight]") == [PHONE["width"], PHONE["height"]]
    faults = [
        page.evaluate(IN_SIGHT, selector)
        for selector in (".top h1", ".opening .meaning", "#sentence", ".tiles-by-region")
    ]
    faults += [page.evaluate(IN_SIGHT, f"#menu-{n} > summary") for n in ("all", "asof")]
    faults += [page.evaluate(IN_SIGHT, f".side:nth-child({n}) .body") for n in (1, 2, 3)]
    assert [fault for fault in faults if fault] == []
    expect(page.locator(".opening .meaning")).to_contain_text("Points mark city centres")
    # all filters are one sheet, the day is another
    expect(page.locator("#menu-country > summary")).to_be_hidden()
    page.locator("#menu-all > summary").tap()
    page.locator("#menu-country > summary").tap()
    page.locator("label.option:has(#f-country-NL)").tap()
    expect(page.locator("#sentence")).to_contain_text("the Netherlands")
    expect(page.locator("#menu-country > summary")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#menu-country > summary")).to_be_hidden()
    assert page.evaluate(WHOLE) <= 0, "the page scrolls sideways"


def test_the_first_screen_of_a_desk(reader: Reader) -> None:
    page = _open(reader, "/?country=ES&record=es-madrid-2")
    order = (".top h1", "#sentence", ".opening .meaning", ".sides", "#menu-country > summary")
    shown = (*order, "#menu-province > summary", "#menu-status > summary", ".cardhead")
    assert [fault for s in shown if (fault := page.evaluate(IN_SIGHT, s))] == []
    # the order of the first screen
    tops = [page.locator(s).first.bounding_box()["y"] for s in order]  # type: ignore[index]
    assert tops == sorted(tops)


def test_the_sheet_of_a_phone_leaves_the_map_in_sight_and_closes(
    readers: Readers, server: Server
) -> None:
    reader = readers(server, PHONE, has_touch=True, is_mobile=True)
    page = _open(reader, "/?record=nl-rotterdam-1")
    panel = page.locator('[data-panel="card"]').bounding_box()
    assert panel is not None
    assert panel["y"] > 0
    assert panel["y"] + panel["height"] == pytest.approx(PHONE["height"], abs=2)
    page.get_by_role("link", name="Close the card").tap()
    expect(page.locator("article.card")).to_have_count(0)


def _serious(page: Page | Frame) -> list[str]:
    found = Axe().run(page)
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:160]} — "
        f"{node.get('failureSummary', '')[:300]}"
        for violation in found.response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(("screen", "scheme"), SCREENS)
def test_no_serious_barrier(
    readers: Readers, server: Server, screen: dict[str, int], scheme: str
) -> None:
    reader = readers(server, screen, color_scheme=scheme)
    found: dict[str, list[str]] = {}
    for name, address in PAGES.items():
        page = _open(reader, address)
        dark = page.evaluate(
            "() => getComputedStyle(document.body).backgroundColor"
            ".match(/\\d+/g).slice(0, 3).map(Number).reduce((a, b) => a + b) < 380"
        )
        assert dark == (scheme == "dark")
        barriers = _serious(page)
        if page.locator(FRAME).count():
            barriers += _serious(reader.frame)
        if barriers:
            found[name] = barriers
    assert found == {}


@pytest.mark.parametrize("address", ["/", "/?view=50.00_10.00_4"])
def test_every_symbol_has_a_name_and_a_place_in_the_order_of_tab(
    reader: Reader, address: str
) -> None:
    page = reader.open(address)
    document = page if address == "/" else reader.frame
    symbols = "[data-map] [data-place]" if address == "/" else "[data-unit] a"
    found, nameless = document.evaluate(
        "(symbols) => { const all = [...document.querySelectorAll(symbols)];"
        " return [all.length, all.filter((e) => e.tabIndex !== 0"
        " || !e.matches('a[href], [role=button]') || !e.getAttribute('aria-label')).length]; }",
        symbols,
    )
    assert found > 10
    assert nameless == 0


def test_a_card_is_printed_whole_and_without_what_is_pressed(reader: Reader) -> None:
    page = _open(reader, PAGES["card"])
    page.emulate_media(media="print")
    expect(page.locator('[data-panel="filters"]')).to_be_hidden()
    expect(page.locator("#menu-share")).to_be_hidden()
    card = page.locator('[data-panel="card"]')
    hidden, position = card.evaluate(
        "(e) => [e.scrollHeight - e.clientHeight, getComputedStyle(e).position]"
    )
    assert hidden <= 1
    assert position == "static"


def test_nothing_that_a_page_asks_for_is_missing(reader: Reader) -> None:
    missing: list[str] = []
    reader.page.on("response", lambda r: missing.append(r.url) if r.status >= 400 else None)
    _open(reader, PAGES["timeline"])
    assert missing == []
