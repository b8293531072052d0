"""The tables of the Data and Countries pages, as a reader finds, sorts and opens their rows."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.browser.test_first_screen import LIVE

#: shifts that no press has caused, and all of them, since the page was loaded
SHIFTS = """() => { window.__shifts = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries())
    window.__shifts += entry.value; }).observe({ type: "layout-shift" }); }"""
FOCUSED = "() => document.activeElement?.closest('th')?.className ?? ''"
#: what reaches out of its column
CUT = """() => [...document.querySelectorAll("main table, #page table")].filter((e) => {
  const box = e.closest("[data-panel]").getBoundingClientRect();
  return e.getBoundingClientRect().right > box.right + 1;
}).length"""


#: words of headings that take more than one line
BROKEN = """() => [...document.querySelectorAll("thead a")].flatMap((link) => {
  const [text] = [...link.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
  return [...text.data.matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return range.getClientRects().length > 1;
  }).map(({ 0: word }) => word);
})"""


@pytest.mark.parametrize("width", [390, 768, 1160, 1280, 1400])
@pytest.mark.parametrize("address", ["/data", "/countries"])
def test_no_heading_breaks_within_a_word(
    readers: Readers, server: Server, address: str, width: int
) -> None:
    reader = readers(server, {"width": width, "height": 800}, java_script_enabled=False)
    reader.page.goto(reader.url + address)
    assert reader.page.evaluate(BROKEN) == []


def test_what_is_in_a_table_is_found_by_the_browser(reader: Reader) -> None:
    page = reader.open("/data")
    reader.until(LIVE)
    assert page.evaluate("() => window.find('Rotterdam')")
    assert page.locator("canvas").count() == 0
    expect(page.get_by_role("table")).to_have_count(2)
    heads = page.get_by_role("columnheader", name="Latest word")
    expect(heads.first).to_be_visible()


def test_enter_opens_the_card_and_the_table_is_not_cut_beside_it(reader: Reader) -> None:
    page = reader.open("/data")
    reader.until(LIVE)
    page.locator(".of-records tbody a", has_text="nl-rotterdam-1").focus()
    page.keyboard.press("Enter")
    expect(page.locator("article.card")).to_contain_text("Rotterdam")
    assert page.evaluate(CUT) == 0
    expect(page.locator(".of-records tr[aria-current] th")).to_have_text("nl-rotterdam-1")


@pytest.mark.parametrize(("address", "code"), [("/data", "latest"), ("/countries", "newest")])
def test_sorting_moves_nothing_and_keeps_the_focus(reader: Reader, address: str, code: str) -> None:
    page = reader.open(address)
    reader.until(LIVE)
    page.evaluate(SHIFTS)
    link = page.locator(f"th.col-{code} a").first
    link.focus()
    for says in ("ascending", "descending"):
        page.keyboard.press("Enter")
        reader.until(f"() => document.querySelector('th.col-{code}').ariaSort === '{says}'")
        assert page.evaluate(FOCUSED) == f"col-{code}"
    assert page.evaluate("() => window.__shifts") <= 0.02


def test_the_head_of_a_table_stays_in_sight(reader: Reader) -> None:
    page = reader.open("/data")
    reader.until(LIVE)
    page.locator(".of-records tbody tr").nth(40).scroll_into_view_if_needed()
    box = page.locator(".of-records thead th").first.bounding_box()
    assert box is not None
    assert box["y"] >= 0


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_sections_are_reached_by_their_links(
    readers: Readers, server: Server, window: dict[str, int]
) -> None:
    reader = readers(server, window)
    page = reader.open("/countries")
    reader.until(LIVE)
    page.get_by_role("navigation", name="On this page").get_by_role(
        "link", name="China’s position over time"
    ).click()
    reader.until("() => location.hash === '#china'")
    expect(page.locator("#china-title")).to_be_in_viewport()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_chosen_rows_are_told_without_colours(readers: Readers, server: Server) -> None:
    reader = readers(server, forced_colors="active")
    page = reader.open("/countries?country=FR")
    reader.until(LIVE)
    border = page.locator("tr.picked th").evaluate("(e) => getComputedStyle(e).borderTopWidth")
    assert border == "2px"
