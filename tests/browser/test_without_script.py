"""The form of the filters in a browser that runs no script."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Browser, Route

from geo.ledger.dataset import Dataset
from geo.link.permalink import decode, parse_query
from geo.link.state import State
from geo.screen.filters import filters
from geo.screen.legend import legend
from tests.ledger_files import TODAY
from tests.screens import ORIGIN, screen_of


def test_the_form_is_sent_by_its_button(browser: Browser, dataset: Dataset) -> None:
    state = State(layer="coverage", place="NL", version="0a1b2c3d")
    screen = screen_of(dataset, state)
    html = "".join(map(str, (filters(screen), legend(screen))))
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/html; charset=utf-8", body=f"<!DOCTYPE html>{html}")

    context = browser.new_context(java_script_enabled=False)
    context.route("**/*", answer)
    page = context.new_page()
    page.goto(ORIGIN)
    page.locator("#menu-more > summary").click()
    page.locator("#f-flag-told_to_stop").check()
    page.locator("#menu-country > summary").click()
    page.locator("#f-country-NL").check()
    page.locator("#f-q").fill("naïve & “police”")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**/?*")
    sent = decode(parse_query(urlsplit(asked[-1]).query), dataset, TODAY)[0]
    assert sent.filters.flag == ("told_to_stop",)
    assert sent.filters.country == ("NL",)
    assert sent.filters.q == "naïve & “police”"
    assert (sent.layer, sent.place, sent.version) == ("coverage", "NL", "0a1b2c3d")
    context.close()
