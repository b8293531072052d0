"""
Content of the ledger's files: of regular files alone, and only up to a size.

A FIFO blocks whoever opens it until somebody writes, a device may never end, and a file of
any size would be taken into memory whole. So a file is looked at before it is opened, and
again by its descriptor, since another file may have its name by then.
"""

from __future__ import annotations

import errno
import os
import stat
from os import open as descriptor
from pathlib import Path

from geo.wording import N_, _

#: bytes of the largest file that is read
LARGEST = 20_000_000

_KINDS = {
    stat.S_IFIFO: N_("a pipe"),
    stat.S_IFSOCK: N_("a socket"),
    stat.S_IFCHR: N_("a device"),
    stat.S_IFBLK: N_("a device"),
}


def _refuse(status: os.stat_result, path: Path) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFDIR:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if kind != stat.S_IFREG:
        what = _("it is {kind}, not a regular file").format(
            kind=_(_KINDS.get(kind, N_("something else")))
        )
        raise OSError(errno.EINVAL, what, str(path))
    if status.st_size > LARGEST:
        what = _("it has {size} MB, and at most {most} MB are read").format(
            size=-(-status.st_size // 1_000_000), most=LARGEST // 1_000_000
        )
        raise OSError(errno.EFBIG, what, str(path))


def _without_waiting(path: str, flags: int) -> int:
    return descriptor(path, flags | os.O_NONBLOCK)


def read_regular(path: Path) -> bytes:
    """
    Read a regular file.

    Parameters
    ----------
    path : Path
        The file, or a symbolic link to one.

    Returns
    -------
    bytes
        At most `LARGEST` bytes.

    Raises
    ------
    OSError
        When it is missing, no regular file, larger than `LARGEST` or unreadable; its
        ``strerror`` says why. It never blocks.
    """
    _refuse(os.stat(path), path)
    with open(path, "rb", opener=_without_waiting) as file:
        status = os.fstat(file.fileno())
        _refuse(status, path)
        # no further than its size of that moment, should it grow while it is read
        return file.read(status.st_size)
