"""
The queue of pictures to be drawn, with a cache of those drawn.

One thread draws, so pictures never take more than one core from the dashboard. Clients
that ask for the same picture meanwhile wait for the one drawing.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor

from cachetools import LRUCache

from geo.errors import AtlasError
from geo.web.bodies import LIMIT, Body, BodyCache
from geo.wording import _

#: keys whose drawing is remembered; two of them may lead to one picture
KNOWN = 2048
WAITING = 20


class QueueFull(AtlasError):
    """The queue is full: the client should try again later."""


class RenderQueue:
    """
    Draws each picture once.

    Parameters
    ----------
    limit : int
        Bytes of the pictures in the cache.
    waiting : int
        Pictures that may wait to be drawn.
    """

    def __init__(self, limit: int = LIMIT, waiting: int = WAITING) -> None:
        self._waiting = waiting
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
        self._digests: LRUCache[Hashable, str] = LRUCache(KNOWN)
        self._pictures = BodyCache(limit)
        self._pending: dict[Hashable, Future[Body]] = {}

    async def get(
        self,
        kind: str,
        key: Hashable,
        compose: Callable[[], str],
        finish: Callable[[str], Body],
    ) -> Body:
        """
        Return a picture, from the cache or once it is drawn.

        Parameters
        ----------
        kind : str
            Of file; ``finish`` is the same for all of one kind.
        key : hashable
            All else that the picture depends on.
        compose : callable
            Writes it as SVG; two keys with the same SVG share one picture.
        finish : callable
            Makes the file from the SVG.

        Returns
        -------
        Body
            The file.

        Raises
        ------
        QueueFull
            When too many pictures wait.
        """
        key = (kind, key)
        with self._lock:
            digest = self._digests.get(key)
        picture = self._pictures.get(digest) if digest else None
        if picture is not None:
            return picture
        # who goes away must not end a drawing that others wait for
        return await asyncio.shield(asyncio.wrap_future(self._submit(kind, key, compose, finish)))

    def _submit(
        self,
        kind: str,
        key: Hashable,
        compose: Callable[[], str],
        finish: Callable[[str], Body],
    ) -> Future[Body]:
        """Return the pending drawing of a key, or begin one."""
        with self._lock:
            pending = self._pending.get(key)
            if pending is not None:
                return pending
            if len(self._pending) >= self._waiting:
                raise QueueFull(
                    _("Many pictures are being drawn just now. Please try again in a moment.")
                )
            pending = self._thread.submit(self._draw, kind, key, compose, finish)
            self._pending[key] = pending
        pending.add_done_callback(lambda _done: self._forget(key))
        return pending

    def _forget(self, key: Hashable) -> None:
        with self._lock:
            self._pending.pop(key, None)

    def _draw(
        self,
        kind: str,
        key: Hashable,
        compose: Callable[[], str],
        finish: Callable[[str], Body],
    ) -> Body:
        svg = compose()
        digest = hashlib.sha256(f"{kind}\0{svg}".encode()).hexdigest()
        picture = self._pictures.get_or_make(digest, lambda: finish(svg))
        with self._lock:
            self._digests[key] = digest
        return picture
