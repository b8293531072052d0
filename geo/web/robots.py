"""
``/robots.txt`` and ``/sitemap.xml``: what search engines may read, and what is there.

What may not be listed says so itself (`geo.records.indexing`); what every question makes
anew is not to be fetched at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from geo.configuration import Configuration
from geo.records import share_links
from geo.records.coverage import coverage
from geo.records.indexing import listed_record
from geo.records.opening import Opened
from geo.records.vocabulary import EUROPEAN_UNION
from geo.web.answers import Open, answer, explained
from geo.web.head import page_address

ROBOTS = "User-agent: *\nAllow: /\nDisallow: /v\nDisallow: /changes\nDisallow: /_stcore/\n"
_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _base(request: Request) -> str:
    return page_address({**request.scope, "path": "/"}, "") or ""


def _robots(request: Request) -> PlainTextResponse:
    # a sitemap is named by its whole address, and none is better than a guessed one
    base = _base(request)
    text = ROBOTS + (f"\nSitemap: {base}sitemap.xml\n" if base else "")
    return PlainTextResponse(text, headers={"Cache-Control": "public, max-age=86400"})


def listed(opened: Opened, pages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """
    Yield the addresses that may be listed, each with the day on which it was checked.

    Parameters
    ----------
    opened : Opened
        The ledger today.
    pages : sequence of str
        The dashboard's paths.
    """
    snapshot, checked = opened.snapshot, opened.dataset.last_checked
    for page in pages:
        yield page, checked
    for record in snapshot.records:
        if listed_record(record, snapshot):
            yield share_links.PATHS["record"] + record.id, record.last_checked
    days: dict[str, list[str]] = {}
    for record in snapshot.records:
        days.setdefault(record.host_country, []).append(record.last_checked)
    told = {code for code, state in coverage(snapshot).items() if state != "not_listed"}
    told |= {EUROPEAN_UNION} & {e.country for e in snapshot.events}
    for code in sorted(told):
        yield share_links.PATHS["country"] + code, max(days.get(code, [checked]))


def robots_routes(
    open_: Open, configuration: Callable[[], Configuration], pages: Sequence[str]
) -> list[Route]:
    """
    Return the routes of both files for ``streamlit.App(routes=…)``.

    Parameters
    ----------
    open_ : callable
        From a raw query to what it shows.
    configuration : callable
        Returns the publisher's settings as they are now.
    pages : sequence of str
        The dashboard's paths.
    """

    def sitemap(request: Request) -> Response:
        opened, base = open_(""), _base(request)
        found = listed(opened, pages) if base and configuration().publisher else ()
        lines = [
            f"<url><loc>{escape(urljoin(base, path))}</loc>"
            + (f"<lastmod>{escape(day)}</lastmod>" if day else "")
            + "</url>"
            for path, day in found
        ]
        start = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_XMLNS}">'
        body = "\n".join([start, *lines, "</urlset>\n"])
        return answer(request, opened, body.encode(), "application/xml")

    return [
        Route("/robots.txt", _robots, methods=["GET"]),
        Route("/sitemap.xml", explained(sitemap), methods=["GET"]),
    ]
