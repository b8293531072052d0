"""How many websockets there are, and how many runs each address may ask for."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from geo.configuration import SocketSettings

with suppress(ImportError):  # there is none on Windows
    import resource

#: descriptors of a live page: its socket, and the event loop that Streamlit makes for a session
DESCRIPTORS = 4
#: descriptors kept for requests, files and the renderer
RESERVED = 256
#: runs a second of all sockets of one address, and at once before that holds: a newsroom of
#: 500 readers who each click every five seconds
ADDRESS_RATE, ADDRESS_BURST = 100.0, 200.0


class Bucket:
    """
    A token bucket.

    Parameters
    ----------
    rate : float
        Tokens a second.
    burst : float
        Tokens that it holds at most; it is full at first.
    """

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._tokens, self._filled = burst, time.monotonic()

    def wait(self) -> float:
        """Return the seconds until a token is there; 0 if one is there now."""
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + self._rate * (now - self._filled))
        self._filled = now
        return max(0.0, (1.0 - self._tokens) / self._rate)

    def take(self) -> None:
        """Take a token; call `wait` first."""
        self._tokens -= 1.0


class SocketQuota:
    """
    The websockets that are open, in all and by address.

    Parameters
    ----------
    settings : callable
        Returns the settings of the installation.
    """

    def __init__(
        self, settings: Callable[[], SocketSettings] = SocketSettings.from_environment
    ) -> None:
        self._settings = settings
        self._open: Counter[str] = Counter()
        self._buckets: dict[str, Bucket] = {}
        self._all = 0

    def take(self, key: str) -> Bucket | None:
        """
        Take a place for one more socket.

        Parameters
        ----------
        key : str
            Whose it is (`geo.web.clients.client_of`).

        Returns
        -------
        Bucket or None
            The runs of all sockets of this address; None if there is no place.
        """
        settings = self._settings()
        most = min(settings.together, places_by_descriptors())
        if self._all >= most or self._open[key] >= settings.per_address:
            return None
        self._all += 1
        self._open[key] += 1
        return self._buckets.setdefault(key, Bucket(ADDRESS_RATE, ADDRESS_BURST))

    def leave(self, key: str) -> None:
        """Give a place back, for another socket of any address."""
        self._all -= 1
        self._open[key] -= 1
        if not self._open[key]:
            del self._open[key], self._buckets[key]


def places_by_descriptors() -> int:
    """
    Return how many live pages the process has descriptors for.

    One that runs out of descriptors answers nobody, pages and pictures included.
    """
    try:
        soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    except NameError:
        return 2**31
    return 2**31 if soft == resource.RLIM_INFINITY else max(0, soft - RESERVED) // DESCRIPTORS
