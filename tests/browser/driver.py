"""What a test does in the page, in a reader's words, and what it reads there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Frame,
    Page,
    TimeoutError,
    WebError,
    expect,
)

FRAME = "#live iframe"
LOCAL = ("localhost", "127.0.0.1", "[::1]")
#: streamlit looks for its server under the page's own path first, and is told 404
PROBES = ("/_stcore/health", "/_stcore/host-config")
SECONDS = 30

#: what the page shows, read in one go: sentence, list and the units of the map or the overview
SHOWN = """() => {
  const sentence = document.querySelector("#sentence");
  if (!sentence) return null;
  const frame = document.querySelector("#live iframe");
  const units = frame
    ? [...frame.contentDocument.querySelectorAll(".leaflet-marker-pane [data-unit]")]
      .map((e) => [e.dataset.unit, Number(e.dataset.count)])
    : [...document.querySelectorAll("[data-map] [data-place]")]
      .map((e) => [e.dataset.place, e.dataset.records.split(" ").length]);
  return {
    total: Number(sentence.dataset.total),
    sentence: sentence.innerText,
    list: Object.fromEntries([...document.querySelectorAll("[data-panel=list] [data-country]")]
      .map((e) => [e.dataset.country, Number(e.dataset.count ?? e.textContent)])),
    units: Object.fromEntries(units),
  };
}"""

#: how the page stands when something did not happen
STANDS = """() => ({
  address: location.search,
  script: document.querySelector('.stApp')?.dataset.testScriptState,
  focus: document.activeElement.outerHTML.slice(0, 160),
  card: document.querySelector('[data-focus]')?.dataset.focus,
  panels: [...document.querySelectorAll('[data-panel]')].map((e) => e.dataset.panel).join(' '),
})"""


@dataclass(frozen=True)
class Shown:
    """What stands on the page at one moment."""

    total: int
    sentence: str
    list: dict[str, int]
    units: dict[str, int]


class Reader:
    """
    One reader: a browser of their own, with one page open.

    Whatever the browser asks of another host, and every error that it reports, is kept, and
    fails the test at its end (see the fixture ``readers``).
    """

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.third_parties: list[str] = []
        self.errors: list[str] = []
        self.allowed: Callable[[str], bool] = lambda _text: False
        context.on("request", lambda request: self._asked(request.url))
        context.on("page", self._opened)
        context.on("console", self._said)
        context.on("weberror", self._failed)
        context.set_default_timeout(SECONDS * 1000)
        self.page: Page = context.new_page()

    def _asked(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in LOCAL:
            self.third_parties.append(address)

    def _opened(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._asked(socket.url))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        address = urlsplit(message.location.get("url", "")).path
        if address.endswith(PROBES) and not address.startswith(PROBES):
            return
        if not self.allowed(message.text):
            self.errors.append(f"{message.text} {address}")

    def _failed(self, error: WebError) -> None:
        self.errors.append(str(error.error))

    def open(self, address: str = "/") -> Page:
        """Open an address of the atlas, and wait until it has drawn its selection."""
        self.page.goto(self.url + address)
        self.drawn()
        return self.page

    def drawn(self) -> None:
        """Wait for sentence, card or text of About, and on a map with a view for its marks."""
        # the card of a low window is over the sentence
        shown = self.page.locator("#sentence, article.card, article.prose").locator("visible=true")
        shown = shown.first
        expect(shown).to_be_visible(timeout=SECONDS * 1000)
        if urlsplit(self.page.url).path != "/":
            return
        if self.page.locator("#page[data-form=detail]").count():
            self.until(
                "() => { const f = document.querySelector('#live.drawn iframe');"
                " const d = f && f.contentDocument; if (!d || !f.contentWindow.map) return false;"
                " if (![...d.styleSheets].some((s) => (s.href ?? '').includes('atlas-map')))"
                " return false;"
                " const n = [...d.querySelectorAll('.leaflet-marker-pane [data-unit]')]"
                ".reduce((sum, e) => sum + Number(e.dataset.count), 0);"
                " return n === Number(document.querySelector('#sentence').dataset.total); }"
            )
        else:
            self.until("() => document.documentElement.dataset.live === 'true'")

    def until(self, script: str, value: Any = None) -> None:
        """Wait until a function of the page answers true; else say what it shows."""
        try:
            self.page.wait_for_function(script, arg=value, timeout=SECONDS * 1000, polling=25)
        except TimeoutError as error:
            found = self.page.evaluate(STANDS)
            raise AssertionError(f"never came true for {value!r}: {script}; {found}") from error

    @property
    def frame(self) -> Frame:
        """The map's own frame."""
        handle = self.page.locator(FRAME).element_handle()
        frame = handle.content_frame() if handle else None
        assert frame is not None
        return frame

    def shown(self) -> Shown:
        """What the page shows now."""
        found = self.page.evaluate(SHOWN)
        assert found is not None, "the page has no sentence"
        return Shown(**found)

    def view(self) -> tuple[float, float, float]:
        """Latitude, longitude and zoom of the map."""
        found = self.frame.evaluate(
            "() => [map.getCenter().lat, map.getCenter().lng, map.getZoom()]"
        )
        return float(found[0]), float(found[1]), float(found[2])

    def look(self, lat: float, lon: float, zoom: float) -> None:
        """Move the map, as its own controls do, and wait until it stands."""
        self.frame.evaluate(
            "([lat, lon, zoom]) => new Promise((done) => {"
            " map.once('moveend', () => requestAnimationFrame(done));"
            " map.setView([lat, lon], zoom, { animate: false }); })",
            [lat, lon, zoom],
        )

    @property
    def query(self) -> dict[str, list[str]]:
        """The parameters of the page's address."""
        return parse_qs(urlsplit(self.page.url).query)

    def pick(self, facet: str, code: str) -> None:
        """Click the option of a filter, opening the menu that holds it if need be."""
        box = f"#f-{facet}-{code}"
        menu = self.page.locator(f"details.menu:has({box})")
        if menu.get_attribute("open") is None:
            menu.locator("summary").click()
        self.page.locator(f"label.option:has({box})").click()

    def checked(self, *ids: str) -> None:
        """Wait until just the boxes with these ids are ticked, or fail."""
        self.until(
            "(ids) => { const form = document.querySelector('[data-panel=filters] form');"
            " const found = [...form.elements].filter((box) => box.checked)"
            ".map((box) => box.id).sort().join(' ');"
            " return form && found === ids; }",
            " ".join(sorted(ids)),
        )

    def wait_total(self, total: int) -> None:
        """Wait until the sentence, the list and the map speak of so many records."""
        self.until(
            "(total) => { const s = document.querySelector('#sentence');"
            " return s && Number(s.dataset.total) === total; }",
            total,
        )
        self.drawn()

    @property
    def card(self) -> str:
        """The words of the open card; empty when none is open."""
        article = self.page.locator("article.card")
        return article.inner_text() if article.count() else ""
