"""The card: reached and left by every hand, in sight on every screen, whole on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from geo.ledger.snapshot import Snapshot
from geo.words.cards import record_card
from tests.browser.conftest import DESK, PHONE, Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.sizes import size

LOW = {"width": 844, "height": 390}
TABLET = {"width": 768, "height": 1024}
LIVE = "() => document.documentElement.dataset.live === 'true'"
#: what has the focus, within the map's frame too
FOCUS = """() => {
  let e = document.activeElement;
  if (e.tagName === "IFRAME") e = e.contentDocument.activeElement;
  return e.id || e.dataset.record || e.dataset.place || e.dataset.country
    || e.closest("[data-unit]")?.dataset.unit || e.tagName;
}"""
#: screens that the card takes, and what of its first parts cannot be seen
MEASURED = """() => {
  const panel = document.querySelector('[data-panel="card"]');
  const box = panel.getBoundingClientRect();
  const bottom = (part) => part.getBoundingClientRect().bottom - Math.min(box.bottom, innerHeight);
  return {
    screens: panel.scrollHeight / panel.clientHeight,
    wide: panel.scrollWidth - panel.clientWidth,
    latest: bottom(panel.querySelector('[data-row="latest"]')),
    answers: panel.querySelectorAll('[data-row="answer"]').length,
  };
}"""


def _open(reader: Reader, address: str) -> Page:
    """Open an address, and wait until clicks are answered by Streamlit."""
    reader.page.goto(reader.url + address)
    reader.until(LIVE)
    return reader.page


def _shown(reader: Reader, code: str) -> None:
    reader.until(
        "(id) => { const t = document.querySelector('#card-title');"
        " return t && t.dataset.focus === id && document.activeElement === t; }",
        code,
    )


def _closed(reader: Reader) -> None:
    reader.until("() => !document.querySelector('article.card')")


def _focused(reader: Reader, name: str) -> None:
    reader.until(f"(name) => ({FOCUS})() === name", name)


def _longest(snapshot: Snapshot) -> list[str]:
    """Ids of the records with the most to print; of all where CI is true."""

    def length(name: str) -> int:
        card = record_card(snapshot.dataset.records_by_id[name], snapshot, snapshot)
        return len(repr((card.claim, card.answers, card.latest_accounts)))

    found = sorted(snapshot.dataset.records_by_id, key=length, reverse=True)
    return found[: size(4, len(found))]


# focus


def test_a_card_is_opened_and_left_by_keyboard_from_the_list(reader: Reader) -> None:
    page = _open(reader, "/?country=NL")
    row = page.locator('[data-panel="list"] a[data-record="nl-rotterdam-1"]')
    row.focus()
    page.keyboard.press("Enter")
    _shown(reader, "nl-rotterdam-1")
    # the next stop closes it, and Tab goes on through its links
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.matches('a.close')")
    page.keyboard.press("Tab")
    assert page.evaluate("() => !!document.activeElement.closest('[data-panel=card]')")
    page.keyboard.press("Escape")
    _closed(reader)
    _focused(reader, "nl-rotterdam-1")
    page.keyboard.press("Enter")
    _shown(reader, "nl-rotterdam-1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _closed(reader)
    _focused(reader, "nl-rotterdam-1")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["map", "tiles"])
def test_a_card_from_a_mark_gives_the_focus_back_to_it(
    readers: Readers, server: Server, screen: dict[str, int]
) -> None:
    reader = readers(server, screen)
    page = _open(reader, "/")
    mark = page.locator('a[data-records][data-place="NL"]:visible').first
    mark.focus()
    page.keyboard.press("Enter")
    _shown(reader, "NL")
    # a card from a card: its title, and by closing it the mark
    page.locator('article.card a[data-record="nl-rotterdam-1"]').focus()
    page.keyboard.press("Enter")
    _shown(reader, "nl-rotterdam-1")
    page.keyboard.press("Escape")
    _closed(reader)
    _focused(reader, "NL")


def test_a_card_from_a_symbol_of_the_map_gives_the_focus_back_to_it(reader: Reader) -> None:
    page = _open(reader, "/?view=52.00_5.00_6")
    reader.until("() => document.querySelector('#live').classList.contains('drawn')")
    symbol = page.frame_locator("#live iframe").locator('[data-unit="nl-rotterdam-1"] a')
    symbol.focus()
    page.keyboard.press("Enter")
    _shown(reader, "nl-rotterdam-1")
    page.keyboard.press("Escape")
    _closed(reader)
    _focused(reader, "nl-rotterdam-1")


def test_going_back_closes_a_card_and_gives_the_focus_back(
    readers: Readers, server: Server
) -> None:
    reader = readers(server, PHONE, has_touch=True, is_mobile=True)
    page = _open(reader, "/")
    page.locator('a.country-tile[data-place="NL"]').tap()
    _shown(reader, "NL")
    page.go_back()
    _closed(reader)
    _focused(reader, "NL")


def test_a_card_that_nothing_opened_leaves_the_focus_on_its_record(reader: Reader) -> None:
    page = _open(reader, "/?country=NL&record=nl-rotterdam-1")
    page.keyboard.press("Escape")
    _closed(reader)
    _focused(reader, "nl-rotterdam-1")


@pytest.mark.parametrize(
    ("address", "row"),
    [
        ("/data?record=nl-rotterdam-1", "/data?record=nl-rotterdam-1"),
        ("/countries?place=NL", "/countries?country=NL"),
    ],
)
def test_a_card_that_nothing_opened_leaves_the_focus_on_its_row(
    reader: Reader, address: str, row: str
) -> None:
    page = _open(reader, address)
    page.keyboard.press("Escape")
    _closed(reader)
    reader.until("(row) => document.activeElement.matches(`tr a[href='${row}']`)", row)


def test_the_arrows_go_through_the_selection(reader: Reader) -> None:
    page = _open(reader, "/?country=NL&record=nl-amsterdam-1")
    steps = page.locator("article.card .steps")
    expect(steps).to_contain_text("1 of 2")
    expect(steps.get_by_role("link", name="Previous record")).to_have_count(0)
    steps.get_by_role("link", name="Next record").click()
    _shown(reader, "nl-rotterdam-1")
    expect(steps).to_contain_text("2 of 2")
    expect(steps.get_by_role("link", name="Next record")).to_have_count(0)


@pytest.mark.parametrize("record", ["nl-rotterdam-1"])
def test_a_card_on_an_earlier_day_leads_back_to_today(reader: Reader, record: str) -> None:
    page = _open(reader, f"/?record={record}&asof=2022-10-01")
    later = page.locator("article.card .dated")
    expect(later).to_contain_text("As of 1 October 2022.")
    later.get_by_role("link", name=re.compile("later entr")).click()
    reader.until("() => !location.search.includes('asof')")
    expect(page.locator("article.card footer")).to_contain_text(record)
    expect(later.get_by_role("link")).to_have_count(0)


# every screen


@pytest.mark.parametrize(
    "screen", [DESK, PHONE, LOW, TABLET], ids=["desk", "phone", "landscape", "tablet"]
)
def test_every_card_begins_with_its_latest_word_and_is_three_screens_at_most(
    readers: Readers, server: Server, snapshot: Snapshot, screen: dict[str, int]
) -> None:
    page = readers(server, screen, java_script_enabled=False).page
    found: dict[str, dict[str, float]] = {}
    for record in _longest(snapshot):
        page.goto(f"{server.url}/?record={record}")
        measured = page.evaluate(MEASURED)
        assert measured["answers"] == 3
        assert measured["wide"] <= 0
        assert measured["latest"] <= 0, record
        found[record] = measured
    if screen in (DESK, PHONE):
        assert {r: m["screens"] for r, m in found.items() if m["screens"] > 3} == {}


@pytest.mark.parametrize("screen", [PHONE, LOW], ids=["phone", "landscape"])
@pytest.mark.parametrize("record", ["nl-amsterdam-1", "au-sydney-1", "jp-tokyo-1"])
def test_the_sheet_leaves_the_chosen_tile_in_sight(
    readers: Readers, server: Server, snapshot: Snapshot, screen: dict[str, int], record: str
) -> None:
    country = snapshot.dataset.records_by_id[record].host_country
    reader = readers(server, screen, has_touch=True, is_mobile=True)
    page = _open(reader, f"/?record={record}")
    sheet = page.locator('[data-panel="card"]').bounding_box()
    assert sheet is not None
    assert sheet["x"] + sheet["width"] == pytest.approx(screen["width"], abs=1)
    assert sheet["y"] + sheet["height"] == pytest.approx(screen["height"], abs=1)
    expect(page.locator(f'a.country-tile[data-place="{country}"]')).to_have_attribute(
        "aria-current", "true"
    )
    reader.until(
        "([place, x, y]) => { const box = document.querySelector("
        "`a.country-tile[data-place=\"${place}\"]`).getBoundingClientRect();"
        " return box.top >= 0 && box.left >= 0 && (box.bottom <= y || box.right <= x); }",
        [country, sheet["x"], sheet["y"]],
    )  # fmt: skip


def test_a_sheet_that_is_pulled_down_closes_and_pulled_up_grows(
    readers: Readers, server: Server
) -> None:
    reader = readers(server, PHONE, has_touch=True, is_mobile=True)
    page = _open(reader, "/?record=nl-rotterdam-1")
    panel = page.locator('[data-panel="card"]')
    before = panel.bounding_box()
    pull = """(by) => {
      const head = document.querySelector(".cardhead");
      const at = (type, clientY) => head.dispatchEvent(new PointerEvent(
        type, { bubbles: true, pointerType: "touch", clientX: 100, clientY }));
      at("pointerdown", 300);
      at("pointerup", 300 + by);
    }"""
    page.evaluate(pull, -120)
    reader.until(
        "(height) => document.querySelector('[data-panel=card]').offsetHeight > height",
        before["height"] if before else 0,
    )
    page.evaluate(pull, 120)
    reader.until(
        "(height) => document.querySelector('[data-panel=card]').offsetHeight <= height",
        before["height"] if before else 0,
    )
    page.evaluate(pull, 120)
    _closed(reader)


def test_the_page_behind_the_sheet_does_not_move_with_it(readers: Readers, server: Server) -> None:
    reader = readers(server, PHONE, has_touch=True, is_mobile=True)
    page = _open(reader, "/?record=nl-rotterdam-1")
    reader.until("() => !document.querySelector('#status').textContent")
    top = page.evaluate("() => scrollY")
    page.locator('[data-panel="card"]').evaluate("(e) => { e.scrollTop = e.scrollHeight; }")
    page.mouse.move(195, 700)
    for _turn in range(3):
        page.mouse.wheel(0, 400)
    reader.until(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame("
        "() => done(true))))"
    )
    assert page.evaluate("() => scrollY") == top


# paper


@pytest.mark.parametrize("path", ["/s/", "/?record="])
def test_the_longest_cards_are_printed_whole_on_four_sheets_at_most(
    readers: Readers, server: Server, snapshot: Snapshot, path: str
) -> None:
    page = readers(server, java_script_enabled=False).page
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "14mm")
    for record in _longest(snapshot)[: size(2, 12)]:
        page.goto(server.url + path + record)
        paper = page.pdf(format="A4", margin=margin)  # type: ignore[arg-type]
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= 4, record
        page.emulate_media(media="print")
        hidden = page.locator("details.folded li, details.quotes p").evaluate_all(
            "all => all.filter((e) => !e.checkVisibility({ contentVisibilityAuto: true })"
            " || !e.offsetHeight).length"
        )
        assert hidden == 0, "what is folded is open on paper"
        expect(page.locator(".cardtools, .close").first).to_be_hidden()
        page.emulate_media(media="screen")
