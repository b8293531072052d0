"""A cache of what is rendered, shared by all sessions and routes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar
from weakref import ref

from cachetools import LRUCache

from geo.link.canonical import digest_of

T = TypeVar("T")
_Key = tuple[ref[object] | None, str]
#: bytes that an entry takes besides its value: its digest, its place in three tables, and the
#: objects that a value such as a body consists of
ENTRY = 2048
#: entries of a cache at most, however small their values
MOST_ENTRIES = 4096


class RenderedCache(Generic[T]):
    """
    Keep an LRU cache of rendered values, bounded in bytes and in number, each made once.

    Callers that ask for the same value while it is made wait for the one that makes it. Of a key
    only a digest is kept, because a stranger can make keys of any length.

    Parameters
    ----------
    limit : int
        Bytes of all values together, and of `ENTRY` for each. A larger value is not cached.
    size : callable
        Returns the bytes of a value.
    """

    def __init__(self, limit: int, size: Callable[[T], int]) -> None:
        self._size = size
        least = limit // MOST_ENTRIES
        self._entries: LRUCache[_Key, T] = LRUCache(
            limit, lambda value: max(size(value) + ENTRY, least)
        )
        self._pending: dict[_Key, Future[T]] = {}
        self._lock = Lock()
        #: the weak reference to each reading, which tells when the reading is gone
        self._readings: dict[ref[object], ref[object]] = {}
        self._gone: deque[ref[object]] = deque()

    def get_or_make(self, key: Hashable, make: Callable[[], T], reading: object | None = None) -> T:
        """
        Return the value of a key, made if there is none.

        Parameters
        ----------
        key : hashable
            All that the value depends on besides the reading, as `canonical` takes it.
        make : callable
            Makes the value, outside the lock. It may ask the cache for other keys; nobody else
            waits for those.
        reading : object, optional
            The `Dataset` or `Snapshot` that the value is made from. It is part of the key, and
            the value is dropped when it is gone; so the value may not refer to it.

        Returns
        -------
        T
            Cached, unless it exceeds the limit.

        Raises
        ------
        Exception
            What `make` raises, for all who wait for it; the next caller tries again.
        """
        with self._lock:
            self._drop()
            full = self._full(key, reading)
            # a value may be None, so a missing one is told by its key
            if full in self._entries:
                return self._entries[full]
            pending = self._pending.get(full)
            if pending is None:
                own = self._pending[full] = Future()
        return pending.result() if pending else self._made(full, make, own)

    def get(self, key: Hashable, reading: object | None = None) -> T | None:
        """
        Return the value of a key, if it is cached.

        Parameters
        ----------
        key : hashable
            As for `get_or_make`.
        reading : object, optional
            As for `get_or_make`.

        Returns
        -------
        T or None
            None if it is not cached.
        """
        with self._lock:
            self._drop()
            found: T | None = self._entries.get(self._full(key, reading))
        return found

    def _full(self, key: Hashable, reading: object | None) -> _Key:
        return self._reference(reading), digest_of(key)

    def _made(self, full: _Key, make: Callable[[], T], own: Future[T]) -> T:
        try:
            value = make()
        except BaseException as error:
            with self._lock:
                del self._pending[full]
            own.set_exception(error)
            raise
        with self._lock:
            self._keep(full, value)
            del self._pending[full]
        own.set_result(value)
        return value

    def _keep(self, full: _Key, value: T) -> None:
        if self._size(value) + ENTRY <= self._entries.maxsize:
            self._entries[full] = value

    def _reference(self, reading: object | None) -> ref[object] | None:
        if reading is None:
            return None
        plain = ref(reading)
        if plain not in self._readings:
            # called in any thread at any time, also in this one while it has the lock
            watching = ref(reading, self._gone.append)
            self._readings[watching] = watching
        return self._readings[plain]

    def _drop(self) -> None:
        while self._gone:
            gone = self._gone.popleft()
            del self._readings[gone]
            # a dead reference equals nothing but itself
            for entry in [e for e in self._entries if e[0] is gone]:
                del self._entries[entry]

    @property
    def bytes(self) -> int:
        """Bytes of all values, with `ENTRY` for each."""
        with self._lock:
            self._drop()
            return int(self._entries.currsize)

    def __len__(self) -> int:
        with self._lock:
            self._drop()
            return len(self._entries)
