"""The tight Content-Security-Policy is broken by no page, in no state, at either size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Readers
from tests.browser.driver import FRAME, Reader
from tests.browser.serving import Server

RECORD = "es-madrid-2"
#: what has a document of its own, without a script of the dashboard
PLAIN = (
    f"/s/{RECORD}",
    "/e/nl-2022-11-01-told-to-stop",
    "/s/no-such-record-1",
    "/c/ES",
    "/v?country=ES",
    "/changes",
    "/api",
    "/no-such-page",
    "/robots.txt",
    "/sitemap.xml",
    f"/figure.svg?record={RECORD}",
    "/figure.png?country=NL",
    f"/preview.png?record={RECORD}",
)
STATES = (
    "/timeline?country=NL",
    "/timeline?rows=country&period=busy&event=nl-2022-11-01-told-to-stop",
    "/countries?place=NL",
    "/data?country=NL&listed=100&sort=-claimed_on",
    f"/data?record={RECORD}",
    "/about",
    "/?country=ZZZ&flag=nonsense&v=00000000",
    "/",
)


def watched(reader: Reader) -> list[str]:
    """Return the list that gets every violation in a page of a reader or in a frame of one."""
    violations: list[str] = []
    reader.context.expose_binding("violated", lambda _source, what: violations.append(what))
    reader.context.add_init_script(
        "window.broken = 0; addEventListener('securitypolicyviolation', (e) => { broken += 1;"
        " violated(`${e.effectiveDirective} ${e.blockedURI} on ${e.documentURI}`); });"
    )
    return violations


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_breaks_the_policy(readers: Readers, server: Server, size: dict[str, int]) -> None:
    reader = readers(server, size)
    reader.allowed = lambda text: "404" in text
    violations = watched(reader)
    page = reader.open(f"/?country=ES&record={RECORD}&layer=coverage&view=41.00_-3.00_5")
    page.locator("#menu-share summary").click()
    page.emulate_media(media="print")
    page.emulate_media(media="screen", color_scheme="dark")
    page.keyboard.press("Escape")
    reader.look(40, -3, 6)  # cities
    page.frame_locator(FRAME).locator("[data-unit] a").first.focus()
    for state in STATES:
        page.goto(server.url + state)
        expect(page.locator("#live")).to_be_attached()
        reader.until("() => document.documentElement.dataset.live === 'true'")
    page.goto(f"{server.url}/timeline")
    reader.until("() => document.documentElement.dataset.live === 'true'")
    page.get_by_role("link", name="Map", exact=True).first.click()
    reader.drawn()
    for path in PLAIN:
        page.goto(server.url + path)
    assert violations == []


def test_what_is_said_without_a_ledger_breaks_the_policy_neither(
    readers: Readers, fresh: Callable[..., Server], ledger: Path
) -> None:
    (ledger / "stations.csv").unlink()
    reader = readers(fresh(ledger))
    reader.allowed = lambda text: "503" in text
    violations = watched(reader)
    for path in ("/", "/timeline", f"/s/{RECORD}", "/v"):
        answer = reader.page.goto(reader.url + path)
        assert answer
        assert answer.status == 503
        # all of its scripts have been started
        reader.page.wait_for_load_state("networkidle")
    assert violations == []


def test_a_violation_would_be_seen(readers: Readers, server: Server) -> None:
    reader = readers(server)
    reader.allowed = lambda _text: True
    violations = watched(reader)
    page = reader.open("/?view=50.00_10.00_4")
    # blocks arrive as text that is parsed: a script in one must not run, nor a handler
    handler = (
        "<i id=broken style='position:fixed;inset:0;z-index:9' onclick='window.__ran = 1'>x</i>"
    )
    page.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", handler)
    page.evaluate(
        "() => document.head.append(Object.assign(document.createElement('script'),"
        " { textContent: 'window.__ran = 1' }))"
    )
    reader.frame.evaluate(
        "() => document.head.append(Object.assign(document.createElement('script'),"
        " { textContent: 'window.__ran = 1' }))"
    )
    page.locator("#broken").click()
    reader.until("() => window.broken >= 2")
    reader.frame.wait_for_function("() => window.broken >= 1")
    assert page.evaluate("() => window.__ran") is None
    assert reader.frame.evaluate("() => window.__ran") is None
    seen = {violation.partition(" ")[0] for violation in violations}
    assert seen == {"script-src-attr", "script-src-elem"}
