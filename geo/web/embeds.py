"""
Embeds over HTTP: a card, the timeline or the map, for a frame on a site that the publisher names.

An embed has no script, sets no cookie and stores nothing, so it works where a browser gives
frames of other sites none of these. Who may frame it is decided in `geo.web.middleware`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from geo.configuration import Configuration
from geo.link.embed_addresses import EMBED_CODES, EMBEDS
from geo.link.normalising import read_query
from geo.link.opening import Opened
from geo.link.parameters import CARDS
from geo.link.root import rooted
from geo.screen.context import Screen
from geo.screen.embed import embed, message
from geo.screen.embed_code import code_page
from geo.screen.plain_pages import STYLE
from geo.web.head import PageHead, page_address, tags
from geo.web.policy import checksum
from geo.web.refusals import explain_errors
from geo.web.responses import Open, caching, query_of, respond
from geo.web.screens import requested_screen
from geo.wording import _
from geo.words.permanent_lines import TITLE
from geo.words.preview_text import describe

HTML = "text/html; charset=utf-8"
# places of marks are in attributes
POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
PLAIN_POLICY = (
    f"default-src 'none'; style-src {checksum(STYLE)}; base-uri 'none'; form-action 'none'"
)
_CODE_HEADERS = {"Content-Security-Policy": PLAIN_POLICY, "X-Robots-Tag": "noindex"}
_HEADERS = {"Content-Security-Policy": POLICY, "X-Robots-Tag": "noindex"}


def lost_card(opened: Opened, query: str) -> bool:
    """
    Say whether an address names a card that is not there.

    Parameters
    ----------
    opened : Opened
        What the address shows.
    query : str
        Of the address, as it was sent.

    Returns
    -------
    bool
        True for an unknown and for a withdrawn card: an embed of one card must not turn into a
        map of everything.
    """
    state = opened.state
    is_open = state.record or state.event or state.place
    return not is_open and any(read_query(query).get(name) for name in CARDS)


class Embeds:
    """
    Answers for embeds.

    Parameters
    ----------
    open_ : callable
        From a raw query to what it shows.
    configuration : callable
        Returns the publisher's settings as they are now.
    """

    def __init__(self, open_: Open, configuration: Callable[[], Configuration]) -> None:
        self._open = open_
        self._configuration = configuration

    def embed(self, request: Request) -> Response:
        """Answer ``/embed?…`` and ``/embed/timeline?…``."""

        def write(screen: Screen) -> Markup:
            return embed(screen, self._head(request, screen))

        return self._answer(request, write, _HEADERS)

    def code(self, request: Request) -> Response:
        """Answer with the code that embeds the view of ``/embed/code…?…``."""
        return self._answer(request, code_page, _CODE_HEADERS)

    def _answer(
        self, request: Request, write: Callable[[Screen], Markup], headers: Mapping[str, str]
    ) -> Response:
        configuration, query, path = self._configuration(), query_of(request), request.scope["path"]
        page = "timeline" if path.endswith("/timeline") else "map"
        opened = self._open(query)
        screen = requested_screen(opened, configuration, page, request)
        if not configuration.embedded_by:
            return refusal(screen)
        if lost_card(opened, query):
            return _lost(screen)

        def make() -> bytes:
            return write(screen).encode(errors="replace")

        kind = (path, configuration)
        return respond(request, opened, kind, make, HTML, {**headers, **caching(configuration)})

    @staticmethod
    def _head(request: Request, screen: Screen) -> str:
        opened = screen.opened
        text = describe(screen.page, opened.state, opened.snapshot)
        full = urlsplit(screen.href())
        return tags(
            PageHead(
                site=_(TITLE),
                title=text.title,
                description="",
                robots="noindex",
                address=page_address({**request.scope, "path": full.path}, full.query),
            )
        )


def refusal(screen: Screen) -> Response:
    """
    Say that an installation has no embeds.

    Parameters
    ----------
    screen : Screen
        What was asked for.

    Returns
    -------
    Response
        403, with a link to it in the atlas.
    """
    sentence = _(
        "This atlas cannot be shown inside pages of other sites. Its publisher can allow it for "
        "sites that are named (ATLAS_EMBED)."
    )
    return _message(403, _("No embeds here"), sentence, screen.href())


def _lost(screen: Screen) -> Response:
    opened = screen.opened
    sentence = " ".join(filter(None, opened.notices)) or _("The atlas has no such card.")
    status = 410 if opened.withdrawal else 404
    return _message(status, _("Nothing to show here"), sentence, screen.href())


def _message(status: int, title: str, sentence: str, link: str) -> Response:
    page = message(title, sentence, rooted(link))
    return HTMLResponse(page, status, {**_HEADERS, "Cache-Control": "no-store"})


def embed_routes(open_: Open, configuration: Callable[[], Configuration]) -> list[Route]:
    """
    Return the routes of embeds for ``streamlit.App(routes=…)``.

    Parameters
    ----------
    open_ : callable
        From a raw query to what it shows.
    configuration : callable
        Returns the publisher's settings as they are now.

    Returns
    -------
    list of Route
        GET and HEAD.
    """
    embeds = Embeds(open_, configuration)
    answers = [(path, explain_errors(embeds.embed)) for path in sorted(EMBEDS)]
    answers += [(path, explain_errors(embeds.code)) for path in sorted(EMBED_CODES)]
    return [Route(path, answer, methods=["GET"]) for path, answer in answers]
