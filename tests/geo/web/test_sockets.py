"""Websockets from another site are closed before the dashboard hears of them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from geo.web.sockets import OwnSockets


def _open(headers: dict[str, str], kind: str = "websocket") -> tuple[bool, list[dict[str, Any]]]:
    reached: list[str] = []
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope["type"])

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(OwnSockets(app)({"type": kind, "headers": raw}, receive, send))
    return bool(reached), sent


@pytest.mark.parametrize(
    "origin", ["http://elsewhere.example", "http://localhost:9999", "null", "http://localhost"]
)
def test_foreign_origins_are_closed(origin: str) -> None:
    reached, sent = _open({"origin": origin, "host": "localhost:8501"})
    assert not reached
    assert sent == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://localhost:8501", "host": "localhost:8501"},
        {"origin": "https://Atlas.Example", "host": "atlas.example"},
        {"host": "localhost:8501"},
    ],
)
def test_own_pages_pass(headers: dict[str, str]) -> None:
    assert _open(headers) == (True, [])


def test_http_passes_whatever_its_origin() -> None:
    assert _open({"origin": "http://elsewhere.example", "host": "a"}, "http") == (True, [])


def test_streamlit_is_given_the_origin_as_the_host_is_spelt() -> None:
    # it would ask an outside host for this server's address before it refused the other one
    passed: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        passed.append(dict(scope["headers"])[b"origin"])

    async def unused(*_message: Any) -> Any:
        raise AssertionError

    raw = [(b"origin", b"https://ATLAS.example"), (b"host", b"Atlas.Example")]
    asyncio.run(OwnSockets(app)({"type": "websocket", "headers": raw}, unused, unused))
    assert passed == [b"https://Atlas.Example"]
