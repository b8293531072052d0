"""
Cross-origin resource sharing (CORS) for the data API and the feeds.

Scripts of any origin may read them by GET. Also a header on the parts of a query that were
ignored, and refusals as problem details (RFC 9457).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import wraps
from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from geo.web.refusals import AsyncHandler, Handler, explain_errors
from geo.wording import _
from geo.words.permanent_lines import LICENCE_URL

READING = ("GET", "HEAD", "OPTIONS")
#: routes take every method, else one that they do not know would fall to Streamlit's page
METHODS = (*READING, "POST", "PUT", "PATCH", "DELETE")
NOTICES = "X-Atlas-Notices"
#: characters of that header; a proxy refuses an answer with too much of a head
_LONGEST = 2000
PROBLEM = "application/problem+json"
#: people open this one
_PLAIN = "/api"

CROSS_ORIGIN: Mapping[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        f"ETag, Last-Modified, Link, Content-Disposition, Retry-After, {NOTICES}"
    ),
    # a search result would show a row without the page around it
    "X-Robots-Tag": "noindex",
}
_PREFLIGHT: Mapping[str, str] = {
    "Access-Control-Allow-Methods": ", ".join(READING),
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since, Cache-Control",
    "Access-Control-Max-Age": "86400",
    "Allow": ", ".join(READING),
}
LINKS = (
    f'<{LICENCE_URL}>; rel="license", </api>; rel="service-doc", '
    '</api/openapi.json>; rel="service-desc"'
)


def notices_header(notices: Iterable[str]) -> dict[str, str]:
    """
    Return the header on the parts of a query that were ignored; none where nothing was.

    Percent-encoded UTF-8, a comma between two sentences: a header carries ASCII only, and a
    value in a crafted link must not end it.
    """
    parts: list[str] = []
    for notice in notices:
        part = quote(notice, safe=" .:;()=/-")
        if sum(len(p) + 2 for p in parts) + len(part) > _LONGEST:
            parts.append(quote(_("Further values were ignored."), safe=" ."))
            break
        parts.append(part)
    return {NOTICES: ", ".join(parts)} if parts else {}


def json_refusal(
    request: Request,
    status: int,
    sentence: str,
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> Response:
    """
    Refuse a request in one sentence, as problem details (RFC 9457); to people as plain text.

    Parameters
    ----------
    request : Request
        Its path decides between the two.
    status : int
        Of the response.
    sentence : str
        Why it is refused.
    headers : mapping of str to str, optional
        Further headers.
    **more
        Further members; ``type`` and ``title`` replace the usual ones.

    Returns
    -------
    Response
        Stored by no cache.
    """
    fields = {"Cache-Control": "no-store", **(headers or {})}
    if request.scope["path"] == _PLAIN:
        return PlainTextResponse(sentence, status, fields)
    problem = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence,
        # its name in version 1.0
        "error": sentence,
        **more,
    }
    body = json.dumps(problem, ensure_ascii=False, indent=1)
    return Response(body, status, fields, PROBLEM)


def allow_cross_origin(handler: Handler) -> AsyncHandler:
    """
    Let scripts of any origin read what a handler answers, its refusals and errors included.

    The methods that only read are answered, ``OPTIONS`` as a preflight; any other is refused
    with 405, and an error that a sentence can explain becomes 503.

    Parameters
    ----------
    handler : callable
        Answers GET and HEAD.
    """
    explaining = explain_errors(handler, json_refusal)

    @wraps(handler)
    async def answering(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={**CROSS_ORIGIN, **_PREFLIGHT})
        if request.method in READING:
            response = await explaining(request)
        else:
            sentence = _("The atlas is read-only: use GET or HEAD.")
            response = json_refusal(request, 405, sentence, {"Allow": _PREFLIGHT["Allow"]})
        response.headers.update(CROSS_ORIGIN)
        return response

    return answering
