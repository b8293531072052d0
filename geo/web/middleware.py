"""
Middleware around every answer: security headers, and a plain answer to a crash.

Pure ASGI: Starlette's ``BaseHTTPMiddleware`` would buffer streams and come between
Streamlit and its websocket.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.link.embed_addresses import EMBEDS
from geo.web.library_files import MAP_FRAME
from geo.web.logs import discreet
from geo.web.policy import frame_policy, framed, page_policy
from geo.wording import _

log = logging.getLogger(__name__)


NO_TRANSFORM = "no-transform"
EVERYWHERE: Mapping[str, str] = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}


def untransformed(directives: str) -> str:
    """
    Add to a ``Cache-Control`` that nothing on the way may change the content.

    Content networks turn an e-mail address into a script, and may move scripts and compress
    pictures anew; checksums in policies and fixed files are then wrong.

    Parameters
    ----------
    directives : str
        As the answer has them; may be empty.

    Returns
    -------
    str
        With ``no-transform``, once (RFC 9111, 5.2.2.6).
    """
    known = [one.strip() for one in directives.split(",") if one.strip()]
    return ", ".join(known if NO_TRANSFORM in known else [*known, NO_TRANSFORM])


class SecurityHeaders:
    """
    Sets the security headers on every HTTP answer, and answers a crash in a sentence.

    Belongs outermost. A header that the answer already has is left alone, so that a plain page
    may be stricter; to its policy is only added who may frame it, to its ``Cache-Control`` that
    nothing may be changed on the way.

    Parameters
    ----------
    app : ASGIApp
        What it wraps.
    framed_by : Sequence of str
        Origins of the sites that may show an answer in a frame.
    embedded_by : Sequence of str
        Origins of the sites that may show an embed in a frame, whose own policy this is.
    map_script : callable, optional
        Returns the script of the base map, which is written into the map's frame.
    """

    def __init__(
        self,
        app: ASGIApp,
        framed_by: Sequence[str] = (),
        embedded_by: Sequence[str] = (),
        map_script: Callable[[], str] = str,
    ) -> None:
        self.app = app
        self._framed_by = tuple(framed_by)
        self._embedded_by = tuple(embedded_by)
        self._map_script = map_script

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap ``send``; websockets and the lifespan pass unchanged."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_frame = scope["path"].startswith(MAP_FRAME)
        usual = frame_policy(self._map_script()) if is_frame else page_policy()
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in EVERYWHERE.items():
                    headers.setdefault(name, value)
                policy = headers.get("Content-Security-Policy", usual)
                headers["Content-Security-Policy"] = self._framed(policy, scope["path"])
                headers["Cache-Control"] = untransformed(headers.get("Cache-Control", ""))
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            # half an answer cannot be taken back: let the server cut the connection
            if started:
                raise
            # a query says what the reader was looking for, and so may a path
            log.exception("no answer for %s", discreet(scope["path"]))
            sentence = _("Something went wrong on our side. Please try again in a moment.")
            crash = PlainTextResponse(sentence, status_code=500)
            await crash(scope, receive, send_with_headers)

    def _framed(self, policy: str, path: str) -> str:
        """Add who may show a path in a frame; of an embed, its refusals and errors too."""
        if path in EMBEDS:
            return framed(policy, self._embedded_by, itself=False)
        return framed(policy, self._framed_by)
