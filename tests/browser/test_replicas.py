"""Readers of three replicas behind nginx, one of which is killed: each keeps what they see."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Readers
from tests.browser.driver import Reader
from tests.browser.test_first_screen import LIVE
from tests.deploy.conftest import needs_nginx
from tests.deploy.serving import nginx, replicas
from tests.sizes import size

READERS = size(4, 9)
SECONDS = 5

__all__ = ["needs_nginx"]


class Site:
    """The address of the proxy, as a reader takes it for a server."""

    def __init__(self, url: str) -> None:
        self.url = url


@pytest.mark.usefixtures("needs_nginx")
def test_every_view_is_back_when_a_replica_is_killed(readers: Readers, tmp_path: Path) -> None:
    with ExitStack() as stack:
        (tmp_path / "replicas").mkdir()
        (tmp_path / "nginx").mkdir()
        started = stack.enter_context(replicas(3, tmp_path / "replicas"))
        proxy = stack.enter_context(nginx(tmp_path / "nginx", started))
        made: list[Reader] = []
        for number in range(READERS):
            reader = readers(Site(proxy.url))
            reader.allowed = lambda text: "WebSocket" in text or "50" in text
            reader.page.goto(f"{proxy.url}/?country=NL&country=ES&record=nl-rotterdam-1")
            reader.until(LIVE)
            if number % 2:
                reader.pick("flag", "inquiry")
                expect(reader.page.locator("#f-flag-inquiry")).to_be_checked()
            made.append(reader)
        addresses = [reader.page.url for reader in made]
        killed = time.monotonic()
        started[0].kill()
        for reader in made:
            # a change at once, whoever answers it
            reader.page.locator("#step-back").click()
        for reader in made:
            expect(reader.page.locator("#clear-asof")).to_be_visible(timeout=SECONDS * 1000)
            reader.until(LIVE)
        assert time.monotonic() - killed < SECONDS
        for reader, before in zip(made, addresses, strict=True):
            assert "asof=" in reader.page.url
            assert all(part in reader.page.url for part in before.partition("?")[2].split("&"))
            expect(reader.page.locator("article.card h2")).to_contain_text("Rotterdam")
            reader.context.close()
