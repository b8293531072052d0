"""
Page titles and preview texts in the HTML itself.

Streamlit sends the same empty shell for every address, so a link previews as "Streamlit".
This middleware writes the words of the selection into the shell's head: chat programs and
search engines read those, and never run the script.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.web.compress import WORTHWHILE, accepts_gzip, compress
from geo.web.head import Image, PageHead, page_address, rewrite

log = logging.getLogger(__name__)

# asked for as they are, these would bring back "not modified", a part, or gzip
_NOT_PASSED_ON = frozenset(
    {b"if-none-match", b"if-modified-since", b"if-range", b"range", b"accept-encoding"}
)
# these describe the shell, not what is sent
_OF_THE_SHELL = ("content-length", "etag", "last-modified", "accept-ranges")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """
    The description of an address in the head of its document.

    Attributes
    ----------
    title : str
        Of the browser's tab and of the preview.
    description : str
        One or two sentences that can be quoted alone.
    language : str
        Of both, as in ``<html lang>``.
    robots : str or None
        Content of a robots tag, such as ``noindex``; None for none.
    canonical_query : str or None
        The query of the canonical link, without its question mark; None for that of the
        request.
    feed : str
        Address of the feed of the selection; empty for none.
    plain : str
        Address of the same view as a plain page; empty for none.
    """

    title: str
    description: str
    language: str = "en"
    robots: str | None = None
    canonical_query: str | None = None
    feed: str = ""
    plain: str = ""


Describe = Callable[[str, str], Preview]


class PagePreviews:
    """
    Rewrites the head of page documents.

    Only GET, only the paths in ``pages``, only whole HTML documents: a component's index.html,
    HEAD, redirects and the websocket pass unchanged.

    Parameters
    ----------
    app : ASGIApp
        What it wraps.
    pages : Sequence of str
        The paths of the dashboard's pages.
    describe : callable
        From path and raw query to a `Preview`. May read files: it runs in a thread. If it
        fails, the reader gets the site's name and the log one line.
    site : str
        The site's name.
    picture : Image or None
        The picture of every page: its path for an address, which gets the page's query, and
        its size. Its description is that of the page.
    """

    def __init__(
        self,
        app: ASGIApp,
        pages: Sequence[str],
        describe: Describe,
        site: str,
        picture: Image | None = None,
    ) -> None:
        self.app = app
        self._pages = frozenset(pages)
        self._describe = describe
        self._site = site
        self._picture = picture

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Rewrite the answer to a page request; pass everything else."""
        wanted = scope["type"] == "http" and scope["method"] == "GET"
        if not wanted or scope["path"] not in self._pages:
            await self.app(scope, receive, send)
            return
        answer = _Rewriter(self, scope, send)
        await self.app(_bare(scope), receive, answer.take)

    async def page(self, scope: Scope, shell: str) -> str:
        """
        Write the head of one request into the shell.

        Parameters
        ----------
        scope : Scope
            The request.
        shell : str
            Streamlit's index.html.

        Returns
        -------
        str
            The document.
        """
        query = scope["query_string"].decode("latin-1")
        preview = await run_in_threadpool(self._preview, scope["path"], query)
        if preview.canonical_query is not None:
            query = preview.canonical_query
        head = PageHead(
            site=self._site,
            title=preview.title,
            description=preview.description,
            robots=preview.robots,
            address=page_address(scope, query),
            image=self._image(scope, query, preview.description),
            feed=preview.feed,
        )
        return rewrite(shell, head, language=preview.language, plain=preview.plain)

    def _image(self, scope: Scope, query: str, description: str) -> Image | None:
        if self._picture is None or not description:
            return None
        # a preview is fetched from elsewhere: without a host there is no picture to name
        address = page_address({**scope, "path": self._picture.address}, query)
        return replace(self._picture, address=address, alt=description) if address else None

    def _preview(self, path: str, query: str) -> Preview:
        try:
            return self._describe(path, query)
        except Exception as error:
            # one line, and not the message: it may quote what the reader searched for
            last = traceback.extract_tb(error.__traceback__)[-1]
            log.error("no preview for %s: %s in %s", path, type(error).__name__, last.name)
            return Preview(title=self._site, description="")


def _bare(scope: Scope) -> Scope:
    """Return the request without headers that would bring back less than the whole document."""
    headers = [pair for pair in scope["headers"] if pair[0].lower() not in _NOT_PASSED_ON]
    # with this extension the server would send the file itself, past the rewriting
    extensions = dict(scope.get("extensions") or {})
    extensions.pop("http.response.pathsend", None)
    return {**scope, "headers": headers, "extensions": extensions}


class _Rewriter:
    """Holds one answer back until it is whole, then sends it rewritten."""

    def __init__(self, previews: PagePreviews, scope: Scope, send: Send) -> None:
        self._previews = previews
        self._scope = scope
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)
        else:
            await self._send(message)

    async def _finish(self, start: Message) -> None:
        shell = self._body.decode("utf-8", errors="replace")
        page = await self._previews.page(self._scope, shell)
        body = page.encode("utf-8", errors="replace")
        headers = MutableHeaders(raw=list(start["headers"]))
        for name in _OF_THE_SHELL:
            del headers[name]
        headers.add_vary_header("Accept-Encoding")
        accepted = Headers(scope=self._scope).getlist("accept-encoding")
        if len(body) >= WORTHWHILE and accepts_gzip(", ".join(accepted)):
            body = await run_in_threadpool(compress, body)
            headers["Content-Encoding"] = "gzip"
        # declared here, so that no byte of the head is read in another encoding
        headers["Content-Type"] = "text/html; charset=utf-8"
        headers["Content-Length"] = str(len(body))
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def _is_page(start: Message) -> bool:
    """Say whether an answer is a whole, uncompressed HTML document."""
    headers = Headers(raw=start["headers"])
    plain = headers.get("content-encoding", "identity") == "identity"
    return bool(
        start["status"] == 200
        and plain
        and headers.get("content-type", "").lower().startswith("text/html")
    )
