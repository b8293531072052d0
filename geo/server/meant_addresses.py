"""Redirects from an address that was changed on its way to the one that was meant."""

from __future__ import annotations

from collections.abc import Container, Iterable
from urllib.parse import quote

from markupsafe import Markup, escape
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.link.embed_addresses import OEMBED
from geo.link.meant_paths import KnownPaths, meant_address
from geo.link.normalising import read_query
from geo.link.parameters import parameters
from geo.link.root import rooted
from geo.model.dates import lenient, spoken
from geo.server.request_limits import head_excess, refusal
from geo.wording import _
from geo.words.permanent_lines import TITLE

_READING = frozenset({"GET", "HEAD"})
_SAFE = "/%?=&;+:,@~!$'()*[]"
_PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
    "<body><main><h1>{title}</h1><p>{said}</p></main></body></html>\n"
)
_FIELDS = {
    # what an address means may be learnt later
    "Cache-Control": "no-cache",
    # scripts of any origin may read the API and the feeds, redirects to them included
    "Access-Control-Allow-Origin": "*",
}


class MeantAddresses:
    """
    Redirects to what is plainly meant; all else passes, other methods and sockets too.

    A file, feed or picture whose query alone was changed passes too: its route reads the query
    as it was meant, and a program that follows no redirect would save an empty file. The answer
    says in words where it leads.

    Belongs outside `AllowList`, which would refuse the path, and inside `SecurityHeaders`.
    301 and not 308, which Python's own client follows from 3.11 on: only GET and HEAD are
    redirected, so that no method can change.

    Parameters
    ----------
    app : ASGIApp
        What it wraps.
    paths : Iterable of str
        The paths that exist, with placeholders as Starlette writes them.
    files : Container of str
        Paths of the libraries' files, whose queries are not the atlas's.
    """

    def __init__(
        self, app: ASGIApp, paths: Iterable[str], files: Container[str] = frozenset()
    ) -> None:
        self.app = app
        self._known = KnownPaths(paths)
        self._files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect, or pass."""
        target = self._target(scope)
        if target is None:
            await self.app(scope, receive, send)
            return
        address = scope.get("root_path", "") + quote(target, safe=_SAFE)
        redirect = HTMLResponse(_note(address, target), 301, {**_FIELDS, "Location": address})
        if scope["method"] == "HEAD":
            redirect.body = b""  # its length stays that of the answer to GET
        await redirect(scope, receive, send)

    def _target(self, scope: Scope) -> str | None:
        """Return the address that is meant; None where the request passes."""
        if scope["type"] != "http" or scope["method"] not in _READING:
            return None
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if path in self._files or refusal(head_excess(scope)):
            return None
        query = scope["query_string"].decode("latin-1")
        target = meant_address(path, query, self._known)
        if target and _is_file(path) and target.partition("?")[0] == path:
            target = None
        if target is None and _hides_slashes(scope) and self._known.meant(path):
            return f"{path}?{query}" if query else path
        return target


def _is_file(path: str) -> bool:
    # of oEmbed's query one value is a whole address with a query of its own
    named = path.startswith(("/api/", "/feeds/")) or path == OEMBED
    return named or "." in path.rpartition("/")[2]


def _note(address: str, target: str) -> bytes:
    """Write where a redirect leads, for who does not follow it (RFC 9110, section 15.4.2)."""
    rows = {row.name: row for row in parameters()}
    read = read_query(target.partition("?")[2])
    words = (
        spoken(value) if lenient(value) else rows[name].option_label(value)
        for name, values in read.items()
        for value in values
        if name in rows
    )
    sentence = escape(
        _("This link was changed on its way. The atlas reads it as {address} ({words}).")
    )
    link = Markup('<a href="{0}">{0}</a>').format(rooted(address))
    said = sentence.format(address=link, words=", ".join(words) or _("no filters"))
    return _PAGE.format(title=_(TITLE), said=said).encode(errors="replace")


def _hides_slashes(scope: Scope) -> bool:
    """Say whether slashes of the path were sent as ``%2F``, which no route answers."""
    raw = scope.get("raw_path")
    return raw is not None and raw.count(b"/") != scope["path"].count("/")
