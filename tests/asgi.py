"""A client that speaks ASGI straight to an application: no server, no socket, no redirects."""

from __future__ import annotations

import asyncio
import gzip
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from zipfile import ZipFile

import brotli
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Scope

DECODERS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "identity": bytes,
}


@dataclass
class Answer:
    """What came back: the messages as sent, and the usual readings of them."""

    messages: list[Message] = field(default_factory=list)

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"])

    @property
    def headers(self) -> Headers:
        return Headers(raw=list(self.messages[0]["headers"]))

    @property
    def raw(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages[1:])

    @property
    def body(self) -> bytes:
        encoding = self.headers.get("content-encoding", "identity")
        decoded: bytes = DECODERS[encoding](self.raw)
        return decoded

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def readable(self) -> str:
        """What a search looks through: the text, and that of each file in an archive."""
        return "\n".join(part.decode("utf-8", "replace") for part in unpacked(self.body))


def unpacked(content: bytes) -> list[bytes]:
    """A file, or the files in it if it is an archive, as .zip and .xlsx are."""
    if not content.startswith(b"PK\x03\x04"):
        return [content]
    with ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def call(
    app: ASGIApp,
    path: str = "/",
    *,
    query: bytes = b"",
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    scope: Mapping[str, object] | None = None,
) -> Answer:
    """
    Send one request and return everything that the application sent.

    Parameters
    ----------
    app : ASGIApp
        The application.
    path, query, method, headers
        Of the request; a header without a value is not sent.
    scope : mapping or None
        What the scope has in another way, such as ``{"type": "websocket"}``.
    """
    named = {"host": "atlas.example:8501"} | dict(headers or {})
    whole: Scope = {
        "type": "http",
        "method": method,
        "scheme": "https",
        "path": path,
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "root_path": "",
        "query_string": query,
        "headers": [(n.lower().encode(), v.encode("latin-1")) for n, v in named.items() if v],
        "extensions": {},
        **(scope or {}),
    }
    answer = Answer()

    waiting: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        # then the client just keeps the line open; who listens for its end is cancelled
        return waiting.pop() if waiting else await asyncio.Future()

    async def send(message: Message) -> None:
        answer.messages.append(message)

    async def run() -> None:
        await app(whole, receive, send)

    asyncio.run(run())
    return answer
