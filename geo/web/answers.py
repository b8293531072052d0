"""
Answers that the atlas writes itself: conditional, compressed, and honest when they fail.

One way for share pages, the data API and feeds: a body becomes an answer with an ETag and
a Last-Modified date (RFC 9110), and an error that a sentence can explain becomes that
sentence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from email.utils import format_datetime, parsedate_to_datetime
from functools import wraps

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from geo.errors import AtlasError
from geo.records.opening import Opened
from geo.web.compress import WORTHWHILE, accepts_gzip, compress

#: reads the query of an address; app.py knows where the ledger is
Open = Callable[[str], Opened]
Endpoint = Callable[[Request], Response]
#: what changes with the ledger is asked for again after a minute
SHORT = "public, max-age=60"


def query_of(request: Request) -> str:
    """The query of a request, as it was sent."""
    sent: bytes = request.scope["query_string"]
    return sent.decode("latin-1")


def _fresh(request: Request, tag: str, opened: Opened) -> bool:
    tags = {
        t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")
    }
    if tags - {""}:
        # RFC 9110, 13.1.3: with a tag given, the date does not count
        return bool(tags & {"*", tag, tag[:-1] + '-gzip"'})
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return since >= opened.edition.modified
    except (ValueError, TypeError):
        return False


def answer(
    request: Request,
    opened: Opened,
    body: bytes,
    media_type: str,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """
    Answer with a body made from the ledger, or with “not modified”.

    Parameters
    ----------
    request : Request
        GET or HEAD.
    opened : Opened
        What the body was made from.
    body : bytes
        The content, not compressed.
    media_type : str
        With its charset.
    headers : mapping, optional
        Further headers.
    """
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    said = {
        "Cache-Control": SHORT,
        "ETag": tag,
        "Last-Modified": format_datetime(opened.edition.modified, usegmt=True),
        "Vary": "Accept-Encoding",
        **(headers or {}),
    }
    if _fresh(request, tag, opened):
        return Response(status_code=304, headers=said)
    said["Content-Type"] = media_type
    if len(body) >= WORTHWHILE and accepts_gzip(request.headers.get("accept-encoding", "")):
        # another representation has another tag
        said |= {"Content-Encoding": "gzip", "ETag": tag[:-1] + '-gzip"'}
        body = compress(body)
    return Response(body, headers=said)


def explained(make: Endpoint) -> Endpoint:
    """Let an endpoint answer a failure of the ledger with its sentence (503)."""

    @wraps(make)
    def endpoint(request: Request) -> Response:
        try:
            return make(request)
        except AtlasError as error:
            headers = {"Cache-Control": "no-store", "Retry-After": "60"}
            return PlainTextResponse(str(error), status_code=503, headers=headers)

    return endpoint
