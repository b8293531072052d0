"""
Pictures that were drawn, kept in bounded memory, and the queue of those being drawn.

One thread draws, so pictures never take more than one core from the dashboard. Clients
that ask for the same picture meanwhile wait for the one drawing.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor

from geo.errors import AtlasError
from geo.web.responses import Body
from geo.wording import _

MEMORY = 32 * 1024 * 1024
KNOWN = 2048
WAITING = 20


class TooMany(AtlasError):
    """So many pictures wait to be drawn that another one had better come back later."""


class Gallery:
    """
    Draws what is asked for, once.

    Parameters
    ----------
    memory : int
        Bytes of pictures that are kept.
    waiting : int
        Pictures that may wait to be drawn.
    """

    def __init__(self, memory: int = MEMORY, waiting: int = WAITING) -> None:
        self._memory, self._waiting = memory, waiting
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
        self._digests: OrderedDict[Hashable, str] = OrderedDict()
        self._kept: OrderedDict[str, Body] = OrderedDict()
        self._size = 0
        self._coming: dict[Hashable, Future[Body]] = {}

    async def get(
        self,
        kind: str,
        key: Hashable,
        compose: Callable[[], str],
        finish: Callable[[str], Body],
    ) -> Body:
        """
        Return a picture.

        Parameters
        ----------
        kind : str
            Of file; ``finish`` is the same for all of one kind.
        key : hashable
            Everything else that the picture depends on.
        compose : callable
            Writes it as SVG; two keys that lead to the same text share one picture.
        finish : callable
            Makes the file from the SVG.

        Raises
        ------
        TooMany
            When the queue is full.
        """
        key = (kind, key)
        found = self._find(key)
        if found is not None:
            return found
        # who goes away must not end a drawing that others wait for
        return await asyncio.shield(asyncio.wrap_future(self._ask(kind, key, compose, finish)))

    def _find(self, key: Hashable) -> Body | None:
        with self._lock:
            digest = self._digests.get(key, "")
            found = self._kept.get(digest)
            if found is not None:
                self._digests.move_to_end(key)
                self._kept.move_to_end(digest)
            return found

    def _ask(
        self,
        kind: str,
        key: Hashable,
        compose: Callable[[], str],
        finish: Callable[[str], Body],
    ) -> Future[Body]:
        with self._lock:
            coming = self._coming.get(key)
            if coming is not None:
                return coming
            if len(self._coming) >= self._waiting:
                raise TooMany(
                    _("Many pictures are being drawn just now. Please try again in a moment.")
                )
            coming = self._thread.submit(self._draw, kind, key, compose, finish)
            self._coming[key] = coming
        coming.add_done_callback(lambda _done: self._come(key))
        return coming

    def _come(self, key: Hashable) -> None:
        with self._lock:
            self._coming.pop(key, None)

    def _draw(
        self,
        kind: str,
        key: Hashable,
        compose: Callable[[], str],
        finish: Callable[[str], Body],
    ) -> Body:
        svg = compose()
        digest = hashlib.sha256(f"{kind}\0{svg}".encode()).hexdigest()
        with self._lock:
            drawn = self._kept.get(digest)
        if drawn is None:
            drawn = finish(svg)
        self._keep(key, digest, drawn)
        return drawn

    def _keep(self, key: Hashable, digest: str, drawn: Body) -> None:
        with self._lock:
            if digest not in self._kept:
                self._size += len(drawn.content)
            self._kept[digest] = drawn
            self._kept.move_to_end(digest)
            self._digests[key] = digest
            while len(self._digests) > KNOWN:
                self._digests.popitem(last=False)
            while self._size > self._memory and len(self._kept) > 1:
                _digest, gone = self._kept.popitem(last=False)
                self._size -= len(gone.content)
