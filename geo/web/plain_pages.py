"""
The plain pages over HTTP: one record, event, country or selection, and changes.

They have no script, so their policy allows none; it names their one style by its checksum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from urllib.parse import urljoin

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from geo.configuration import Configuration
from geo.exports import linked_data
from geo.exports.linked_data import FILES, in_a_script
from geo.link import addresses
from geo.link.cards import near_cards, opening, other_cards, other_countries
from geo.link.ignored import Ignored
from geo.link.indexing import robots
from geo.link.nearness import near_codes
from geo.link.opening import Opened
from geo.link.parameters import parameter
from geo.link.permalink import CARDS, State, can_open, encode, withdrawn_words
from geo.link.root import rooted
from geo.link.state import unarranged
from geo.model.names import country_codes
from geo.model.vocabulary import EUROPEAN_UNION
from geo.screen import plain_lists as share_lists
from geo.screen import plain_pages as share
from geo.screen.plain_pages import Around
from geo.web.head import PageHead, absolute, page_address, tags
from geo.web.not_found import not_found_page, withdrawn_page
from geo.web.oembed import discovery
from geo.web.pictures import PICTURE
from geo.web.policy import checksum
from geo.web.refusals import explain_errors
from geo.web.responses import Open, caching, query_of, respond
from geo.wording import N_, _
from geo.words.citations import Citation, citation
from geo.words.permanent_lines import TITLE
from geo.words.preview_text import describe

HTML = "text/html; charset=utf-8"
POLICY = (
    f"default-src 'none'; style-src {checksum(share.STYLE)}; img-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)
#: what the page for an unknown address says of the plain pages
PLAIN = (
    ("/v", N_("the records of a selection")),
    ("/s/…", N_("one record, by its id")),
    ("/e/…", N_("one entry, by its id")),
    ("/c/…", N_("one country, by its two-letter code")),
    ("/changes", N_("what has changed since the release named in a link")),
)

Write = Callable[[Opened, Around], Markup]


def _own(kind: str, state: State) -> State:
    """Return the state in the query of a page's own address, whose path names the card."""
    if kind == "changes":
        return unarranged(state)
    plain = replace(unarranged(state), **addresses.NO_CARD)
    # a record and an event are the same under every filter
    return addresses.same_day(plain) if kind in ("record", "event") else plain


def _linked_data(
    request: Request, kind: str, opened: Opened, cited: Citation, description: str, publisher: str
) -> str:
    """Describe the selection of a page, or its card as part of the ledger."""

    def described(state: State) -> tuple[str, dict[str, str]]:
        page = "/" if state == ledger else addresses.SELECTION
        files = {
            ending: absolute(request.scope, addresses.data_file(state, f"records.{ending}"))
            for ending in FILES
        }
        return absolute(request.scope, addresses.with_query(page, state)), files

    ledger = addresses.same_day(opened.served)
    whole = linked_data.ledger(cited, publisher, *described(ledger))
    if kind == "view":
        own = described(_own(kind, opened.served))
        return in_a_script(linked_data.selection(cited, publisher, *own, description, whole))
    address = absolute(request.scope, request.scope["path"])
    return in_a_script(linked_data.page(cited, publisher, address, description, whole))


def _saying(opened: Opened, *ignored: Iterable[Ignored]) -> Opened:
    said = tuple(one.sentence for each in ignored for one in each)
    return replace(opened, notices=(*opened.notices, *said))


class SharePages:
    """
    Answers for the plain pages.

    Parameters
    ----------
    open_ : callable
        From a raw query to what it shows.
    configuration : callable
        Returns the publisher's settings as they are now.
    pages : sequence of str
        The paths that the page for an unknown record lists.
    """

    def __init__(
        self, open_: Open, configuration: Callable[[], Configuration], pages: list[str]
    ) -> None:
        self._open = open_
        self._configuration = configuration
        self._pages = pages

    def record(self, request: Request) -> Response:
        """Answer ``/s/<record>``."""
        return self._card(request, "record", share.record_page)

    def event(self, request: Request) -> Response:
        """Answer ``/e/<event>``."""
        return self._card(request, "event", share.event_page)

    def country(self, request: Request) -> Response:
        """Answer ``/c/<country>``, with the country's code in capitals."""
        code = request.path_params["code"]
        opened = self._opened(request, place=code)
        spoken = code in country_codes() or any(e.country == code for e in opened.snapshot.events)
        if code not in (*country_codes(), EUROPEAN_UNION) or not spoken:
            near = near_codes(parameter("country"), code)
            return self._unknown(request, opened, (("country", one) for one in near))
        # the path picks the country; a link may have another in its filters
        others = other_countries(opened.state.filters.country, code)
        filters = opened.state.filters.replace(country=())
        selected = _saying(replace(opened, state=replace(opened.state, filters=filters)), others)
        return self._answer(request, "country", selected, share.country_page)

    def view(self, request: Request) -> Response:
        """Answer ``/v?…`` with a selection; a card that the link opens is ignored."""
        opened = self._opened(request)
        return self._answer(request, "view", opened, share_lists.view_page)

    def changes(self, request: Request) -> Response:
        """Answer ``/changes?…`` with the changes since the release that the link names."""
        opened = self._open(query_of(request))
        return self._answer(request, "changes", opened, share_lists.changes_page)

    def _opened(self, request: Request, **card: str) -> Opened:
        """Open an address, its card taken from the path; another in the query is said."""
        query = query_of(request)
        opened = self._open(opening(query, **card))
        return _saying(opened, *(other_cards(query, code) for code in card.values()))

    def _card(self, request: Request, kind: str, write: Write) -> Response:
        code = request.path_params["code"]
        opened = self._opened(request, **{kind: code})
        if can_open(opened.dataset, kind, code):
            return self._answer(request, kind, opened, write)
        withdrawn = opened.dataset.withdrawn.get(code)
        if withdrawn is None:
            return self._unknown(request, opened, near_cards(opened.dataset, code))
        page = withdrawn_page(withdrawn_words(kind, withdrawn), self._pages)
        return _refusal(page, 410)

    def _unknown(
        self, request: Request, opened: Opened, near: Iterable[tuple[str, str]]
    ) -> Response:
        meant = [addresses.share_page_of(kind, one, opened.state) for kind, one in near]
        return _refusal(not_found_page(request.scope["path"], self._pages, PLAIN, meant), 404)

    def _answer(self, request: Request, kind: str, opened: Opened, write: Write) -> Response:
        configuration = self._configuration()
        address = page_address(request.scope, encode(_own(kind, opened.state)))

        def make() -> bytes:
            around = self._around(request, kind, opened, address)
            return write(opened, around).encode("utf-8", errors="replace")

        headers = {"Content-Security-Policy": POLICY, **caching(configuration)}
        return respond(request, opened, (kind, address, configuration), make, HTML, headers)

    def _around(self, request: Request, kind: str, opened: Opened, address: str | None) -> Around:
        """Return the parts of a page that depend on the request: head, JSON-LD, links."""
        configuration = self._configuration()
        state, snapshot = opened.state, opened.snapshot
        text = describe(kind, state, snapshot)
        own = _own(kind, state)
        fixed = replace(own, as_of=snapshot.day, version=opened.dataset.version)
        # the card is in the path of the page, and in the query of its picture
        cards = {name: getattr(state, name) for name in CARDS}
        picture = addresses.picture(replace(own, **cards))
        publisher = configuration.publisher
        cited = citation(
            opened,
            absolute(request.scope, addresses.cited(opened.dated)),
            publisher,
            configuration.imprint,
            kind,
        )
        head = PageHead(
            site=_(TITLE),
            title=text.title,
            description=text.description,
            robots=robots(kind, state, snapshot, bool(publisher)),
            address=address,
            image=replace(PICTURE, address=urljoin(address, rooted(picture)), alt=text.description)
            if address
            else None,
            feed=share.followed(opened),
            oembed=discovery(request.scope, address, configuration),
            cited=linked_data.meta_names(cited, publisher),
            data=_linked_data(request, kind, opened, cited, text.description, publisher),
        )
        return Around(
            head=tags(head),
            picture=picture,
            description=text.description,
            fixed=page_address(request.scope, encode(fixed)) or "",
            cited=cited,
            configuration=configuration,
        )


def _refusal(page: str, status: int) -> Response:
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return HTMLResponse(page, status_code=status, headers=headers)


def share_routes(
    open_: Open, configuration: Callable[[], Configuration], pages: list[str]
) -> list[Route]:
    """
    Return the routes of the plain pages for ``streamlit.App(routes=…)``.

    Parameters
    ----------
    open_ : callable
        From a raw query to what it shows.
    configuration : callable
        Returns the publisher's settings as they are now.
    pages : sequence of str
        The dashboard's paths, for the page of an unknown address.

    Returns
    -------
    list of Route
        GET and HEAD only.
    """
    plain = SharePages(open_, configuration, pages)
    return [
        Route("/s/{code}", explain_errors(plain.record), methods=["GET"]),
        Route("/e/{code}", explain_errors(plain.event), methods=["GET"]),
        Route("/c/{code}", explain_errors(plain.country), methods=["GET"]),
        Route("/v", explain_errors(plain.view), methods=["GET"]),
        Route("/changes", explain_errors(plain.changes), methods=["GET"]),
    ]
