"""
Responses that the atlas writes itself: conditional and compressed.

Share pages, pictures, the data API and feeds all use it: a body becomes a response with an
ETag (RFC 9110). The ETag is known before the body is made, so a client that has it costs no
rendering. Bodies are cached, so that many readers of one address cost little more than one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response

from geo.configuration import Configuration
from geo.link.opening import Opened
from geo.web.bodies import (
    PACKED,
    Body,
    BodyCache,
    accepted_encoding,
    entity_tag,
    entity_tags,
)
from geo.web.clients import client_of
from geo.web.compress import Encoding
from geo.web.head import absolute
from geo.web.headers import not_modified
from geo.web.identity import response_digest
from geo.web.uncached_work import uncached_work

#: reads the query of an address; app.py knows where the ledger is
Open = Callable[[str], Opened]

response_cache = BodyCache()


def query_of(request: Request) -> str:
    """Return the query of a request, as it was sent."""
    sent: bytes = request.scope["query_string"]
    return sent.decode("latin-1")


def caching(configuration: Configuration) -> dict[str, str]:
    """
    Return the ``Cache-Control`` of a response that shows the ledger.

    What is withheld must be gone at once, so every use of a stored response is checked against
    its ETag. A publisher may let shared caches answer by themselves for some seconds; without
    a publisher nothing is kept outside the reader's browser.

    Parameters
    ----------
    configuration : Configuration
        Who publishes, and for how long shared caches may answer.
    """
    if not configuration.publisher:
        return {"Cache-Control": "private, no-cache"}
    seconds = configuration.shared_cache
    if not seconds:
        return {"Cache-Control": "no-cache"}
    return {"Cache-Control": f"public, max-age=0, s-maxage={seconds}, must-revalidate"}


class LedgerAnswer:
    """
    The answer to one request for something made from the ledger, before it is made.

    Parameters
    ----------
    request : Request
        GET or HEAD.
    opened : Opened
        The address: this reading of the ledger, the day and all of its link are part of the
        ETag.
    kind : hashable
        What else the content depends on, such as the path, as `canonical` takes it. The origin
        of the request and the configuration always count.
    media_type : str
        Of the content.
    headers : mapping, optional
        Further headers; they replace those of the same name.
    """

    def __init__(
        self,
        request: Request,
        opened: Opened,
        kind: Hashable,
        media_type: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._request = request
        self._media_type = media_type
        self._preferred: Encoding = (
            "identity" if media_type in PACKED else accepted_encoding(request)
        )
        configuration = Configuration.from_environment()
        origin = absolute(request.scope, "/")
        self._reading = opened.dataset
        self._notices = opened.notices
        self._digest = response_digest(opened, kind, origin, configuration)
        self._fields = {
            **caching(configuration),
            "Last-Modified": format_datetime(opened.edition.modified, usegmt=True),
            "Vary": "Accept-Encoding",
            **(headers or {}),
        }

    @property
    def unchanged(self) -> Response | None:
        """
        304 without content for a client that has the content already; else None.

        Only the ETag counts. The date is that of files, and so to the second, another on each
        machine, and the same after an update of the software.
        """
        known = [t for t in entity_tags(self._digest) if not_modified(self._request, (t,))]
        if not known:
            return None
        preferred = entity_tag(self._digest, self._preferred)
        tag = preferred if preferred in known else known[0]
        return Response(status_code=304, headers={**self._fields, "ETag": tag})

    def from_cache(self, make: Callable[[], bytes], cache: BodyCache) -> Response:
        """
        Answer with the content from a cache, where it is made if it is not there.

        Content with notices is not cached: a stranger can make any number of addresses whose
        values are ignored, and each would be other content. `uncached_work` bounds the time
        that goes into it, and into any content that is not in the cache yet.

        Parameters
        ----------
        make : callable
            Writes the content.
        cache : BodyCache
            Keeps it for as long as the reading of the ledger that it is made from.

        Returns
        -------
        Response
            200; for HEAD without the content.

        Raises
        ------
        TooMuchWork
            When the client has asked for too many different answers, or too many are waited
            for.
        """
        if self._notices:
            with uncached_work.spend(client_of(self._request.scope)):
                return self.send(Body(make(), self._media_type))
        body = cache.get_or_make(self._digest, lambda: self._made(make), self._reading)
        cache.form(self._digest, body, self._encoding(body), self._reading)
        return self.send(body)

    def _made(self, make: Callable[[], bytes]) -> Body:
        with uncached_work.spend(client_of(self._request.scope), cached=True):
            return Body(make(), self._media_type)

    def _encoding(self, body: Body) -> Encoding:
        return self._preferred if body.is_compressible else "identity"

    def send(self, body: Body) -> Response:
        """
        Answer with the content, compressed if the client takes it.

        Parameters
        ----------
        body : Body
            The content and its type.

        Returns
        -------
        Response
            200; for HEAD without the content.
        """
        encoding = self._encoding(body)
        content = body.form(encoding)
        fields = {
            **self._fields,
            "ETag": entity_tag(self._digest, encoding),
            "Content-Type": body.media_type,
        }
        if encoding != "identity":
            fields["Content-Encoding"] = encoding
        if self._request.method == "HEAD":
            return Response(headers={**fields, "Content-Length": str(len(content))})
        return Response(content, headers=fields)


def respond(
    request: Request,
    opened: Opened,
    kind: Hashable,
    make: Callable[[], bytes],
    media_type: str,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """
    Answer with content made from the ledger, or with “not modified”.

    Parameters
    ----------
    request : Request
        GET or HEAD.
    opened : Opened
        The address.
    kind : hashable
        What else the content depends on, as `LedgerAnswer` takes it.
    make : callable
        Writes the content. Not called if the client has it already or it is in the cache.
    media_type : str
        With its charset.
    headers : mapping, optional
        Further headers; they replace those of the same name.

    Returns
    -------
    Response
        200, or 304 without content.
    """
    answer = LedgerAnswer(request, opened, kind, media_type, headers)
    unchanged = answer.unchanged
    if unchanged is not None:
        return unchanged
    return answer.from_cache(make, response_cache)
