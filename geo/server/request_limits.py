"""
How large a request may be, and the answers to those that are larger.

A link with every filter of the atlas has about 2 kB, a browser's headers have 1 to 3, and no
address takes a body.
"""

from __future__ import annotations

import re

from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

from geo.wording import _

#: bytes of the path and the query of a request line, as they are sent
TARGET = 8192
#: bytes of all header lines, with their colons, blanks and line ends
HEADERS = 16_384
#: bytes of a request line beside path and query: method and version, with room
_REST_OF_LINE = 1024
#: bytes of a head that are kept while its end has not come
HEAD = TARGET + HEADERS + _REST_OF_LINE
_END = re.compile(rb"\n\r?\n")
#: bytes of a body. Some clients send an empty form with a GET
BODY = 4096


def refusal(status: int) -> Response | None:
    """
    Return the answer to a request that is too large.

    Parameters
    ----------
    status : int
        One of 413, 414 and 431; 0 for a request that is not too large.

    Returns
    -------
    Response or None
        One sentence as plain text; None for 0.
    """
    sentences = {
        413: _("The atlas accepts no uploads. Send the request without a body."),
        414: _(
            "The address is too long: the atlas reads at most {most} bytes. "
            "Choose fewer filters, or a shorter search."
        ).format(most=TARGET),
        431: _(
            "The headers are too long: the atlas reads at most {most} bytes. "
            "Deleting this site’s cookies may help."
        ).format(most=HEADERS),
    }
    if not status:
        return None
    return PlainTextResponse(sentences[status], status, headers={"Cache-Control": "no-store"})


def head_excess(scope: Scope) -> int:
    """
    Return the status of a request whose head is too large.

    Parameters
    ----------
    scope : Scope
        Of HTTP or a websocket.

    Returns
    -------
    int
        414 for the request line, 431 for the headers, 0 if neither is too large.
    """
    raw = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogatepass")
    if len(raw) + 1 + len(scope["query_string"]) > TARGET:
        return 414
    if sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > HEADERS:
        return 431
    return 0


def arriving_excess(received: bytes) -> int:
    """
    Return the status of a request that is too large by what has come of it so far.

    To divide a long head into its lines costs the server more than to send it.

    Parameters
    ----------
    received : bytes
        Everything since the request's first byte.

    Returns
    -------
    int
        414 for the request line, 431 for the headers, 0 if neither is too large.
    """
    line, _end, _rest = received[:HEAD].partition(b"\n")
    target = line.partition(b" ")[2].rpartition(b" ")[0] if _end else b""
    if len(line) > TARGET + _REST_OF_LINE or len(target) > TARGET:
        return 414
    most = len(line) + HEADERS
    if len(received) <= most or _END.search(received, len(line), most + len(b"\n\r\n")):
        return 0
    return 431


def body_excess(scope: Scope) -> int:
    """
    Return the status of a request that announces too large a body.

    Parameters
    ----------
    scope : Scope
        Of HTTP.

    Returns
    -------
    int
        413, also for a body whose length is not known; 0 for none or a small one.
    """
    for name, value in scope["headers"]:
        if name == b"transfer-encoding":
            return 413
        if name == b"content-length" and not (value.isdigit() and int(value[:20]) <= BODY):
            return 413
    return 0
