"""How messages of a websocket are read, and the count of those that mean nothing."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Self

log = logging.getLogger("atlas")

#: seconds between two log lines about messages that no page sends
LINE = 60.0


class Rerun(Protocol):
    """A request for a run."""

    def after(self, earlier: Self | None) -> Self:
        """Return this request in place of an earlier one that has not been passed on."""
        ...

    def encode(self) -> bytes:
        """Return the message to pass on."""
        ...


@dataclass(frozen=True, slots=True)
class MessageCodec:
    """
    How messages are read.

    Attributes
    ----------
    parse : callable
        Reads a message of a reader; None if no page of the atlas sends it.
    ends_run : callable
        Says whether an answer is the last of a run.
    """

    parse: Callable[[bytes], Rerun | None]
    ends_run: Callable[[bytes], bool]


class Ignored:
    """Counts the messages of all sockets that are ignored; logs at most one line a minute."""

    def __init__(self) -> None:
        self._count, self._due = 0, 0.0

    def add(self) -> None:
        """Count one message, and log if a line is due."""
        self._count += 1
        if time.monotonic() >= self._due:
            log.warning("websocket: messages that no page sends were ignored: %d", self._count)
            self._count, self._due = 0, time.monotonic() + LINE
