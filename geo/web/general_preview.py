"""The preview of the whole atlas, for when that of a view cannot be drawn."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date

from geo.errors import AtlasError
from geo.link.opening import Opened
from geo.pictures.blank import blank_preview
from geo.web.bodies import Body

_PNG = "image/png"


class GeneralPreview:
    """
    Keeps the preview of the whole atlas ready.

    Parameters
    ----------
    draw : callable
        Draws it, before any other picture. Raises `AtlasError` where it cannot.
    """

    def __init__(self, draw: Callable[[], Awaitable[Body]]) -> None:
        self._draw = draw
        self._ready: tuple[tuple[str, date], Body] | None = None
        self._drawing: asyncio.Task[None] | None = None

    @staticmethod
    def _of(opened: Opened) -> tuple[str, date]:
        # another reading may lack something that is withheld since
        return opened.edition.newest.digest, opened.today

    def keep(self, opened: Opened) -> None:
        """
        Have the picture drawn meanwhile, if it is not ready.

        Parameters
        ----------
        opened : Opened
            Any address, for its newest ledger and its day.
        """
        busy = self._drawing is not None and not self._drawing.done()
        if not busy and (self._ready is None or self._ready[0] != self._of(opened)):
            self._drawing = asyncio.ensure_future(self._prepare(opened))

    async def _prepare(self, opened: Opened) -> None:
        # what cannot be drawn now is tried again for the next request
        with suppress(AtlasError):
            self._ready = self._of(opened), await self._draw()

    async def body(self, opened: Opened) -> Body:
        """
        Return the picture.

        Parameters
        ----------
        opened : Opened
            As for `keep`.

        Returns
        -------
        Body
            The icon alone where the renderer fails too.
        """
        if self._ready is None or self._ready[0] != self._of(opened):
            await self._prepare(opened)
        if self._ready is not None and self._ready[0] == self._of(opened):
            return self._ready[1]
        return Body(blank_preview(), _PNG)
