"""With a hostile text in every cell, and in links, nothing runs and no page is wider than it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server
from tests.geo.web.test_hostile_texts import EVENT, RECORD, VIEWS, fuzzed
from tests.hostile_ledger import LONG_WORDS, TEXTS, hostile_ledger
from tests.payloads import PAYLOADS
from tests.sizes import size

NARROW = {"width": 360, "height": 740}
LONG, *OTHERS = LONG_WORDS
STACK = next(p.text for p in PAYLOADS if p.name == "stack of marks")
ADDRESSES = (
    *VIEWS,
    f"/timeline?event={EVENT}&rows=country",
    f"/data?record={RECORD}",
    "/countries?rest=1",
    f"/?q={LONG}",
    *(
        f"{path}?q={quote(word)}"
        for path, word in zip(("/countries", "/data"), OTHERS, strict=True)
    ),
    f"/timeline?asof={LONG}&from={LONG}&period={LONG}&lang={LONG}&{LONG}={LONG}",
    f"/timeline?q={quote(STACK)}",
    f"/?country={LONG}&status={LONG}&flag={LONG}&type={LONG}&v={LONG}&record={LONG}",
    f"/v?q={LONG}&from={LONG}&asof={LONG}",
    f"/changes?v={LONG}&q={LONG}",
    *(f"{prefix}{LONG}" for prefix in ("/", "/s/", "/e/", "/c/")),
    f"/s/{RECORD}?asof={LONG}&v={LONG}",
)
#: a picture whose link cannot be read, and pages that are not there or no longer
REFUSED = (400, 404, 410)
#: what is wider than the window, and what reaches out of it and is not clipped or scrolled
WIDER = """() => {
  const width = document.documentElement.clientWidth;
  const inside = (e) => {
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
      if (getComputedStyle(p).overflowX !== "visible") return true;
    return false;
  };
  const wide = document.documentElement.scrollWidth > innerWidth;
  return !wide ? [] : [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > width + 1 && !inside(e))
    .map((e) => `${e.tagName}.${e.className}#${e.id} ${e.textContent.slice(0, 40)}`)
    .slice(-3).concat([`${document.documentElement.scrollWidth} > ${innerWidth}`]);
}"""


@pytest.fixture(params=["all", "long words"])
def hostile(request: pytest.FixtureRequest, fresh: Callable[..., Server], tmp_path: Path) -> Server:
    """A server on a ledger with a hostile text in every cell."""
    texts = {"all": TEXTS, "long words": LONG_WORDS}[request.param]
    return fresh(hostile_ledger(tmp_path / "data", texts=texts).folder)


def _watched(reader: Reader) -> Page:
    reader.allowed = lambda text: any(str(status) in text for status in REFUSED)
    reader.context.add_init_script("window.__ran = window.__ran ?? [];")
    reader.page.on("dialog", lambda dialog: reader.errors.append(dialog.message))
    return reader.page


@pytest.mark.parametrize("window", [NARROW, DESK][: size(1, 2)], ids=lambda w: str(w["width"]))
def test_no_text_breaks_a_page(hostile: Server, readers: Readers, window: dict[str, int]) -> None:
    reader = readers(hostile, window)
    page = _watched(reader)
    faults = {}
    for address in ADDRESSES[:: size(2, 1)]:
        page.goto(hostile.url + address, wait_until="load")
        for media in ("screen", "print"):
            page.emulate_media(media=media)
            if wider := page.evaluate(WIDER):
                faults[f"{address[:60]} ({media})"] = wider
        page.emulate_media(media="screen")
        assert page.evaluate("() => window.__ran") == [], address
    assert faults == {}
    assert "Traceback" not in hostile.log


@pytest.mark.parametrize(
    "address", ["/?place=NL", "/timeline?country=NL", "/data?country=NL"][: size(1, 3)]
)
def test_no_text_breaks_a_live_page(hostile: Server, readers: Readers, address: str) -> None:
    reader = readers(hostile, NARROW)
    page = _watched(reader)
    page.goto(hostile.url + address)
    reader.until("() => document.documentElement.dataset.live === 'true'")
    assert page.evaluate(WIDER) == []
    assert page.evaluate("() => window.__ran") == []


def test_no_fuzzed_link_runs_in_a_browser(readers: Readers, server: Server) -> None:
    reader = readers(server)
    page = _watched(reader)
    visited = 0
    for seed in range(size(60, 400)):
        path, query = fuzzed(seed)
        if not path.isascii() or path.startswith("/api/") or "feeds" in path:
            continue
        address = quote(path, safe="/") + "?" + quote(query, safe="&=%;+")
        answer = page.goto(f"{server.url}{address}", wait_until="load")
        assert answer is not None
        assert answer.status in (200, 308, *REFUSED), address
        assert page.evaluate("() => window.__ran") == [], address
        visited += 1
        if visited >= size(4, 40):
            break
    assert visited >= size(4, 40)
    assert "Traceback" not in server.log
