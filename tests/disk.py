"""A process that is stopped at one moment of its work on the disk."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

#: every way in which something gets onto the disk, or off it
CALLS = ("open", "write", "fsync", "replace", "rename", "mkdir", "chmod", "unlink", "rmdir")


class Killed(BaseException):
    """The process is dead: whatever it still tries does nothing."""


@dataclass
class Disk:
    """
    Counts what is done to the disk, and stops it at one moment.

    Attributes
    ----------
    moment : int
        The call that is not made any more; 0 is none.
    stop : callable
        Called in its place; it kills the process, or raises an error.
    piece : int
        Most bytes that the system takes at once; 0 for all. It may take fewer than it is
        given, and so a long file has many moments.
    """

    moment: int
    stop: Callable[[], object]
    piece: int = 0
    count: int = 0

    def wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """A call of the system that is counted."""

        def call(*arguments: Any, **options: Any) -> Any:
            # a file that is only read is no work on the disk
            if name == "open" and arguments[1] & os.O_NONBLOCK:
                return real(*arguments, **options)
            self.count += 1
            if name == "write" and self.count == self.moment:
                real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
            if self.count >= self.moment > 0:
                self.stop()
            if name == "write" and self.piece:
                return real(arguments[0], bytes(arguments[1])[: self.piece])
            return real(*arguments, **options)

        return call


@contextmanager
def _installed(disk: Disk) -> Iterator[Disk]:
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, disk.wrapped(name, getattr(os, name)))
        yield disk


@contextmanager
def stopped(moment: int, error: BaseException, piece: int = 0) -> Iterator[Disk]:
    """Raise an error at a moment: once, or again and again where the process is killed."""
    disk = Disk(moment, lambda: None, piece)

    def stop() -> None:
        if disk.count == moment or isinstance(error, Killed):
            raise error

    disk.stop = stop
    with _installed(disk):
        yield disk


def killed(moment: int, run: Callable[[], object], piece: int = 0) -> bool:
    """
    Run something in a process of its own, which the system kills at a moment.

    Parameters
    ----------
    moment : int
        The call of the system that is not made any more.
    run : callable
        What is run.
    piece : int
        As for `Disk`.

    Returns
    -------
    bool
        Whether it was killed; False if it ended before that.
    """
    child = os.fork()
    if child == 0:
        try:
            with _installed(Disk(moment, lambda: os.kill(os.getpid(), signal.SIGKILL), piece)):
                run()
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
            os._exit(1)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.waitstatus_to_exitcode(status) == 0
    return False
