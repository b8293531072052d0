"""Hands on the map: the overview hands over, two fingers move, one finger scrolls, keys work."""

from __future__ import annotations

import re
from typing import Any, cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import CDPSession, Page, expect

from geo.link.state import LEAST_ZOOM, MOST_ZOOM
from tests.browser.conftest import PHONE, Readers
from tests.browser.driver import FRAME, Reader
from tests.browser.serving import Server

EUROPE = "view=48.00_8.00_5"
#: keeps what moves on the page without being asked to
SHIFTS = """window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


def _middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _turn(page: Page) -> None:
    page.mouse.wheel(0, -120)


def _double(page: Page) -> None:
    # on the sea: on a unit the first click opens its card
    x, y = _middle(page, "[data-map=europe]")
    box = page.locator("[data-map=europe]").bounding_box()
    assert box is not None
    page.mouse.dblclick(x - box["width"] * 0.4, y - box["height"] * 0.2)


def _drag(page: Page) -> None:
    x, y = _middle(page, "[data-map=europe]")
    page.mouse.down()
    page.mouse.move(x + 40, y + 10, steps=5)
    page.mouse.up()


@pytest.mark.parametrize("hand", [_turn, _double, _drag])
def test_the_overview_hands_over_to_the_detail_map(reader: Reader, hand: Any) -> None:
    page = reader.page
    page.add_init_script(SHIFTS)
    reader.open("/")
    assert page.locator("#live iframe").count() == 0
    page.mouse.move(*_middle(page, "[data-map=europe]"))
    hand(page)
    reader.until("() => /view=[0-9.]+_-?[0-9.]+_5$/.test(location.search)")
    reader.drawn()
    assert page.evaluate("() => window.shifts") <= 0.02
    page.frame_locator(FRAME).locator(".map-back").click()
    reader.until("() => !location.search && !document.querySelector('#live iframe')")
    expect(page.locator("[data-map=europe]")).to_be_visible()
    page.go_back()
    reader.until("() => location.search.includes('view=')")
    reader.drawn()


def test_plus_and_minus_zoom_from_the_keyboard(reader: Reader) -> None:
    page = reader.open("/")
    page.locator('[data-map=europe] [data-place="NL"]').focus()
    page.keyboard.press("+")
    reader.until("() => location.search.includes('_5')")
    reader.drawn()
    page.frame_locator(FRAME).locator('[data-unit="nl-amsterdam-1"] a').focus()
    page.keyboard.press("+")
    reader.until("() => location.search.includes('_6')")
    page.keyboard.press("-")
    reader.until("() => location.search.includes('_5')")


@pytest.mark.parametrize(("turned", "zoom"), [(900, LEAST_ZOOM), (-900, MOST_ZOOM)])
def test_the_wheel_stops_at_the_last_zoom(reader: Reader, turned: int, zoom: int) -> None:
    # beyond it there are neither places nor land
    page = reader.open(f"/?view=48.00_8.00_{zoom + turned // 900}")
    page.mouse.move(*_middle(page, "#live"))
    page.mouse.wheel(0, turned)
    reader.until(f"() => location.search.endsWith('_{zoom}')")


def _touch(session: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    session.send(
        "Input.dispatchTouchEvent",
        {
            "type": kind,
            "touchPoints": [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)],
        },
    )


def test_one_finger_scrolls_the_page(readers: Readers, server: Server) -> None:
    reader = readers(server, PHONE, has_touch=True, is_mobile=True)
    page = reader.open(f"/?{EUROPE}")
    expect(page.frame_locator(FRAME).locator(".map-fingers")).to_be_visible()
    address, before = page.url, reader.view()
    session = reader.context.new_cdp_session(page)
    x, y = _middle(page, "#live")
    _touch(session, "touchStart", (x, y))
    for step in range(1, 15):
        _touch(session, "touchMove", (x, y - 20 * step))
    _touch(session, "touchEnd")
    reader.until("() => scrollY > 50")
    assert page.url == address
    assert reader.view() == before


def test_two_fingers_move_the_map(readers: Readers, server: Server) -> None:
    reader = readers(server, PHONE, has_touch=True, is_mobile=True)
    page = reader.open(f"/?{EUROPE}")
    session = reader.context.new_cdp_session(page)
    x, y = _middle(page, "#live")
    _touch(session, "touchStart", (x - 30, y), (x + 30, y))
    for step in range(1, 12):
        _touch(session, "touchMove", (x - 30 - 8 * step, y), (x + 30 + 8 * step, y))
    _touch(session, "touchEnd")
    reader.until("() => /_[6-9]$/.test(location.search)")
    assert page.evaluate("() => [scrollY, visualViewport.scale]") == [0, 1]


def test_the_frame_has_a_name_and_its_units_are_in_the_order_of_theirs(reader: Reader) -> None:
    page = reader.open(f"/?{EUROPE}")
    expect(page.locator("#live iframe")).to_have_attribute("title", "Map of the records selected")
    labels = reader.frame.evaluate(
        "() => [...document.querySelectorAll('[data-unit] a')]"
        ".map((a) => a.getAttribute('aria-label'))"
    )
    names = [re.split(r"[,:]| \(", label)[0] for label in labels]
    assert len(names) > 50
    assert names == sorted(names)
    small = reader.frame.evaluate(
        "() => [...document.querySelectorAll('[data-unit] a, .map-back, .leaflet-control-zoom a')]"
        ".map((e) => [e.getAttribute('aria-label'), e.getBoundingClientRect()])"
        ".filter(([, r]) => r.width < 24 || r.height < 24).length"
    )
    assert small == 0
    seen = []
    page.locator("#live iframe").focus()
    for _press in range(12):
        page.keyboard.press("Tab")
        seen.append(
            reader.frame.evaluate("() => document.activeElement.getAttribute('aria-label') ?? ''")
        )
    units = [label for label in seen if label in labels]
    assert units == [label for label in labels if label in units]
    assert len(units) >= 5


def test_nothing_moves_when_the_map_takes_the_place_of_its_picture(reader: Reader) -> None:
    reader.page.add_init_script(SHIFTS)
    reader.open(f"/?{EUROPE}")
    assert reader.page.evaluate("() => window.shifts") <= 0.02
    reader.pick("province", "CN-ZJ")
    reader.until("() => location.search.includes('province')")
    reader.drawn()
    assert reader.page.evaluate("() => window.shifts") <= 0.02


def test_without_motion_the_map_moves_at_once(readers: Readers, server: Server) -> None:
    reader = readers(server, reduced_motion="reduce")
    reader.open(f"/?{EUROPE}")
    moved = reader.frame.evaluate(
        "() => { const before = map.getCenter(); map.panBy([100, 0]); map.zoomIn();"
        " return [map.getZoom(), map.getCenter().lng > before.lng]; }"
    )
    assert moved == [6, True]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_that_are_forced_are_those_of_the_system(
    readers: Readers, server: Server, theme: str
) -> None:
    reader = readers(server, forced_colors="active", color_scheme=theme)
    reader.open(f"/?{EUROPE}")
    colours = reader.frame.evaluate(
        "() => { const probe = document.createElement('i'); document.body.append(probe);"
        " probe.style.color = 'CanvasText';"
        " const text = document.querySelector('.map-unit text');"
        " return [getComputedStyle(probe).color, getComputedStyle(text).fill]; }"
    )
    assert colours[0] == colours[1]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("query", ["view=45.00_10.00_3", "view=48.00_8.00_4&place=ES"])
def test_the_frame_has_no_barrier(readers: Readers, server: Server, query: str, theme: str) -> None:
    reader = readers(server, color_scheme=theme)
    reader.open(f"/?{query}")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    rules = {"runOnly": {"type": "tag", "values": tags}}
    # axe takes a page, and runs in a frame alike
    found = Axe().run(cast(Page, reader.frame), options=rules).response["violations"]
    assert [(violation["id"], len(violation["nodes"])) for violation in found] == []
