"""The charts in a browser: exact at every width, each mark reachable, a window on the strip."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, Route, expect

from geo.link.permalink import decode, parse_query
from geo.paths import PROJECT
from geo.screen import timeline
from geo.screen.context import Screen
from geo.views.palette import DARK, LIGHT, Palette
from tests.browser.conftest import DESK, PHONE
from tests.entities import real
from tests.ledger_files import TODAY
from tests.screens import screen_of

SITE = "http://charts.example"
ASSETS = PROJECT / "geo/assets/atlas-1"
SHEETS = ("atlas.css", "page-timeline.css")
NAMES = ("paper", "soft", "ink", "blue", "muted", "rule")
#: the whole of what the page's script does here: it goes where it is told
PAGE_SCRIPT = "window.atlas = { go: (address) => { location.href = address; } };"
WIDTHS = (DESK, PHONE, {"width": 1024, "height": 768})
VIEWS = (
    "",
    "period=all&rows=country",
    "period=2023",
    "period=2022-11-07_2022-12-03",
    "period=2022-12-05_2022-12-06",
    "country=NL",
)
#: boxes of labels that overlap: lines of one axis, and of the strip
OVERLAPS = """() => {
  const seen = [...document.querySelectorAll(".chart text:not(.name):not(.level)")]
    .map((e) => [e.textContent, e.getBoundingClientRect()]).filter(([, box]) => box.width > 0);
  const found = [];
  seen.forEach(([a, one], i) => seen.slice(i + 1).forEach(([b, other]) => {
    if (one.left < other.right - 0.5 && other.left < one.right - 0.5
        && one.top + 3 < other.bottom - 3 && other.top + 3 < one.bottom - 3) {
      found.push(`${a} / ${b}`);
    }
  }));
  return seen.length < 4 ? ["no labels"] : found;
}"""
#: marks whose middle belongs to another element than their own link
COVERED = """() => [...document.querySelectorAll(".marks use")].filter((use) => {
  use.scrollIntoView({ block: "center" });
  const box = use.getBoundingClientRect();
  const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  return hit?.closest("a") !== use.closest("a");
}).map((use) => use.parentNode.textContent)"""
PLACES = """() => {
  const svg = document.querySelector(".marks").getBoundingClientRect();
  return Object.fromEntries([...document.querySelectorAll(".marks use")].map((use) => {
    const box = use.getBoundingClientRect();
    const address = new URL(use.closest("a").href.baseVal, location.href);
    return [address.searchParams.get("event"),
      100 * ((box.left + box.right) / 2 - svg.left) / svg.width];
  }));
}"""


def _declared(palette: Palette) -> str:
    return ";".join(f"--{name}:{getattr(palette, name)}" for name in NAMES)


def _screen(query: str) -> Screen:
    state, _notices = decode(parse_query(query), real(), TODAY)
    return screen_of(real(), state, "timeline")


def _document(query: str) -> str:
    screen = _screen(query)
    blocks = (timeline.tools, timeline.chart, timeline.words_over_time, timeline.entries)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Timeline</title>
      <meta name="viewport" content="width=device-width">
      <style>{"".join((ASSETS / name).read_text() for name in SHEETS)}
      html [data-panel] {{ {_declared(LIGHT)}; background: var(--paper); font-family: sans-serif }}
      @media (prefers-color-scheme: dark) {{ html [data-panel] {{ {_declared(DARK)} }} }}
      </style><script>{PAGE_SCRIPT}</script><script type="module" src="/timeline.js"></script>
      </head><body><main data-panel="x">{"".join(block(screen) for block in blocks)}</main></body>
      </html>"""


def _answer(route: Route, request: Request) -> None:
    address = urlsplit(request.url)
    if address.path == "/timeline":
        route.fulfill(body=_document(address.query), content_type="text/html")
    elif (script := ASSETS / Path(address.path).name).suffix == ".js":
        route.fulfill(path=script, content_type="text/javascript")
    else:
        route.fulfill(status=404)


@pytest.fixture
def visits(browser: Browser) -> Iterator[Any]:
    """Open the timeline of the frozen ledger at an address, without a server."""
    contexts = []

    def visit(query: str = "", size: dict[str, int] = DESK, **options: Any) -> Page:
        context = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.route("**/*", _answer)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{SITE}/timeline?{query}")
        page.errors = errors  # type: ignore[attr-defined]
        return page

    yield visit
    for context in contexts:
        for page in context.pages:
            assert getattr(page, "errors", []) == []
        context.close()


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("query", VIEWS)
def test_labels_do_not_overlap(visits: Any, query: str, size: dict[str, int]) -> None:
    page = visits(query, size)
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def test_marks_are_at_the_same_share_of_every_width(visits: Any) -> None:
    period = timeline.arranged(_screen("")).period
    for size in WIDTHS:
        found = visits("", size).evaluate(PLACES)
        assert len(found) > 50
        for name, share in found.items():
            said = real().events_by_id[name].said
            noon = said.first.toordinal() + 0.5 - period.first.toordinal()
            assert share == pytest.approx(100 * noon / period.days, abs=0.15)


@pytest.mark.parametrize("query", VIEWS)
def test_no_mark_covers_another_at_a_desk(visits: Any, query: str) -> None:
    assert visits(query).evaluate(COVERED) == []


def test_a_mark_is_a_link_with_a_name_that_opens_its_card(visits: Any) -> None:
    page = visits("")
    name = "1 November 2022, the Dutch foreign minister, Netherlands: Told or asked to stop"
    links = page.get_by_role("group", name="Host authorities").get_by_role("link", name=name)
    expect(links).to_have_count(1)
    links.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline?event=nl-2022-11-01-told-to-stop")
    current = page.locator(".marks a[aria-current]")
    expect(current).to_have_count(1)
    expect(current.locator("title")).to_have_text(name)


def test_a_mark_alone_has_a_target_of_24_pixels(visits: Any) -> None:
    page = visits("", PHONE, has_touch=True)
    small = page.locator(".marks a:has(circle.hit)").evaluate_all(
        """(links) => links.filter((link) => {
             const box = link.querySelector(".hit").getBoundingClientRect();
             return Math.min(box.width, box.height) < 23.99; }).length"""
    )
    assert small == 0
    assert page.locator(".marks a:has(circle.hit)").count() > 3


def _strip(page: Page) -> dict[str, float]:
    box = page.locator(".strip").bounding_box()
    assert box is not None
    return {"x": box["x"], "y": box["y"], "width": box["width"]}


def _drag(page: Page, start: float, end: float) -> None:
    page.locator(".strip").scroll_into_view_if_needed()
    box = _strip(page)
    y = box["y"] + 12
    page.mouse.move(box["x"] + start * box["width"], y)
    page.mouse.down()
    for share in (0.3, 0.7, 1):
        page.mouse.move(box["x"] + (start + (end - start) * share) * box["width"], y)
    page.mouse.up()


def _period(page: Page) -> tuple[date, date]:
    (value,) = parse_qs(urlsplit(page.url).query)["period"]
    first, last = value.split("_")
    return date.fromisoformat(first), date.fromisoformat(last)


def _day(share: float) -> date:
    whole = timeline.arranged(_screen("")).periods["all"]
    return whole.first + timedelta(days=round(share * whole.days))


def _near(found: date, wanted: date) -> bool:
    # a pixel is some days
    return abs((found - wanted).days) <= 8


def test_a_window_drawn_on_the_strip_becomes_the_period(visits: Any) -> None:
    page = visits("period=all&rows=country")
    with page.expect_navigation():
        _drag(page, 0.5, 0.7)
    first, last = _period(page)
    assert _near(first, _day(0.5))
    assert _near(last, _day(0.7))
    assert "rows=country" in page.url
    # an edge
    with page.expect_navigation():
        _drag(page, 0.7, 0.8)
    moved = _period(page)
    assert moved[0] == first
    assert _near(moved[1], _day(0.8))
    # the whole window
    with page.expect_navigation():
        _drag(page, 0.6, 0.5)
    before, after = moved, _period(page)
    assert _near(after[0], _day(0.4))
    assert abs((after[1] - after[0]) - (before[1] - before[0])) <= timedelta(days=1)


def test_a_window_drawn_with_a_finger(visits: Any) -> None:
    page = visits("period=all", PHONE, has_touch=True)
    page.locator(".strip").scroll_into_view_if_needed()
    box = _strip(page)
    client = page.context.new_cdp_session(page)

    def touch(kind: str, *shares: float) -> None:
        at = [{"x": box["x"] + s * box["width"], "y": box["y"] + 12} for s in shares]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    with page.expect_navigation():
        touch("touchStart", 0.2)
        for share in (0.3, 0.4, 0.6):
            touch("touchMove", share)
        touch("touchEnd")
    first, last = _period(page)
    assert abs((first - _day(0.2)).days) < 30
    assert abs((last - _day(0.6)).days) < 30


def test_a_click_on_the_strip_is_a_link(visits: Any) -> None:
    page = visits("")
    page.get_by_role("link", name="2023: ").click()
    page.wait_for_url("**/timeline?period=2023")
    expect(page.locator(".strip a[aria-current]")).to_have_attribute(
        "href", "/timeline?period=2023"
    )


def test_escape_puts_the_window_back(visits: Any) -> None:
    page = visits("")
    window = page.locator(".strip .window")
    before = [window.get_attribute(name) for name in ("class", "x", "width")]
    box = _strip(page)
    page.mouse.move(box["x"] + 20, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 12)
    assert window.get_attribute("x") != before[1]
    page.keyboard.press("Escape")
    assert [window.get_attribute(name) for name in ("class", "x", "width")] == before
    page.mouse.up()
    assert urlsplit(page.url).query == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_no_serious_barrier(visits: Any, scheme: str, size: dict[str, int]) -> None:
    page = visits("event=nl-2022-11-01-told-to-stop", size, color_scheme=scheme)
    found = Axe().run(page).response["violations"]
    serious = [
        (v["id"], node["html"][:200], node.get("failureSummary", "")[:200])
        for v in found
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]
    assert serious == []
