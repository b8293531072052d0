"""The browser that loads and clicks, as a desk's or as a phone on a slow line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from tests.browser.conftest import DESK, PHONE


@dataclass(frozen=True)
class Device:
    """
    A window, a line and a processor.

    Attributes
    ----------
    name : str
        For the tables.
    size : dict of str to int
        Width and height in CSS pixels.
    kilobits : int
        Per second, towards the reader; 0 does not limit the line.
    latency : int
        Milliseconds a request.
    slowdown : int
        Times that the processor is slower.
    """

    name: str
    size: dict[str, int] = field(hash=False)
    kilobits: int = 0
    latency: int = 0
    slowdown: int = 1


DESKTOP = Device("desk", DESK)
SLOW_PHONE = Device("phone, 1.6 Mbit/s, 150 ms, CPU 4 × slower", PHONE, 1600, 150, 4)
_UPWARDS = 750  # kilobits per second from a phone on such a line


@contextmanager
def context(browser: Browser, device: Device) -> Iterator[BrowserContext]:
    """
    Open a browser that has loaded nothing yet.

    Parameters
    ----------
    browser : Browser
        Whose process it shares.
    device : Device
        Gives the window its size.

    Yields
    ------
    BrowserContext
        With a cache that all its pages share.
    """
    opened = browser.new_context(viewport=device.size)  # type: ignore[arg-type]
    try:
        yield opened
    finally:
        opened.close()


def throttle(session: CDPSession, device: Device) -> None:
    """
    Slow line and processor of one page down.

    Parameters
    ----------
    session : CDPSession
        Of the page.
    device : Device
        Says by how much.
    """
    if device.kilobits:
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": device.latency,
                "downloadThroughput": device.kilobits * 1000 / 8,
                "uploadThroughput": _UPWARDS * 1000 / 8,
            },
        )
    if device.slowdown > 1:
        session.send("Emulation.setCPUThrottlingRate", {"rate": device.slowdown})


@dataclass
class Traffic:
    """
    What a page has fetched over the network; what its cache had is not counted.

    Attributes
    ----------
    requests : int
        Over HTTP, a redirection among them.
    received : int
        Bytes of HTTP as sent (encoded, with headers), and of websocket messages.
    pending : int
        Requests that are under way.
    """

    requests: int = 0
    received: int = 0
    _open: set[str] = field(default_factory=set)
    _cached: set[str] = field(default_factory=set)

    @property
    def pending(self) -> int:
        """Return the number of requests that are under way."""
        return len(self._open)

    @classmethod
    def of(cls, page: Page) -> tuple[Traffic, CDPSession]:
        """Count the traffic of a page from now on."""
        traffic, session = cls(), page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", traffic._asked)
        session.on("Network.requestServedFromCache", traffic._from_memory)
        session.on("Network.responseReceived", traffic._answered)
        session.on("Network.loadingFinished", traffic._finished)
        session.on("Network.loadingFailed", traffic._failed)
        session.on("Network.webSocketFrameReceived", traffic._message)
        return traffic, session

    def _asked(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.requests += 1
            self._open.add(event["requestId"])

    def _from_memory(self, event: dict[str, Any]) -> None:
        self._cached.add(event["requestId"])

    def _answered(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            self._cached.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        name = event["requestId"]
        if name not in self._open:
            return
        self._open.discard(name)
        if name in self._cached:
            self.requests -= 1
        else:
            self.received += int(event["encodedDataLength"])

    def _failed(self, event: dict[str, Any]) -> None:
        self._open.discard(event["requestId"])

    def _message(self, event: dict[str, Any]) -> None:
        response = event["response"]
        size = len(response["payloadData"])
        # binary messages are told in base64
        self.received += size * 3 // 4 if response["opcode"] == 2 else size
