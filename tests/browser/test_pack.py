"""Streamlit's small modules out of one file: fewer requests, each module once, or none of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from geo.web.front_end import MODULES, front_end
from tests.browser.conftest import PHONE, Readers
from tests.browser.driver import Reader
from tests.browser.serving import Server

PACK = "**/static/js/pack.*.json"
LIVE = "() => document.documentElement.dataset.live === 'true'"
MAP = "/?country=NL&view=52.00_5.00_6"
#: the bars of issue 8 for a first load of the map
MOST_REQUESTS = 60
MOST_BYTES = 900 * 1024


def packed() -> set[str]:
    """The paths of the modules in the pack."""
    return {(MODULES + name).removeprefix(".") for name in front_end().packed}


@pytest.mark.parametrize("address", ["/", MAP])
def test_a_first_load_is_few_requests_and_bytes(
    readers: Readers, server: Server, address: str
) -> None:
    reader = readers(server, PHONE)
    session = reader.context.new_cdp_session(reader.page)
    session.send("Network.enable")
    asked: list[str] = []
    received: dict[str, int] = {}
    session.on("Network.requestWillBeSent", lambda e: asked.append(e["request"]["url"]))
    session.on(
        "Network.loadingFinished",
        lambda e: received.update({e["requestId"]: e["encodedDataLength"]}),
    )
    reader.page.goto(server.url + address)
    reader.drawn()
    reader.until(LIVE)
    paths = [
        url.removeprefix(server.url).partition("?")[0] for url in asked if url.startswith("http")
    ]
    assert packed().isdisjoint(paths), "what is packed is not fetched again by itself"
    scripts = [path for path in paths if path.startswith("/static/js/")]
    assert sorted(scripts) == sorted(set(scripts)), "a preloaded module is fetched once"
    assert len(paths) <= MOST_REQUESTS, paths
    assert sum(received.values()) <= MOST_BYTES


def _refused(reader: Reader) -> None:
    reader.context.route(PACK, lambda route: route.abort())


def _answered_by_another_version(reader: Reader) -> None:
    def page(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<!DOCTYPE html><title>x</title>")

    reader.context.route(PACK, page)


def _never_answered(reader: Reader) -> None:
    reader.context.route(PACK, lambda route: None)


@pytest.mark.parametrize("spoil", [_refused, _answered_by_another_version, _never_answered])
def test_without_the_pack_each_module_is_fetched(
    readers: Readers, server: Server, spoil: Callable[[Reader], None]
) -> None:
    reader = readers(server)
    reader.allowed = lambda text: "pack." in text or "ERR_FAILED" in text
    spoil(reader)
    paths: list[str] = []
    reader.context.on("request", lambda r: paths.append(r.url.removeprefix(server.url)))
    reader.page.goto(server.url + MAP)
    reader.drawn()
    reader.until(LIVE)
    assert packed() & set(paths)
