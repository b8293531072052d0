"""What is not text can be seen too: in both themes, more contrast, and a reader's own colours."""

from __future__ import annotations

from itertools import chain

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Readers
from tests.browser.contrast import contrasts, covered, faint, faint_edges, faint_rings
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.sizes import size

#: pages with marks, charts or something picked; the first ones every day
DRAWN = (
    "/?record=nl-amsterdam-1&country=NL",
    "/timeline?rows=country&period=all&event=nl-2022-11-01-told-to-stop",
    "/?side=countries&status=claim_only",
    "/?asof=2022-12-05&flag=told_to_stop",
    "/timeline",
    "/countries",
    "/data?record=nl-amsterdam-1&country=NL",
)
EDGED = (
    "/about",
    "/countries?rest=1&coverage=not_listed",
    "/s/nl-amsterdam-1",
    "/c/NL",
    "/v",
    "/changes",
    "/api",
)
MAP = "/?view=50.00_8.00_5&record=nl-amsterdam-1"
COVERAGE = "/?layer=coverage&view=45.00_10.00_3"
THEMES = ("light", "dark")


def _read(page: Page, url: str) -> None:
    page.goto(url)
    # a page scrolled by a script is no answer to a key
    page.keyboard.press("Tab")


def _picked(reader: Reader, address: str) -> Page:
    page = reader.page
    _read(page, reader.url + address)
    return page


@pytest.mark.parametrize("theme", THEMES)
def test_marks_edges_and_rings_can_be_seen(readers: Readers, server: Server, theme: str) -> None:
    found = {}
    for screen in ({"width": 1400, "height": 900}, PHONE)[: size(1, 2)]:
        reader = readers(server, screen, color_scheme=theme)
        for address in DRAWN[: size(2, len(DRAWN))]:
            page = _picked(reader, address)
            found[address] = faint(page)
            page.evaluate(
                "() => { for (const e of document.querySelectorAll('details')) e.open = true; }"
            )
            found[f"{address}, open"] = [*faint_edges(page), *faint_rings(page)]
        for address in EDGED[: size(1, len(EDGED))]:
            page = _picked(reader, address)
            found[address] = [*faint_edges(page), *faint_rings(page)]
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_the_detail_map_can_be_seen(readers: Readers, server: Server, theme: str) -> None:
    reader = readers(server, color_scheme=theme)
    for address in (MAP, COVERAGE):
        page = reader.open(address)
        page.keyboard.press("Tab")
        assert faint(reader.frame) == []
        reader.frame.locator(".leaflet-container").press("Tab")
        assert faint_rings(reader.frame) == []
        # the picture before it
        assert faint(page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_colours_of_the_readers_own_leave_everything_to_be_read(
    readers: Readers, server: Server, theme: str
) -> None:
    for screen in ({"width": 1400, "height": 900}, PHONE)[: size(1, 2)]:
        reader = readers(server, screen, color_scheme=theme, forced_colors="active")
        for address in DRAWN[: size(2, len(DRAWN))]:
            page = _picked(reader, address)
            assert covered(page) == [], address
            assert faint(page) == [], address
    frame_reader = readers(server, color_scheme=theme, forced_colors="active")
    frame_reader.open(MAP)
    assert faint(frame_reader.frame) == []


#: what is picked, and one of the same kind that is not
PAIRS = {
    "/?status=claim_only&record=nl-rotterdam-1": (
        (".legend a[aria-current]", ".legend a:not([aria-current])"),
        ("#menu-status > summary", "#menu-country > summary"),
        (".top nav a[aria-current]", ".top nav a:not([aria-current])"),
    ),
    "/?side=countries&record=it-prato-1": (
        (".country-tile[aria-current]", ".country-tile:not([aria-current])"),
        (".map-area a[aria-current]", ".map-area a:not([aria-current])"),
        (".views a[aria-current]", ".views a:not([aria-current])"),
    ),
    "/?side=countries&flag=told_to_stop": (
        (".switch a[aria-current]", ".switch a:not([aria-current])"),
        (".side a[aria-current]", ".side a:not([aria-current])"),
    ),
    "/timeline?rows=country": ((".segments a[aria-current]", ".segments a:not([aria-current])"),),
}
_LOOK = """([picked, other]) => [picked, other].map((selector) => {
  const e = [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());
  if (!e) return null;
  const s = getComputedStyle(e);
  const edges = [s.borderTopWidth, s.borderTopStyle, s.outlineStyle, s.outlineWidth];
  return [...edges, s.forcedColorAdjust === "none" ? s.backgroundColor : ""].join(" ");
})"""


def test_what_is_picked_differs_in_forced_colours_too(readers: Readers, server: Server) -> None:
    compared = set()
    for screen in ({"width": 1400, "height": 900}, PHONE):
        reader = readers(server, screen, forced_colors="active")
        for address, pairs in PAIRS.items():
            reader.page.goto(server.url + address)
            for pair in pairs:
                picked, other = reader.page.evaluate(_LOOK, pair)
                if picked and other:
                    assert picked != other, (address, pair)
                    compared.add(pair)
    assert compared == set(chain.from_iterable(PAIRS.values()))


def test_more_contrast_is_nowhere_less(readers: Readers, server: Server) -> None:
    for theme in THEMES:
        reader = readers(server, color_scheme=theme)
        for address in ("/", "/timeline", "/countries")[: size(1, 3)]:
            reader.page.emulate_media(contrast="no-preference")
            reader.page.goto(server.url + address)
            usual = contrasts(reader.page)
            reader.page.emulate_media(contrast="more")
            strong = contrasts(reader.page)
            pairs = list(zip(chain(*usual), chain(*strong), strict=True))
            assert all(more >= less - 0.01 for less, more in pairs), address
            assert sum(more > less + 1 for less, more in pairs) > 20, address
        reader.page.emulate_media(contrast="no-preference")
        reader.open(MAP)
        width = "() => getComputedStyle(document.querySelector('.leaflet-container'))"
        width += ".getPropertyValue('--thin')"
        before = reader.frame.evaluate(width)
        reader.page.emulate_media(contrast="more")
        assert reader.frame.evaluate(width) != before


def test_nothing_moves_for_readers_who_want_no_motion(readers: Readers, server: Server) -> None:
    reader = readers(server, reduced_motion="reduce")
    page = reader.open("/?view=48.00_8.00_5")
    moving = (
        "() => document.getAnimations({ subtree: true })"
        ".filter((one) => one.playState === 'running').length"
    )
    frame = reader.frame
    frame.evaluate("() => { window.steps = 0; map.on('move', () => { window.steps += 1; }); }")
    for key in ("ArrowRight", "+", "-"):
        frame.locator(".leaflet-container").focus()
        frame.evaluate("() => { window.steps = 0; }")
        before = reader.view()
        page.keyboard.press(key)
        # there at once, by one step
        reader.until(
            "(before) => { const { map } = document.querySelector('#live iframe').contentWindow;"
            " const { lat, lng } = map.getCenter();"
            " return JSON.stringify([lat, lng, map.getZoom()]) !== JSON.stringify(before); }",
            list(before),
        )
        assert frame.evaluate(moving) == 0, key
        assert frame.evaluate("() => window.steps") <= 2, key
    page.locator("#menu-country > summary").click()
    expect(page.locator("#menu-country > .pop")).to_be_visible()
    assert page.evaluate(moving) == 0
