"""The head and the filters: skip links, focus, what is announced, menus inside the window."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.browser.test_first_screen import SHIFTS

LIVE = "() => document.documentElement.dataset.live === 'true'"
FOCUS = "() => { const e = document.activeElement; return e.id || e.closest('[id]')?.id; }"
#: an open menu that a reader cannot see the whole of
BEYOND = """() => [...document.querySelectorAll("details[open] > .pop, #menu-all[open] + .facets")]
  .map((e) => e.getBoundingClientRect())
  .filter((r) => r.left < 0 || r.top < 0
    || r.right > innerWidth + .5 || r.bottom > innerHeight + .5)
  .map((r) => [r.left, r.top, r.right, r.bottom].map(Math.round).join(" "))"""
LOW = {"width": 844, "height": 390}
SMALL = {"width": 1024, "height": 500}


def _open(reader: Reader, address: str) -> Page:
    reader.page.goto(reader.url + address)
    reader.until(LIVE)
    return reader.page


def test_skip_links_are_first_and_lead_where_they_say(reader: Reader) -> None:
    page = _open(reader, "/?country=NL")
    for number, (name, target) in enumerate(
        (("map", "live"), ("list", "list"), ("filters", "filters"), ("content", "page"))
    ):
        page.evaluate("() => document.activeElement.blur()")
        page.goto(reader.url + "/?country=NL")
        for _press in range(number + 1):
            page.keyboard.press("Tab")
        link = page.get_by_role("link", name=f"Skip to the {name}")
        expect(link).to_be_focused()
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 24, "it is seen while it has the focus"
        page.keyboard.press("Enter")
        assert page.evaluate(FOCUS) == target


@pytest.mark.parametrize(
    ("address", "link", "focused"),
    [
        ("/?asof=2022-12-05", "#clear-asof", "menu-asof"),
        ("/?country=NL", "#clear-country", "menu-country"),
        ("/?country=NL&province=CN-ZJ", "#clear-all", "sentence"),
        ("/?country=AO&province=CN-JS", ".loosen a", "sentence"),
    ],
)
def test_what_goes_away_with_its_click_passes_the_focus_on(
    reader: Reader, address: str, link: str, focused: str
) -> None:
    page = _open(reader, address)
    page.locator(link).first.focus()
    page.keyboard.press("Enter")
    reader.until("(id) => { const e = document.activeElement;"
                 " return (e.id || e.closest('[id]')?.id) === id; }", focused)  # fmt: skip


def test_a_change_is_announced_once(reader: Reader) -> None:
    page = _open(reader, "/")
    status = page.locator("#announced")
    expect(status).to_be_empty()
    reader.pick("country", "NL")
    expect(status).to_have_text("2 records. As of today.")
    page.keyboard.press("Escape")
    page.locator("#step-back").click()
    expect(status).to_contain_text(re.compile(r"records?\. As of \d"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#menu-share > summary").click()
    page.get_by_role("button", name="Copy fixed link").click()
    expect(status).to_have_text("Link copied")


def test_keys_of_one_letter_work_only_inside_what_they_step(reader: Reader) -> None:
    page = _open(reader, "/")
    page.locator(".top nav a").first.focus()
    page.keyboard.press("[")
    page.locator("#menu-asof > summary").focus()
    assert "asof" not in page.url
    page.keyboard.press("[")
    expect(page.locator("#clear-asof")).to_be_visible()
    assert "asof" in page.url


def test_a_turkish_browser_finds_italy(readers: Readers, server: Server) -> None:
    page = _open(readers(server, locale="tr-TR"), "/")
    page.locator("#menu-country > summary").click()
    for word in ("italy", "ITALY", "İtaly", "ıtaly"):
        page.locator("#narrow-country").fill(word)
        expect(page.locator("label.option:has(#f-country-IT)")).to_be_visible()
        expect(page.locator("label.option:has(#f-country-NL)")).to_be_hidden()


@pytest.mark.parametrize("screen", [DESK, SMALL, LOW, PHONE], ids=["desk", "small", "low", "phone"])
def test_menus_stay_inside_the_window(
    readers: Readers, server: Server, screen: dict[str, int]
) -> None:
    page = _open(readers(server, screen), "/")
    sheet = page.locator("#menu-all > summary").is_visible()
    names = (
        ["asof", "share"] if sheet else ["country", "province", "status", "more", "asof", "share"]
    )
    for name in [*names, *(["all"] if sheet else [])]:
        page.locator(f"#menu-{name} > summary").click()
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        assert page.evaluate(BEYOND) == [], name
        page.keyboard.press("Escape")


CHANGES = ("/?asof=2023-01-01", "/?asof=2023-01-01&province=CN-ZJ", "/?flag=told_to_stop")
TOPS = """() => [...document.querySelectorAll("[data-panel=sides], #filters, #live")]
  .map((e) => Math.round(e.getBoundingClientRect().top))"""


def _change(reader: Reader, address: str) -> None:
    said = reader.page.locator("#sentence").get_attribute("data-announced")
    reader.page.evaluate("(address) => window.atlas.go(address)", address)
    reader.until("(said) => document.querySelector('#sentence').dataset.announced !== said", said)
    reader.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))"
    )


def test_nothing_moves_when_a_filter_or_the_day_changes(reader: Reader) -> None:
    # also what moves at once after a press counts
    reader.page.add_init_script(SHIFTS.replace("if (!entry.hadRecentInput) ", ""))
    page = _open(reader, "/")
    page.evaluate("() => document.fonts.ready")
    for address in CHANGES:
        page.evaluate("() => { window.shifts = 0; }")
        _change(reader, address)
        assert page.evaluate("() => window.shifts") <= 0.02, address


def test_the_head_of_a_phone_keeps_its_height(readers: Readers, server: Server) -> None:
    reader = readers(server, PHONE)
    page = _open(reader, "/")
    page.evaluate("() => document.fonts.ready")
    tops = page.evaluate(TOPS)
    for address in CHANGES:
        _change(reader, address)
        assert page.evaluate(TOPS) == tops, address
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert page.locator("#menu-all > summary").is_visible()


def test_a_menu_that_is_opened_at_once_among_all_filters_stays_open(
    readers: Readers, server: Server
) -> None:
    reader = readers(server, PHONE)
    reader.open("/")
    # the browser tells of both when both are open
    told = reader.page.evaluate(
        """() => new Promise((done) => {
          const menus = ["menu-all", "menu-country"].map((id) => document.getElementById(id));
          let left = menus.length;
          const tell = () => { left -= 1; if (!left) done(menus.map((menu) => menu.open)); };
          for (const menu of menus) menu.addEventListener("toggle", () => queueMicrotask(tell));
          for (const menu of menus) menu.open = true;
        })"""
    )
    assert told == [True, True]
    # the next menu takes the place of the first, and all filters stay
    reader.page.locator("#menu-province > summary").click()
    reader.until("() => !document.getElementById('menu-country').open")
    assert reader.page.evaluate("() => document.getElementById('menu-all').open")
