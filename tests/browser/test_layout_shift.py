"""A change moves nothing that a reader looks at, and leaves the focus on something in sight."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.browser.conftest import DESK, PHONE, Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.sizes import size

BAR = 0.02
LIVE = "() => document.documentElement.dataset.live === 'true'"
#: all shifts, also those that follow an input within half a second, which the usual measure omits
WATCH = """window.moved = [];
window.watching = new PerformanceObserver((list) => window.take(list.getEntries()));
window.take = (entries) => {
  for (const { value, sources } of entries) {
    window.moved.push([value, sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? "gone")]);
  }
};
watching.observe({ type: "layout-shift", buffered: true });"""
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
FIND = """(selector) => {
  const seen = [...document.querySelectorAll(selector)].find((e) => e.getClientRects().length);
  if (!seen) throw new Error(`nothing to be seen of ${selector}`);
  seen.focus();
}"""
#: whether the focus is on a selector, in the window
FOCUSED = """(selector) => {
  const e = document.activeElement;
  const { top, bottom, width } = e.getBoundingClientRect();
  return e !== document.body && e.matches(selector) && width > 0 && bottom > 0 && top < innerHeight;
}"""


class Step(NamedTuple):
    """Where a key is pressed, what tells that the change was made, and where the focus is then."""

    at: str
    done: str
    focus: str = ""
    key: str = "Enter"

    @property
    def opens(self) -> bool:
        """Whether a menu is opened or closed, which is no change of the page."""
        return self.done.startswith("#menu")


CARD = "#page[data-card]"
TITLE = "#card-title[data-focus{}]"
LEGEND = "#legend-told_to_stop"
MENU_DAY = "#menu-asof > summary"
CHANGES: dict[str, tuple[str, list[Step]]] = {
    "legend": (
        "/",
        [
            Step(LEGEND, f"{LEGEND}[aria-current]"),
            Step(LEGEND, f"{LEGEND}:not([aria-current])"),
        ],
    ),
    "answer": ("/", [Step("#answer-told_to_stop", "#answer-told_to_stop[aria-current]")]),
    "card": (
        "/",
        [
            Step("#live [data-place=NL]", TITLE.format("=NL"), "#card-title"),
            Step("#live [data-place=DE]", TITLE.format("=DE"), "#card-title"),
            Step("article.card a[data-record]", TITLE.format("^=de-"), "#card-title"),
            Step("article.card .steps a", TITLE.format(""), "#card-title"),
            Step("#card-title", "#page:not([data-card])", "[data-place=DE]", "Escape"),
        ],
    ),
    "loosen": (
        "/?country=AO&province=CN-JS",
        [Step(".loosen a", "#page:not(:has(.loosen))", "#sentence")],
    ),
    "slider": (
        "/",
        [Step("#day-slider", "#page:has(.day[aria-valuetext*='2025'])", "", "PageDown")],
    ),
    "lists": (
        "/",
        [
            Step("#list .switch a:not([aria-current])", "#list .countrylist", "#list a"),
            Step("#list a[data-country=NL]", TITLE.format("=NL"), "#card-title"),
            Step("#card-title", "#page:not([data-card])", "[data-country=NL]", "Escape"),
            Step("#list .switch a:not([aria-current])", "#list .entries", "#list a"),
            Step("#list a[data-event]", CARD, "#card-title"),
        ],
    ),
    "pages": (
        "/",
        [
            Step(
                ".top nav a[href^='/timeline']", "[data-page=timeline]", ".top nav a[aria-current]"
            ),
            Step("#entries .more a", "#entries li", "#entries a[data-event]"),
            Step(".top nav a[href^='/countries']", "[data-page=countries]", ".top nav a"),
            Step(".top nav a[href^='/data']", "[data-page=data]", ".top nav a[aria-current]"),
            Step(".of-records thead a", ".of-records th[aria-sort]", "[data-sort=record]"),
            Step(".of-records tbody a", CARD, "#card-title"),
            Step("#card-title", "#page:not([data-card])", ".of-records tbody a", "Escape"),
            Step(".top nav a:first-child", "[data-page=map] .sides", ".top nav a[aria-current]"),
            Step(".china a", "#china-title", "#china-title"),
            Step("#sentence a", "#records-title", "#records-title"),
        ],
    ),
    "card today": (
        "/?asof=2022-12-05&place=NL",
        [Step(".cardmeta .dated a", ".dated:not(:has(a))", "#card-title")],
    ),
    "about today": (
        "/about?asof=2022-12-05",
        [Step(".past a", "[data-page=about]:not(:has(.past))", "#page h2")],
    ),
    "share": (
        "/",
        [
            Step("#menu-share > summary", "#menu-share[open]"),
            Step("#menu-share [data-copy]", "#menu-share:not([open])", "summary", "Escape"),
        ],
    ),
}
AT_A_DESK: dict[str, tuple[str, list[Step]]] = {
    "clear": (
        "/?country=ES&status=authority_looking",
        [
            Step("#clear-status", "#page:not(:has(#clear-status))", "#menu-status > summary"),
            Step("#clear-country", "#page:not(:has(#clear-country))", "#menu-country > summary"),
        ],
    ),
    "clear all": (
        "/?country=ES&status=claim_only",
        [Step("#clear-all", "#page:not(:has(#clear-all))", "#sentence")],
    ),
    "day": (
        "/",
        [
            Step("#step-back", "#clear-asof"),
            Step("#step-back", "#clear-asof", "", "["),
            Step("#clear-asof", "#page:not(:has(#clear-asof))", MENU_DAY),
        ],
    ),
    "nearer": ("/", [Step(".nearer", "#live.drawn", "#live")]),
}
ON_A_PHONE: dict[str, tuple[str, list[Step]]] = {
    "sheet": (
        "/",
        [
            Step("#menu-all > summary", "#menu-all[open]"),
            Step("#menu-country > summary", "#menu-country[open]"),
            Step("#f-country-NL", "#sentence[data-total='2']", "", "Space"),
        ],
    ),
    "day": (
        "/",
        [
            Step(MENU_DAY, "#menu-asof[open]"),
            Step(
                "#menu-asof .days a", "#page:has(#f-asof:not([value='']))", f"{MENU_DAY}, .days a"
            ),
        ],
    ),
}


def _made(reader: Reader, name: str, step: Step) -> None:
    page = reader.page
    page.evaluate(FIND, step.at)
    page.evaluate(PAINTED)
    before = page.evaluate("() => location.href")
    page.evaluate("() => { take(watching.takeRecords()); moved.length = 0; }")
    page.keyboard.press(step.key)
    if not step.opens:
        reader.until("(before) => location.href !== before", before)
    reader.until("(selector) => document.querySelector(selector) !== null", step.done)
    reader.until(FOCUSED, step.focus or step.at)
    if step.opens:
        # a menu that is unfolded makes room for itself
        return
    page.evaluate(PAINTED)
    moved = page.evaluate("() => { take(watching.takeRecords()); return moved; }")
    assert sum(value for value, _nodes in moved) <= BAR, (name, step.at, moved)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_change_moves_nothing_and_keeps_the_focus(
    readers: Readers, server: Server, screen: dict[str, int]
) -> None:
    changes = CHANGES | (AT_A_DESK if screen is DESK else ON_A_PHONE)
    reader = readers(server, screen)
    reader.page.add_init_script(WATCH)
    for name, (address, steps) in list(changes.items())[: size(3, len(changes))]:
        reader.page.goto(server.url + address)
        reader.until(LIVE)
        for step in steps:
            _made(reader, name, step)
