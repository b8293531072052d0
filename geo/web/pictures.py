"""
Pictures of a view: ``/preview.png`` for chat programs, ``/figure.svg`` and ``.png`` for print.

Each takes the parameters of the link. Pictures and pages read an address by the same code,
so a picture shows what the page shows, and nothing that is withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from weakref import ref

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.configuration import Configuration
from geo.exports.file_names import file_name
from geo.link.addresses import with_query
from geo.link.opening import Opened
from geo.link.permalink import encode
from geo.link.state import unarranged
from geo.pictures.content import picture_of
from geo.pictures.figure import DPI, figure, figure_for_print, figure_svg
from geo.pictures.preview import HEIGHT, WIDTH, preview_picture
from geo.pictures.rasterising import SCREEN, Rasteriser
from geo.web.bodies import Body
from geo.web.head import Image, absolute
from geo.web.headers import content_disposition
from geo.web.render_queue import RenderQueue
from geo.web.responses import LedgerAnswer, Open, caching, explain_errors, query_of

PREVIEW = "/preview.png"
PNG = "image/png"
SVG = "image/svg+xml"
#: as the heads of pages name it
PICTURE = Image(PREVIEW, WIDTH, HEIGHT, "")
#: opened by itself an SVG file is a document: it may use its own fonts and nothing else
_ALONE = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"
_RETRY_AFTER = 5  # seconds after which a full queue is worth another try


@dataclass(frozen=True)
class _Kind:
    """
    One kind of picture.

    Attributes
    ----------
    compose : callable
        From what an address opens, the imprint and the view's link to an SVG document.
    finish : callable
        From that document to the file.
    ending : str
        Of the name under which it is saved; empty for a picture that is not saved.
    """

    compose: Callable[[Opened, str, str], str]
    finish: Callable[[str], Body]
    ending: str = ""

    @property
    def media_type(self) -> str:
        """The ``Content-Type`` of the file."""
        return SVG if self.ending == "svg" else PNG


def _preview(opened: Opened, imprint: str, link: str) -> str:
    return preview_picture(picture_of(opened, imprint), opened.snapshot).svg()


def _figure_svg(opened: Opened, imprint: str, link: str) -> str:
    return figure_svg(figure(picture_of(opened, imprint), opened.snapshot, link))


def _figure_png(opened: Opened, imprint: str, link: str) -> str:
    return figure_for_print(figure(picture_of(opened, imprint), opened.snapshot, link))


def _svg(svg: str) -> Body:
    body = Body(svg.encode("utf-8"), SVG)
    # here, in the queue's thread: a response would block the event loop for as long
    body.prepare()
    return body


class Pictures:
    """
    Answers for pictures.

    Parameters
    ----------
    open_address : callable
        From a raw query to what it opens. May read files: it runs in a thread.
    settings : callable
        Returns the publisher's settings as they are now.
    queue : RenderQueue
        Where they are drawn and cached.
    rasteriser : Rasteriser
        Makes PNG files.
    """

    def __init__(
        self,
        open_address: Open,
        settings: Callable[[], Configuration],
        queue: RenderQueue,
        rasteriser: Rasteriser,
    ) -> None:
        self._open = open_address
        self._settings = settings
        self._queue = queue

        def for_screen(svg: str) -> Body:
            return Body(rasteriser.png(svg, SCREEN), PNG)

        def for_print(svg: str) -> Body:
            return Body(rasteriser.png(svg, DPI), PNG)

        self._kinds = {
            PREVIEW: _Kind(_preview, for_screen),
            "/figure.svg": _Kind(_figure_svg, _svg, "svg"),
            "/figure.png": _Kind(_figure_png, for_print, "png"),
        }

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the pictures."""
        return tuple(self._kinds)

    async def picture(self, request: Request) -> Response:
        """
        Answer one request: with the picture, or with “not modified”.

        Returns
        -------
        Response
            200, or 304 without content.

        Raises
        ------
        AtlasError
            When the queue is full, the renderer fails, or the ledger cannot be read.
        """
        path = request.scope["path"]
        kind = self._kinds[path]
        opened = await run_in_threadpool(self._open, query_of(request))
        settings = self._settings()
        headers = {**caching(settings), **_headers(kind, opened)}
        answer = LedgerAnswer(request, opened, (path, settings), kind.media_type, headers)
        unchanged = answer.unchanged
        if unchanged is not None:
            return unchanged
        return answer.send(await self._body(request, path, kind, opened))

    async def _body(self, request: Request, path: str, kind: _Kind, opened: Opened) -> Body:
        imprint = self._settings().imprint
        link = absolute(request.scope, with_query("/", opened.dated)) if kind.ending else ""
        return await self._queue.get(
            path,
            (imprint, link, *_depends_on(opened)),
            lambda: kind.compose(opened, imprint, link),
            kind.finish,
        )


def _depends_on(opened: Opened) -> tuple[Hashable, ...]:
    """
    Return the key of a picture within its kind.

    It has this reading of the ledger, never the version: what is withheld today is taken out
    of an older release too, whose version stays.
    """
    plain = unarranged(opened.state)
    return ref(opened.dataset), encode(plain), opened.today


def _headers(kind: _Kind, opened: Opened) -> dict[str, str]:
    headers = {}
    if kind.ending:
        headers["Content-Disposition"] = _disposition(kind, opened)
    if kind.ending == "svg":
        headers["Content-Security-Policy"] = _ALONE
    return headers


def _disposition(kind: _Kind, opened: Opened) -> str:
    """Return the header with the name under which the picture is saved."""
    state = opened.state
    card = state.record or state.event or state.place
    kind_and_card = "_".join(filter(None, ("figure", card.lower())))
    name = file_name(state, opened.dataset.version, opened.today, kind.ending, kind_and_card)
    return content_disposition(name, inline=True)


def picture_routes(
    open_address: Open,
    settings: Callable[[], Configuration],
    queue: RenderQueue | None = None,
    rasteriser: Rasteriser | None = None,
) -> list[Route]:
    """
    Return the routes for ``streamlit.App(routes=…)``.

    Parameters
    ----------
    open_address : callable
        From a raw query to what it opens.
    settings : callable
        Returns the publisher's settings as they are now.
    queue : RenderQueue, optional
        None for one of the usual size.
    rasteriser : Rasteriser, optional
        None for a new one.

    Returns
    -------
    list of Route
        GET and HEAD only.
    """
    queue, rasteriser = queue or RenderQueue(), rasteriser or Rasteriser()
    pictures = Pictures(open_address, settings, queue, rasteriser)
    handler = explain_errors(pictures.picture, retry_after=_RETRY_AFTER)
    return [Route(path, handler, methods=["GET"]) for path in pictures.paths]
