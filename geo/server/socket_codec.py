"""How messages of a websocket are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Self


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
