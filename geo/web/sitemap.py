"""``/sitemap.xml``: the addresses that search engines may list, if there is a publisher."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.configuration import Configuration
from geo.ledger.coverage import coverage
from geo.link.addresses import SHARE_PAGES
from geo.link.indexing import listed_record
from geo.link.opening import Opened
from geo.link.root import rooted
from geo.model.vocabulary import EUROPEAN_UNION
from geo.web.head import page_address
from geo.web.refusals import explain_errors
from geo.web.responses import Open, caching, respond

_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def entries(opened: Opened, pages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """
    Yield the addresses that may be listed.

    Parameters
    ----------
    opened : Opened
        The ledger today.
    pages : sequence of str
        The dashboard's paths.

    Yields
    ------
    (str, str)
        Path, and the day of the last check as in the files; empty if there is none.
    """
    snapshot, checked = opened.snapshot, opened.dataset.last_checked
    for page in pages:
        yield page, checked
    for record in snapshot.records:
        if listed_record(record, snapshot):
            yield SHARE_PAGES["record"] + record.id, record.last_checked
    days: dict[str, list[str]] = {}
    for record in snapshot.records:
        days.setdefault(record.host_country, []).append(record.last_checked)
    countries = {code for code, state in coverage(snapshot).items() if state != "not_listed"}
    countries |= {EUROPEAN_UNION} & {e.country for e in snapshot.events}
    for code in sorted(countries):
        yield SHARE_PAGES["country"] + code, max(days.get(code, [checked]))


def sitemap_routes(
    open_: Open, configuration: Callable[[], Configuration], pages: Sequence[str]
) -> list[Route]:
    """
    Return the route of ``/sitemap.xml`` for ``streamlit.App(routes=…)``.

    Parameters
    ----------
    open_ : callable
        From a raw query to what it shows.
    configuration : callable
        Returns the publisher's settings as they are now.
    pages : sequence of str
        The dashboard's paths.

    Returns
    -------
    list of Route
        GET and HEAD only.
    """

    def sitemap(request: Request) -> Response:
        opened = open_("")
        settings = configuration()

        def make() -> bytes:
            base = page_address({**request.scope, "path": "/"}, "") or ""
            addresses = entries(opened, pages) if base and settings.publisher else ()
            lines = [
                f"<url><loc>{escape(urljoin(base, rooted(path)))}</loc>"
                + (f"<lastmod>{escape(day)}</lastmod>" if day else "")
                + "</url>"
                for path, day in addresses
            ]
            start = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_XMLNS}">'
            return "\n".join([start, *lines, "</urlset>\n"]).encode()

        kind = ("sitemap", settings)
        return respond(request, opened, kind, make, "application/xml", caching(settings))

    return [Route("/sitemap.xml", explain_errors(sitemap), methods=["GET"])]
