"""
Responses with files: compressed, conditional, in ranges (RFC 9110).

A range is one of the file as it is: bytes in the middle of a compressed form are of no use to
a client that has the rest uncompressed.
"""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from geo.web.bodies import Body, entity_tag
from geo.web.compress import Encoding
from geo.web.headers import not_modified

#: content that never changes under its address
FOREVER = "public, max-age=31536000, immutable"
_RANGE = re.compile(r"bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*")


def encoding_of(request: Request, body: Body) -> Encoding:
    """
    Return the encoding in which a request gets a file.

    Parameters
    ----------
    request : Request
        GET or HEAD.
    body : Body
        The file.

    Returns
    -------
    Encoding
        Identity where the request asks for a range.
    """
    return "identity" if "range" in request.headers else body.encoding_for(request)


def file_response(request: Request, body: Body, cache_control: str) -> Response:
    """
    Answer a request for a file.

    May compress the file: it runs in a thread, or after `Body.form` of `encoding_of` has.

    Parameters
    ----------
    request : Request
        GET or HEAD.
    body : Body
        The file.
    cache_control : str
        How long it may be kept.

    Returns
    -------
    Response
        200 with the file; 206 with the range that is asked for, 416 if the file has no such
        range; 304 if the client has it already.
    """
    encoding = encoding_of(request, body)
    fields = {
        "Accept-Ranges": "bytes",
        "Cache-Control": cache_control,
        "ETag": entity_tag(body.digest, encoding),
        "Vary": "Accept-Encoding",
    }
    if not_modified(request, body.tags):
        return Response(status_code=304, headers=fields)
    fields["Content-Type"] = body.media_type
    part = _requested_range(request, body)
    if part is not None:
        return _partial(body, part, fields)
    if encoding != "identity":
        fields["Content-Encoding"] = encoding
    content = body.form(encoding)
    if request.method == "HEAD":
        return Response(headers={**fields, "Content-Length": str(len(content))})
    return Response(content, headers=fields)


def _partial(body: Body, part: range, fields: dict[str, str]) -> Response:
    size = len(body.content)
    if not part:
        # the range and the sentence are not what may be kept for a year
        error = {"Content-Range": f"bytes */{size}", "Cache-Control": "no-store"}
        return Response(status_code=416, headers={"Accept-Ranges": "bytes", **error})
    fields["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return Response(body.content[part.start : part.stop], 206, fields)


def _requested_range(request: Request, body: Body) -> range | None:
    """
    Return the bytes that a request asks for.

    Returns
    -------
    range or None
        Empty if the file has none of them; None for the whole file, as for several ranges,
        which a server need not send, and for a form of the file that is no more.
    """
    match = _RANGE.fullmatch(request.headers.get("range", ""))
    if match is None or request.method != "GET" or not any(match.groups()):
        return None
    # a date says too little: the same second may have seen two versions
    if request.headers.get("if-range", entity_tag(body.digest, "identity")) != entity_tag(
        body.digest, "identity"
    ):
        return None
    size = len(body.content)
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    start, stop = int(first), min(int(last) + 1, size) if last else size
    # a range that ends before it begins is no range, and is ignored
    return None if last and int(last) < start else range(start, max(start, stop))
