"""The charts in a browser: exact at every width, each mark reachable, sliders of period and day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, Request, Route, expect

from geo.link.permalink import decode, parse_query
from geo.paths import PROJECT
from geo.screen import timeline
from geo.screen.context import Screen
from geo.screen.days import days
from geo.views.palette import DARK, LIGHT, Palette
from tests.browser.conftest import DESK, PHONE
from tests.entities import real
from tests.ledger_files import TODAY
from tests.screens import screen_of
from tests.sizes import size

SITE = "http://charts.example"
ASSETS = PROJECT / "geo/assets/atlas-1"
SHEETS = ("atlas.css", "page-timeline.css", "page-map.css")
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
#: boxes of texts that overlap: of axes and strip, of named entries, of rows and their numbers
OVERLAPS = """() => {
  const seen = [...document.querySelectorAll(".chart text, .above li > *, .lane > p")]
    .map((e) => [e.textContent.trim(), e.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0);
  const found = [];
  seen.forEach(([a, one], i) => seen.slice(i + 1).forEach(([b, other]) => {
    if (one.left < other.right - 0.5 && other.left < one.right - 0.5
        && one.top + 3 < other.bottom - 3 && other.top + 3 < one.bottom - 3) {
      found.push(`${a} / ${b}`);
    }
  }));
  return seen.length < 4 ? ["no labels"] : found;
}"""
#: distance of the middles of two dots of one row that are nearest to each other
NEAREST = """() => Math.min(...[...document.querySelectorAll(".dots")].map((row) => {
  const middles = [...row.querySelectorAll(".dot")].map((dot) => {
    const box = dot.getBoundingClientRect();
    return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  });
  return Math.min(...middles.flatMap(([x, y], i) =>
    middles.slice(i + 1).map(([a, b]) => Math.hypot(a - x, b - y))));
}))"""
PLACES = """() => Object.fromEntries([...document.querySelectorAll(".dots .dot")].map((dot) => {
  const row = dot.closest(".dots").getBoundingClientRect();
  const box = dot.getBoundingClientRect();
  const address = new URL(dot.closest("a").href.baseVal, location.href);
  return [address.searchParams.get("event"),
    100 * ((box.left + box.right) / 2 - row.left) / row.width];
}))"""
FOCUSED = "() => document.activeElement.querySelector('title')?.textContent ?? ''"


def _declared(palette: Palette) -> str:
    return ";".join(f"--{name}:{getattr(palette, name)}" for name in NAMES)


def _screen(query: str, page: str = "timeline") -> Screen:
    state, _notices = decode(parse_query(query), real(), TODAY)
    return screen_of(real(), state, page)


BLOCKS = {
    "timeline": (timeline.tools, timeline.chart, timeline.words_over_time, timeline.entries),
    "map": (days,),
}


def _document(query: str, code: str) -> str:
    screen, blocks = _screen(query, code), BLOCKS[code]
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Timeline</title>
      <meta name="viewport" content="width=device-width">
      <style>{"".join((ASSETS / name).read_text() for name in SHEETS)}
      html [data-panel] {{ {_declared(LIGHT)}; background: var(--paper); font-family: sans-serif }}
      @media (prefers-color-scheme: dark) {{ html [data-panel] {{ {_declared(DARK)} }} }}
      </style><script>{PAGE_SCRIPT}</script><script>document.documentElement.classList.add("scripted")</script>
      <script type="module" src="/timeline.js"></script>
      <script type="module" src="/days.js"></script>
      </head><body><main data-panel="x">{"".join(block(screen) for block in blocks)}</main></body>
      </html>"""


def _answer(route: Route, request: Request) -> None:
    address = urlsplit(request.url)
    code = {"/timeline": "timeline", "/": "map"}.get(address.path)
    if code:
        route.fulfill(body=_document(address.query, code), content_type="text/html")
    elif (script := ASSETS / Path(address.path).name).suffix == ".js":
        route.fulfill(path=script, content_type="text/javascript")
    else:
        route.fulfill(status=404)


@pytest.fixture
def visits(browser: Browser) -> Iterator[Any]:
    """Open the timeline of the frozen ledger at an address, without a server."""
    contexts = []

    def visit(
        query: str = "", wide: dict[str, int] = DESK, path: str = "timeline", **options: Any
    ) -> Page:
        context = browser.new_context(viewport=wide, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.route("**/*", _answer)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{SITE}/{path}?{query}")
        page.errors = errors  # type: ignore[attr-defined]
        return page

    yield visit
    for context in contexts:
        for page in context.pages:
            assert getattr(page, "errors", []) == []
        context.close()


@pytest.mark.parametrize("wide", WIDTHS)
@pytest.mark.parametrize("query", VIEWS[: size(2, len(VIEWS))])
def test_labels_and_marks_do_not_overlap(visits: Any, query: str, wide: dict[str, int]) -> None:
    page = visits(query, wide)
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(NEAREST) >= 5.6
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("wide", WIDTHS)
@pytest.mark.parametrize("query", VIEWS[: size(2, len(VIEWS))])
def test_no_line_runs_through_the_name_of_a_row(
    visits: Any, query: str, wide: dict[str, int]
) -> None:
    page = visits(query, wide)
    page.add_style_tag(content=".lane > p, .lane > p * { color: transparent !important }")
    names = page.locator(".timeline .lane > p").all()
    assert names
    for name in names:
        words = name.text_content()
        with Image.open(BytesIO(name.screenshot())) as picture:
            inside = picture.convert("RGB").crop((1, 1, picture.width - 1, picture.height - 1))
        assert len(inside.getcolors(1000) or ()) == 1, words


def test_marks_are_at_the_same_share_of_every_width(visits: Any) -> None:
    period = timeline.arranged(_screen("")).period
    for wide in WIDTHS:
        found = visits("", wide).evaluate(PLACES)
        assert len(found) > 50
        for name, share in found.items():
            said = real().events_by_id[name].said
            noon = said.first.toordinal() + 0.5 - period.first.toordinal()
            assert share == pytest.approx(100 * noon / period.days, abs=0.15)


def test_vague_dates_are_hairlines_below_the_days(visits: Any) -> None:
    page = visits("")
    found = page.locator(".dots").evaluate_all(
        """(rows) => rows.flatMap((row) => {
          const box = (mark) => mark.getBoundingClientRect();
          const dots = [...row.querySelectorAll(".dot")].map((dot) => box(dot).bottom);
          return [...row.querySelectorAll(".hair")].map((hair) =>
            [hair.getBBox().height, box(hair).bottom - Math.max(0, ...dots)]);
        })"""
    )
    assert len(found) > 20
    assert all(height < 2 and below > 0 for height, below in found)


def test_a_mark_is_a_link_with_a_name_that_opens_its_card(visits: Any) -> None:
    page = visits("")
    name = "1 November 2022, the Dutch foreign minister, Netherlands: Told or asked to stop"
    links = page.get_by_role("group", name="Host authorities").get_by_role("link", name=name)
    expect(links).to_have_count(1)
    links.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline?event=nl-2022-11-01-told-to-stop")
    current = page.locator(".dots a[aria-current]")
    expect(current).to_have_count(1)
    expect(current.locator("title")).to_have_text(name)


def test_a_touch_near_a_mark_opens_it(visits: Any) -> None:
    page = visits("country=NL", PHONE, has_touch=True)
    dot = page.locator(".dots .dot").last
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    assert box is not None
    name = dot.locator("xpath=..").evaluate("(link) => new URL(link.href.baseVal, location).search")
    page.touchscreen.tap(box["x"] + box["width"] / 2 + 9, box["y"] + box["height"] / 2 + 6)
    page.wait_for_url(f"**/timeline{name}")


def test_arrow_keys_move_from_mark_to_mark(visits: Any) -> None:
    page = visits("")
    rows = page.locator(".dots")
    stops = page.locator('.dots a:not([tabindex="-1"])')
    assert stops.count() == rows.count()
    stops.nth(1).focus()
    names = page.locator(".dots").nth(1).locator("a > title").all_text_contents()
    for name in names[1:4]:
        page.keyboard.press("ArrowRight")
        assert page.evaluate(FOCUSED) == name
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(FOCUSED) == names[2]
    page.keyboard.press("End")
    assert page.evaluate(FOCUSED) == names[-1]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == names[-1]
    page.keyboard.press("ArrowDown")
    below = page.locator(".dots").nth(2).locator("a > title").all_text_contents()
    assert page.evaluate(FOCUSED) in below
    # the next stop is the next row
    page.keyboard.press("Tab")
    assert (
        page.evaluate(FOCUSED) in page.locator(".dots").nth(3).locator("title").all_text_contents()
    )


def test_the_window_is_a_slider_for_the_keyboard(visits: Any) -> None:
    page = visits("period=2022-09-01_2023-02-28&rows=country")
    slider = page.get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", "1 September 2022 to 28 February 2023")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "1 November 2022 to 30 April 2023")
    page.wait_for_url("**rows=country&period=2022-11-01_2023-04-30*")
    page.get_by_role("slider").focus()
    page.keyboard.press("Shift+ArrowLeft")
    page.wait_for_url("**period=2022-11-01_2023-03-31*")


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


def _day_at(share: float) -> date:
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
    assert _near(first, _day_at(0.5))
    assert _near(last, _day_at(0.7))
    assert "rows=country" in page.url
    # an edge
    with page.expect_navigation():
        _drag(page, 0.7, 0.8)
    moved = _period(page)
    assert moved[0] == first
    assert _near(moved[1], _day_at(0.8))
    # the whole window
    with page.expect_navigation():
        _drag(page, 0.6, 0.5)
    before, after = moved, _period(page)
    assert _near(after[0], _day_at(0.4))
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
    assert abs((first - _day_at(0.2)).days) < 30
    assert abs((last - _day_at(0.6)).days) < 30


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


#: what a page around the blocks has, and this document has not
AROUND = ("region", "landmark-one-main", "page-has-heading-one", "landmark-unique", "heading-order")


def _barriers(page: Page) -> list[tuple[str, str, str]]:
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        (v["id"], node["html"][:200], node.get("failureSummary", "")[:200])
        for v in found
        if v["id"] not in AROUND
        for node in v["nodes"]
    ]


STATES = [
    (query, scheme, wide)
    for query in ("event=nl-2022-11-01-told-to-stop", "rows=country&period=all")
    for scheme, wide in product(("light", "dark"), (DESK, PHONE))
]


@pytest.mark.parametrize(("query", "scheme", "wide"), STATES[: size(1, len(STATES))])
def test_no_barrier(visits: Any, query: str, scheme: str, wide: dict[str, int]) -> None:
    assert _barriers(visits(query, wide, color_scheme=scheme)) == []


# -- the days under the map


def _day(page: Page) -> str:
    return page.get_by_role("slider", name="Day shown").get_attribute("aria-valuetext") or ""


def test_a_month_is_a_link_to_its_end_without_a_script(visits: Any) -> None:
    page = visits("country=NL", path="", java_script_enabled=False)
    page.get_by_role("link", name="As of 30 November 2022").click()
    page.wait_for_url("**/?country=NL&asof=2022-11-30")
    page.get_by_role("link", name=f"As of {TODAY.day} {TODAY:%B %Y}").click()
    page.wait_for_url("**/?country=NL")


@pytest.mark.parametrize("wide", [DESK, PHONE])
def test_targets_of_months_are_24_pixels_high(visits: Any, wide: dict[str, int]) -> None:
    page = visits("", wide, path="")
    boxes = page.locator(".months .hit").evaluate_all(
        "(hits) => hits.map((hit) => hit.getBoundingClientRect().height)"
    )
    assert len(boxes) > 40
    assert min(boxes) >= 24
    handle = page.get_by_role("slider", name="Day shown").bounding_box()
    assert handle is not None
    assert min(handle["width"], handle["height"]) >= 24


def test_the_handle_is_dragged_to_a_day_and_takes_it_on_release(visits: Any) -> None:
    page = visits("country=NL", path="")
    handle, months = page.get_by_role("slider", name="Day shown"), page.locator(".months")
    start, box = handle.bounding_box(), months.bounding_box()
    assert start is not None
    assert box is not None
    y = start["y"] + 12
    page.mouse.move(start["x"] + 12, y)
    page.mouse.down()
    for share in (0.8, 0.5, 0.25):
        page.mouse.move(box["x"] + share * box["width"], y)
    on_the_way = _day(page)
    assert "asof" not in page.url
    with page.expect_navigation():
        page.mouse.up()
    (day,) = parse_qs(urlsplit(page.url).query)["asof"]
    whole = (date(2022, 9, 1), date(2026, 11, 30))
    expected = whole[0] + (whole[1] - whole[0]) * 0.25
    assert abs((date.fromisoformat(day) - expected).days) <= 3
    assert _day(page) == on_the_way
    assert "country=NL" in page.url


def test_escape_puts_the_handle_back(visits: Any) -> None:
    page = visits("asof=2023-03-15", path="")
    box = page.get_by_role("slider", name="Day shown").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 12, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 12)
    assert _day(page) != "15 March 2023"
    page.keyboard.press("Escape")
    assert _day(page) == "15 March 2023"
    page.mouse.up()
    assert urlsplit(page.url).query == "asof=2023-03-15"


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        (["ArrowLeft"], "2023-02-28"),
        (["ArrowRight"], "2023-03-31"),
        (["ArrowRight", "ArrowRight"], "2023-04-30"),
        (["PageDown"], "2022-03-31"),
        (["PageUp"], "2024-03-31"),
        (["Home"], ""),
        (["End"], None),
    ],
)
def test_keys_move_the_day_and_take_it_after_a_rest(
    visits: Any, keys: list[str], day: str | None
) -> None:
    page = visits("asof=2023-03-15", path="")
    slider = page.get_by_role("slider", name="Day shown")
    first = slider.get_attribute("data-first") or ""
    slider.focus()
    with page.expect_navigation():
        for key in keys:
            page.keyboard.press(key)
    found = parse_qs(urlsplit(page.url).query).get("asof")
    if day is None:
        assert found is None, "today needs no day"
    else:
        # no day before the first record
        assert found == [max(day, first)]


@pytest.mark.parametrize("scheme", ["light", "dark"][: size(1, 2)])
def test_the_days_have_no_barrier(visits: Any, scheme: str) -> None:
    page = visits("asof=2023-03-15", path="", color_scheme=scheme)
    assert _barriers(page) == []
