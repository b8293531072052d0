"""The server allows what a browser asks for, and of Streamlit's addresses nothing more."""

from __future__ import annotations

from urllib.parse import urlsplit

from geo.link.addresses import PAGES
from geo.server.allow_list import SOCKETS, STREAMLIT_PATHS
from tests.browser.conftest import DESK, PHONE, Readers
from tests.browser.serving import Server


def test_every_address_that_is_allowed_is_asked_for_and_none_is_refused(
    readers: Readers, server: Server
) -> None:
    asked: set[str] = set()
    refused: set[str] = set()
    for size in (DESK, PHONE):
        reader = readers(server, size)
        page = reader.page
        page.on("request", lambda request: asked.add(urlsplit(request.url).path))
        page.on("websocket", lambda socket: asked.add(urlsplit(socket.url).path))
        page.on(
            "response",
            lambda answer: (
                refused.add(f"{answer.status} {answer.url}") if answer.status >= 400 else None
            ),
        )
        for path in PAGES.values():
            reader.open(f"/{path}?country=NL")
            reader.until("() => document.documentElement.dataset.live === 'true'")
    assert asked >= STREAMLIT_PATHS | SOCKETS
    assert not refused
