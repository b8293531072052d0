"""
Pictures of a view: ``/preview.png`` for chat programs, ``/figure.svg`` and ``.png`` for print.

Each takes the parameters of the link. What an address means is decided where the page
decides it, so a picture shows what the page shows, and nothing that is withheld.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from geo.errors import AtlasError
from geo.records.export import file_name
from geo.records.opening import Opened
from geo.records.permalink import encode
from geo.records.picture import picture_of
from geo.views.figure import DPI, figure, figure_for_print, figure_svg
from geo.views.preview_picture import HEIGHT, WIDTH, preview_picture
from geo.views.rasterise import SCREEN, Rasteriser
from geo.web.compress import accepts_gzip, compress
from geo.web.gallery import Drawn, Gallery
from geo.web.head import Image, page_address

PREVIEW = "/preview.png"
#: as the heads of pages name it
PICTURE = Image(PREVIEW, WIDTH, HEIGHT, "")
_LIFETIME = "public, max-age=300"
#: opened by itself an SVG file is a document: it may use its own fonts and nothing else
_ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'self'; sandbox"
)
_AGAIN = 5  # seconds after which a full queue is worth another try

#: from a raw query to what it opens
Open = Callable[[str], Opened]


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
        Of the name under which it is kept; empty for a picture that nobody keeps.
    """

    media_type: str
    compose: Callable[[Opened, str, str], str]
    finish: Callable[[str], bytes]
    ending: str = ""


def _preview(opened: Opened, imprint: str, link: str) -> str:
    return preview_picture(picture_of(opened, imprint), opened.snapshot).svg()


def _figure_svg(opened: Opened, imprint: str, link: str) -> str:
    return figure_svg(figure(picture_of(opened, imprint), opened.snapshot, link))


def _figure_png(opened: Opened, imprint: str, link: str) -> str:
    return figure_for_print(figure(picture_of(opened, imprint), opened.snapshot, link))


def _zipped(svg: str) -> bytes:
    return compress(svg.encode("utf-8"))


class Pictures:
    """
    Answers for pictures.

    Parameters
    ----------
    open_address : callable
        From a raw query to what it opens. May read files: it runs in a thread.
    imprint : callable
        Who publishes this atlas, or that nobody does.
    gallery : Gallery
        Where they are drawn and kept.
    rasteriser : Rasteriser
        Makes PNG files.
    """

    def __init__(
        self,
        open_address: Open,
        imprint: Callable[[], str],
        gallery: Gallery,
        rasteriser: Rasteriser,
    ) -> None:
        self._open = open_address
        self._imprint = imprint
        self._gallery = gallery

        def for_screen(svg: str) -> bytes:
            return rasteriser.png(svg, SCREEN)

        def for_print(svg: str) -> bytes:
            return rasteriser.png(svg, DPI)

        self._kinds = {
            PREVIEW: _Kind("image/png", _preview, for_screen),
            "/figure.svg": _Kind("image/svg+xml", _figure_svg, _zipped, "svg"),
            "/figure.png": _Kind("image/png", _figure_png, for_print, "png"),
        }

    @property
    def paths(self) -> tuple[str, ...]:
        """Where there are pictures."""
        return tuple(self._kinds)

    async def answer(self, request: Request) -> Response:
        """Answer one request: the picture, “not modified”, or a sentence."""
        path = request.scope["path"]
        kind = self._kinds[path]
        query = request.scope["query_string"].decode("latin-1")
        try:
            opened = await run_in_threadpool(self._open, query)
            drawn = await self._drawn(request, path, kind, opened)
        except AtlasError as reason:
            # the queue is full, the renderer fails, or the ledger cannot be read just now
            return _later(reason)
        return _file(request, kind, opened, drawn)

    async def _drawn(self, request: Request, path: str, kind: _Kind, opened: Opened) -> Drawn:
        imprint = self._imprint()
        link = _link(request, opened) if kind.ending else ""
        return await self._gallery.get(
            path,
            (imprint, link, *_depends_on(opened)),
            lambda: kind.compose(opened, imprint, link),
            kind.finish,
        )


def _depends_on(opened: Opened) -> tuple[Hashable, ...]:
    """
    What decides how a picture looks, beside its kind.

    The time of the files is among it: what is withheld today is taken out of an older
    release too, whose version stays.
    """
    edition = opened.edition
    plain = replace(opened.state, view=None, layer="")
    return (
        encode(plain),
        opened.dataset.version,
        edition.newest.version,
        edition.modified,
        opened.today,
    )


def _link(request: Request, opened: Opened) -> str:
    """The view with day and version, absolute where the request names a host."""
    state = replace(
        opened.state,
        as_of=opened.state.as_of or opened.today,
        version=opened.dataset.version,
    )
    query = encode(state)
    return page_address({**request.scope, "path": "/"}, query) or f"/?{query}"


def _later(reason: AtlasError) -> PlainTextResponse:
    headers = {"Retry-After": str(_AGAIN), "Cache-Control": "no-store"}
    return PlainTextResponse(str(reason), status_code=503, headers=headers)


def _file(request: Request, kind: _Kind, opened: Opened, drawn: Drawn) -> Response:
    headers = {"Cache-Control": _LIFETIME, "ETag": drawn.tag}
    body = drawn.body
    if kind.ending:
        headers["Content-Disposition"] = _disposition(kind, opened)
    if kind.ending == "svg":
        headers["Content-Security-Policy"] = _ALONE
        headers["Vary"] = "Accept-Encoding"
        if accepts_gzip(", ".join(request.headers.getlist("accept-encoding"))):
            headers["Content-Encoding"] = "gzip"
            headers["ETag"] = f'{drawn.tag[:-1]}-gzip"'
        else:
            body = gzip.decompress(body)
    if _unchanged(request.headers.get("if-none-match", ""), headers["ETag"]):
        headers.pop("Content-Encoding", None)
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind.media_type, headers=headers)


def _unchanged(if_none_match: str, tag: str) -> bool:
    tags = {asked.strip().removeprefix("W/") for asked in if_none_match.split(",")}
    return bool(tags & {"*", tag})


def _disposition(kind: _Kind, opened: Opened) -> str:
    """The name under which it is kept; a search may hold letters that no header can."""
    state = opened.state
    card = state.record or state.event or state.place
    called = "_".join(filter(None, ("figure", card.lower())))
    name = file_name(state, opened.dataset.version, opened.today, kind.ending, called)
    if name.isascii():
        return f'inline; filename="{name}"'
    plain = name.encode("ascii", "ignore").decode()
    return f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def picture_routes(
    open_address: Open,
    imprint: Callable[[], str],
    gallery: Gallery | None = None,
    rasteriser: Rasteriser | None = None,
) -> list[Route]:
    """
    Return the routes for ``streamlit.App(routes=…)``; GET and HEAD only.

    Parameters
    ----------
    open_address : callable
        From a raw query to what it opens.
    imprint : callable
        Who publishes this atlas, as a sentence.
    gallery, rasteriser : optional
        Of one's own, for a smaller queue or another renderer.
    """
    pictures = Pictures(open_address, imprint, gallery or Gallery(), rasteriser or Rasteriser())
    return [Route(path, pictures.answer, methods=["GET"]) for path in pictures.paths]
