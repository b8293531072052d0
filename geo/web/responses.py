"""
Answers that the atlas writes itself: conditional, compressed, and honest when they fail.

One way for share pages, the data API and feeds: a body becomes an answer with an ETag and
a Last-Modified date (RFC 9110), and an error that a sentence can explain becomes that
sentence. Bodies that are asked for again are kept for a while, so that many readers of one
address cost little more than one.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property, wraps
from itertools import count
from threading import Lock
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from geo.errors import AtlasError
from geo.ledger.dataset import Dataset
from geo.link.opening import Opened
from geo.link.permalink import encode
from geo.web.compress import WORTHWHILE, accepts_gzip, compress

#: reads the query of an address; app.py knows where the ledger is
Open = Callable[[str], Opened]
Endpoint = Callable[[Request], Response]
#: what changes with the ledger is asked for again after a minute
SHORT = "public, max-age=60"
#: compressed already
PACKED = frozenset({"image/png"})
#: bytes of all bodies that are kept, as they are before compression
MOST_KEPT = 32 * 2**20


class Body:
    """A body with what is made from it once: its tag and its compressed form."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'

    @cached_property
    def compressed(self) -> bytes:
        """The content, gzipped."""
        return compress(self.content)


class Kept:
    """
    Bodies made before, the least used dropped first.

    A body belongs to one reading of the files: a number for each `Dataset`, never used
    again, is part of its key. So when a row is withheld, no body from before is found.
    """

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._bodies: OrderedDict[Hashable, Body] = OrderedDict()
        self._size = 0
        self._numbers: WeakKeyDictionary[Dataset, int] = WeakKeyDictionary()
        self._next = count()
        self._lock = Lock()

    def body(self, opened: Opened, key: Hashable, make: Callable[[], bytes]) -> Body:
        """
        Return the body of an address, made unless it is kept.

        Parameters
        ----------
        opened : Opened
            The address: its ledger, its day and all that its link says count.
        key : Hashable
            Whatever else the body depends on, such as the kind of file and the host.
        make : callable
            Writes the body.
        """
        day = opened.state.as_of or opened.today
        said = (day, encode(opened.state), opened.notices, key)
        with self._lock:
            whole = (self._numbers.setdefault(opened.dataset, next(self._next)), said)
            if whole in self._bodies:
                self._bodies.move_to_end(whole)
                return self._bodies[whole]
        # made outside the lock: two readers may make the same, and nobody waits
        found = Body(make())
        with self._lock:
            if whole not in self._bodies and len(found.content) <= self._most:
                self._bodies[whole] = found
                self._size += len(found.content)
            while self._size > self._most:
                _key, dropped = self._bodies.popitem(last=False)
                self._size -= len(dropped.content)
        return found


kept = Kept()


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
    body: bytes | Body,
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
    body : bytes or Body
        The content, not compressed.
    media_type : str
        With its charset.
    headers : mapping, optional
        Further headers.
    """
    whole = body if isinstance(body, Body) else Body(body)
    said = {
        "Cache-Control": SHORT,
        "ETag": whole.tag,
        "Last-Modified": format_datetime(opened.edition.modified, usegmt=True),
        "Vary": "Accept-Encoding",
        **(headers or {}),
    }
    if _fresh(request, whole.tag, opened):
        return Response(status_code=304, headers=said)
    said["Content-Type"] = media_type
    content = whole.content
    accepted = ", ".join(request.headers.getlist("accept-encoding"))
    worth_it = len(content) >= WORTHWHILE and media_type not in PACKED
    if worth_it and accepts_gzip(accepted):
        # another representation has another tag
        said |= {"Content-Encoding": "gzip", "ETag": whole.tag[:-1] + '-gzip"'}
        content = whole.compressed
    if request.method == "HEAD":
        return Response(headers={**said, "Content-Length": str(len(content))})
    return Response(content, headers=said)


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
