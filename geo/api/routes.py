"""
The data API: any selection of the dashboard as a file, under the same parameters.

``/api/records.csv?country=NL`` is byte for byte the file that the page at ``/?country=NL``
offers. Nothing here needs a key, and nothing here can be changed.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.api.citations import citation_routes
from geo.api.endpoint import Endpoint, File
from geo.api.endpoints import API, DATA, DOCUMENTATION, ENDPOINTS, HEALTH, OPENAPI, VERSION
from geo.api.feed_endpoints import ENTERED_FEED
from geo.api.openapi import description
from geo.api.unread import refused, requested
from geo.configuration import Configuration
from geo.errors import AtlasError
from geo.exports.file_names import file_name
from geo.exports.json_documents import version_json
from geo.exports.linked_data import meta_names
from geo.link.addresses import cited, with_query
from geo.link.opening import Opened
from geo.releases.listing import Release
from geo.screen.api_page import NAME, Described, documentation
from geo.web.cross_origin import (
    LINKS,
    METHODS,
    allow_cross_origin,
    json_refusal,
    notices_header,
)
from geo.web.head import PageHead, absolute, page_address, tags
from geo.web.headers import content_disposition
from geo.web.pictures import PICTURE
from geo.web.refusals import AsyncHandler, Handler
from geo.web.responses import Open, respond
from geo.wording import _
from geo.words.citations import Citation, citation
from geo.words.permanent_lines import MEANING, STRAPLINE, TITLE

log = logging.getLogger(__name__)

#: the documentation needs its own styles and nothing else
_STRICT = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)
Releases = Callable[[], Sequence[Release]]


def _file(open_: Open, endpoint: Endpoint, file: File) -> AsyncHandler:
    def handler(request: Request) -> Response:
        asked = requested(request, open_, endpoint.media_type)
        if refusal := refused(request, asked):
            return refusal
        opened = asked.opened
        provenance = asked.provenance(request, with_query(file.page, opened.fixed))
        name = file_name(opened.state, opened.dataset.version, opened.today, file.ending, file.kind)
        headers = {
            "Content-Disposition": content_disposition(name, inline=file.ending == "json"),
            "Link": LINKS,
            **notices_header(provenance.notices),
        }

        def make() -> bytes:
            return file.build(opened, provenance, asked.form)

        kind = (endpoint.path, asked.form)
        return respond(request, opened, kind, make, endpoint.media_type, headers)

    return allow_cross_origin(handler)


def _version(open_: Open, releases: Releases) -> AsyncHandler:
    def handler(request: Request) -> Response:
        asked = requested(request, open_, VERSION.media_type)
        if refusal := refused(request, asked):
            return refusal
        opened = asked.opened
        provenance = asked.provenance(request, with_query("/", opened.fixed))
        schema = absolute(request.scope, OPENAPI.path)
        known = tuple(releases())
        # the time of the files is said in it, and the releases are read anew
        names = tuple((release.number, release.date, release.version) for release in known)
        kind = (VERSION.path, opened.edition.modified, names)

        def make() -> bytes:
            return version_json(opened, known, schema, provenance).encode()

        headers = {"Link": LINKS, **notices_header(provenance.notices)}
        return respond(request, opened, kind, make, VERSION.media_type, headers)

    return allow_cross_origin(handler)


def _openapi(open_: Open) -> AsyncHandler:
    def handler(request: Request) -> Response:
        opened = open_("")

        def make() -> bytes:
            return json.dumps(description(opened.snapshot), ensure_ascii=False, indent=1).encode()

        return respond(request, opened, OPENAPI.path, make, OPENAPI.media_type, {"Link": LINKS})

    return allow_cross_origin(handler)


def _documentation_head(request: Request, view: Citation, configuration: Configuration) -> str:
    """Write the head of the documentation, as of any page; search engines do not list it."""
    name = f"{_(NAME)} · {_(TITLE)}"
    description = _("Programs can read every selection of the atlas as CSV, GeoJSON, JSON or Atom.")
    address = page_address({**request.scope, "path": DOCUMENTATION.path}, "")
    pictured = page_address({**request.scope, "path": PICTURE.address}, "")
    head = PageHead(
        site=_(TITLE),
        title=name,
        description=f"{description} {_(MEANING)}",
        robots="noindex",
        address=address,
        image=replace(PICTURE, address=pictured, alt=_(STRAPLINE)) if pictured else None,
        feed=ENTERED_FEED.path,
        cited=meta_names(view, configuration.publisher),
    )
    return tags(head)


def _documentation(open_: Open) -> AsyncHandler:
    def handler(request: Request) -> Response:
        opened = open_("")
        configuration = Configuration.from_environment()
        origin = absolute(request.scope, "/").rstrip("/")
        described = [
            Described(
                path=a.path,
                title=_(a.title),
                words=_(a.words),
                media_type=a.media_type,
                example=a.example,
                takes=a.takes,
                columns=a.file.columns if a.file else (),
            )
            for a in ENDPOINTS
        ]

        view = citation(
            opened,
            absolute(request.scope, cited(opened.dated)),
            configuration.publisher,
            configuration.imprint,
        )

        def make() -> bytes:
            head = _documentation_head(request, view, configuration)
            imprint = configuration.imprint
            return documentation(opened, described, head, origin, view.text, imprint).encode()

        headers = {"Content-Security-Policy": _STRICT, "Link": LINKS}
        return respond(request, opened, DOCUMENTATION.path, make, DOCUMENTATION.media_type, headers)

    return allow_cross_origin(handler)


def _unknown(request: Request) -> Response:
    sentence = _("The data API has no such address.")
    return json_refusal(request, 404, sentence, endpoints=[a.path for a in API])


def _serving(opened: Opened) -> dict[str, object]:
    dataset = opened.edition.newest
    return {
        "status": "ok",
        "version": dataset.version,
        "set_aside": dict(dataset.rows_set_aside),
        # the files as they are now are not shown: why
        "refused": list(opened.edition.refused),
        # entries of withheld.csv that are gone, so what they named may be shown again
        "lifted": opened.edition.lifted,
    }


def _health(open_: Open) -> Handler:
    def handler(request: Request) -> Response:
        report: dict[str, object] = {"status": "failing", "error": ""}
        status = 503
        try:
            opened = open_("")
            # selecting proves that what was read can also be served
            if opened.selection.snapshot:
                status, report = 200, _serving(opened)
        except AtlasError as error:
            report["error"] = str(error)
        except Exception as error:
            log.error("the ledger cannot be served: %s", type(error).__name__)
            report["error"] = _("Something went wrong on our side. Please try again in a moment.")
        body = json.dumps(report, ensure_ascii=False).encode()
        headers = {"Cache-Control": "no-store", "Content-Length": str(len(body))}
        content = b"" if request.method == "HEAD" else body
        return Response(content, status, headers, HEALTH.media_type)

    return handler


def api_routes(open_: Open, releases: Releases) -> list[Route]:
    """
    Return the routes of the data API for ``streamlit.App(routes=…)``.

    Parameters
    ----------
    open_ : callable
        Opens the query of an address.
    releases : callable
        Lists the releases of the ledger, the oldest first.

    Returns
    -------
    list of Route
        For every method; handlers refuse those that do not only read.
    """
    files = [(a.path, _file(open_, a, a.file)) for a in DATA if a.file]
    others = [
        (VERSION.path, _version(open_, releases)),
        (OPENAPI.path, _openapi(open_)),
        (DOCUMENTATION.path, _documentation(open_)),
        ("/api/{rest:path}", allow_cross_origin(_unknown)),
    ]
    routes = [Route(path, handler, methods=METHODS) for path, handler in (*files, *others)]
    return [*citation_routes(open_), *routes, Route(HEALTH.path, _health(open_), methods=["GET"])]
