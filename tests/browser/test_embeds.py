"""Embeds in the page of another site, where nothing of the atlas may run or stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from geo.paths import PROJECT
from geo.screen.embed_code import WIDTHS
from tests.browser.serving import Server, environment_of, free_port, running
from tests.browser.test_axe import CONTRAST, RULES
from tests.ledger_files import DATA
from tests.sizes import size

#: an embed of each form; the first ones every day
EMBEDS = (
    "/embed?record=nl-rotterdam-1",
    "/embed?country=NL",
    "/embed/timeline?country=NL",
    "/embed",
    "/embed?place=CA",
    "/embed?event=nl-2022-11-01-told-to-stop",
    "/embed?view=52.00_8.00_4&layer=coverage",
    "/embed?record=ca-toronto-3",
    "/embed/timeline",
    "/embed?flag=inquiry&asof=2023-01-05",
)
SHOWN = EMBEDS[: size(3, len(EMBEDS))]
#: those of different forms
FORMS = EMBEDS[: size(3, 5)]


class _Paper(BaseHTTPRequestHandler):
    """An article of a newspaper, whose body is the query of its address."""

    def __init__(self, code: list[str], *arguments: Any) -> None:
        self._code = code
        super().__init__(*arguments)

    def do_GET(self) -> None:
        body = f"<!DOCTYPE html><title>An article</title><p>Words.</p>{self._code[0]}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Write nothing."""


class Site:
    """A site of its own on this machine; ``code`` is what its article contains."""

    def __init__(self) -> None:
        self._code = [""]
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Paper, self._code))
        self.url = f"http://localhost:{self._server.server_address[1]}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def put(self, code: str) -> None:
        self._code[0] = code

    def end(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def paper() -> Iterator[Site]:
    """The site that may show embeds."""
    site = Site()
    yield site
    site.end()


@pytest.fixture(scope="module")
def stranger() -> Iterator[Site]:
    """A site that may not."""
    site = Site()
    yield site
    site.end()


@pytest.fixture(scope="module")
def atlas(paper: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An atlas whose publisher allows embeds on one site."""
    folder, port = tmp_path_factory.mktemp("embeds"), free_port()
    server = Server(f"http://localhost:{port}", folder)
    environment = {**environment_of(folder, DATA), "ATLAS_EMBED": paper.url}
    command = [str(PROJECT / ".venv/bin/python"), "-m", "streamlit", "run", "app.py"]
    with running([*command, "--server.port", str(port)], server, environment, cwd=PROJECT):
        yield server


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader of newspapers."""
    made = browser.new_context(viewport={"width": 1240, "height": 900})
    yield made
    made.close()


def codes(atlas: Server, embed: str) -> dict[int, tuple[int, str]]:
    """The code that the atlas offers for an embed kept up to date: width to height and code."""
    with urlopen(atlas.url + embed.replace("/embed", "/embed/code", 1)) as answer:
        text = unescape(answer.read().decode())
    found = re.findall(
        r'<textarea[^>]*>(<iframe [^<]*width="(\d+)" height="(\d+)"[^<]*</iframe>)', text
    )
    return {int(width): (int(height), code) for code, width, height in found[-len(WIDTHS) :]}


def read(page: Page, site: Site, code: str) -> Frame:
    """Open the article with a code in it; return the frame."""
    site.put(code)
    page.goto(f"{site.url}/article")
    page.locator("iframe").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    return page.frames[1]


def test_a_page_of_the_named_site_shows_it_and_no_other_does(
    context: BrowserContext, atlas: Server, paper: Site, stranger: Site
) -> None:
    page = context.new_page()
    _height, code = codes(atlas, EMBEDS[0])[600]
    frame = read(page, paper, code)
    expect(frame.locator("h2.headline")).to_have_text("Rotterdam, Netherlands")
    frame = read(page, stranger, code)
    assert frame.url.startswith("chrome-error://")
    # the dashboard is framed by neither
    frame = read(page, paper, f'<iframe src="{atlas.url}/?record=nl-rotterdam-1"></iframe>')
    assert frame.url.startswith("chrome-error://")


def test_it_stores_nothing_and_opens_no_socket(
    context: BrowserContext, atlas: Server, paper: Site
) -> None:
    page = context.new_page()
    sockets: list[str] = []
    asked: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.on("request", lambda request: asked.append(request.url))
    for embed in FORMS:
        frame = read(page, paper, codes(atlas, embed)[600][1])
        stored = frame.evaluate(
            "async () => [localStorage.length, sessionStorage.length, document.cookie,"
            " (await indexedDB.databases()).length, (await caches.keys()).length,"
            " (await navigator.serviceWorker.getRegistrations()).length, document.scripts.length]"
        )
        assert stored == [0, 0, "", 0, 0, 0, 0]
    assert context.cookies() == []
    assert sockets == []
    assert {re.match(r"https?://[^/]+", url)[0] for url in asked} == {atlas.url, paper.url}  # type: ignore[index]


def test_the_frame_is_as_high_as_what_it_shows(
    context: BrowserContext, atlas: Server, paper: Site
) -> None:
    page = context.new_page()
    wrong = []
    for embed in SHOWN:
        for width, (height, code) in codes(atlas, embed).items():
            frame = read(page, paper, code)
            frame.wait_for_function("() => document.fonts.status === 'loaded'")
            needed, wide = frame.evaluate(
                "() => [document.body.getBoundingClientRect().height,"
                " document.documentElement.scrollWidth]"
            )
            if not needed <= height <= needed * 1.12 or wide > width:
                wrong.append((embed, width, height, needed, wide))
    assert wrong == []


def test_its_links_open_windows_of_their_own(
    context: BrowserContext, atlas: Server, paper: Site
) -> None:
    page = context.new_page()
    frame = read(page, paper, codes(atlas, "/embed?country=NL")[600][1])
    for name in ("Open in the atlas", re.compile("Netherlands")):
        with context.expect_page() as opened:
            frame.get_by_role("link", name=name).first.click()
        tab = opened.value
        expect(tab.locator("#sentence")).to_be_attached()
        assert tab.url.startswith(f"{atlas.url}/?")
        assert tab.evaluate("() => window.opener") is None
        tab.close()
    assert page.url == f"{paper.url}/article"


def test_axe_finds_no_barrier_in_an_embed(context: BrowserContext, atlas: Server) -> None:
    page = context.new_page()
    found = {}
    addresses = (*FORMS, "/embed?record=no", "/embed/code?record=nl-rotterdam-1")
    for embed in addresses:
        page.set_viewport_size({"width": 600, "height": 800})
        page.emulate_media(color_scheme="light")
        page.goto(atlas.url + embed)
        found[embed] = Axe().run(page, options=RULES).response["violations"]
        page.emulate_media(color_scheme="dark")
        found[f"{embed}, dark"] = Axe().run(page, options=CONTRAST).response["violations"]
    barriers = {
        name: [(v["id"], v["nodes"][0]["html"][:120]) for v in violations]
        for name, violations in found.items()
        if violations
    }
    assert barriers == {}


def test_share_copies_the_code_of_what_is_seen(context: BrowserContext, atlas: Server) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{atlas.url}/?record=nl-rotterdam-1")
    page.wait_for_function("() => document.documentElement.dataset.live === 'true'")
    page.click("#menu-share > summary")
    page.get_by_role("button", name="Copy embed code").click()
    expect(page.get_by_role("button", name="Code copied")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    version = re.search(r"v=([0-9a-f]{8})", copied)
    assert version
    assert re.fullmatch(
        rf'<iframe src="{atlas.url}/embed\?asof=\d{{4}}-\d\d-\d\d&amp;record=nl-rotterdam-1'
        rf'&amp;v={version[1]}" title="[^"]+" width="600" height="\d+" [^>]+></iframe>',
        copied,
    )
