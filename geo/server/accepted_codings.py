"""
The content codings that a client refuses, kept from Streamlit's compression.

Starlette's ``GZipMiddleware``, which Streamlit puts inside the atlas's own middleware, looks
for the word gzip in ``Accept-Encoding``. So a client that refuses it (``gzip;q=0``), or
prefers content as it is, would get gzip.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.web.compress import negotiate

_NAME = b"accept-encoding"


class AcceptedCodings:
    """
    Takes ``Accept-Encoding`` from requests whose answer is not to be compressed.

    Belongs outside everything that compresses.

    Parameters
    ----------
    app : ASGIApp
        What it wraps.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass each request on, without the header where it asks for content as it is."""
        if scope["type"] == "http":
            # several headers of one name are one list
            accepted = ", ".join(Headers(scope=scope).getlist("accept-encoding"))
            if accepted and negotiate(accepted) == "identity":
                headers = [pair for pair in scope["headers"] if pair[0] != _NAME]
                scope = dict(scope) | {"headers": headers}
        await self.app(scope, receive, send)
