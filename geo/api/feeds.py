"""
Feeds over HTTP: what was entered, what was said lately, and what was corrected.

Any selection can be followed: the feed's parameters are the link's. The content of a feed
comes from `geo.exports.feeds` and `geo.exports.entered_feeds`, its form from `geo.api.atom`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.api.atom import atom
from geo.api.endpoint import HTML, Endpoint
from geo.api.feed_endpoints import (
    CORRECTIONS_FEED,
    COUNTRY_CORRECTIONS,
    COUNTRY_ENTERED,
    COUNTRY_SAID,
    ENTERED_FEED,
    ENTERED_FEEDS,
    MOST_PAGES,
    PAGE,
    RECORD_FEED,
    SAID_FEED,
)
from geo.api.unread import refused, requested
from geo.configuration import Configuration
from geo.exports.entered_feeds import entered_feed, record_feed
from geo.exports.feeds import Feed, corrections_feed, said_feed
from geo.exports.file_parameters import divided, meant_form
from geo.exports.json_documents import notices
from geo.link.addresses import NO_CARD
from geo.link.opening import Opened
from geo.link.parameters import CARDS, parameter
from geo.link.permalink import can_open, withdrawn_words
from geo.screen.feed_page import feed_page
from geo.web.cross_origin import (
    LINKS,
    METHODS,
    allow_cross_origin,
    json_refusal,
    notices_header,
)
from geo.web.head import absolute
from geo.web.plain_pages import POLICY
from geo.web.refusals import AsyncHandler
from geo.web.responses import Open, query_of, respond
from geo.wording import _
from geo.words.permanent_lines import TITLE

#: from an address, a country's code (empty for all), the imprint and the page to a feed
Write = Callable[[Opened, str, str, int], Feed]


def _entered(opened: Opened, country: str, imprint: str, page: int) -> Feed:
    return entered_feed(opened, imprint, page)


def _record(opened: Opened, country: str, imprint: str, page: int) -> Feed:
    return record_feed(opened, imprint, page)


def _said(opened: Opened, country: str, imprint: str, page: int) -> Feed:
    return said_feed(opened, imprint)


def _corrections(opened: Opened, country: str, imprint: str, page: int) -> Feed:
    return corrections_feed(opened, imprint, country)


def _of_country(opened: Opened, country: str) -> Opened:
    """Return the same address with exactly one country picked."""
    filters = opened.state.filters.replace(country=(country,))
    return replace(opened, state=replace(opened.state, filters=filters))


def _of_record(opened: Opened, record: str) -> Opened:
    """Return the same address with the card of one record open."""
    return replace(opened, state=replace(opened.state, **{**NO_CARD, "record": record}))


def _asked(request: Request, endpoint: Endpoint) -> tuple[str, int]:
    """Return the query without its page, and the page; 0 for one that no feed has."""
    query = query_of(request)
    if endpoint not in ENTERED_FEEDS:
        return query, 1
    rest, own = divided(query, (PAGE,))
    if not own:
        return query, 1
    known = {str(number): number for number in range(1, MOST_PAGES + 1)}
    pages = {known.get(meant_form(value, known) or "", 0) for _name, value in own}
    # two pages are none: to show one of them would be a guess
    return rest, pages.pop() if len(pages) == 1 else 0


def _refusal(request: Request, opened: Opened, page: int) -> Response | None:
    """Refuse a feed of what is not there, as the page of it does; None for one that is."""
    country = request.path_params.get("country", "")
    if country and country not in parameter("country").codes:
        return json_refusal(request, 404, _("No country has this code."))
    record = request.path_params.get("record", "")
    if record and not can_open(opened.dataset, CARDS[0], record):
        since = opened.dataset.withdrawn.get(record)
        if since is not None:
            return json_refusal(request, 410, withdrawn_words(CARDS[0], since))
        return json_refusal(request, 404, _("No record has this ID."))
    return None if page else json_refusal(request, 404, _("This feed has no such page."))


def _in_a_window(request: Request) -> bool:
    """
    Say whether a browser opens a feed in a window.

    Chromium shows Atom as source text, Firefox offers to save it, and both give up XSLT. No
    feed reader sends this header, while many send an ``Accept`` that names HTML.
    """
    return request.headers.get("sec-fetch-dest") == "document"


def _links(path: str, query: str, feed: Feed, at: Callable[[str], str]) -> dict[str, str]:
    """Return the addresses of a feed's pages by their relation (RFC 5005, section 3)."""

    def address(page: int) -> str:
        parts = [query] if query else []
        if page > 1:
            parts.append(f"{PAGE}={page}")
        return at(f"{path}?{'&'.join(parts)}" if parts else path)

    links = {"self": address(feed.page)}
    if feed.pages > 1:
        links |= {"first": address(1), "last": address(feed.pages)}
    if feed.page > 1:
        links["previous"] = address(feed.page - 1)
    if feed.page < feed.pages:
        links["next"] = address(feed.page + 1)
    return links


def _feed(open_: Open, endpoint: Endpoint, write: Write) -> AsyncHandler:
    def handler(request: Request) -> Response:
        country = request.path_params.get("country", "")
        query, page = _asked(request, endpoint)
        asked = requested(request, open_, endpoint.media_type, query)
        opened = asked.opened
        if refusal := _refusal(request, opened, page) or refused(request, asked):
            return refusal
        if country:
            opened = _of_country(opened, country)
        if record := request.path_params.get("record", ""):
            opened = _of_record(opened, record)
        configuration = Configuration.from_environment()
        path = request.scope["path"]

        def at(target: str) -> str:
            return absolute(request.scope, target)

        def made() -> Feed:
            return write(opened, country, configuration.imprint, page)

        if page > 1 and page > made().pages:
            return json_refusal(request, 404, _("This feed has no such page."))

        def make() -> bytes:
            feed = made()
            pairs = feed.query.split("&")
            # a country in the path is left out of the query
            own = "&".join(p for p in pairs if not country or p != f"country={country}")
            links = _links(path, own, feed, at)
            if window:
                return feed_page(feed, links).encode("utf-8", errors="replace")
            return atom(feed, links, at, configuration.publisher or _(TITLE))

        window = _in_a_window(request)
        media_type = HTML if window else endpoint.media_type
        headers = {
            "Link": LINKS,
            "Vary": "Accept-Encoding, Sec-Fetch-Dest",
            # the page has no script; on Atom a policy has no effect
            "Content-Security-Policy": POLICY,
            **notices_header(notices(opened)),
        }
        return respond(request, opened, (path, page, media_type), make, media_type, headers)

    return allow_cross_origin(handler)


def feed_routes(open_: Open) -> list[Route]:
    """
    Return the routes of the feeds for ``streamlit.App(routes=…)``.

    Parameters
    ----------
    open_ : callable
        Opens the query of an address.
    """
    feeds = (
        # before those of countries, whose code could be "records"
        (RECORD_FEED, _record),
        (ENTERED_FEED, _entered),
        (COUNTRY_ENTERED, _entered),
        (SAID_FEED, _said),
        (COUNTRY_SAID, _said),
        (CORRECTIONS_FEED, _corrections),
        (COUNTRY_CORRECTIONS, _corrections),
    )
    return [Route(a.path, _feed(open_, a, write), methods=METHODS) for a, write in feeds]
