"""
Writing files whole or not at all; folders are written by `geo.files.replacing`.

New content is written next to its target, flushed to the disk, and put in place by one
rename. A writer that is killed before that leaves a draft, whose name begins with a point
and which the next writer removes.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from geo.errors import FileUnusable
from geo.wording import _


@contextlib.contextmanager
def system_errors(name: str) -> Iterator[None]:
    """Raise what the system refuses as an error with a sentence."""
    try:
        yield
    except OSError as error:
        form = _("{name} could not be written and is unchanged: {why}.")
        raise FileUnusable(form.format(name=name, why=error.strerror or str(error))) from error


def flush_names(folder: Path) -> None:
    """Flush the names in a folder to the disk, where the system can do that."""
    # the rename has happened either way, so an error here must not report it as failed
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def write_flushed(path: Path, content: bytes) -> None:
    """
    Write a file and flush it to the disk.

    Parameters
    ----------
    path : Path
        Of a draft: its old content, if there is one, is gone from the first moment on.
    content : bytes
        All of it.

    Raises
    ------
    OSError
        When the system refuses.
    """
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(opened, left) :]
        os.fsync(opened)
    finally:
        os.close(opened)


def make_readable(path: Path, folder: Path) -> None:
    """
    Let whoever may read a folder read what is new in it, whatever the umask is.

    Parameters
    ----------
    path : Path
        The new file or folder.
    folder : Path
        The one that it is, or will be, in. One that all users share changes nothing.
    """
    shared = folder.stat().st_mode
    if not shared & stat.S_ISVTX:
        wanted = shared & (0o555 if path.is_dir() else 0o444)
        path.chmod(stat.S_IMODE(path.stat().st_mode) | wanted)


def make_folder(path: Path) -> None:
    """Make a folder with those above it, unless they are there, readable as the one above is."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(exist_ok=True)
        make_readable(path, path.parent)


class Draft:
    """
    A file or a folder that is written and not yet in place.

    In a ``with`` statement, what was not put in place at its end is removed.

    Attributes
    ----------
    path : Path
        Where it is until then: in the folder of its target, since a rename is atomic only
        within one file system.
    target : Path
        Where it will be.
    """

    def __init__(self, target: Path, name: str) -> None:
        self.target = target
        self.path = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        self._name = name

    def put(self) -> None:
        """
        Put it in place by one rename: readers see the old content or the new, never a part.

        Raises
        ------
        FileUnusable
            When the system refuses; the old content is then unchanged.
        """
        with system_errors(self._name):
            os.replace(self.path, self.target)
        flush_names(self.target.parent)

    def drop(self) -> bool:
        """Remove it if it is not in place, and say whether it is gone."""
        return _remove(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.drop()


def _remove(path: Path) -> bool:
    """Remove a file or a folder, and say whether it is gone."""
    # what cannot be removed now is swept away later
    with contextlib.suppress(OSError):
        if not path.is_dir() or path.is_symlink():
            path.unlink(missing_ok=True)
            return True
        with contextlib.suppress(OSError):
            shutil.rmtree(path)
            return True
        # the content of a folder that may not be written cannot be removed
        for folder in (path, *path.rglob("*")):
            if folder.is_dir() and not folder.is_symlink():
                folder.chmod(0o700)
        shutil.rmtree(path)
    return not path.exists()


def remaining(path: Path) -> FileUnusable:
    """Return the error that a draft could not be removed."""
    form = _("{path} could not be removed, and may contain what is withheld: delete it.")
    return FileUnusable(form.format(path=path))


def drafted(path: Path, content: str | bytes) -> Draft:
    """
    Write the content of a file to a draft of it.

    Parameters
    ----------
    path : Path
        The file; a link is followed, not replaced. Folders are made if they are missing.
        The new file gets the mode of the old one; without one it can be read by whoever may
        read its folder.
    content : str or bytes
        A text is written as UTF-8 with its line ends as they are.

    Returns
    -------
    Draft
        Complete and not yet in place.

    Raises
    ------
    FileUnusable
        When it cannot be written; no draft is left then.
    """
    with system_errors(path.name):
        draft = Draft(path.resolve(), path.name)
    try:
        with system_errors(path.name):
            make_folder(draft.target.parent)
            write_flushed(
                draft.path, content.encode("utf-8") if isinstance(content, str) else content
            )
            if draft.target.exists():
                shutil.copymode(draft.target, draft.path)
            else:
                make_readable(draft.path, draft.target.parent)
    except BaseException:
        draft.drop()
        raise
    return draft


def write_atomically(path: Path, content: str | bytes) -> None:
    """
    Replace the content of a file: readers see the old content or the new, never a part.

    Drafts of the file that a killed writer left are removed first.

    Parameters
    ----------
    path : Path
        Made if it is missing, folders included; a link is followed, not replaced.
    content : str or bytes
        A text is written as UTF-8 with its line ends as they are.

    Raises
    ------
    FileUnusable
        When the file cannot be written; the old one is then unchanged.
    """
    sweep_drafts(path)
    with drafted(path, content) as draft:
        draft.put()


def sweep_drafts(path: Path) -> None:
    """
    Remove the drafts of a file that a killed writer left.

    Parameters
    ----------
    path : Path
        The file; the drafts are beside the file that a link leads to.

    Raises
    ------
    FileUnusable
        With a sentence, when one of them cannot be removed.
    """
    with system_errors(path.name):
        target = path.resolve()
    sweep(target.parent, re.escape(target.name))


def sweep(folder: Path, targets: str) -> None:
    """
    Remove drafts that a killed writer left.

    Parameters
    ----------
    folder : Path
        Where they may be; folders in it are not searched.
    targets : str
        Pattern of the names of the files or folders whose drafts they are; what is no draft
        of one of these is left alone.

    Raises
    ------
    FileUnusable
        With a sentence, when one of them cannot be removed.
    """
    draft = re.compile(rf"\.(?:{targets})\.[0-9]+\.tmp")
    found: list[Path] = []
    with contextlib.suppress(OSError):
        found = [path for path in folder.iterdir() if draft.fullmatch(path.name)]
    for path in found:
        if not _remove(path):
            raise remaining(path)
