"""
How many websockets there are, how fast each address may open them, and how many runs it may have.

Sockets that an address opens faster than it may are let in one after the other. So a newsroom
whose pages all come back after a restart waits for seconds and no page is refused, while
whoever opens and drops sockets in a loop has to wait for each.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

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
#: sockets that one address may open a second, and at once before that holds
OPENING_RATE, OPENING_BURST = 50.0, 200.0
#: seconds that a socket waits to be let in at most, until which no page gives up; whoever would
#: wait longer is refused
LONGEST_WAIT = 10.0
#: seconds after which what an address used up is there again, and nothing is kept of it
RECOVERY = LONGEST_WAIT + max(ADDRESS_BURST / ADDRESS_RATE, OPENING_BURST / OPENING_RATE)
#: addresses without sockets that are remembered; of more, the longest gone are forgotten
REMEMBERED = 10_000


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


@dataclass(slots=True)
class _Usage:
    """What one address has open, and may use."""

    open: int = 0
    runs: Bucket = field(default_factory=lambda: Bucket(ADDRESS_RATE, ADDRESS_BURST))
    openings: Bucket = field(default_factory=lambda: Bucket(OPENING_RATE, OPENING_BURST))


class SocketQuota:
    """
    The websockets that are open, in all and by address.

    What an address used up is remembered until it has recovered: else each socket that is
    opened after the last one was dropped would begin with everything.

    Parameters
    ----------
    settings : callable
        Returns the settings of the installation.
    """

    def __init__(
        self, settings: Callable[[], SocketSettings] = SocketSettings.from_environment
    ) -> None:
        self._settings = settings
        self._usage: dict[str, _Usage] = {}
        self._gone: dict[str, float] = {}  # addresses without sockets, and when each recovers
        self._all = 0

    def wait(self, key: str) -> float:
        """
        Reserve the next opening of an address.

        Parameters
        ----------
        key : str
            Whose it is (`geo.web.clients.client_of`).

        Returns
        -------
        float
            Seconds until the socket may be let in; above `LONGEST_WAIT` it is to be refused,
            and nothing is reserved.
        """
        openings = self._of(key).openings
        seconds = openings.wait()
        if seconds <= LONGEST_WAIT:
            openings.take()
        return seconds

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
        settings, usage = self._settings(), self._of(key)
        most = min(settings.together, places_by_descriptors())
        if self._all >= most or usage.open >= settings.per_address:
            return None
        self._all += 1
        usage.open += 1
        self._gone.pop(key, None)
        return usage.runs

    def leave(self, key: str) -> None:
        """Give a place back, for another socket of any address."""
        self._all -= 1
        self._usage[key].open -= 1
        self._of(key)

    def _of(self, key: str) -> _Usage:
        """Return what an address uses, and forget the addresses that have recovered."""
        now = time.monotonic()
        usage = self._usage.get(key) or self._usage.setdefault(key, _Usage())
        if not usage.open:
            self._gone.pop(key, None)
            self._gone[key] = now + RECOVERY
        while self._gone:
            longest = next(iter(self._gone))
            if self._gone[longest] > now and len(self._gone) <= REMEMBERED:
                break
            del self._gone[longest], self._usage[longest]
        return usage


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
