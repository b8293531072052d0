"""
The queue of pictures to be drawn, with a cache of those drawn.

One thread draws, so pictures never take more than one core from the dashboard. Clients
that ask for the same picture meanwhile wait for the one drawing. Previews, which a reader
waits for in a chat, come before figures for print; and one client address has one place, so
that nobody's figures keep everybody else out.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import count
from queue import PriorityQueue

from cachetools import LRUCache

from geo.link.canonical import digest_of
from geo.web.bodies import LIMIT, Body, BodyCache
from geo.web.refusals import Busy
from geo.web.uncached_work import uncached_work
from geo.wording import _

#: keys whose drawing is remembered; two of them may lead to one picture
KNOWN = 2048
WAITING = 20
#: seconds after which a full queue is worth another try
_RETRY_AFTER = 5
#: urgencies: what is drawn first
FIRST, PREVIEW, PRINT = range(3)


class QueueFull(Busy):
    """The queue is full: the client should try again later."""


@dataclass(order=True)
class _Job:
    urgency: int
    number: int
    client: str = field(compare=False)
    draw: Callable[[], Body] = field(compare=False)
    done: Future[Body] = field(compare=False, default_factory=Future)


class RenderQueue:
    """
    Draws each picture once.

    Parameters
    ----------
    limit : int
        Bytes of the pictures in the cache.
    waiting : int
        Pictures that may wait to be drawn; figures for print may take half of the places.
    """

    def __init__(self, limit: int = LIMIT, waiting: int = WAITING) -> None:
        self._waiting = waiting
        self._lock = threading.Lock()
        self._jobs: PriorityQueue[_Job] = PriorityQueue()
        self._numbers = count()
        self._digests: LRUCache[str, str] = LRUCache(KNOWN)
        self._pictures = BodyCache(limit)
        self._pending: dict[str, _Job] = {}
        self._places: Counter[str] = Counter()
        self._thread: threading.Thread | None = None

    async def get(
        self,
        kind: str,
        key: Hashable,
        compose: Callable[[], str],
        finish: Callable[[str], Body],
        *,
        client: str = "",
        urgency: int = PREVIEW,
    ) -> Body:
        """
        Return a picture, from the cache or once it is drawn.

        Parameters
        ----------
        kind : str
            Of file; ``finish`` is the same for all of one kind.
        key : hashable
            All else that the picture depends on, as `canonical` takes it.
        compose : callable
            Writes it as SVG; two keys with the same SVG share one picture.
        finish : callable
            Makes the file from the SVG.
        client : str
            Who asks, as `client_of` says; empty for one that has no place to lose.
        urgency : int
            `FIRST`, `PREVIEW` or `PRINT`.

        Returns
        -------
        Body
            The file.

        Raises
        ------
        QueueFull
            When too many pictures wait, or one that this client has asked for.
        TooMuchWork
            When this client has used up its budget.
        """
        digest = digest_of((kind, key))
        with self._lock:
            drawn = self._digests.get(digest)
        picture = self._pictures.get(drawn) if drawn else None
        if picture is not None:
            return picture

        def composed() -> str:
            # what is drawn first is that of the whole atlas, in place of what was refused
            with nullcontext() if urgency == FIRST else uncached_work.spend(client, cached=True):
                return compose()

        def draw() -> Body:
            return self._draw(kind, digest, composed, finish)

        if urgency != FIRST:
            uncached_work.admit(client)

        job = self._submit(digest, draw, client, urgency)
        # who goes away must not end a drawing that others wait for
        return await asyncio.shield(asyncio.wrap_future(job.done))

    def _submit(self, digest: str, draw: Callable[[], Body], client: str, urgency: int) -> _Job:
        """Return the pending drawing of a picture, or begin one."""
        with self._lock:
            pending = self._pending.get(digest)
            if pending is not None:
                return pending
            if urgency != FIRST and (status := self._is_full(client, urgency)):
                sentence = _(
                    "Many pictures are being drawn just now. Please try again in {seconds} seconds."
                )
                raise QueueFull.after(_RETRY_AFTER, status, sentence)
            job = self._pending[digest] = _Job(urgency, next(self._numbers), client, draw)
            self._places[client] += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="pictures", daemon=True)
                self._thread.start()
        job.done.add_done_callback(lambda _done: self._forget(digest, client))
        self._jobs.put(job)
        return job

    def _is_full(self, client: str, urgency: int) -> int:
        """Return the status of a picture that gets no place; 0 for one that does."""
        if client and self._places[client] > 0:
            return 429
        figures = sum(job.urgency == PRINT for job in self._pending.values())
        full = len(self._pending) >= self._waiting or (
            urgency == PRINT and figures >= (self._waiting + 1) // 2
        )
        return 503 if full else 0

    def _forget(self, digest: str, client: str) -> None:
        with self._lock:
            self._pending.pop(digest, None)
            self._places[client] -= 1
            self._places += Counter()  # without the clients that have no place now

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                job.done.set_result(job.draw())
            except BaseException as error:
                job.done.set_exception(error)

    def _draw(
        self,
        kind: str,
        key: str,
        compose: Callable[[], str],
        finish: Callable[[str], Body],
    ) -> Body:
        svg = compose()
        digest = hashlib.sha256(f"{kind}\0{svg}".encode()).hexdigest()
        picture = self._pictures.get_or_make(digest, lambda: finish(svg))
        with self._lock:
            self._digests[key] = digest
        return picture
