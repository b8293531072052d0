"""
Pictures of a view: ``/preview.png`` for chat programs, ``/figure.svg`` and ``.png`` for print.

``/figure-timeline.svg`` and ``.png`` are those of the timeline.

Each takes the parameters of the link. Pictures and pages read an address by the same code,
so a picture shows what the page shows, and nothing that is withheld.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.configuration import Configuration
from geo.errors import AtlasError
from geo.exports.file_names import file_name
from geo.link.addresses import NO_CARD, PAGES, TIMELINE_SETTINGS, with_query
from geo.link.opening import Opened
from geo.link.state import State, unarranged
from geo.pictures.content import picture_of
from geo.pictures.figure import DPI, figure, figure_for_print, figure_svg
from geo.pictures.preview import HEIGHT, WIDTH, preview_picture
from geo.pictures.rasterising import SCREEN, Rasteriser
from geo.pictures.timeline_figure import timeline_figure
from geo.web import render_queue
from geo.web.bodies import Body
from geo.web.clients import client_of
from geo.web.cross_origin import notices_header
from geo.web.general_preview import GeneralPreview
from geo.web.head import Image, absolute
from geo.web.headers import content_disposition
from geo.web.identity import response_digest
from geo.web.refusals import explain_errors, plain_refusal
from geo.web.render_queue import FIRST, PRINT, RenderQueue
from geo.web.responses import LedgerAnswer, Open, caching, query_of

PREVIEW = "/preview.png"
PNG = "image/png"
SVG = "image/svg+xml"
#: as the heads of pages name it
PICTURE = Image(PREVIEW, WIDTH, HEIGHT, "")
#: opened by itself an SVG file is a document: it may use its own fonts and nothing else
_ALONE = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"
_RETRY_AFTER = 5  # seconds after which a renderer that failed is worth another try


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
    page : str
        Of the link that is in it; a code of `PAGES`.
    """

    compose: Callable[[Opened, str, str], str]
    finish: Callable[[str], Body]
    ending: str = ""
    page: str = "map"

    def linked(self, state: State) -> State:
        """Return the state of the link in the picture: the map's has its card and its view."""
        return state if self.page == "map" else self.drawn(state)

    def drawn(self, state: State) -> State:
        """Return what of a state is in the picture."""
        if self.page == "map":
            return unarranged(state)
        kept = {name: getattr(state, name) for name in TIMELINE_SETTINGS}
        return replace(unarranged(state), **NO_CARD, **kept)

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


def _timeline_svg(opened: Opened, imprint: str, link: str) -> str:
    return figure_svg(timeline_figure(opened, imprint, link))


def _timeline_png(opened: Opened, imprint: str, link: str) -> str:
    return figure_for_print(timeline_figure(opened, imprint, link))


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
        self._general = GeneralPreview(self._whole)

        def for_screen(svg: str) -> Body:
            return Body(rasteriser.png(svg, SCREEN), PNG)

        def for_print(svg: str) -> Body:
            return Body(rasteriser.png(svg, DPI), PNG)

        self._kinds = {
            PREVIEW: _Kind(_preview, for_screen),
            "/figure.svg": _Kind(_figure_svg, _svg, "svg"),
            "/figure.png": _Kind(_figure_png, for_print, "png"),
            "/figure-timeline.svg": _Kind(_timeline_svg, _svg, "svg", "timeline"),
            "/figure-timeline.png": _Kind(_timeline_png, for_print, "png", "timeline"),
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
            200, or 304 without content. Where a preview cannot be drawn, because the queue is
            full, the renderer fails or a part of the address cannot be read, that of the whole
            atlas, stored by nobody. 400 for a figure of which a part cannot be read.

        Raises
        ------
        AtlasError
            When a figure cannot be drawn, or the ledger cannot be read.
        """
        path = request.scope["path"]
        kind = self._kinds[path]
        opened = await run_in_threadpool(self._open, query_of(request))
        if kind.ending and opened.unread:
            sentences = " ".join(one.sentence for one in opened.unread)
            return plain_refusal(request, 400, sentences, {})
        if opened.ignored:
            return await self._in_general(request, opened)
        settings = self._settings()
        headers = {**caching(settings), **_headers(kind, opened)}
        answer = LedgerAnswer(request, opened, (path, settings), kind.media_type, headers)
        unchanged = answer.unchanged
        if unchanged is not None:
            return unchanged
        # a figure is a click of a reader, who can be told to wait. A preview is asked for by a
        # program, which would remember that there is none
        address = with_query(f"/{PAGES[kind.page]}", kind.linked(opened.dated))
        link = absolute(request.scope, address) if kind.ending else ""
        client = client_of(request.scope)
        urgency = PRINT if kind.ending else render_queue.PREVIEW
        try:
            body = await self._body(path, opened, link, client, urgency)
        except AtlasError:
            if kind.ending:
                raise
            return await self._in_general(request, opened)
        self._general.keep(opened)
        return answer.send(body)

    async def _in_general(self, request: Request, opened: Opened) -> Response:
        general = await self._general.body(opened)
        content = b"" if request.method == "HEAD" else general.content
        headers = {"Cache-Control": "no-store", **notices_header(opened.notices)}
        return Response(content, headers=headers, media_type=PNG)

    async def _whole(self) -> Body:
        opened = await run_in_threadpool(self._open, "")
        return await self._body(PREVIEW, opened, urgency=FIRST)

    async def _body(
        self,
        path: str,
        opened: Opened,
        link: str = "",
        client: str = "",
        urgency: int = render_queue.PREVIEW,
    ) -> Body:
        imprint, kind = self._settings().imprint, self._kinds[path]
        # how the page is arranged, and what of the address was ignored, is not in the picture
        plain = replace(opened, state=kind.drawn(opened.state), notices=())
        return await self._queue.get(
            path,
            response_digest(plain, imprint, link),
            lambda: kind.compose(opened, imprint, link),
            kind.finish,
            client=client,
            urgency=urgency,
        )


def _headers(kind: _Kind, opened: Opened) -> dict[str, str]:
    headers = notices_header(opened.notices)
    if kind.ending:
        headers["Content-Disposition"] = _disposition(kind, opened)
    if kind.ending == "svg":
        headers["Content-Security-Policy"] = _ALONE
    return headers


def _disposition(kind: _Kind, opened: Opened) -> str:
    """Return the header with the name under which the picture is saved."""
    state = kind.drawn(opened.state)
    card = state.record or state.event or state.place
    own = "figure" if kind.page == "map" else f"figure-{kind.page}"
    kind_and_card = "_".join(filter(None, (own, card.lower())))
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
