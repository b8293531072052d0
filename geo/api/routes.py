"""
The data API: any selection of the dashboard as a file, under the same parameters.

``/api/records.csv?country=NL`` holds what the page at ``/?country=NL`` offers to take away,
byte for byte. Nothing here needs a key, and nothing here can be changed.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.api.endpoints import (
    ADDRESSES,
    API,
    DATA,
    DOCUMENTATION,
    HEALTH,
    OPENAPI,
    VERSION,
    Address,
    File,
)
from geo.api.openapi import description
from geo.configuration import Configuration
from geo.errors import AtlasError
from geo.exports.file_names import file_name
from geo.exports.json_documents import notices, version_json
from geo.link.addresses import with_query
from geo.releases.folders import Release
from geo.screen.api_page import Described, documentation
from geo.web.cross_origin import LINKS, METHODS, open_to_all, refused, said
from geo.web.head import absolute
from geo.web.responses import Endpoint, Open, answer, kept, query_of
from geo.wording import _

log = logging.getLogger(__name__)

#: the documentation needs its own styles and nothing else
_STRICT = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
Releases = Callable[[], Sequence[Release]]


def _named(name: str, *, shown: bool) -> str:
    """``Content-Disposition``: the name in ASCII, and as it is (RFC 6266)."""
    plain = name.encode("ascii", "replace").decode().replace("?", "-")
    how = "inline" if shown else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _file(open_: Open, address: Address, file: File) -> Endpoint:
    def endpoint(request: Request) -> Response:
        opened = open_(query_of(request))
        imprint = Configuration.from_environment().imprint
        link = absolute(request.scope, with_query(file.page, opened.fixed))
        body = kept.body(
            opened, (address.path, link, imprint), lambda: file.build(opened, link, imprint)
        )
        name = file_name(opened.state, opened.dataset.version, opened.today, file.ending, file.kind)
        headers = {
            "Content-Disposition": _named(name, shown=file.ending == "json"),
            "Link": LINKS,
            **said(notices(opened)),
        }
        return answer(request, opened, body, address.media_type, headers)

    return open_to_all(endpoint)


def _version(open_: Open, releases: Releases) -> Endpoint:
    def endpoint(request: Request) -> Response:
        opened = open_(query_of(request))
        imprint = Configuration.from_environment().imprint
        link = absolute(request.scope, with_query("/", opened.fixed))
        schema = absolute(request.scope, OPENAPI.path)
        known = tuple(releases())
        body = kept.body(
            opened,
            (VERSION.path, link, imprint, known),
            lambda: version_json(opened, known, schema, link, imprint).encode(),
        )
        headers = {"Link": LINKS, **said(notices(opened))}
        return answer(request, opened, body, VERSION.media_type, headers)

    return open_to_all(endpoint)


def _openapi(open_: Open) -> Endpoint:
    def endpoint(request: Request) -> Response:
        # what it holds is the program's and not the ledger's, which only dates it
        opened = open_("")
        body = kept.body(
            opened,
            OPENAPI.path,
            lambda: json.dumps(description(), ensure_ascii=False, indent=1).encode(),
        )
        return answer(request, opened, body, OPENAPI.media_type, {"Link": LINKS})

    return open_to_all(endpoint)


def _documentation(open_: Open) -> Endpoint:
    def endpoint(request: Request) -> Response:
        opened = open_("")
        imprint = Configuration.from_environment().imprint
        origin = absolute(request.scope, "/").rstrip("/")
        body = kept.body(
            opened,
            (DOCUMENTATION.path, origin, imprint),
            lambda: documentation(
                opened,
                [
                    Described(
                        path=a.path,
                        title=_(a.title),
                        words=_(a.words),
                        media_type=a.media_type,
                        example=a.example,
                        takes=a.takes,
                    )
                    for a in ADDRESSES
                ],
                origin,
                imprint,
            ).encode(),
        )
        headers = {"Content-Security-Policy": _STRICT, "Link": LINKS}
        return answer(request, opened, body, DOCUMENTATION.media_type, headers)

    return open_to_all(endpoint)


def _unknown(request: Request) -> Response:
    sentence = _("The data API has no such address.")
    return refused(request, 404, sentence, endpoints=[a.path for a in API])


def _health(open_: Open) -> Endpoint:
    def endpoint(request: Request) -> Response:
        status, said = 503, {"status": "failing", "error": ""}
        try:
            opened = open_("")
            # selecting proves that what was read can also be served
            if opened.selection.snapshot:
                status, said = 200, {"status": "ok", "version": opened.dataset.version}
        except AtlasError as error:
            said["error"] = str(error)
        except Exception as error:
            log.error("the ledger cannot be served: %s", type(error).__name__)
            said["error"] = _("Something went wrong on our side. Please try again in a moment.")
        body = json.dumps(said, ensure_ascii=False).encode()
        headers = {"Cache-Control": "no-store", "Content-Length": str(len(body))}
        content = b"" if request.method == "HEAD" else body
        return Response(content, status, headers, HEALTH.media_type)

    return endpoint


def api_routes(open_: Open, releases: Releases) -> list[Route]:
    """
    Return the routes of the data API for ``streamlit.App(routes=…)``.

    Parameters
    ----------
    open_ : callable
        Opens the query of an address.
    releases : callable
        Lists the releases of the ledger, the oldest first.
    """
    files = [(a.path, _file(open_, a, a.file)) for a in DATA if a.file]
    others = [
        (VERSION.path, _version(open_, releases)),
        (OPENAPI.path, _openapi(open_)),
        (DOCUMENTATION.path, _documentation(open_)),
        (DOCUMENTATION.path + "/", _documentation(open_)),
        ("/api/{rest:path}", open_to_all(_unknown)),
    ]
    made = [Route(path, endpoint, methods=METHODS) for path, endpoint in (*files, *others)]
    return [*made, Route(HEALTH.path, _health(open_), methods=["GET"])]
