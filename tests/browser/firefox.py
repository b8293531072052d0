"""
Firefox, driven by WebDriver BiDi over its own websocket: no driver program is between.

The protocol is https://w3c.github.io/webdriver-bidi/; what is here are the few commands that
the tests need.
"""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.sync.client import ClientConnection, connect

from tests.browser.driver import LOCAL, PROBES, SECONDS

#: a profile that asks nobody for anything; what tries all the same meets a closed port
SETTINGS = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.no_proxies_on": "localhost, 127.0.0.1",
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.type": 1,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004"}


class Failed(Exception):
    """A command that Firefox has refused: the page may just be leaving."""


class Firefox:
    """
    One reader in Firefox: a session of WebDriver BiDi with one page open.

    Parameters
    ----------
    socket : ClientConnection
        To a Firefox that listens.
    url : str
        Of the atlas, without a slash at the end.

    Attributes
    ----------
    errors : list of str
        Errors that the page has logged.
    third_parties : list of str
        Addresses elsewhere that the page has asked for.
    """

    def __init__(self, socket: ClientConnection, url: str) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.url = url
        self.errors: list[str] = []
        self.third_parties: list[str] = []
        self.command("session.new", capabilities={})
        events = ["log.entryAdded", "network.beforeRequestSent"]
        self.command("session.subscribe", events=events)
        tree = self.command("browsingContext.getTree")
        self.context: str = tree["contexts"][0]["context"]

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result; events that come meanwhile are kept."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=SECONDS))
            if message["type"] == "event":
                self._happened(message["method"], message["params"])
            elif message["id"] == number:
                if message["type"] == "error":
                    raise Failed(f"{method}: {message['error']}: {message['message']}")
                result: dict[str, Any] = message["result"]
                return result

    def _happened(self, method: str, event: dict[str, Any]) -> None:
        if method == "network.beforeRequestSent":
            parts = urlsplit(event["request"]["url"])
            if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in LOCAL:
                self.third_parties.append(event["request"]["url"])
        elif event["level"] == "error" and not any(p in str(event["text"]) for p in PROBES):
            self.errors.append(str(event["text"]))

    def size(self, width: int, height: int) -> None:
        """Set the size of the window's inside, in pixels."""
        size = {"width": width, "height": height}
        self.command("browsingContext.setViewport", context=self.context, viewport=size)

    def open(self, address: str) -> None:
        """Open an address of the atlas, and wait until the page is kept up to date."""
        self.command(
            "browsingContext.navigate",
            context=self.context,
            url=self.url + address,
            wait="interactive",
        )
        self.until("document.querySelector('#sentence') && window.atlas?.live")

    def back(self) -> None:
        """Go back one step of the history."""
        self.command("browsingContext.traverseHistory", context=self.context, delta=-1)

    def read(self, expression: str) -> Any:
        """Return the value of an expression in the page, as JSON has it."""
        result = self.command(
            "script.evaluate",
            expression=f"JSON.stringify({expression}) ?? 'null'",
            target={"context": self.context},
            awaitPromise=False,
        )
        if result["type"] == "exception":
            raise Failed(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])

    def until(self, expression: str) -> None:
        """Wait until an expression in the page is true, across changes of the page."""
        end = time.monotonic() + SECONDS
        seen: object = None
        while time.monotonic() < end:
            try:
                seen = self.read(f"!!({expression})")
            except Failed as error:
                seen = error
            if seen is True:
                return
            time.sleep(0.02)  # between two looks
        text = self.read("document.body.innerText.slice(0, 300)")
        raise AssertionError(f"never came true: {expression}; {seen!r}; {self.query}; {text}")

    @property
    def query(self) -> dict[str, list[str]]:
        """The parameters of the page's address."""
        return parse_qs(urlsplit(self.read("location.href")).query)

    @property
    def total(self) -> int:
        """The number of records that the sentence counts."""
        return int(self.read("document.querySelector('#sentence').dataset.total"))

    def _node(self, selector: str) -> dict[str, str]:
        found = self.command(
            "browsingContext.locateNodes",
            context=self.context,
            locator={"type": "css", "value": selector},
            maxNodeCount=1,
        )["nodes"]
        assert found, f"no {selector} is in the page"
        return {"sharedId": found[0]["sharedId"]}

    def click(self, selector: str) -> None:
        """Bring an element into view and press the pointer's button on its middle."""
        self.read(
            f"document.querySelector({json.dumps(selector)})?.scrollIntoView({{ block: 'center' }})"
        )
        origin = {"type": "element", "element": self._node(selector)}
        steps = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "mouse", "actions": steps})

    def press(self, *keys: str) -> None:
        """Press and release keys: letters, or names of `KEYS`."""
        steps = [
            {"type": kind, "value": KEYS.get(key, key)}
            for key in keys
            for kind in ("keyDown", "keyUp")
        ]
        self._act({"type": "key", "id": "keyboard", "actions": steps})

    def _act(self, source: dict[str, Any]) -> None:
        self.command("input.performActions", context=self.context, actions=[source])


@contextmanager
def started(program: Path, folder: Path) -> Iterator[ClientConnection]:
    """
    Start Firefox without a window, and end it.

    Parameters
    ----------
    program : Path
        Of Firefox.
    folder : Path
        Empty: for its profile and its log.

    Yields
    ------
    ClientConnection
        The websocket on which it takes commands.
    """
    lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in SETTINGS.items())
    (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
    log = folder / "firefox.log"
    command = [program, "--headless", "--no-remote", "--profile", folder]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*map(str, command), "--remote-debugging-port", "0"],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "MOZ_REMOTE_SETTINGS_DEVTOOLS": "1"},
        )
    try:
        with connect(_address(process, log), max_size=None, proxy=None) as socket:
            yield socket
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + 2 * SECONDS
    while time.monotonic() < end and process.poll() is None:
        listening = _LISTENING.search(log.read_text(encoding="utf-8", errors="replace"))
        if listening:
            return f"{listening[1]}/session"
        time.sleep(0.05)  # between two looks
    raise RuntimeError(f"Firefox does not listen:\n{log.read_text(encoding='utf-8')}")
