"""The server's picture of the map shows what Leaflet shows first, and works without a script."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from geo.ledger.dataset import Dataset, today
from geo.link.permalink import decode, parse_query
from geo.screen.map import map_picture
from geo.views.asset_urls import asset_url
from geo.views.first_view import first_view
from geo.views.palette import DARK, LIGHT
from geo.views.symbols import symbols
from geo.web.policy import page_policy
from tests.browser.conftest import DESK, PHONE, Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.screens import screen_of

#: pixels that a symbol may be off: Leaflet rounds its places, and those of its window
OFF = 2.0
STYLES = "".join(
    f'<link rel="stylesheet" href="{asset_url(name)}">'
    for name in ("fonts.css", "atlas.css", "page-map.css")
)

#: what Leaflet shows in its frame: zoom, leaders, and centre, width and name of each symbol
LEAFLET = """() => {
  const seen = (e) => e.getClientRects().length > 0;
  const read = (e) => {
    const r = e.getBoundingClientRect();
    return [e.dataset.id, [r.x + r.width / 2, r.y + r.height / 2, r.width,
      e.getAttribute("aria-label")]];
  };
  return {
    box: [document.documentElement.clientWidth, document.documentElement.clientHeight],
    zoom: map.getZoom(),
    leaders: [...document.querySelectorAll(".atlas-leader")].filter(seen).length,
    symbols: [...document.querySelectorAll(".atlas-symbol")].filter(seen).map(read),
  };
}"""

#: the same of the picture
PICTURE = """() => {
  const box = document.querySelector(".map-picture").getBoundingClientRect();
  const items = [...document.querySelectorAll(".map-view li")]
    .filter((e) => e.getClientRects().length);
  const read = (e) => {
    const link = e.querySelector("a");
    const r = link.getBoundingClientRect();
    return [e.id.replace(/^map-/, ""), [r.x - box.x + r.width / 2, r.y - box.y + r.height / 2,
      r.width, link.querySelector("span").textContent]];
  };
  const leads = (e) => Number(getComputedStyle(e, "::before").opacity) > 0;
  const land = [...document.querySelectorAll(".map-land")].find((e) => e.getClientRects().length);
  return {
    box: [box.width, box.height],
    scale: Number(getComputedStyle(document.querySelector(".map-view")).getPropertyValue("--k")),
    leaders: items.filter(leads).length,
    symbols: items.map(read),
    land: land.complete === undefined || land.naturalWidth > 0,
    world: land.getBoundingClientRect().width,
  };
}"""

#: the zoom that Leaflet fits bounds to in maps of some sizes
FITTED = """([sizes, bounds]) => sizes.map(([width, height]) => {
  const box = document.createElement("div");
  box.style.cssText = `width:${width}px;height:${height}px;position:absolute`;
  document.body.append(box);
  const other = L.map(box, { zoomSnap: 0.25, minZoom: 0, maxZoom: 9 }).setView([25, 15], 2);
  other.fitBounds(bounds, { padding: [18, 18], maxZoom: 5, animate: false });
  const zoom = other.getZoom();
  other.remove();
  box.remove();
  return zoom;
})"""

SIZES = {"desk": DESK, "phone": PHONE}
QUERIES = [
    "",
    "country=NL",
    "province=CN-ZJ",
    "country=ES&country=FR",
    "view=50.00_10.00_4.5",
    "view=20.00_100.00_2.25",
    "layer=coverage",
]


def _document(dataset: Dataset, query: str, width: float, height: float) -> str:
    state = decode(parse_query(query), dataset, today())[0]
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Map</title>'
        f'{STYLES}<body style="margin:0">'
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


def _closest(dataset: Dataset, query: str) -> float:
    state = decode(parse_query(query), dataset, today())[0]
    return first_view(symbols(screen_of(dataset, state).selection)[0], state.view).closest


def _settled(reader: Reader) -> None:
    """Wait until the map has been fitted to its styled frame."""
    reader.until(
        "() => { const w = document.querySelector('iframe[title*=st_folium]').contentWindow;"
        " const box = w.map.getContainer(), size = w.map.getSize();"
        " return w.map.atlasFitted && size.x === box.clientWidth && size.y === box.clientHeight"
        " && box.clientHeight === w.innerHeight"
        " && (w.map.atlasAsked || w.map.getZoom() !== 2 || w.map.getCenter().lat !== 25); }"
    )


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("device", SIZES)
def test_symbols_are_where_leaflet_puts_them(
    readers: Readers, server: Server, dataset: Dataset, device: str, query: str
) -> None:
    reader = readers(server, SIZES[device])
    reader.open(f"/?{query}")
    _settled(reader)
    live: dict[str, Any] = reader.frame.evaluate(LEAFLET)
    width, height = live["box"]
    page = reader.context.new_page()
    _hang(page, server, _document(dataset, query, width, height))
    drawn = page.evaluate(PICTURE)
    assert drawn["box"] == live["box"]
    assert drawn["land"], "the land has not come"
    zoom = _closest(dataset, query) + math.log2(drawn["scale"])
    assert zoom == pytest.approx(live["zoom"], abs=0.001)
    there, here = dict(live["symbols"]), dict(drawn["symbols"])
    seen = {
        code: symbol
        for code, symbol in there.items()
        if -13 < symbol[0] < width + 13 and -13 < symbol[1] < height + 13
    }
    assert seen
    assert seen.keys() <= here.keys()
    assert [code for code in there if code in here] == [code for code in here if code in there]
    for code, (x, y, size, name) in seen.items():
        assert math.dist((x, y), here[code][:2]) <= OFF, code
        assert here[code][2] == size
        assert here[code][3] == name
    # one that is moved by just 7 pixels may have a line here and none there
    assert abs(drawn["leaders"] - live["leaders"]) <= 1


def test_every_box_has_the_zoom_that_leaflet_fits_to_it(
    reader: Reader, server: Server, dataset: Dataset
) -> None:
    reader.open("/")
    widths, heights = (280, 366, 519, 520, 640, 835, 990, 1300), (260, 380, 563, 900)
    sizes = list(product(widths, heights))
    bounds = reader.frame.evaluate(
        "() => [map.atlasBounds.getSouthWest(), map.atlasBounds.getNorthEast()]"
    )
    fitted = reader.frame.evaluate(FITTED, [sizes, bounds])
    page = reader.context.new_page()
    _hang(page, server, _document(dataset, "", 100, 100))
    closest = _closest(dataset, "")
    for (width, height), zoom in zip(sizes, fitted, strict=True):
        page.evaluate(
            "([w, h]) => { const box = document.querySelector('#box').style;"
            " box.width = `${w}px`; box.height = `${h}px`; }",
            [width, height],
        )
        drawn = page.evaluate(PICTURE)
        found = closest + math.log2(drawn["scale"])
        assert found == pytest.approx(zoom, abs=0.001), (width, height)
        assert drawn["world"] == pytest.approx(256 * 2**zoom, rel=0.001)
        radius = 11 if width < 520 else 13
        assert {symbol[2] for _code, symbol in drawn["symbols"]} == {2 * radius}
    assert len(set(fitted)) > 5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_a_script_the_symbols_are_links_with_names(
    browser: Browser, server: Server, dataset: Dataset, theme: Any
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=DESK, color_scheme=theme)  # type: ignore[arg-type]
    page = _hang(context.new_page(), server, _document(dataset, "country=NL&country=BR", 850, 565))
    picture = page.get_by_role("region", name="Map of the records selected")
    links = picture.get_by_role("listitem").get_by_role("link")
    assert links.count() == 2
    brazil = picture.get_by_role("link", name="Brazil: 3 records.")
    name = brazil.locator("span")
    expect(name).to_have_css("opacity", "0")
    brazil.hover()
    expect(name).to_have_css("opacity", "1")
    page.route("**/?*", lambda route: route.fulfill(body="opened"))
    brazil.click()
    page.wait_for_url("**/?country=BR&country=NL&place=BR")
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
        page = _hang(context.new_page(), server, _document(dataset, "", 850, 565))
        found[theme] = page.evaluate(
            "() => [document.querySelector('img.map-land').currentSrc.split('#')[1] ?? '',"
            " getComputedStyle(document.querySelector('.map-picture')).backgroundColor,"
            " getComputedStyle(document.querySelector('.map-view text')).fill]"
        )
        context.close()
    for theme, palette in (("light", LIGHT), ("dark", DARK)):
        assert found[theme] == [
            "dark" if theme == "dark" else "",
            _rgb(palette.sea),
            _rgb(palette.ink),
        ]
