"""No barrier that axe finds, on any page, in any state, in the map's frame too."""

from __future__ import annotations

from typing import Any, cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.sizes import size

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental"]
RULES = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
#: the one rule whose answer a theme changes
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
#: addresses of pages, each with the menu that is opened on it; the first ones every day
STATES = {
    "detail map with a card": ("/?record=de-1&view=48.00_8.00_5", ""),
    "share menu": ("/", "share"),
    "past day": ("/?asof=2022-12-05&country=ES&status=claim_only", ""),
    "unknown record": ("/s/nl-nowhere-9", ""),
    "overview": ("/", ""),
    "map of countries": ("/?view=45.00_10.00_3", ""),
    "coverage": ("/?layer=coverage&view=45.00_10.00_3", ""),
    "record": ("/?record=ca-montreal-1", ""),
    "country": ("/?place=IT", ""),
    "event": ("/?event=nl-2022-11-01-told-to-stop", ""),
    "filter": ("/", "country"),
    "further filters": ("/", "more"),
    "day": ("/", "asof"),
    "search": ("/?q=amsterdam", ""),
    "search in texts": ("/?q=police", ""),
    "answers": ("/?flag=told_to_stop", ""),
    "all countries": ("/?side=countries", ""),
    "nothing selected": ("/?country=NL&status=claim_only&q=zzzz", ""),
    "timeline": ("/timeline", ""),
    "timeline of countries": ("/timeline?rows=country&period=all", ""),
    "timeline with a card": ("/timeline?event=nl-2022-11-01-told-to-stop", ""),
    "countries": ("/countries", ""),
    "countries without records": ("/countries?rest=1&coverage=not_listed", ""),
    "data": ("/data", ""),
    "data with a card": ("/data?record=nl-amsterdam-1", ""),
    "about": ("/about", ""),
    "page of a record": ("/s/nl-amsterdam-1", ""),
    "page of a country": ("/c/NL", ""),
    "page of an event": ("/e/nl-2022-11-01-told-to-stop", ""),
    "page of a selection": ("/v", ""),
    "changes": ("/changes", ""),
    "API": ("/api", ""),
    "no page": ("/nothing", ""),
}
EVERY_DAY = 4
#: paths of the dashboard; the others are plain pages
LIVE = ("", "timeline", "countries", "data", "about")


def _opened(reader: Reader, address: str, menu: str) -> Page:
    if address.split("?")[0].strip("/") not in LIVE:
        reader.allowed = lambda text: "404" in text or "410" in text
        reader.page.goto(reader.url + address)
        return reader.page
    page = reader.open(address)
    reader.until("() => document.documentElement.dataset.live === 'true'")
    if menu:
        summary = page.locator(f"#menu-{menu} > summary")
        if not summary.is_visible():
            page.locator("#menu-all > summary").click()
        summary.click()
        expect(page.locator(f"#menu-{menu} > .pop")).to_be_visible()
    return page


def _violations(page: Page, rules: dict[str, Any]) -> list[str]:
    # axe takes a page, and runs in a frame alike
    frames = [cast(Page, frame) for frame in page.frames if frame.url != "about:blank"]
    return [
        f"{violation['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:240]}"
        for frame in frames
        for violation in Axe().run(frame, options=rules).response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_no_barrier(readers: Readers, server: Server, screen: dict[str, int]) -> None:
    reader = readers(server, screen, has_touch=screen is PHONE, is_mobile=screen is PHONE)
    found: dict[str, list[str]] = {}
    for name, (address, menu) in list(STATES.items())[: size(EVERY_DAY, len(STATES))]:
        reader.page.emulate_media(color_scheme="light")
        page = _opened(reader, address, menu)
        found[name] = _violations(page, RULES)
        page.emulate_media(color_scheme="dark")
        found[f"{name}, dark"] = _violations(page, CONTRAST)
    assert {name: barriers for name, barriers in found.items() if barriers} == {}
