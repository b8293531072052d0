"""
Middleware around every answer: security headers, and a plain answer to a crash.

Pure ASGI: Starlette's ``BaseHTTPMiddleware`` would buffer streams and come between
Streamlit and its websocket.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.web.logs import discreet
from geo.wording import _

log = logging.getLogger(__name__)


def policy(*, evaluate: bool) -> str:
    """
    Return a Content-Security-Policy that reaches no other host.

    Parameters
    ----------
    evaluate : bool
        Whether to allow ``eval``: streamlit-folium's frame runs the map's script with it.

    Returns
    -------
    str
        The header's value. ``'self'`` in ``connect-src`` covers the websocket.
    """
    # streamlit's page and styles are written inline; its v2 components are blob: modules
    script = "'self' 'unsafe-inline' blob:" + (" 'unsafe-eval'" if evaluate else "")
    directives = {
        "default-src": "'self'",
        "script-src": script,
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "media-src": "'self' data: blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


EVERYWHERE: Mapping[str, str] = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}


class SecurityHeaders:
    """
    Sets the security headers on every HTTP answer, and answers a crash in a sentence.

    Belongs outermost. A header that the answer already has is left alone, so that a plain page
    may be stricter.

    Parameters
    ----------
    app : ASGIApp
        What it wraps.
    evaluate_under : Sequence of str
        Path prefixes whose documents may use ``eval``.
    """

    def __init__(self, app: ASGIApp, evaluate_under: Sequence[str] = ("/component/",)) -> None:
        self.app = app
        self._evaluate_under = tuple(evaluate_under)
        self._policies = {flag: policy(evaluate=flag) for flag in (False, True)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap ``send``; websockets and the lifespan pass unchanged."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        evaluates = scope["path"].startswith(self._evaluate_under)
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in EVERYWHERE.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", self._policies[evaluates])
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
