"""Refusals with a sentence, and handlers that answer errors by them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from inspect import iscoroutinefunction
from math import ceil
from typing import Protocol, Self

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from geo.errors import AtlasError

Handler = Callable[[Request], Response]
AsyncHandler = Callable[[Request], Awaitable[Response]]


class Busy(AtlasError):
    """
    A request that is refused for now.

    Attributes
    ----------
    status : int
        429 where the client has asked for too much, 503 where all together have.
    seconds : int
        After which to try again.
    """

    status = 503
    seconds = 5

    @classmethod
    def after(cls, seconds: float, status: int, sentence: str) -> Self:
        """
        Return the error to raise.

        Parameters
        ----------
        seconds : float
            After which to try again.
        status : int
            429 or 503.
        sentence : str
            With ``{seconds}`` in it.

        Returns
        -------
        Busy
            Of the class that it is called on.
        """
        whole = max(1, ceil(seconds))
        error = cls(sentence.format(seconds=whole))
        error.status, error.seconds = status, whole
        return error


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
    Let a handler answer an `AtlasError` with its sentence, as 503 or as `Busy` says.

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
        except Busy as error:
            again = {"Retry-After": str(error.seconds)}
            return refusal(request, error.status, str(error), again)
        except AtlasError as error:
            return refusal(request, 503, str(error), {"Retry-After": str(retry_after)})

    return explaining
