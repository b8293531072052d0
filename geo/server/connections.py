"""
What the connections of one server may take together.

While more of them wait for a request than are allowed, the one that has waited longest is
closed: an attacker closes his own, and readers come in. The same goes for answers that are not
read, whose bytes the server keeps for as long.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


class Connection(Protocol):
    """A connection as it is counted."""

    @property
    def unsent(self) -> int:
        """Bytes of the answer that the client's side has not taken."""
        ...

    def end(self) -> None:
        """Close it once what was written is sent; it is forgotten."""
        ...

    def cut(self) -> None:
        """Close it at once; it is forgotten."""
        ...


@dataclass(kw_only=True)
class ConnectionLimits:
    """
    What the connections of one server may take together, and those that take it now.

    Attributes
    ----------
    arriving : float
        Seconds within which a request must have come, head and body, since its first byte or
        since its connection was opened.
    reading : float
        Seconds between two looks at a client that has not read its answer.
    waiting_most : int
        Connections without a request under way.
    unread_most : int
        Connections whose answer is not read.
    unread_bytes : int
        Bytes of these answers together.
    waiting, unread : dict of Connection to None
        Those connections, the longest first.
    """

    arriving: float = 15.0
    reading: float = 30.0
    waiting_most: int = 512
    unread_most: int = 256
    unread_bytes: int = 33_554_432
    waiting: dict[Connection, None] = field(default_factory=dict)
    unread: dict[Connection, None] = field(default_factory=dict)

    def wait(self, connection: Connection) -> None:
        """
        Count a connection that waits for a request, and close the oldest above the limit.

        Parameters
        ----------
        connection : Connection
            It counts as the one that has waited for the shortest time.
        """
        self.waiting.pop(connection, None)
        self.waiting[connection] = None
        while len(self.waiting) > self.waiting_most:
            next(iter(self.waiting)).end()

    def lag(self, connection: Connection) -> None:
        """
        Count a connection whose answer is not read, and cut the oldest above the limits.

        Parameters
        ----------
        connection : Connection
            It keeps its place in the order if it is counted already.
        """
        self.unread.setdefault(connection, None)
        sizes = sum(one.unsent for one in self.unread)
        while len(self.unread) > self.unread_most or sizes > self.unread_bytes:
            oldest = next(iter(self.unread))
            sizes -= oldest.unsent
            oldest.cut()

    def forget(self, connection: Connection) -> None:
        """
        Count a connection no more.

        Parameters
        ----------
        connection : Connection
            Whether or not it is counted.
        """
        self.waiting.pop(connection, None)
        self.unread.pop(connection, None)
