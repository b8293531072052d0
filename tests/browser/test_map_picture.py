"""The server's picture of the detail map shows what Leaflet draws, and works without a script."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from geo.ledger.dataset import Dataset, today
from geo.link.permalink import decode, parse_query
from geo.screen.map import map_picture
from geo.views.asset_urls import asset_url
from geo.views.palette import DARK, LIGHT
from geo.web.page_documents import FONTS
from geo.web.policy import page_policy
from tests.browser.conftest import DESK, PHONE, Readers
from tests.browser.serving import Server
from tests.screens import screen_of

#: pixels that a unit may be off: Leaflet rounds its places, and those of its bounds
OFF = 1.5
#: the fonts are asked for at once, as by the documents of pages: one that is late is not used
STYLES = "".join(
    f'<link rel="preload" href="{asset_url(name).partition("?")[0]}" as="font" crossorigin>'
    for name in FONTS
) + "".join(
    f'<link rel="stylesheet" href="{asset_url(name)}">'
    for name in ("fonts.css", "atlas.css", "detail-map.css", "page-map.css")
)

#: what is drawn, by unit: anchor, hit area, name, marks, halo, line, in the order of tabs
DRAWN = """() => {
  const root = document.querySelector(".map-picture") ?? document.documentElement;
  const box = root.getBoundingClientRect();
  const rect = (e) => {
    const r = e.getBoundingClientRect();
    return [r.x - box.x, r.y - box.y, r.width, r.height];
  };
  const read = (unit) => {
    const link = unit.querySelector("a");
    return [unit.dataset.unit, {
      hit: rect(link),
      marks: [...unit.querySelectorAll("svg > g")].flatMap(rect),
      name: [...unit.querySelectorAll("tspan")].map((e) => e.textContent),
      text: [...unit.querySelectorAll("text")].flatMap(rect),
      line: unit.querySelectorAll(".map-line").length,
      open: unit.querySelectorAll(".map-open").length,
      label: link.getAttribute("aria-label"),
      href: link.getAttribute("href"),
      current: link.getAttribute("aria-current"),
    }];
  };
  return {
    box: [box.width, box.height],
    units: [...root.querySelectorAll("[data-unit]")].map(read),
    names: [...root.querySelectorAll(".map-quiet")].map((e) => [e.textContent, rect(e)]),
  };
}"""

SIZES = {"desk": DESK, "phone": PHONE}
QUERIES = [
    "view=48.00_8.00_5",
    "view=35.00_10.00_3",
    "view=48.00_10.00_4&layer=coverage",
    "country=NL&view=52.00_5.00_6",
    "province=CN-ZJ&view=44.00_11.00_7&asof=2022-12-05",
    "view=79.00_-179.00_3",
    "view=-59.00_179.00_4",
    "record=it-prato-1&view=44.00_11.00_5",
    "record=br-sao-paulo-1&view=48.00_8.00_6",
    "place=ES&view=48.00_8.00_5",
]


def _document(dataset: Dataset, query: str, width: float, height: float) -> str:
    state = decode(parse_query(query), dataset, today())[0]
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Map</title>'
        f'{STYLES}<body style="margin:0;padding:0">'
        f'<div id="box" style="width:{width}px;height:{height}px">'
        f"{map_picture(screen_of(dataset, state))}</div></html>"
    )


def _hang(page: Page, server: Server, document: str) -> Page:
    """Show a document as a page of the server, under the policy of its pages."""

    def answer(route: Route) -> None:
        route.fulfill(
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": page_policy()},
            body=document,
        )

    page.route("**/picture", answer)
    page.goto(f"{server.url}/picture", wait_until="load")
    return page


def _asked(href: str) -> dict[str, list[str]]:
    asked = parse_qs(urlsplit(href).query)
    asked.pop("view")
    return asked


def _near(found: list[float], expected: list[float]) -> bool:
    return len(found) == len(expected) and all(
        math.isclose(a, b, abs_tol=OFF) for a, b in zip(found, expected, strict=True)
    )


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("device", SIZES)
def test_leaflet_draws_the_picture(
    readers: Readers, server: Server, dataset: Dataset, device: str, query: str
) -> None:
    reader = readers(server, SIZES[device])
    reader.open(f"/?{query}")
    reader.frame.evaluate("() => Promise.allSettled([...document.fonts].map((f) => f.load()))")
    live: dict[str, Any] = reader.frame.evaluate(DRAWN)
    width, height = live["box"]
    page = reader.context.new_page()
    _hang(page, server, _document(dataset, query, width, height))
    drawn = page.evaluate(DRAWN)
    assert drawn["box"] == live["box"]
    there, here = dict(live["units"]), dict(drawn["units"])
    seen = [
        code
        for code, unit in there.items()
        if unit["hit"][0] < width
        and unit["hit"][1] < height
        and unit["hit"][0] + unit["hit"][2] > 0
        and unit["hit"][1] + unit["hit"][3] > 0
    ]
    assert seen or "-5" in query or "79" in query
    assert [code for code in there if code in here] == list(here)
    for code in seen:
        one, other = there[code], here[code]
        for part in ("hit", "marks", "text"):
            assert _near(one[part], other[part]), (code, part, one[part], other[part])
        for part in ("name", "line", "open", "label", "current"):
            assert one[part] == other[part], (code, part)
        assert _asked(one["href"]) == _asked(other["href"]), code
    inside = {
        name: rect for name, rect in live["names"] if 0 < rect[0] < width and 0 < rect[1] < height
    }
    names = dict(drawn["names"])
    for name, rect in inside.items():
        assert _near(rect, names[name]), name


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_a_script_the_units_are_links_with_names(
    browser: Browser, server: Server, dataset: Dataset, theme: Any
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=DESK, color_scheme=theme)  # type: ignore[arg-type]
    query = "country=NL&country=BR&view=0.00_-20.00_3"
    page = context.new_page()
    document = _document(dataset, query, 850, 565)
    page.route("**/picture", lambda route: route.fulfill(body=document, content_type="text/html"))
    page.goto(f"{server.url}/picture")
    picture = page.get_by_role("region", name="Map of the records selected")
    links = picture.get_by_role("listitem").get_by_role("link")
    assert links.count() == 2
    brazil = picture.get_by_role("link", name="Brazil: 3 records.")
    words = brazil.locator(".map-tip")
    expect(words).not_to_be_visible()
    brazil.hover()
    expect(words).to_be_visible()
    # the words can be pointed at themselves
    words.hover()
    expect(words).to_be_visible()
    page.route("**/?*", lambda route: route.fulfill(body="opened"))
    brazil.click()
    page.wait_for_url("**/?country=BR&country=NL&view=0.00_-20.00_3&place=BR")
    context.close()


def _rgb(colour: str) -> str:
    """A colour of the palette as browsers write it."""
    red, green, blue = bytes.fromhex(colour[1:])
    return f"rgb({red}, {green}, {blue})"


def test_the_colours_are_those_of_the_theme(
    browser: Browser, server: Server, dataset: Dataset
) -> None:
    found = {}
    for theme in ("light", "dark"):
        context = browser.new_context(viewport=DESK, color_scheme=theme)  # type: ignore[arg-type]
        document = _document(dataset, "view=30.00_10.00_3", 850, 565)
        page = _hang(context.new_page(), server, document)
        found[theme] = page.evaluate(
            "() => [document.querySelector('img.map-land').currentSrc.split('#')[1] ?? '',"
            " getComputedStyle(document.querySelector('.map-picture')).backgroundColor,"
            " getComputedStyle(document.querySelector('.map-unit text')).fill]"
        )
        context.close()
    for theme, palette in (("light", LIGHT), ("dark", DARK)):
        assert found[theme] == [
            "dark" if theme == "dark" else "",
            _rgb(palette.sea),
            _rgb(palette.ink),
        ]
