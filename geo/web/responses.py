"""
Responses that the atlas writes itself: conditional, compressed, with a sentence for errors.

Share pages, pictures, the data API and feeds all use it: a body becomes a response with an
ETag and a Last-Modified date (RFC 9110), and an error that a sentence can explain becomes
that sentence. Bodies are cached, so that many readers of one address cost little more than
one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping
from email.utils import format_datetime
from functools import wraps
from inspect import iscoroutinefunction
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from geo.errors import AtlasError
from geo.link.opening import Opened
from geo.link.permalink import encode
from geo.web.bodies import Body, BodyCache
from geo.web.headers import not_modified

#: reads the query of an address; app.py knows where the ledger is
Open = Callable[[str], Opened]
Handler = Callable[[Request], Response]
AsyncHandler = Callable[[Request], Awaitable[Response]]
#: what changes with the ledger is asked for again after a minute
SHORT = "public, max-age=60"

response_cache = BodyCache()


def query_of(request: Request) -> str:
    """Return the query of a request, as it was sent."""
    sent: bytes = request.scope["query_string"]
    return sent.decode("latin-1")


def cached_body(
    opened: Opened,
    key: Hashable,
    make: Callable[[], bytes],
    media_type: str,
    cache: BodyCache = response_cache,
) -> Body:
    """
    Return the body of an address, from the cache or made anew.

    Parameters
    ----------
    opened : Opened
        The address: this reading of the ledger, the day and all of its link are part of the
        key.
    key : hashable
        What else the body depends on, such as the kind of file and the host.
    make : callable
        Writes the content.
    media_type : str
        With its charset.
    cache : BodyCache
        Where bodies are cached; by default that of all routes.

    Returns
    -------
    Body
        The content and its type.
    """
    day = opened.state.as_of or opened.today
    view = (day, encode(opened.state), opened.notices)
    return cache.get_or_make((view, key), lambda: Body(make(), media_type), opened.dataset)


def respond(
    request: Request, opened: Opened, body: Body, headers: Mapping[str, str] | None = None
) -> Response:
    """
    Answer with a body made from the ledger, or with “not modified”.

    Parameters
    ----------
    request : Request
        GET or HEAD.
    opened : Opened
        What the body was made from.
    body : Body
        The content and its type.
    headers : mapping, optional
        Further headers.

    Returns
    -------
    Response
        200, or 304 without content.
    """
    modified = opened.edition.modified
    compressed = body.is_sent_compressed(request)
    fields = {
        "Cache-Control": SHORT,
        "ETag": body.tag(compressed=compressed),
        "Last-Modified": format_datetime(modified, usegmt=True),
        "Vary": "Accept-Encoding",
        **(headers or {}),
    }
    if not_modified(request, body.tags, modified):
        return Response(status_code=304, headers=fields)
    fields["Content-Type"] = body.media_type
    if compressed:
        fields["Content-Encoding"] = "gzip"
    content = body.compressed if compressed else body.content
    if request.method == "HEAD":
        return Response(headers={**fields, "Content-Length": str(len(content))})
    return Response(content, headers=fields)


class Refusal(Protocol):
    """The form of a route's refusals: one sentence, as text or in a document."""

    def __call__(
        self, request: Request, status: int, sentence: str, headers: Mapping[str, str]
    ) -> Response:
        """Return the response; it is stored nowhere."""


def plain_refusal(
    request: Request, status: int, sentence: str, headers: Mapping[str, str]
) -> Response:
    """
    Refuse a request with one sentence as plain text.

    Parameters
    ----------
    request : Request
        Not read.
    status : int
        Of the response.
    sentence : str
        Why it is refused.
    headers : mapping of str to str
        Further headers.

    Returns
    -------
    Response
        Stored by no cache.
    """
    return PlainTextResponse(sentence, status, {"Cache-Control": "no-store", **headers})


def explain_errors(
    handler: Handler | AsyncHandler, refusal: Refusal = plain_refusal, retry_after: int = 60
) -> AsyncHandler:
    """
    Let a handler answer an `AtlasError` with its sentence, as 503.

    Parameters
    ----------
    handler : callable
        Answers a request; a plain function runs in a thread, as in Starlette.
    refusal : callable
        The form of the answer.
    retry_after : int
        Seconds after which to try again.

    Returns
    -------
    callable
        The handler, as a coroutine function.
    """

    @wraps(handler)
    async def explaining(request: Request) -> Response:
        try:
            if iscoroutinefunction(handler):
                response: Response = await handler(request)
                return response
            return await run_in_threadpool(handler, request)  # type: ignore[arg-type]
        except AtlasError as error:
            return refusal(request, 503, str(error), {"Retry-After": str(retry_after)})

    return explaining
