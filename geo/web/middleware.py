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

from geo.web.library_files import MAP_FRAME
from geo.web.logs import discreet
from geo.web.policy import frame_policy, framed, page_policy
from geo.wording import _

log = logging.getLogger(__name__)


EVERYWHERE: Mapping[str, str] = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}


class SecurityHeaders:
    """
    Sets the security headers on every HTTP answer, and answers a crash in a sentence.

    Belongs outermost. A header that the answer already has is left alone, so that a plain page
    may be stricter; to its policy is only added who may frame it.

    Parameters
    ----------
    app : ASGIApp
        What it wraps.
    framed_by : Sequence of str
        Origins of the sites that may show an answer in a frame.
    map_script : callable, optional
        Returns the script of the base map, which is written into the map's frame.
    """

    def __init__(
        self,
        app: ASGIApp,
        framed_by: Sequence[str] = (),
        map_script: Callable[[], str] = str,
    ) -> None:
        self.app = app
        self._framed_by = tuple(framed_by)
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
                headers["Content-Security-Policy"] = framed(policy, self._framed_by)
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
